#pragma once
// The whole window in a test: a made-up snapshot goes in, clicks and keys too, commands come out.

#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "gui/shell.h"
#include "tests/gui/driver.h"
#include "tests/gui/samples.h"

namespace gui::test {

class ShellBench {
public:
    enum class Begin { with_points, with_demo };
    explicit ShellBench(mail::Snapshot first, ImVec2 size = {1280, 800}, float scale = 1.F,
                        Begin begin = Begin::with_points, Settings kept = {})
        : snapshot(std::move(first)), desk({[this](const std::string& path) {
                                                const std::lock_guard lock(opened_mutex_);
                                                opened_ = path;
                                                opened_changed_.notify_all();
                                                return path != "/missing";
                                            },
                                            [] { return Theme::light; },
                                            {},
                                            [] { return std::string("/home/ala/Dokumenty"); }},
                                           [] {}),
          shell(
              desk, [] {}, ""),
          scale_(scale) {
        settings = std::move(kept);
        settings.language = text::Language::pl;
        if (begin == Begin::with_demo)
            shell.begin_with_demo();
        driver = std::make_unique<Driver>([this] { draw(); }, size, scale);
        settle();
    }

    /// With what was remembered from the last time.
    ShellBench(mail::Snapshot first, Settings kept)
        : ShellBench(std::move(first), {1280, 800}, 1.F, Begin::with_points, std::move(kept)) {}

    /// Draws until the list is arranged, and a few frames more.
    void settle() {
        do {
            std::this_thread::yield();
            driver->frames(2);
        } while (shell.busy());
        driver->frames(3);
    }
    void key(ImGuiKey key, ImGuiKeyChord modifiers = 0) {
        driver->key(key, modifiers);
        settle();
    }
    void type(const std::string& utf8) {
        driver->type(utf8);
        settle();
    }
    template <class Command>
    [[nodiscard]] std::vector<Command> all() const {
        std::vector<Command> found;
        for (const mail::Command& command : posted)
            if (const auto* one = std::get_if<Command>(&command))
                found.push_back(*one);
        return found;
    }
    void click(const std::string& label, ImGuiKeyChord modifiers = 0) {
        driver->click(label, modifiers);
        settle();
    }
    /// What the desktop was asked to open; waits for it.
    [[nodiscard]] std::string opened() {
        std::unique_lock lock(opened_mutex_);
        opened_changed_.wait(lock, [this] { return !opened_.empty(); });
        return std::exchange(opened_, std::string());
    }
    /// A point of the snapshot, to be changed.
    [[nodiscard]] mail::PointView& point(std::size_t index) {
        auto copy = std::make_shared<mail::PointView>(*snapshot.points.at(index));
        snapshot.points[index] = copy;
        ++snapshot.version;
        return *copy;
    }
    /// UIDs of the rows on screen from top to bottom.
    [[nodiscard]] std::vector<std::uint32_t> rows() const {
        std::vector<std::uint32_t> uids;
        for (const std::string& label : driver->labels())
            if (label.starts_with("##") && label.size() > 2 &&
                label.find_first_not_of("0123456789", 2) == std::string::npos)
                uids.push_back(static_cast<std::uint32_t>(std::stoul(label.substr(2))));
        return uids;
    }

private:
    std::mutex opened_mutex_;
    std::condition_variable opened_changed_;
    std::string opened_;

public:
    mail::Snapshot snapshot;
    std::vector<mail::Command> posted;  ///< but for these:
    std::vector<mail::Preview> previews;
    std::vector<mail::JobId> cancelled;
    Settings settings;
    bool caps_lock = false;
    Desk desk;
    Shell shell;
    std::unique_ptr<Driver> driver;

private:
    void draw() {
        const std::function<mail::JobId(mail::Command)> post = [this](mail::Command command) {
            // Asked for by itself, wherever something is selected: it must not get into the count
            // that the ids of the others are made of.
            if (const auto* look = std::get_if<mail::Preview>(&command)) {
                previews.push_back(*look);
                return mail::JobId{5000} + previews.size();
            }
            posted.push_back(std::move(command));
            return mail::JobId{100} + posted.size();
        };
        const std::function<void(mail::JobId)> cancel = [this](mail::JobId id) {
            cancelled.push_back(id);
        };
        Frame frame{snapshot,          post,     cancel, settings, colours(), scale_, sample_now(),
                    settings.language, caps_lock};
        shell.draw(frame);
    }
    float scale_;
};

}  // namespace gui::test
