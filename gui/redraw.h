#pragma once
// The window sleeps until something happens. What changes by itself (a caret, a toast, a wait that
// gets a word after a while) asks here to be drawn again. Used by the thread that draws.

#include <chrono>

namespace gui {

/// At the latest after `time`; the shortest wish of a frame counts.
void redraw_within(std::chrono::milliseconds time);
/// The wish since the last call; milliseconds::max() if there is none.
[[nodiscard]] std::chrono::milliseconds take_redraw();

}  // namespace gui
