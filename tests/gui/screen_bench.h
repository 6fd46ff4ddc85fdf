#pragma once
// What a screen is given in a test: a snapshot that the test sets, and a list of what was posted.

#include <functional>
#include <memory>
#include <vector>

#include "gui/screen.h"
#include "gui/theme.h"

namespace gui::test {

struct ScreenBench {
    mail::Snapshot snapshot;
    std::vector<mail::Command> posted;
    std::vector<mail::JobId> cancelled;
    Settings settings;
    float scale = 1.F;
    bool caps_lock = false;
    std::chrono::sys_seconds now{};

    template <class Command>
    [[nodiscard]] const Command* last() const {
        return posted.empty() ? nullptr : std::get_if<Command>(&posted.back());
    }
    /// The job of the last command, as the engine would show it.
    void job(mail::JobView::State state, std::function<void(mail::JobView&)> more = {}) {
        mail::JobView view;
        view.id = posted.size();
        view.state = state;
        if (more)
            more(view);
        snapshot.jobs = {std::make_shared<const mail::JobView>(std::move(view))};
        ++snapshot.version;
    }
    void add_point(mail::point::Point point) {
        mail::PointView view;
        view.definition = std::make_shared<const mail::point::Point>(std::move(point));
        view.health = mail::PointHealth::ok;
        snapshot.points.push_back(std::make_shared<const mail::PointView>(std::move(view)));
    }

    template <class Draw>
    void draw(Draw&& screen) {
        const std::function<mail::JobId(mail::Command)> post = [this](mail::Command command) {
            posted.push_back(std::move(command));
            return posted.size();
        };
        const std::function<void(mail::JobId)> cancel = [this](mail::JobId id) {
            cancelled.push_back(id);
        };
        Frame frame{snapshot,          post,     cancel, settings, colours(), scale, now,
                    settings.language, caps_lock};
        screen(frame);
    }
};

}  // namespace gui::test
