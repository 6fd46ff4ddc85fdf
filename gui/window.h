#pragma once
// The window and the loop that sleeps until something happens. GLFW and OpenGL are behind canvas.*;
// everything drawn is in shell.* and screens/.

#include <functional>
#include <memory>
#include <string>

#include "gui/settings.h"
#include "mail/engine.h"

namespace gui {

struct WindowSetup {
    mail::Engine& engine;
    Settings settings;
    std::function<void(const Settings&)> save_settings;  ///< must not block
    std::string open_point;  ///< id of the point to open at the start; "": the last one or the
                             ///< welcome screen
    /// For tests: PNG of the window after it has settled, then it closes. "": none.
    std::string screenshot;
    enum class Begin { with_points, with_demo } begin = Begin::with_points;
    std::function<void()> on_frame;  ///< for benchmarks: after each frame that was shown
};

/// Shows the window until it is closed; only from the main thread. Result: false with `why` if no
/// window can be opened here (no display, no OpenGL 3.3).
struct WindowOutcome {
    bool shown = false;
    std::string why;
};
[[nodiscard]] WindowOutcome run_window(WindowSetup setup);

/// Call it, if at all, before other threads are started: libraries of the display read long tables
/// octet by octet, which takes them several times as long once there is a second thread.
void prepare_window();

/// Makes the loop look at the engine's snapshot: any thread, also before and after run_window.
void wake_window();

/// Whether a display is there at all (DISPLAY, WAYLAND_DISPLAY; always on Windows and macOS).
[[nodiscard]] bool display_present();

}  // namespace gui
