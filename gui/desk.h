#pragma once
// Asks the desktop for things on a thread of its own, so that no frame waits for a program to
// start.

#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "gui/settings.h"
#include "mail/base/wait.h"

namespace gui {

/// How the desktop is asked; tests give their own.
struct DesktopCalls {
    std::function<bool(const std::string&)> open_path;
    std::function<Theme()> theme;
};
[[nodiscard]] DesktopCalls real_desktop();

/// Used by the window's thread only.
class Desk {
public:
    /// `on_news` is called from the worker; it must not block. `theme`: until the first answer.
    Desk(DesktopCalls calls, std::function<void()> on_news, Theme theme = Theme::light);

    void open(std::string path);
    void ask_theme();

    [[nodiscard]] Theme theme() const;
    /// The path that could not be opened, once.
    [[nodiscard]] std::optional<std::string> take_failure();

private:
    struct Wish {
        std::string path;  ///< to open; "": ask for the theme
    };
    void work(const mail::StopToken& end);
    void ask(Wish wish);

    DesktopCalls calls_;
    std::function<void()> on_news_;
    mutable std::mutex mutex_;
    std::condition_variable_any asked_;
    std::vector<Wish> wishes_;
    Theme theme_ = Theme::light;
    std::optional<std::string> failure_;
    std::jthread thread_;  // last: it uses all above
};

}  // namespace gui
