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

#include "gui/font_file.h"
#include "gui/settings.h"
#include "mail/base/wait.h"

namespace gui {

/// How the desktop is asked; tests give their own.
struct DesktopCalls {
    std::function<bool(const std::string&)> open_path;
    std::function<Theme()> theme;
    /// Fonts that have what can be had of the characters; none where it is not set.
    std::function<std::vector<FontFile>(const std::u32string&)> fonts = {};
    std::function<std::string()> documents = {};  ///< none where it is not set
};
[[nodiscard]] DesktopCalls real_desktop();

/// Used by the window's thread only.
class Desk {
public:
    /// `on_news` is called from the worker; it must not block. `theme`: until the first answer.
    Desk(DesktopCalls calls, std::function<void()> on_news, Theme theme = Theme::light);

    void open(std::string path);
    void ask_theme();
    void ask_fonts(std::u32string characters);
    void ask_documents();

    [[nodiscard]] Theme theme() const;
    /// Folder of the person's documents; "" until the first answer, and where there is none.
    [[nodiscard]] std::string documents() const;
    /// The path that could not be opened, once.
    [[nodiscard]] std::optional<std::string> take_failure();
    /// What ask_fonts() has led to since the last call.
    [[nodiscard]] std::vector<FontFile> take_fonts();

private:
    /// One of them.
    struct Wish {
        std::string path = {};           ///< to open
        std::u32string characters = {};  ///< that need fonts
        bool theme = false, documents = false;
    };
    void fulfil(const Wish& wish);
    void work(const mail::StopToken& end);
    void ask(Wish wish);

    DesktopCalls calls_;
    std::function<void()> on_news_;
    mutable std::mutex mutex_;
    std::condition_variable_any asked_;
    std::vector<Wish> wishes_;
    Theme theme_ = Theme::light;
    std::string documents_;
    std::optional<std::string> failure_;
    std::vector<FontFile> fonts_;
    std::jthread thread_;  // last: it uses all above
};

}  // namespace gui
