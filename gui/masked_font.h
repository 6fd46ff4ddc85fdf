#pragma once
// The font of a password that is not shown. Apart, because it is no weight of the text: whatever is
// typed has one sign in it.

namespace gui {

/// At the size that the text has; pop_font() ends it.
void push_masked_font();

}  // namespace gui
