#include "gui/desk.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "gui/desktop.h"

namespace gui {

DesktopCalls real_desktop() {
    return {desktop::open_path, desktop::theme, desktop::fonts_for, desktop::documents};
}

Desk::Desk(DesktopCalls calls, std::function<void()> on_news, Theme theme)
    : calls_(std::move(calls)), on_news_(std::move(on_news)), theme_(theme),
      thread_([this](const mail::StopToken& end) { work(end); }) {}

void Desk::ask(Wish wish) {
    const std::lock_guard lock(mutex_);
    wishes_.push_back(std::move(wish));
    asked_.notify_one();
}

void Desk::open(std::string path) {
    if (!path.empty())
        ask({.path = std::move(path)});
}

void Desk::ask_theme() {
    ask({.theme = true});
}

void Desk::ask_fonts(std::u32string characters) {
    ask({.characters = std::move(characters)});
}

void Desk::ask_documents() {
    ask({.documents = true});
}

std::string Desk::documents() const {
    const std::lock_guard lock(mutex_);
    return documents_;
}

Theme Desk::theme() const {
    const std::lock_guard lock(mutex_);
    return theme_;
}

std::optional<std::string> Desk::take_failure() {
    const std::lock_guard lock(mutex_);
    return std::exchange(failure_, std::nullopt);
}

std::vector<FontFile> Desk::take_fonts() {
    const std::lock_guard lock(mutex_);
    return std::exchange(fonts_, {});
}

void Desk::fulfil(const Wish& wish) {
    if (wish.theme) {
        const Theme theme = calls_.theme();
        const std::lock_guard lock(mutex_);
        theme_ = theme;
    } else if (wish.documents) {
        std::string folder = calls_.documents ? calls_.documents() : std::string();
        const std::lock_guard lock(mutex_);
        documents_ = std::move(folder);
    } else if (!wish.path.empty()) {
        const bool opened = calls_.open_path(wish.path);
        const std::lock_guard lock(mutex_);
        if (!opened)
            failure_ = wish.path;
    } else if (calls_.fonts) {
        std::vector<FontFile> found = calls_.fonts(wish.characters);
        const std::lock_guard lock(mutex_);
        std::move(found.begin(), found.end(), std::back_inserter(fonts_));
    }
}

void Desk::work(const mail::StopToken& end) {
    std::unique_lock lock(mutex_);
    while (asked_.wait(lock, end, [this] { return !wishes_.empty(); })) {
        const Wish wish = wishes_.front();
        wishes_.erase(wishes_.begin());
        lock.unlock();
        fulfil(wish);
        on_news_();
        lock.lock();
    }
}

}  // namespace gui
