#pragma once
// The beginning of a frame, and what keys do in it. Apart, so that windows and tests begin it in
// the same way.

namespace gui {

/// How keys move the focus, which is always visible; once for a context.
void set_up_keys();

/// ImGui::NewFrame(), for which a key and the release of its modifier in one go would be the key
/// alone: what comes from that release on waits for the next frame. So does what is typed while the
/// focus is on its way to a field, which would drop it.
void new_frame();

/// Whether a dialog lies over the window that is drawn: it has the keys, so the focus stays there.
[[nodiscard]] bool lies_under_dialog();

}  // namespace gui
