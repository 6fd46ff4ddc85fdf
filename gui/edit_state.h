#pragma once
// What Dear ImGui itself holds of a text that is edited: its copy, what Esc would put back, and the
// undo steps. Apart, because the last stand in a header of its own kind.

namespace gui {

/// Overwrites all of it, for whichever field was edited last. Does nothing without a context.
void wipe_edit_state();

}  // namespace gui
