#include "gui/window.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cmath>
#include <filesystem>
#include <fstream>

#include <imgui.h>
#include <imgui_internal.h>

#include "gui/canvas.h"
#include "gui/copied_secret.h"
#include "gui/desk.h"
#include "gui/fallback_fonts.h"
#include "gui/redraw.h"
#include "gui/shell.h"
#include "gui/text/screens.h"

namespace gui {
namespace {

using namespace std::chrono_literals;

// Dear ImGui needs a frame to see an event and others to settle what came of it: a window that
// appears is measured before it is shown.
constexpr int frames_after_event = 3, frames_after_news = 3;
constexpr auto caret_blinks = 400ms, held_key_repeats = 33ms;
// Then it stands still, and the window sleeps with a field in it that has the focus.
constexpr auto caret_blinks_for = 10s;
constexpr auto screenshot_gives_up = 30s;
constexpr int screenshot_settles = 12;

std::atomic<bool> news{false};

/// What changes by itself as long as it lasts, without telling anybody.
void ask_for_what_moves() {
    const ImGuiIO& io = ImGui::GetIO();
    const ImGuiContext& g = *ImGui::GetCurrentContext();
    if (io.WantTextInput && io.ConfigInputTextCursorBlink)
        redraw_within(caret_blinks);
    if (g.HoverItemDelayId != 0 && g.HoverItemDelayTimer < g.Style.HoverDelayNormal)
        redraw_within(100ms);
    // A fast click is press and release in one go: Dear ImGui takes them in a frame each.
    if (!g.InputEventsQueue.empty())
        redraw_within(1ms);
    if (g.DimBgRatio > 0.F && g.DimBgRatio < 1.F)
        redraw_within(16ms);
    bool held = ImGui::IsAnyMouseDown();
    for (int key = ImGuiKey_NamedKey_BEGIN; key < ImGuiKey_NamedKey_END && !held; ++key)
        held = ImGui::IsKeyDown(static_cast<ImGuiKey>(key));
    if (held)
        redraw_within(held_key_repeats);
}

bool is_settled(const mail::Snapshot& snapshot, const Shell& shell) {
    const bool working =
        std::any_of(snapshot.jobs.begin(), snapshot.jobs.end(), [](const auto& job) {
            return job->state == mail::JobView::State::waiting ||
                   job->state == mail::JobView::State::running;
        });
    return !working && !shell.busy();
}

void write_file(const std::string& path, const std::string& octets) {
    std::ofstream file(std::filesystem::path(std::u8string(path.begin(), path.end())),
                       std::ios::binary);
    file.write(octets.data(), static_cast<std::streamsize>(octets.size()));
}

/// The loop with what it holds between frames.
class Loop {
public:
    Loop(WindowSetup setup, Canvas& canvas)
        : setup_(std::move(setup)), canvas_(canvas), settings_(setup_.settings),
          saved_(setup_.settings), desk_(real_desktop(), wake_window, setup_.settings.desktop),
          shell_(desk_, wake_window, setup_.open_point),
          post_([this](mail::Command command) { return setup_.engine.post(std::move(command)); }),
          cancel_([this](mail::JobId job) { setup_.engine.cancel(job); }) {}

    void run() {
        if (setup_.begin == WindowSetup::Begin::with_demo)
            shell_.begin_with_demo();
        while (!shell_.ended()) {
            wait();
            if (canvas_.take_close_request())
                shell_.ask_to_end(*setup_.engine.snapshot());
            if (auto paths = canvas_.take_dropped(); !paths.empty()) {
                shell_.dropped(std::move(paths));
                frames_left_ = frames_after_event;
            }
            if (canvas_.iconified())
                continue;
            draw();
        }
        drop_copied_secret();
        keep_size();
        save();
    }

private:
    void wait() {
        if (frames_left_ > 0 && !canvas_.iconified()) {
            canvas_.poll();
            --frames_left_;
        } else {
            // Nothing is drawn while it is an icon; only a copied secret has its time even so.
            const std::chrono::milliseconds time =
                canvas_.iconified() ? tend_copied_secret(std::chrono::steady_clock::now()) : next_;
            const bool by_time = canvas_.wait(time) == Canvas::Woken::by_time;
            frames_left_ = by_time ? 0 : frames_after_event - 1;
        }
        if (news.exchange(false))
            frames_left_ = std::max(frames_left_, frames_after_news - 1);
    }

    /// What may have changed elsewhere is asked for whenever the window gets the focus; the theme
    /// first after the first frame, which would wait for the processor else. Where documents lie
    /// does not change.
    void notice_focus() {
        const bool focused = canvas_.focused();
        const bool came_back = asked_ && focused && !focused_;
        if (!asked_ || came_back)
            desk_.ask_theme();
        if (!asked_)
            desk_.ask_documents();
        if (came_back)
            post_(mail::ReloadPoints{});
        asked_ = true;
        focused_ = focused;
    }

    void draw() {
        settings_.desktop = desk_.theme();
        const Theme theme = resolved(settings_.theme, settings_.desktop);
        const float scale =
            canvas_.monitor_scale() * static_cast<float>(settings_.scale_percent) / 100.F;
        if (theme != theme_ || scale != scale_ || !styled_)
            apply_theme(theme, scale);
        theme_ = theme;
        scale_ = scale;
        styled_ = true;
        const std::shared_ptr<const mail::Snapshot> snapshot = setup_.engine.snapshot();
        const auto now = std::chrono::steady_clock::now();
        ImGui::GetIO().ConfigInputTextCursorBlink = now - last_input_ < caret_blinks_for;
        if (add_found_fonts(desk_))
            frames_left_ = frames_after_news;
        canvas_.begin_frame();
        if (!ImGui::GetCurrentContext()->InputEventsTrail.empty())
            last_input_ = now;
        Frame frame{
            *snapshot,
            post_,
            cancel_,
            settings_,
            colours(),
            scale,
            std::chrono::time_point_cast<std::chrono::seconds>(std::chrono::system_clock::now()),
            settings_.language,
            canvas_.caps_lock()};
        shell_.draw(frame);
        ask_for_missing_fonts(desk_);
        ask_for_what_moves();
        if (settings_.language != frame.language || settings_.theme != saved_.theme ||
            settings_.scale_percent != saved_.scale_percent)
            frames_left_ = frames_after_event;
        // The frames that follow an input are counted from the last of it.
        if (Canvas::input_waits())
            frames_left_ = frames_after_event;
        finish_frame(*snapshot);
        notice_focus();
        next_ = take_redraw();
        if (shell_.title() != title_) {
            title_ = shell_.title();
            const std::string name(text::product_name.in(settings_.language));
            canvas_.set_title(title_.empty() ? name : title_ + " \u2013 " + name);
        }
        save();
    }

    void finish_frame(const mail::Snapshot& snapshot) {
        if (setup_.screenshot.empty()) {
            canvas_.end_frame();
            if (setup_.on_frame)
                setup_.on_frame();
            return;
        }
        redraw_within(20ms);
        settled_ = is_settled(snapshot, shell_) ? settled_ + 1 : 0;
        const bool late = std::chrono::steady_clock::now() - began_ > screenshot_gives_up;
        if (settled_ < screenshot_settles && !late) {
            canvas_.end_frame();
            return;
        }
        write_file(setup_.screenshot, png_of(canvas_.end_frame_with_picture()));
        shell_.end();
    }

    void keep_size() {
        const Canvas::Size size = canvas_.size();
        const float scale = canvas_.monitor_scale();
        settings_.window_width =
            static_cast<int>(std::lround(static_cast<float>(size.width) / scale));
        settings_.window_height =
            static_cast<int>(std::lround(static_cast<float>(size.height) / scale));
    }

    void save() {
        if (settings_ == saved_)
            return;
        saved_ = settings_;
        if (setup_.save_settings)
            setup_.save_settings(settings_);
    }

    WindowSetup setup_;
    Canvas& canvas_;
    Settings settings_, saved_;
    Desk desk_;
    Shell shell_;
    std::function<mail::JobId(mail::Command)> post_;
    std::function<void(mail::JobId)> cancel_;
    Theme theme_ = Theme::light;
    float scale_ = 0.F;
    bool styled_ = false, asked_ = false, focused_ = false;
    int frames_left_ = frames_after_event, settled_ = 0;
    std::chrono::milliseconds next_ = std::chrono::milliseconds::max();
    std::chrono::steady_clock::time_point began_ = std::chrono::steady_clock::now();
    std::chrono::steady_clock::time_point last_input_ = began_;
    std::string title_;
};

}  // namespace

WindowOutcome run_window(WindowSetup setup) {
    std::string why;
    const std::unique_ptr<Canvas> canvas = Canvas::open(
        {.width = setup.settings.window_width, .height = setup.settings.window_height}, why);
    if (!canvas)
        return {false, why};
    Loop(std::move(setup), *canvas).run();
    return {true, ""};
}

void prepare_window() {
    Canvas::prepare();
}

void wake_window() {
    // One wake that is under way is enough.
    if (!news.exchange(true))
        Canvas::wake();
}

bool display_present() {
    return has_display();
}

}  // namespace gui
