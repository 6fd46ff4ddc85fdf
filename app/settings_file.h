#pragma once
// The window's settings as settings.json in the workspace. What can't be read is the default: a
// broken settings file must keep nobody from working.

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include "gui/settings.h"

namespace app {

[[nodiscard]] gui::Settings load_settings(const std::string& path,
                                          gui::text::Language system_language);
/// A failure is told by false; nothing else depends on it.
bool save_settings(const std::string& path, const gui::Settings& settings);

/// Saves while the window is open, so that a program that is killed loses nothing of what somebody
/// has set up. On a thread of its own: the window does no input or output.
class SettingsSaver {
public:
    /// Not before nothing was changed for `calm`: while a column is dragged each frame changes it.
    SettingsSaver(std::string path, std::chrono::milliseconds calm);
    /// Saves what is not saved yet.
    ~SettingsSaver() = default;
    SettingsSaver(const SettingsSaver&) = delete;
    SettingsSaver& operator=(const SettingsSaver&) = delete;

    /// Does not block.
    void changed(const gui::Settings& settings);

private:
    void work(const std::stop_token& stop);

    const std::string path_;
    const std::chrono::milliseconds calm_;
    std::mutex mutex_;
    std::condition_variable_any changed_;
    std::optional<gui::Settings> unsaved_;
    unsigned changes_ = 0;
    std::jthread thread_;  ///< the last: it ends before what it uses
};

}  // namespace app
