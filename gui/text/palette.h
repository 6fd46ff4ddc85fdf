#pragma once
// Texts of the list of all commands.

#include "gui/text/text.h"

namespace gui::text {

inline constexpr Text all_commands{"All commands…", "Wszystkie polecenia…"};
inline constexpr Text palette_hint{"Command or point", "Polecenie albo punkt"};
inline constexpr Text palette_point{"Point", "Punkt"};
inline constexpr Text palette_nothing{"No such command or point",
                                      "Nie ma takiego polecenia ani punktu"};

}  // namespace gui::text
