#pragma once
// Words of the command decide.

#include "gui/text/text.h"

namespace gui::text {

inline constexpr Text decide_help{
    R"(mailpoint decide: take or leave out one part of a message, against the rules

Usage:
  mailpoint decide --point P --uid N
  mailpoint decide --point P --uid N --part PART --take | --skip | --by-rules

Options:
  --point P    name of a point, or path of its definition (a JSON file)
  --demo       the sample mailbox in place of a point
  --uid N      which message (list shows the UIDs)
  --part PART  which of its parts, by the number shown without this option
  --take       it becomes a file, whatever the rules of the point say: a logo, a
               program, a file that another message has brought
  --skip       it is left out; a message that waits for nothing else is then
               done
  --by-rules   takes such a decision back
  --json       the message as one JSON document

Nothing is taken by this command: mailpoint run takes what is to be taken. What
was decided is kept in the workspace for all who work with the point.

Examples:
  mailpoint decide --point "Invoices" --uid 41
  mailpoint decide --point "Invoices" --uid 41 --part 3 --take

Exit codes: 0 done, 1 failed, 2 wrong usage, 3 sign-in needed or refused,
4 no connection, 6 no permission.
)",
    R"(mailpoint decide: pobierz albo pomiń jedną część wiadomości, wbrew regułom

Użycie:
  mailpoint decide --point P --uid N
  mailpoint decide --point P --uid N --part CZĘŚĆ --take | --skip | --by-rules

Opcje:
  --point P     nazwa punktu albo ścieżka jego definicji (pliku JSON)
  --demo        przykładowa skrzynka zamiast punktu
  --uid N       która wiadomość (UID podaje list)
  --part CZĘŚĆ  która z jej części, według numeru, który widać bez tej opcji
  --take        stanie się plikiem, cokolwiek mówią reguły punktu: logo,
                program, plik, który przyniosła inna wiadomość
  --skip        zostanie pominięta; wiadomość, która na nic innego nie czeka,
                jest wtedy gotowa
  --by-rules    cofa taką decyzję
  --json        wiadomość jako jeden dokument JSON

Samo polecenie niczego nie pobiera: to, co jest do pobrania, pobiera mailpoint
run. Decyzja jest zapisana w obszarze roboczym dla wszystkich, którzy pracują
z punktem.

Przykłady:
  mailpoint decide --point "Faktury" --uid 41
  mailpoint decide --point "Faktury" --uid 41 --part 3 --take

Kody wyjścia: 0 zrobione, 1 błąd, 2 błędne użycie, 3 logowanie potrzebne
lub odrzucone, 4 brak połączenia, 6 brak uprawnień.
)"};

inline constexpr Text usage_one_uid{"Name one message: --uid N.",
                                    "Podaj jedną wiadomość: --uid N."};
inline constexpr Text usage_decision_needed{
    "With --part say what: --take, --skip or --by-rules; each of them needs --part.",
    "Z opcją --part podaj, co zrobić: --take, --skip albo --by-rules; każda z nich wymaga --part."};
inline constexpr Text decide_run_takes{"mailpoint run takes it.", "Pobierze ją mailpoint run."};

}  // namespace gui::text
