#pragma once
// The window's settings as settings.json in the workspace. What can't be read is the default: a
// broken settings file must keep nobody from working.

#include <string>

#include "gui/settings.h"

namespace app {

[[nodiscard]] gui::Settings load_settings(const std::string& path,
                                          gui::text::Language system_language);
/// A failure is told by false; nothing else depends on it.
bool save_settings(const std::string& path, const gui::Settings& settings);

}  // namespace app
