#pragma once
// The beginning of a frame. Apart, so that windows and tests begin it in the same way.

namespace gui {

/// ImGui::NewFrame(), for which a key and the release of its modifier in one go would be the key
/// alone: what comes from that release on waits for the next frame.
void new_frame();

}  // namespace gui
