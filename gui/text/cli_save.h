#pragma once
// Words of the command save.

#include "gui/text/text.h"

namespace gui::text {

inline constexpr Text save_help{
    R"(mailpoint save: one message of a mailbox as a file (.eml)

Usage:
  mailpoint save --point P --uid N --out FILE

Options:
  --point P   name of a point, or path of its definition (a JSON file)
  --demo      the sample mailbox in place of a point
  --uid N     which message (list shows the UIDs)
  --out FILE  the file to write; one that is there is not replaced

The message is written as it lies in the mailbox, whole or not at all; nothing
is marked there. mailpoint extract shows what such a file holds.

Example:
  mailpoint save --point "Invoices" --uid 41 --out message.eml

Exit codes: 0 done, 1 failed, 2 wrong usage, 3 sign-in needed or refused,
4 no connection, 6 no permission.
)",
    R"(mailpoint save: jedna wiadomość ze skrzynki jako plik (.eml)

Użycie:
  mailpoint save --point P --uid N --out PLIK

Opcje:
  --point P   nazwa punktu albo ścieżka jego definicji (pliku JSON)
  --demo      przykładowa skrzynka zamiast punktu
  --uid N     która wiadomość (UID podaje list)
  --out PLIK  plik do zapisania; istniejący nie jest zastępowany

Wiadomość jest zapisywana tak, jak leży w skrzynce, w całości albo wcale;
w skrzynce nic nie zostaje oznaczone. Co jest w takim pliku, pokazuje mailpoint
extract.

Przykład:
  mailpoint save --point "Faktury" --uid 41 --out wiadomosc.eml

Kody wyjścia: 0 zrobione, 1 błąd, 2 błędne użycie, 3 logowanie potrzebne
lub odrzucone, 4 brak połączenia, 6 brak uprawnień.
)"};

}  // namespace gui::text
