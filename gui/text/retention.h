#pragma once
// Texts of what the workspace keeps for how long: in the settings, and of the command.

#include "gui/text/text.h"

namespace gui::text {

inline constexpr Text retention_title{"How long the workspace keeps things",
                                      "Jak długo obszar roboczy przechowuje dane"};
inline constexpr Text log_kept{"Activity log", "Dziennik działań"};
inline constexpr Text lists_kept{"Remembered lists", "Zapamiętane listy"};
inline constexpr Text log_kept_days{"Activity log, days", "Dziennik działań, dni"};
inline constexpr Text lists_kept_days{"Remembered lists, days", "Zapamiętane listy, dni"};
inline constexpr Text no_lists_kept{"not kept", "niezapamiętywane"};
inline constexpr Text log_days_help{
    "30 to 3650, for everybody who shares the workspace. What was taken and removed stays on "
    "record.",
    "Od 30 do 3650, dla wszystkich, którzy dzielą ten obszar. Rejestr pobrań i usunięć zostaje."};
inline constexpr Text older_lines_go{
    "Lines older than {days} are deleted, for everybody and for good.",
    "Wpisy starsze niż {days} zostaną usunięte – wszystkim i na zawsze."};
inline constexpr Text log_days_limits{"30 to 3650 days.", "Od 30 do 3650 dni."};
inline constexpr Text list_days_help{
    "0 to 365 after the list was used last. 0: none is kept, and a "
    "point opens when its server has answered.",
    "Od 0 do 365 od ostatniego użycia listy. 0: nic nie jest "
    "zapamiętywane, a punkt otwiera się po odpowiedzi "
    "serwera."};
inline constexpr Text list_days_limits{"0 to 365 days.", "Od 0 do 365 dni."};
inline constexpr Text days_not_right{"A number of days is not within its limits",
                                     "Liczba dni jest poza granicami"};
inline constexpr Text retention_save{"Save for everybody", "Zapisz dla wszystkich"};
inline constexpr Text retention_saved{"Saved.", "Zapisano."};
inline constexpr Text retention_is_of{"It is everybody's, so administrators change it: {admins}.",
                                      "To wspólne ustawienia, zmieniają je administratorzy: "
                                      "{admins}."};
inline constexpr Text retention_is_others{"It is everybody's, so administrators change it.",
                                          "To wspólne ustawienia, zmieniają je administratorzy."};

inline constexpr Text retention_help{
    R"(mailpoint retention: for how long the workspace keeps what is not needed

Usage:
  mailpoint retention [--log DAYS] [--lists DAYS] [--json] [--workspace DIR]

Options:
  --log DAYS     lines of the activity log, 30 to 3650 (ten years); usually 400
  --lists DAYS   the lists of mailboxes as the window saw them last, 0 to 365
                 since they were used last; usually 90. 0: none is kept, and a
                 point shows its mail when its server has answered

Without options it prints what is set. It holds for everybody who shares the
workspace, so only administrators change it, and programs that are open obey at
once. What is older is deleted for good. Not deleted: lines by which the time
of copies in the quarantine is counted (up to 400 days), and the record of what
was taken and removed, which stays whatever is set here.

Examples:
  mailpoint retention
  mailpoint retention --log 180 --lists 0

Exit codes: 0 done, 1 failed, 2 wrong usage, 6 no permission.
)",
    R"(mailpoint retention: jak długo obszar roboczy trzyma to, co niepotrzebne

Użycie:
  mailpoint retention [--log DNI] [--lists DNI] [--json] [--workspace DIR]

Opcje:
  --log DNI     wpisy dziennika działań, od 30 do 3650 (dziesięć lat);
                zwykle 400
  --lists DNI   listy skrzynek, jak okno widziało je ostatnio, od 0 do 365 od
                ich ostatniego użycia; zwykle 90. 0: nic nie jest zapamiętywane,
                a punkt pokazuje pocztę, gdy odpowie jego serwer

Bez opcji wypisuje, co jest ustawione. Dotyczy wszystkich, którzy dzielą ten
obszar, więc zmieniają to tylko administratorzy, a otwarte programy stosują się
od razu. Starsze wpisy i listy są usuwane na zawsze. Zostają: wpisy, z których
liczony jest czas kopii w kwarantannie (do 400 dni), oraz rejestr pobrań
i usunięć, niezależnie od tych ustawień.

Przykłady:
  mailpoint retention
  mailpoint retention --log 180 --lists 0

Kody wyjścia: 0 zrobione, 1 nie udało się, 2 błędne użycie, 6 brak uprawnień.
)"};

}  // namespace gui::text
