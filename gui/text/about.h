#pragma once
// Texts of what the program says of itself.

#include "gui/text/text.h"

namespace gui::text {

inline constexpr Text about{"About Mailpoint", "O programie"};
inline constexpr Text about_version{"Version {v} ({system})", "Wersja {v} ({system})"};
inline constexpr Text about_licence{"MIT licence: free to use, to change and to pass on.",
                                    "Licencja MIT: wolno używać, zmieniać i rozpowszechniać."};
inline constexpr Text about_workspace{"Workspace", "Obszar roboczy"};
inline constexpr Text about_libraries{"Libraries used", "Wykorzystane biblioteki"};
inline constexpr Text library_of_system{"the system's", "z systemu"};
inline constexpr Text about_copy{"Copy details", "Kopiuj informacje"};

}  // namespace gui::text
