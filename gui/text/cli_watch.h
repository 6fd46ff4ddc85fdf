#pragma once
// The words of the command watch.

#include "gui/text/text.h"

namespace gui::text {

inline constexpr Text watch_help{
    R"(mailpoint watch: stays, and takes new mail as it comes

Usage:
  mailpoint watch --point P [--point Q …] [--take] [--out DIR] [--json]
  mailpoint watch --demo [--take] [--out DIR]

Options:
  --point P   name of a point, or path of its definition; several are watched
              at once
  --demo      the sample mailbox in place of a point
  --take      takes new messages of points, too, whose definition does not say
              “take new messages without asking”; else those are only told
  --out DIR   the target folder, in place of the points'
  --json      one JSON object a line

One line for each message that comes or was taken (with its files), and for a
line to the server that is lost or back. Nothing is asked of a server that can
tell by itself that mail has come (IDLE); others are asked every five minutes.
What fails is tried again, later and later; a message at which the line broke
four times at most, any other that failed not before the next start. A refused
password is never sent again: that point ends, the others go on. Ctrl+C or
SIGTERM ends it; what was saved stays.
The password: MAILPOINT_PASSWORD, else the stored one, else asked.

Examples:
  mailpoint watch --demo --take --out invoices
  mailpoint watch --point "Invoices" --point "Orders" --json

Exit codes: 0 it was told to end, 1 failed, 2 wrong usage, 3 sign-in needed or
refused, 5 some messages failed, 6 no permission. It does not end for want of a
connection.
)",
    R"(mailpoint watch: czuwa i pobiera nowe wiadomości, gdy nadchodzą

Użycie:
  mailpoint watch --point P [--point Q …] [--take] [--out DIR] [--json]
  mailpoint watch --demo [--take] [--out DIR]

Opcje:
  --point P   nazwa punktu albo ścieżka jego definicji; można podać kilka
  --demo      przykładowa skrzynka zamiast punktu
  --take      pobiera także nowe wiadomości punktów, których definicja nie mówi
              „pobieraj nowe wiadomości bez pytania”; inaczej tylko o nich mówi
  --out DIR   folder docelowy zamiast podanego w punktach
  --json      jeden obiekt JSON w wierszu

Jeden wiersz na każdą wiadomość, która nadeszła lub została pobrana (z jej
plikami), i gdy połączenie z serwerem zerwie się lub wróci. Serwera, który sam
mówi o nowej poczcie (IDLE), nie trzeba pytać; inne są pytane co pięć minut.
To, co się nie uda, jest ponawiane coraz rzadziej; wiadomość, przy której zrywa
się połączenie, do czterech razy, inna z błędem po następnym uruchomieniu.
Odrzucone hasło nie jest wysyłane ponownie: ten punkt się kończy, pozostałe
działają dalej. Ctrl+C lub SIGTERM kończy; zapisane pliki zostają.
Hasło: MAILPOINT_PASSWORD, inaczej zapisane, inaczej pytanie.

Przykłady:
  mailpoint watch --demo --take --out faktury
  mailpoint watch --point "Faktury" --point "Zamówienia" --json

Kody wyjścia: 0 kazano zakończyć, 1 błąd, 2 błędne użycie, 3 logowanie potrzebne
lub odrzucone, 5 część wiadomości z błędem, 6 brak uprawnień. Brak połączenia
niczego nie kończy.
)"};
inline constexpr Text watch_line{"{time} {point}: {words}", "{time} {point}: {words}"};
inline constexpr Text watch_opened{"watched, {messages}, {new}", "obserwowany, {messages}, {new}"};
inline constexpr Text watch_mail{"new mail {uid} from {sender}: {subject}",
                                 "nowa wiadomość {uid} od {sender}: {subject}"};
inline constexpr Text watch_taken{"taken {uid}, {subject}: {files}",
                                  "pobrano {uid}, {subject}: {files}"};
inline constexpr Text watch_check{"to check {uid}, {subject}: {files}",
                                  "do sprawdzenia {uid}, {subject}: {files}"};
inline constexpr Text watch_failed{"failed {uid}, {subject}: {why}",
                                   "błąd {uid}, {subject}: {why}"};
inline constexpr Text watch_removed{"removed from the mailbox {uid}, {subject}",
                                    "usunięto ze skrzynki {uid}, {subject}"};
inline constexpr Text watch_no_files{"no files", "bez plików"};
inline constexpr Text watch_lost{"no connection: {why}", "brak połączenia: {why}"};
inline constexpr Text watch_back{"connected again", "znów połączono"};
inline constexpr Text watch_refused{"not watched any more: {why}", "koniec obserwowania: {why}"};

}  // namespace gui::text
