#include "gui/desk.h"

#include <utility>

#include "gui/desktop.h"

namespace gui {

DesktopCalls real_desktop() {
    return {desktop::open_path, desktop::theme};
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
        ask({std::move(path)});
}

void Desk::ask_theme() {
    ask({});
}

Theme Desk::theme() const {
    const std::lock_guard lock(mutex_);
    return theme_;
}

std::optional<std::string> Desk::take_failure() {
    const std::lock_guard lock(mutex_);
    return std::exchange(failure_, std::nullopt);
}

void Desk::work(const mail::StopToken& end) {
    std::unique_lock lock(mutex_);
    while (asked_.wait(lock, end, [this] { return !wishes_.empty(); })) {
        const Wish wish = wishes_.front();
        wishes_.erase(wishes_.begin());
        lock.unlock();
        const bool opening = !wish.path.empty();
        const bool opened = opening && calls_.open_path(wish.path);
        const Theme theme = opening ? Theme::system : calls_.theme();
        lock.lock();
        if (opening && !opened)
            failure_ = wish.path;
        if (!opening)
            theme_ = theme;
        lock.unlock();
        on_news_();
        lock.lock();
    }
}

}  // namespace gui
