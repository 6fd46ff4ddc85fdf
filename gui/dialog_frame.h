#pragma once
// What the small questions over the window have in common.

#include <string>

#include "gui/text/text.h"

namespace gui {

/// A centred modal window with a title. Followed by end_dialog() where it returns true. `width`:
/// logical. What is higher than the window behind it leaves its edges to that, and scrolls.
[[nodiscard]] bool begin_dialog(const char* id, const std::string& title, float width);
void end_dialog();
/// Puts the cursor where buttons of that whole width end at the right edge.
void align_right(float width_px);
[[nodiscard]] bool escape();
/// For the current region, in which nothing takes the focus: it is read by keyboard, too.
void scroll_by_keys();
/// "Words###identity"
[[nodiscard]] std::string labelled(const text::Text& words, text::Language language,
                                   const char* identity);

}  // namespace gui
