#pragma once
// What the commands remove, restore and log say beside the words of the window.

#include "gui/text/text.h"

namespace gui::text {

inline constexpr Text remove_help{
    R"(mailpoint remove: take messages off the list, or out of the mailbox, too

Usage:
  mailpoint remove --point P --uid SET [--mailbox] [options]

Options:
  --point P      name of a point, or path of its definition (a JSON file)
  --demo         the sample mailbox in place of a point
  --uid SET      which messages: 7, 7,9 or 7:12 (list shows the UIDs)
  --mailbox      out of the mailbox as well; only where the point allows it
  --anyway       also messages whose attachments are not all on the disk
  --marked WHAT  where the server can delete only together with other messages
                 that somebody has marked: "leave" only marks these, "delete"
                 deletes all that are marked. Without it nothing is done then
  --json         the result as one JSON document

Without --mailbox nothing changes in the mailbox. With it a message leaves when
every wanted attachment is on the disk, read back and equal; its copy (.eml) is
kept in the quarantine of the workspace for as many days as the point says.
mailpoint restore brings it back.

Examples:
  mailpoint remove --point "Invoices" --uid 41:45
  mailpoint remove --point "Invoices" --uid 41 --mailbox

Exit codes: 0 done, 1 failed, 2 wrong usage, 3 sign-in needed or refused,
4 no connection, 5 some stayed, 6 no permission.
)",
    R"(mailpoint remove: usuń wiadomości z listy albo także ze skrzynki

Użycie:
  mailpoint remove --point P --uid ZBIÓR [--mailbox] [opcje]

Opcje:
  --point P      nazwa punktu albo ścieżka jego definicji (pliku JSON)
  --demo         przykładowa skrzynka zamiast punktu
  --uid ZBIÓR    które wiadomości: 7, 7,9 albo 7:12 (UID pokazuje list)
  --mailbox      także ze skrzynki; tylko jeśli punkt na to pozwala
  --anyway       także wiadomości, których załączniki nie są wszystkie na dysku
  --marked CO    gdy serwer umie usuwać tylko razem z innymi oznaczonymi
                 wiadomościami: „leave” tylko oznacza te, „delete” usuwa
                 wszystkie oznaczone. Bez tej opcji nic się wtedy nie dzieje
  --json         wynik jako jeden dokument JSON

Bez --mailbox w skrzynce nic się nie zmienia. Z tą opcją wiadomość znika, gdy
każdy potrzebny załącznik jest na dysku, odczytany i zgodny; jej kopia (.eml)
leży w kwarantannie obszaru roboczego tyle dni, ile podaje punkt.
Przywraca ją mailpoint restore.

Przykłady:
  mailpoint remove --point "Faktury" --uid 41:45
  mailpoint remove --point "Faktury" --uid 41 --mailbox

Kody wyjścia: 0 zrobione, 1 nie udało się, 2 błędne użycie, 3 logowanie
potrzebne lub odrzucone, 4 brak połączenia, 5 część została, 6 brak uprawnień.
)"};
inline constexpr Text restore_help{
    R"(mailpoint restore: bring back what was removed

Usage:
  mailpoint restore --point P [--uid SET] [--json]

Options:
  --point P   name of a point, or path of its definition (a JSON file)
  --demo      the sample mailbox in place of a point
  --uid SET   which messages, by the UIDs that they had. Without it the
              quarantine is listed, and nothing changes
  --json      the result as one JSON document

Messages that are off the list come back on it. Those that left the mailbox are
put back there from the quarantine, with their date and flags; they have new
UIDs then.

Exit codes: 0 done, 1 failed, 2 wrong usage, 3 sign-in needed or refused,
4 no connection, 5 some could not be brought back, 6 no permission.
)",
    R"(mailpoint restore: przywróć to, co usunięto

Użycie:
  mailpoint restore --point P [--uid ZBIÓR] [--json]

Opcje:
  --point P   nazwa punktu albo ścieżka jego definicji (pliku JSON)
  --demo      przykładowa skrzynka zamiast punktu
  --uid ZBIÓR które wiadomości, według UID, które miały. Bez tej opcji polecenie
              wypisuje kwarantannę i niczego nie zmienia
  --json      wynik jako jeden dokument JSON

Wiadomości usunięte z listy wracają na listę. Te, które zniknęły ze skrzynki,
wracają do niej z kwarantanny, z datą i flagami; mają potem nowe UID.

Kody wyjścia: 0 zrobione, 1 nie udało się, 2 błędne użycie, 3 logowanie
potrzebne lub odrzucone, 4 brak połączenia, 5 części nie przywrócono,
6 brak uprawnień.
)"};
inline constexpr Text log_help{
    R"(mailpoint log: who did what, when, and what came of it

Usage:
  mailpoint log [--point P] [--csv | --json]

Options:
  --point P   of this point only: its name, or the path of its definition
  --csv       comma-separated values, for a spreadsheet
  --json      one JSON document

Newest first. Every step that changed something is there: documents, removals,
what was brought back, points, passwords, sign-ins. Kept for 400 days, or as
long as mailpoint retention says; no text of a mail is in it but its subject.

Exit codes: 0 done, 1 failed, 2 wrong usage, 6 no permission.
)",
    R"(mailpoint log: kto, kiedy, co zrobił i z jakim wynikiem

Użycie:
  mailpoint log [--point P] [--csv | --json]

Opcje:
  --point P   tylko tego punktu: jego nazwa albo ścieżka definicji
  --csv       wartości rozdzielone przecinkami, do arkusza
  --json      jeden dokument JSON

Od najnowszych. Jest tu każdy krok, który coś zmienił: dokumenty, usunięcia,
przywrócenia, punkty, hasła, logowania. Zapisy są przechowywane 400 dni albo
tyle, ile mówi mailpoint retention; z treści wiadomości jest w nich tylko temat.

Kody wyjścia: 0 zrobione, 1 nie udało się, 2 błędne użycie, 6 brak uprawnień.
)"};
inline constexpr Text usage_csv_or_json{
    "--csv and --json exclude each other: the log is printed in one form.",
    "--csv i --json wykluczają się: dziennik wypisuje się w jednej postaci."};
inline constexpr Text stayed_line{"{uid}: {why}", "{uid}: {why}"};
inline constexpr Text locked_line{"{uid}: stays in the mailbox: {why}",
                                  "{uid}: zostaje w skrzynce: {why}"};
inline constexpr Text hint_anyway{"--anyway removes these, too.", "--anyway usuwa także te."};
inline constexpr Text taken_along_line{
    "Deleted as well, somebody had marked it: UID {uid}, {subject} {message_id}",
    "Usunięta razem z nimi, ktoś ją oznaczył: UID {uid}, {subject} {message_id}"};
inline constexpr Text hint_marked{
    "--marked leave only marks these messages; --marked delete deletes all that are marked.",
    "--marked leave tylko oznacza te wiadomości; --marked delete usuwa wszystkie oznaczone."};
inline constexpr Text log_number{"UID", "UID"};

}  // namespace gui::text
