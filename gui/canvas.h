#pragma once
// A window of the system that Dear ImGui draws into: GLFW, OpenGL and its back ends, and nothing of
// what is drawn. Apart from the loop, so that pictures of screens can be made without an engine.

#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "gui/png.h"
#include "gui/settings.h"

namespace gui {

/// Only from the main thread; one at a time.
class Canvas {
public:
    struct Setup {
        int width = 1280, height = 800;  ///< logical
        enum class Visible { yes, no } visible = Visible::yes;
    };
    /// Null if no window can be opened here; `why` then says so, as the system puts it.
    [[nodiscard]] static std::unique_ptr<Canvas> open(const Setup& setup, std::string& why);
    /// Connects to the display beforehand; open() says what goes wrong.
    static void prepare();
    ~Canvas();
    Canvas(const Canvas&) = delete;
    Canvas& operator=(const Canvas&) = delete;

    /// Logical pixel to what Dear ImGui counts in, of the monitor the window is on.
    [[nodiscard]] float monitor_scale() const;
    [[nodiscard]] bool iconified() const;
    /// Paths of the files that were dropped on the window since it was asked last.
    [[nodiscard]] std::vector<std::string> take_dropped();
    [[nodiscard]] bool focused() const;
    /// True once after the user asked to close the window.
    [[nodiscard]] bool take_close_request();
    /// As the last key told; the system is not asked.
    [[nodiscard]] bool caps_lock() const;
    void set_title(const std::string& title);
    void resize(int width, int height);  ///< physical
    struct Size {
        int width = 0, height = 0;
    };
    [[nodiscard]] Size size() const;  ///< in what Dear ImGui counts in

    enum class Woken { by_event, by_time };
    /// Sleeps until an event, wake() or the end of `time`.
    Woken wait(std::chrono::milliseconds time);
    void poll();

    void begin_frame();
    /// Dear ImGui spreads quick input (a press and its release) over frames: some of it still
    /// waits.
    [[nodiscard]] static bool input_waits();
    void end_frame();  ///< draws and shows it
    [[nodiscard]] Picture end_frame_with_picture();

    /// Any thread, at any time, also without a canvas: ends a wait() that is under way.
    static void wake();

private:
    struct State;
    explicit Canvas(std::unique_ptr<State> state);
    void render();
    std::unique_ptr<State> state_;
};

/// Whether there is a display at all.
[[nodiscard]] bool has_display();

}  // namespace gui
