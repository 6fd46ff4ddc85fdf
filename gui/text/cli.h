#pragma once
// The words of the commands: help, tables, progress, hints. Errors are worded by causes.h, statuses
// and reasons by reasons.h, columns by screens.h: the same as in the window.

#include "gui/text/text.h"

namespace gui::text {

// Help. Lines are at most 80 columns wide, as a terminal shows them.
inline constexpr Text program_help{
    R"(Mailpoint takes the attachments of mails out of IMAP mailboxes into a folder,
whole and exactly once. Without a command it opens its window.

Usage:
  mailpoint [options]                    the window
  mailpoint points  [options]            the points of the workspace
  mailpoint list    --point P [options]  the messages of a mailbox
  mailpoint run     --point P [options]  take what is not yet taken
  mailpoint extract FILE.eml|- [options] the attachments of one mail
  mailpoint password --point P           stores the password of a mailbox
  mailpoint diagnose --point P [options] what works, what doesn't, and why
  mailpoint export  --point P --out FILE a definition, without secrets
  mailpoint import  FILE [options]       a definition into the workspace
  mailpoint propose ADDRESS [options]    server, port … of an e-mail address
  mailpoint authorize --point P [options] signs in with OAuth2, by the browser
  mailpoint remove  --point P --uid SET  from the list, or the mailbox, too
  mailpoint restore --point P --uid SET  brings back what was removed
  mailpoint log     [options]            who did what, when, with what result
  mailpoint report  [options]            what became of messages on a day
  mailpoint watch   --point P [options]  stays, takes new mail as it comes
  mailpoint retention [options]          how long log and lists are kept
  mailpoint ocr     --point P [options]  runs an OCR point's command on files
  mailpoint what-if --point P [options]  what would be taken, before it is
  mailpoint decide  --point P --uid N    takes or skips one part of a message
  mailpoint save    --point P --uid N …   one message as a file (.eml)

P is the name of a point or the path of its definition (a JSON file).
--demo in place of --point P works on a sample mailbox; no internet needed.

Options of every command:
  --workspace DIR   the folder with points and records
  --lang pl|en      language of texts (else that of the system)
  --json            the result as one JSON document on standard output
  --verbose         the conversation with the server, too, without passwords
  --help            help; after a command: that of the command
  --version         the version

Environment:
  MAILPOINT_PASSWORD   the password of the point. Without it the stored one is
                       taken, or you are asked, on a terminal.
  MAILPOINT_MASTER_PASSWORD
                       opens the encrypted file in which passwords are stored
                       where the system has no password store (servers, cron).

Exit codes:
  0  done                          4  no connection
  1  something failed              5  some messages failed, others are done
  2  wrong usage                   6  no permission
  3  sign-in needed or refused
Results go to standard output, progress and messages to standard error.

Try it:
  mailpoint list --demo
  mailpoint run --demo --out invoices
)",
    R"(Mailpoint pobiera załączniki z wiadomości w skrzynkach IMAP do folderu: całe
i dokładnie raz. Bez polecenia otwiera okno.

Użycie:
  mailpoint [opcje]                    okno
  mailpoint points  [opcje]            punkty obszaru roboczego
  mailpoint list    --point P [opcje]  wiadomości w skrzynce
  mailpoint run     --point P [opcje]  pobierz to, czego jeszcze nie pobrano
  mailpoint extract PLIK.eml|- [opcje] załączniki jednej wiadomości
  mailpoint password --point P         zapisz hasło do skrzynki
  mailpoint diagnose --point P [opcje] co działa, co nie i dlaczego
  mailpoint export  --point P --out PLIK definicja punktu, bez haseł
  mailpoint import  PLIK [opcje]       definicja do obszaru roboczego
  mailpoint propose ADRES [opcje]      serwer, port … dla adresu e-mail
  mailpoint authorize --point P [opcje] logowanie OAuth2 w przeglądarce
  mailpoint remove  --point P --uid ZBIÓR z listy albo także ze skrzynki
  mailpoint restore --point P --uid ZBIÓR przywraca to, co usunięto
  mailpoint log     [opcje]            kto, kiedy, co zrobił i z jakim wynikiem
  mailpoint report  [opcje]            co stało się z wiadomościami danego dnia
  mailpoint watch   --point P [opcje]  czuwa, pobiera pocztę, gdy nadchodzi
  mailpoint retention [opcje]          jak długo trzymać dziennik i listy
  mailpoint ocr     --point P [opcje]  polecenie punktu OCR na jego plikach
  mailpoint what-if --point P [opcje]  co zostałoby pobrane, zanim się to stanie
  mailpoint decide  --point P --uid N    pobiera albo pomija część wiadomości
  mailpoint save    --point P --uid N …   jedna wiadomość jako plik (.eml)

P to nazwa punktu albo ścieżka jego definicji (pliku JSON).
--demo zamiast --point P działa na przykładowej skrzynce, bez internetu.

Opcje każdego polecenia:
  --workspace DIR   folder z punktami i rejestrami
  --lang pl|en      język tekstów (inaczej: język systemu)
  --json            wynik jako jeden dokument JSON na standardowym wyjściu
  --verbose         także rozmowa z serwerem, bez haseł
  --help            pomoc; po poleceniu: pomoc do polecenia
  --version         wersja

Środowisko:
  MAILPOINT_PASSWORD   hasło do punktu. Bez niego brane jest zapisane, a gdy go
                       nie ma, pada pytanie na terminalu.
  MAILPOINT_MASTER_PASSWORD
                       otwiera zaszyfrowany plik, w którym są hasła, gdy system
                       nie ma magazynu haseł (serwery, cron).

Kody wyjścia:
  0  zrobione                        4  brak połączenia
  1  coś się nie udało               5  część wiadomości z błędem, reszta gotowa
  2  błędne użycie                   6  brak uprawnień
  3  logowanie potrzebne lub odrzucone
Wyniki idą na standardowe wyjście, postęp i komunikaty na wyjście błędów.

Wypróbuj:
  mailpoint list --demo
  mailpoint run --demo --out faktury
)"};
inline constexpr Text points_help{
    R"(mailpoint points: the points of the workspace

Usage:
  mailpoint points [--json] [--workspace DIR]

Shows each point's name, login, server, folder and target folder, and the file
that defines it. A file that cannot be read is shown with the reason. Where the
workspace has operators (operators.json), you see the points that name you;
administrators see all.

Examples:
  mailpoint points
  mailpoint points --workspace /srv/mailpoint --json

Exit codes: 0 done, 1 the workspace cannot be read, 2 wrong usage,
6 no permission.
)",
    R"(mailpoint points: punkty obszaru roboczego

Użycie:
  mailpoint points [--json] [--workspace DIR]

Pokazuje nazwę, login, serwer, folder i folder docelowy każdego punktu oraz
plik, który go opisuje. Plik nie do odczytania jest pokazany z powodem. Jeśli
obszar ma operatorów (operators.json), widać punkty, które Cię wymieniają;
administratorzy widzą wszystkie.

Przykłady:
  mailpoint points
  mailpoint points --workspace /srv/mailpoint --json

Kody wyjścia: 0 zrobione, 1 nie można odczytać obszaru, 2 błędne użycie,
6 brak uprawnień.
)"};
inline constexpr Text list_help{
    R"(mailpoint list: the messages of a mailbox, with their attachments and status

Usage:
  mailpoint list --point P [--json]
  mailpoint list --demo [--json]

Options:
  --point P   name of a point, or path of its definition (a JSON file)
  --demo      the sample mailbox in place of a point
  --json      messages with their attachments as one JSON document

Nothing is downloaded, marked or changed in the mailbox.
The password: MAILPOINT_PASSWORD, else the stored one, else asked.

Examples:
  mailpoint list --demo
  mailpoint list --point "Invoices"
  MAILPOINT_PASSWORD=… mailpoint list --point invoices.json --json

Exit codes: 0 done, 1 failed, 2 wrong usage, 3 sign-in needed or refused,
4 no connection, 6 no permission.
)",
    R"(mailpoint list: wiadomości w skrzynce, ich załączniki i stan

Użycie:
  mailpoint list --point P [--json]
  mailpoint list --demo [--json]

Opcje:
  --point P   nazwa punktu albo ścieżka jego definicji (pliku JSON)
  --demo      przykładowa skrzynka zamiast punktu
  --json      wiadomości z załącznikami jako jeden dokument JSON

W skrzynce nic nie jest pobierane, oznaczane ani zmieniane.
Hasło: MAILPOINT_PASSWORD, inaczej zapisane, inaczej pytanie.

Przykłady:
  mailpoint list --demo
  mailpoint list --point "Faktury kosztowe"
  MAILPOINT_PASSWORD=… mailpoint list --point faktury.json --json

Kody wyjścia: 0 zrobione, 1 błąd, 2 błędne użycie, 3 logowanie potrzebne
lub odrzucone, 4 brak połączenia, 6 brak uprawnień.
)"};
inline constexpr Text run_help{
    R"(mailpoint run: take the attachments of what is not yet taken into a folder

Usage:
  mailpoint run --point P [--out DIR] [--uid SET] [--json]
  mailpoint run --demo [--out DIR]

Options:
  --point P   name of a point, or path of its definition (a JSON file)
  --demo      the sample mailbox in place of a point
  --out DIR   the target folder, in place of the point's
  --uid SET   take just these messages, again if need be: 7, 7,9 or 7:12
              (list shows the UIDs)
  --json      the result as one JSON document

Files appear whole or not at all and never replace another file. A second run
takes nothing twice. Ctrl+C stops; what was saved stays.
The password: MAILPOINT_PASSWORD, else the stored one, else asked.

Examples:
  mailpoint run --demo --out invoices
  mailpoint run --point "Invoices"
  mailpoint run --point invoices.json --out /srv/in --uid 41:45

Exit codes: 0 done (also with attachments that need you; the output names them),
1 failed, 2 wrong usage, 3 sign-in needed or refused, 4 no connection,
5 some messages failed, others are done, 6 no permission.
)",
    R"(mailpoint run: pobierz do folderu załączniki, których jeszcze nie pobrano

Użycie:
  mailpoint run --point P [--out DIR] [--uid ZBIÓR] [--json]
  mailpoint run --demo [--out DIR]

Opcje:
  --point P    nazwa punktu albo ścieżka jego definicji (pliku JSON)
  --demo       przykładowa skrzynka zamiast punktu
  --out DIR    folder docelowy zamiast podanego w punkcie
  --uid ZBIÓR  tylko te wiadomości, w razie potrzeby ponownie: 7, 7,9 lub 7:12
               (numery UID pokazuje list)
  --json       wynik jako jeden dokument JSON

Pliki pojawiają się całe albo wcale i nigdy nie zastępują innych. Drugie
uruchomienie nie pobiera niczego dwa razy. Ctrl+C przerywa, zapisane pliki
zostają.
Hasło: MAILPOINT_PASSWORD, inaczej zapisane, inaczej pytanie.

Przykłady:
  mailpoint run --demo --out faktury
  mailpoint run --point "Faktury kosztowe"
  mailpoint run --point faktury.json --out /srv/in --uid 41:45

Kody wyjścia: 0 zrobione (także gdy część wymaga decyzji; wynik je wymienia),
1 błąd, 2 błędne użycie, 3 logowanie potrzebne lub odrzucone, 4 brak
połączenia, 5 część wiadomości z błędem, reszta gotowa, 6 brak uprawnień.
)"};
inline constexpr Text extract_help{
    R"(mailpoint extract: the attachments of one mail in a file

Usage:
  mailpoint extract FILE.eml [--out DIR] [--json]
  mailpoint extract - [--out DIR] [--json]      the mail from standard input

Options:
  --out DIR   write the attachments there; without it nothing is written
  --json      attachments and parts with size, SHA-256, type and verdict

Examples:
  mailpoint extract invoice.eml
  mailpoint extract invoice.eml --out attachments
  mailpoint extract - --json < invoice.eml

Exit codes: 0 done, 1 failed, 2 wrong usage.
)",
    R"(mailpoint extract: załączniki jednej wiadomości z pliku

Użycie:
  mailpoint extract PLIK.eml [--out DIR] [--json]
  mailpoint extract - [--out DIR] [--json]   wiadomość ze standardowego wejścia

Opcje:
  --out DIR   zapisz tam załączniki; bez tej opcji nic nie jest zapisywane
  --json      załączniki i części: rozmiar, SHA-256, typ i werdykt

Przykłady:
  mailpoint extract faktura.eml
  mailpoint extract faktura.eml --out zalaczniki
  mailpoint extract - --json < faktura.eml

Kody wyjścia: 0 zrobione, 1 błąd, 2 błędne użycie.
)"};
inline constexpr Text propose_help{
    R"(mailpoint propose: the mail server of an e-mail address, and who says so

Usage:
  mailpoint propose ADDRESS [--json]

Options:
  --json   the settings as one JSON document

Looked up in this order, and only until something is found: the program's own
table of providers; DNS of the domain (SRV by RFC 6186, then MX); what the
domain publishes over HTTPS (autoconfig), which hears the address; Mozilla's
data base (autoconfig.thunderbird.net), which hears the domain only. Where
nobody knows, imap.DOMAIN is a guess and said to be one. The last line says
where the settings come from.

Examples:
  mailpoint propose invoices@company.example
  mailpoint propose invoices@company.example --json

Exit codes: 0 done (a guess, too), 1 it was stopped, 2 wrong usage.
)",
    R"(mailpoint propose: serwer poczty dla adresu e-mail, i kto tak mówi

Użycie:
  mailpoint propose ADRES [--json]

Opcje:
  --json   ustawienia jako jeden dokument JSON

Szukane po kolei, aż coś się znajdzie: tabela dostawców w programie; DNS domeny
(SRV według RFC 6186, potem MX); to, co domena ogłasza przez HTTPS
(autoconfig), która poznaje adres; baza Mozilli (autoconfig.thunderbird.net),
która poznaje tylko domenę. Gdy nikt nie wie, imap.DOMENA jest przypuszczeniem
i tak jest nazwany. Ostatni wiersz mówi, skąd są ustawienia.

Przykłady:
  mailpoint propose faktury@firma.example
  mailpoint propose faktury@firma.example --json

Kody wyjścia: 0 zrobione (także przypuszczenie), 1 przerwano, 2 błędne użycie.
)"};
inline constexpr Text diagnose_help{
    R"(mailpoint diagnose: goes the way of a message step by step and says what fails

Usage:
  mailpoint diagnose --point P [--json]
  mailpoint diagnose --demo [--json]

Options:
  --point P   name of a point, or path of its definition (a JSON file)
  --demo      the sample mailbox in place of a point
  --json      the steps and the verdict as one JSON document

From the server's name to the target folder each step is done and timed. The
first one that fails names the cause, how sure it is, and what to do. Nothing
is marked, deleted or changed; one login is tried at most. The output holds no
password and may be sent to support.
The password: MAILPOINT_PASSWORD, else the system's password store, else asked.

Examples:
  mailpoint diagnose --demo
  mailpoint diagnose --point "Invoices" --lang en
  mailpoint diagnose --point invoices.json --json

Exit codes: 0 healthy, else the class of the step that fails: 3 sign-in needed
or refused, 4 no connection, 1 anything else; 2 wrong usage, 6 no permission.
)",
    R"(mailpoint diagnose: przechodzi drogę wiadomości krok po kroku i mówi, co zawodzi

Użycie:
  mailpoint diagnose --point P [--json]
  mailpoint diagnose --demo [--json]

Opcje:
  --point P   nazwa punktu albo ścieżka jego definicji (pliku JSON)
  --demo      przykładowa skrzynka zamiast punktu
  --json      kroki i wynik jako jeden dokument JSON

Od nazwy serwera po folder docelowy każdy krok jest wykonywany i mierzony.
Pierwszy, który zawodzi, podaje przyczynę, jej pewność i co zrobić. Nic nie
jest oznaczane, usuwane ani zmieniane; logowanie próbowane jest najwyżej raz.
Wynik nie zawiera hasła i można go wysłać do pomocy technicznej.
Hasło: MAILPOINT_PASSWORD, inaczej magazyn haseł systemu, inaczej pytanie.

Przykłady:
  mailpoint diagnose --demo
  mailpoint diagnose --point "Faktury kosztowe" --lang pl
  mailpoint diagnose --point faktury.json --json

Kody wyjścia: 0 wszystko działa, inaczej klasa kroku, który zawodzi:
3 logowanie potrzebne lub odrzucone, 4 brak połączenia, 1 inny błąd;
2 błędne użycie, 6 brak uprawnień.
)"};

inline constexpr Text password_help{
    R"(mailpoint password: store the password of a mailbox

Usage:
  mailpoint password --point P
  mailpoint password --point P --delete

Options:
  --point P   name of a point, or path of its definition (a JSON file)
  --delete    remove the stored password

You are asked for the password; if standard input is not a terminal, it is read
from there, without the line end.
It goes to the system's password store. Where there is none, and wherever
MAILPOINT_MASTER_PASSWORD is set and the file is there, it goes to
secrets.sealed in the workspace, encrypted under the master password: that of
MAILPOINT_MASTER_PASSWORD, or you are asked for it. For cron and servers:

  export MAILPOINT_MASTER_PASSWORD=…
  mailpoint password --point "Invoices" < password.txt
  mailpoint run --point "Invoices"

A forgotten master password cannot be recovered. Remove the file then, and store
the mailbox passwords again.

Exit codes: 0 done, 1 failed, 2 wrong usage, 3 the master password is missing or
wrong, 6 no permission.
)",
    R"(mailpoint password: zapisz hasło do skrzynki

Użycie:
  mailpoint password --point P
  mailpoint password --point P --delete

Opcje:
  --point P   nazwa punktu albo ścieżka jego definicji (pliku JSON)
  --delete    usuń zapisane hasło

Program pyta o hasło; gdy standardowe wejście nie jest terminalem, czyta je
stamtąd, bez końca wiersza.
Hasło trafia do magazynu haseł systemu. Gdy go nie ma, a także gdy ustawiono
MAILPOINT_MASTER_PASSWORD i plik już istnieje, trafia do pliku secrets.sealed
w obszarze roboczym, zaszyfrowane hasłem głównym: z MAILPOINT_MASTER_PASSWORD
albo wpisanym na pytanie programu. Na serwerach i w cronie:

  export MAILPOINT_MASTER_PASSWORD=…
  mailpoint password --point "Faktury" < haslo.txt
  mailpoint run --point "Faktury"

Zapomnianego hasła głównego nie da się odzyskać. Trzeba wtedy usunąć plik
i zapisać hasła do skrzynek ponownie.

Kody wyjścia: 0 zrobione, 1 błąd, 2 błędne użycie, 3 brak hasła głównego lub
jest nieprawidłowe, 6 brak uprawnień.
)"};
inline constexpr Text export_help{
    R"(mailpoint export: the definition of a point as a file to give away

Usage:
  mailpoint export --point P --out FILE

The file is what the workspace has, without anything secret: passwords are not
in a definition anyhow, and "user:password@" in addresses is left out. A file
that is there is not replaced.

Options:
  --point P    name of a point, or path of its definition (a JSON file)
  --out FILE   the file to write

Example:
  mailpoint export --point "Cost invoices" --out invoices.json

Exit codes: 0 done, 1 failed, 2 wrong usage, 6 no permission.
)",
    R"(mailpoint export: definicja punktu jako plik do przekazania

Użycie:
  mailpoint export --point P --out PLIK

Plik zawiera to, co obszar roboczy, ale nic tajnego: haseł i tak nie ma
w definicji, a „użytkownik:hasło@” w adresach jest pomijane. Istniejący plik
nie jest zastępowany.

Opcje:
  --point P    nazwa punktu albo ścieżka jego definicji (pliku JSON)
  --out PLIK   plik do zapisania

Przykład:
  mailpoint export --point "Faktury kosztowe" --out faktury.json

Kody wyjścia: 0 zrobione, 1 błąd, 2 błędne użycie, 6 brak uprawnień.
)"};
inline constexpr Text import_help{
    R"(mailpoint import: a definition as a new point of the workspace

Usage:
  mailpoint import FILE [--workspace DIR]

The point gets an id of its own, unless the file lies in the workspace's folder
deleted, and “ (2)” behind its name if there is one of its name. Its password
is not in the file: give it when the point is opened. In a workspace without
operators you become the administrator.

Example:
  mailpoint import invoices.json

Exit codes: 0 done, 1 failed, 2 wrong usage, 6 no permission.
)",
    R"(mailpoint import: definicja jako nowy punkt obszaru roboczego

Użycie:
  mailpoint import PLIK [--workspace DIR]

Punkt dostaje własny identyfikator, chyba że plik leży w folderze deleted
obszaru roboczego, i „ (2)” za nazwą, jeśli jest już punkt o tej nazwie. Hasła
w pliku nie ma: podaj je przy otwarciu punktu. W obszarze roboczym bez
operatorów zostajesz administratorem.

Przykład:
  mailpoint import faktury.json

Kody wyjścia: 0 zrobione, 1 błąd, 2 błędne użycie, 6 brak uprawnień.
)"};
inline constexpr Text export_done{"The definition was written to {path}; there is no secret in it.",
                                  "Definicję zapisano w {path}; nie ma w niej nic tajnego."};
inline constexpr Text import_done{"The point {name} is in the workspace: {path}",
                                  "Punkt {name} jest w obszarze roboczym: {path}"};

// Wrong usage
inline constexpr Text usage_unknown_command{"There is no command “{x}”.",
                                            "Nie ma polecenia „{x}”."};
inline constexpr Text usage_unknown_option{"There is no option “{x}” here.",
                                           "Nie ma tu opcji „{x}”."};
inline constexpr Text usage_value_missing{"The option {x} needs a value.",
                                          "Opcja {x} wymaga wartości."};
inline constexpr Text usage_bad_value{"“{value}” does not fit the option {x}.",
                                      "Wartość „{value}” nie pasuje do opcji {x}."};
inline constexpr Text usage_point_needed{"Say which point: --point P, or --demo.",
                                         "Podaj punkt: --point P albo --demo."};
inline constexpr Text usage_stored_point_needed{"Say which point: --point P.",
                                                "Podaj punkt: --point P."};
inline constexpr Text usage_point_twice{"Give either --point or --demo, not both.",
                                        "Podaj --point albo --demo, nie oba."};
inline constexpr Text usage_file_needed{"Say which mail: a file, or - for standard input.",
                                        "Podaj wiadomość: plik albo - (standardowe wejście)."};
inline constexpr Text usage_definition_needed{"Say which definition: a JSON file.",
                                              "Podaj definicję: plik JSON."};
inline constexpr Text usage_address_needed{
    "Say which e-mail address, for example name@company.example.",
    "Podaj adres e-mail, na przykład nazwa@firma.example."};
inline constexpr Text usage_uid_needed{"Say which messages: --uid SET, as list shows them.",
                                       "Podaj, które wiadomości: --uid ZBIÓR, jak na liście."};
inline constexpr Text usage_too_much{"“{x}” is one argument too many.",
                                     "„{x}” to o jeden argument za dużo."};
inline constexpr Text usage_did_you_mean{"Did you mean {x}?", "Czy chodziło o {x}?"};
inline constexpr Text usage_see_help{"{command} --help shows how to use it.",
                                     "Sposób użycia pokazuje {command} --help."};
inline constexpr Text version_line{"Mailpoint {version}", "Mailpoint {version}"};

// Tables
inline constexpr Text table_uid{"UID", "UID"};
inline constexpr Text table_point{"Point", "Punkt"};
inline constexpr Text table_login{"Login", "Login"};
inline constexpr Text table_server{"Server", "Serwer"};
inline constexpr Text table_mailbox_folder{"Folder", "Folder"};
inline constexpr Text table_target{"Target folder", "Folder docelowy"};
inline constexpr Text table_definition{"Definition", "Definicja"};
inline constexpr Text table_attachments{"Att.", "Zał."};
inline constexpr Text table_attachment{"Attachment", "Załącznik"};
inline constexpr Text table_part{"Part", "Część"};
inline constexpr Text table_type{"Type", "Typ"};
inline constexpr Text table_verdict{"Verdict", "Werdykt"};
inline constexpr Text table_file{"File", "Plik"};
inline constexpr Text table_not_readable{"cannot be read, see below",
                                         "nie do odczytu, patrz niżej"};
inline constexpr Text table_not_set{"(not set)", "(nie ustawiono)"};

// What the commands say at their end
inline constexpr Text list_summary{"{messages}, {new}", "{messages}, {new}"};
inline constexpr Text run_summary{"{documents} generated: {files}, {size}",
                                  "Wygenerowano {documents}: {files}, {size}"};
inline constexpr Text run_nothing_new{"Nothing new: everything was taken before.",
                                      "Nic nowego: wszystko pobrano wcześniej."};
inline constexpr Text run_need_you{"To check: {messages} (see the verdicts above)",
                                   "Do sprawdzenia: {messages} (werdykty powyżej)"};
inline constexpr Text run_failed_count{"Failed: {messages}", "Z błędem: {messages}"};
inline constexpr Text run_claimed{
    "Left to another Mailpoint, which has marked them as taken: {messages}",
    "Pozostawiono innemu Mailpointowi, który oznaczył je jako pobrane: {messages}"};
inline constexpr Text run_folder{"Folder: {folder}", "Folder: {folder}"};
inline constexpr Text run_stopped{"Stopped. Files already saved stay.",
                                  "Przerwano. Zapisane pliki zostają."};
inline constexpr Text output_failed{"The result could not be written to the standard output.",
                                    "Nie udało się zapisać wyniku na standardowe wyjście."};
inline constexpr Text extract_summary{"{attachments}, {size}", "{attachments}, {size}"};
inline constexpr Text extract_none{"This mail has no attachments.",
                                   "Ta wiadomość nie ma załączników."};
inline constexpr Text points_none{"The workspace {folder} has no points yet.",
                                  "W obszarze roboczym {folder} nie ma jeszcze punktów."};

// Progress on standard error
inline constexpr Text progress_listing{"Listing: {k} of {messages}",
                                       "Wczytywanie: {k} z {messages}"};
inline constexpr Text progress_taking{"Taking: {k} of {messages} · {done} of {total}",
                                      "Pobieranie: {k} z {messages} · {done} z {total}"};
inline constexpr Text progress_stopping{"Stopping…", "Przerywanie…"};

// Questions and notices
inline constexpr Text ask_password{"Password for {login} at {host}: ",
                                   "Hasło dla {login} na {host}: "};
inline constexpr Text password_in_system{
    "The password for {login} is stored in the system's password store.",
    "Hasło dla {login} zapisano w magazynie haseł systemu."};
inline constexpr Text password_in_file{
    "The password for {login} is stored encrypted in the workspace {folder}.",
    "Hasło dla {login} zapisano zaszyfrowane w obszarze roboczym {folder}."};
inline constexpr Text password_removed{"No password for {login} is stored any more.",
                                       "Hasło dla {login} nie jest już zapisane."};
inline constexpr Text password_not_stored{"No password was given, and none was stored.",
                                          "Nie podano hasła i żadnego nie zapisano."};
inline constexpr Text error_line{"Error: {words}", "Błąd: {words}"};
inline constexpr Text next_step_line{"What to do: {words}", "Co zrobić: {words}"};
inline constexpr Text ledger_set_aside{
    "The record of what was taken was damaged; it was set aside as {path}.",
    "Rejestr pobrań był uszkodzony; odłożono go jako {path}."};
inline constexpr Text no_display{
    "There is no display here, so no window; the commands work without one.",
    "Nie ma tu ekranu, więc nie będzie okna; polecenia działają bez niego."};

}  // namespace gui::text
