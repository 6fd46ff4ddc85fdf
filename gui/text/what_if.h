#pragma once
// Texts of the dry run: what a point would make of the messages that came last.

#include "gui/text/text.h"

namespace gui::text {

inline constexpr Text dry_run{"Dry run…", "Próba na sucho…"};
inline constexpr Text dry_run_of{"Dry run: {point}", "Próba na sucho: {point}"};
inline constexpr Text what_if_listing{"Reading the list of messages…",
                                      "Czytanie listy wiadomości…"};
inline constexpr Text what_if_nothing_taken{
    "Nothing is taken, marked or saved. Content is judged only when it is taken: a file that was "
    "saved before is not saved again, and what is graphic is told by it alone.",
    "Nic nie jest pobierane, oznaczane ani zapisywane. Zawartość jest oceniana dopiero przy "
    "pobieraniu: plik zapisany już wcześniej nie zostanie zapisany drugi raz, a czy plik jest "
    "graficzny, rozstrzyga tylko ona."};
/// "The last 500 of 1,204 messages: 212 files (31 MB), 31 skipped, 4 need you"
inline constexpr Text what_if_summary{
    "The last {k} of {n}: {files} ({size}), {skipped} skipped, {open} to decide",
    "{k} ostatnich z {n}: {files} ({size}), pominiętych części: {skipped}, do decyzji: {open}"};
inline constexpr Text what_if_to_read{
    "{n} to be read whole: what is in them shows when they are taken",
    "{n} do przeczytania w całości: co w nich jest, okaże się przy pobieraniu"};
inline constexpr Text what_if_graphic{
    "Of the files, {n} only if they turn out to be graphic",
    "Z tych plików {n} tylko wtedy, gdy okaże się, że są graficzne"};
inline constexpr Text what_if_without{"{n} without attachments", "{n} bez załączników"};
inline constexpr Text what_if_none{"None of the messages has such parts",
                                   "Żadna z wiadomości nie ma takich części"};
inline constexpr Text what_if_all{"All", "Wszystkie"};
inline constexpr Text what_if_taken{"To be taken", "Do pobrania"};
inline constexpr Text what_if_skipped{"Skipped", "Pomijane"};
inline constexpr Text what_if_to_decide{"To decide", "Do decyzji"};
inline constexpr Text what_if_file{"File", "Plik"};
inline constexpr Text what_if_verdict{"What becomes of it", "Co się z nim stanie"};
inline constexpr Text what_if_read_first{"Has to be read whole first",
                                         "Najpierw trzeba przeczytać całą wiadomość"};
inline constexpr Text what_if_empty{"There are no messages in the folder",
                                    "W folderze nie ma wiadomości"};

inline constexpr Text what_if_help{
    R"(mailpoint what-if: what the point would make of the last messages

Usage:
  mailpoint what-if --point P [--last N] [--json]
  mailpoint what-if --demo

Options:
  --point P   name of a point, or path of its definition (a JSON file)
  --demo      the sample mailbox in place of a point
  --last N    the N messages that came last; 500 if not given
  --json      the result as one JSON document

Says for each part of the messages whether it would become a file, under which
name, or why not. It reads the list of messages only: nothing is taken, marked
or saved, and what was taken before is listed like the rest. What a file really
holds is judged when it is taken.

Exit codes: 0 done, 1 failed, 2 wrong usage, 3 sign-in needed or refused,
4 no connection, 6 no permission.
)",
    R"(mailpoint what-if: co punkt zrobiłby z ostatnimi wiadomościami

Użycie:
  mailpoint what-if --point P [--last N] [--json]
  mailpoint what-if --demo

Opcje:
  --point P   nazwa punktu albo ścieżka jego definicji (pliku JSON)
  --demo      przykładowa skrzynka zamiast punktu
  --last N    N wiadomości, które przyszły ostatnio; domyślnie 500
  --json      wynik jako jeden dokument JSON

O każdej części wiadomości mówi, czy stałaby się plikiem i pod jaką nazwą,
a jeśli nie, dlaczego. Czyta tylko listę wiadomości: nic nie jest pobierane,
oznaczane ani zapisywane, a pobrane wcześniej są na liście tak jak inne. Co
plik naprawdę zawiera, okazuje się przy pobieraniu.

Kody wyjścia: 0 zrobione, 1 błąd, 2 błędne użycie, 3 logowanie potrzebne
lub odrzucone, 4 brak połączenia, 6 brak uprawnień.
)"};

}  // namespace gui::text
