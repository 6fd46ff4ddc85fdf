#pragma once
// What the desktop does for us. Each system has a file of its own (desktop_linux.cpp,
// desktop_macos.cpp, desktop_windows.cpp). All functions may block: never call them in a frame, but
// through Desk.

#include <string>
#include <vector>

#include "gui/font_file.h"
#include "gui/settings.h"

namespace gui::desktop {

/// Opens a folder or a file in the program that the user has for it; false if that can't be
/// started. `path` is UTF-8 and absolute.
[[nodiscard]] bool open_path(const std::string& path);

/// Opens a web address (http:, https:) in the person's browser, and does not wait for it; false if
/// none can be started. Linux: those of BROWSER (a list, %s stands for the address), else xdg-open;
/// never a browser of the terminal.
[[nodiscard]] bool open_address(const std::string& address);

/// light, dark or contrast, as the desktop is set. A guess where it doesn't say: light.
[[nodiscard]] Theme theme();

/// Where the person keeps documents, as the desktop has it, else the person's own folder; "" where
/// there is none.
[[nodiscard]] std::string documents();

/// Fonts of the system that together have as many of the characters as it has outlines for, those
/// it likes best. Each can be drawn with (em_share()). Reads the files: megabytes.
[[nodiscard]] std::vector<FontFile> fonts_for(const std::u32string& characters);

}  // namespace gui::desktop
