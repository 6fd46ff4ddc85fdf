#pragma once
// Texts of the day report, and its sums in words, the same for window and commands.

#include <string>
#include <vector>

#include "gui/text/text.h"
#include "mail/snapshot.h"

namespace gui::text {

inline constexpr Text day_report{"Day report…", "Raport dnia…"};
inline constexpr Text report_of_day{"Report of {date}", "Raport dnia {date}"};
inline constexpr Text report_making{"Reading the records…", "Czytanie rejestru…"};
inline constexpr Text report_day_before{"Day before", "Poprzedni dzień"};
inline constexpr Text report_day_after{"Day after", "Następny dzień"};
inline constexpr Text report_today{"Today", "Dziś"};
inline constexpr Text report_is_today{"That is today", "To dzisiejszy dzień"};
inline constexpr Text report_documents{"Messages", "Wiadomości"};
inline constexpr Text report_files{"Files", "Pliki"};
inline constexpr Text report_left_out{"Left out", "Pominięte"};
inline constexpr Text report_open{"Still open", "Otwarte sprawy"};
inline constexpr Text report_file{"File", "Plik"};
inline constexpr Text report_reason{"Why", "Dlaczego"};
inline constexpr Text report_decided_by{"{why}: {who}", "{why}: {who}"};
inline constexpr Text report_no_documents{"Nothing was taken on that day",
                                          "Tego dnia nic nie pobrano"};
inline constexpr Text report_no_files{"No file was saved on that day",
                                      "Tego dnia nie zapisano żadnego pliku"};
inline constexpr Text report_none_left_out{"Nothing was left out", "Niczego nie pominięto"};
inline constexpr Text report_none_open{"Nothing is waiting", "Nic nie czeka"};
inline constexpr Text report_not_listed{
    "Not listed just now, so new messages are not counted: {points}",
    "Lista nie jest teraz otwarta, więc nowych wiadomości tu nie policzono: {points}"};
inline constexpr Text report_export_title{"Export the report", "Eksport raportu"};
inline constexpr Text report_export_hint{
    "Path of the file: a table for a spreadsheet, or JSON if it ends with .json",
    "Ścieżka pliku: tabela dla arkusza albo JSON, jeśli kończy się na .json"};
inline constexpr Text report_file_name{"report-{date}.csv", "raport-{date}.csv"};
inline constexpr Text report_exported{"Report exported to {path}", "Raport zapisano w {path}"};
inline constexpr Text report_sum_taken{"{n} taken, {files} ({size})",
                                       "Pobrano: {n}, {files} ({size})"};
inline constexpr Text report_sum_there{"saved before: {n}", "zapisane już wcześniej: {n}"};
inline constexpr Text report_sum_partial{"partly: {n}", "częściowo: {n}"};
inline constexpr Text report_sum_failed{"failed: {n}", "z błędem: {n}"};
inline constexpr Text report_sum_left_out{"parts left out: {n}", "pominięte części: {n}"};
inline constexpr Text report_sum_hidden{"removed from the list: {n}", "usunięte z listy: {n}"};
inline constexpr Text report_sum_removed{"removed from the mailbox: {n}",
                                         "usunięte ze skrzynki: {n}"};
inline constexpr Text report_sum_restored{"restored: {n}", "przywrócone: {n}"};
inline constexpr Text report_sum_open{"still open: {n}", "otwarte: {n}"};
inline constexpr Text usage_bad_date{"{value} is no date: write it as 2026-11-24",
                                     "{value} to nie data: zapisz ją tak: 2026-11-24"};
inline constexpr Text report_help{
    R"(mailpoint report: what became of messages on a day

Usage:
  mailpoint report [--point P] [--date DATE] [--json | --csv]

Options:
  --point P    of this point only; without it of all that you may see
  --date DATE  the day, as 2026-11-24, in the computer's time zone; without it
               today
  --json       the report as one JSON document
  --csv        a table for a spreadsheet: a line for each message, file, part
               that was left out and message that is still open

Says which messages were taken and by whom, which files came of them, which
parts were left out and why, and what is still open. It asks no server: of
messages that nobody has begun with, only an open window knows.

Exit codes: 0 done, 1 failed, 2 wrong usage, 6 no permission.
)",
    R"(mailpoint report: co stało się z wiadomościami danego dnia

Użycie:
  mailpoint report [--point P] [--date DATA] [--json | --csv]

Opcje:
  --point P    tylko tego punktu; bez tej opcji wszystkich, które wolno Ci
               widzieć
  --date DATA  dzień, tak: 2026-11-24, w strefie czasowej komputera; bez tej
               opcji dzisiejszy
  --json       raport jako jeden dokument JSON
  --csv        tabela dla arkusza: wiersz na wiadomość, plik, pominiętą część
               i wiadomość, która czeka

Mówi, które wiadomości pobrano i kto to zrobił, jakie pliki powstały, które
części pominięto i dlaczego oraz co czeka. Nie pyta serwera: o wiadomościach,
których nikt nie zaczął pobierać, wie tylko otwarte okno.

Kody wyjścia: 0 zrobione, 1 błąd, 2 błędne użycie, 6 brak uprawnień.
)"};

/// Why a part was left out, and who decided so where somebody did: "decyzja operatora: Jan Żak".
[[nodiscard]] std::string why_left_out(mail::Reason reason, const std::string& who,
                                       Language language);
/// "Taken: 12, 31 files (5.2 MB)", "failed: 1" …: those that are not 0, and the first always.
[[nodiscard]] std::vector<std::string> sums_of(const mail::DayReport& report, Language language);

}  // namespace gui::text
