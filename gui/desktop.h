#pragma once
// What the desktop does for us. Each system has a file of its own (desktop_linux.cpp,
// desktop_macos.cpp, desktop_windows.cpp). All functions may block: never call them in a frame, but
// through Desk.

#include <string>

#include "gui/settings.h"

namespace gui::desktop {

/// Opens a folder or a file in the program that the user has for it; false if that can't be
/// started. `path` is UTF-8 and absolute.
[[nodiscard]] bool open_path(const std::string& path);

/// light, dark or contrast, as the desktop is set. A guess where it doesn't say: light.
[[nodiscard]] Theme theme();

}  // namespace gui::desktop
