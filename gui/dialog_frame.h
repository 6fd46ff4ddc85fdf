#pragma once
// What the small questions over the window have in common.

#include <string>

#include "gui/text/text.h"

namespace gui {

/// A centred modal window with a title. Followed by end_dialog() where it returns true. `width`:
/// logical.
[[nodiscard]] bool begin_dialog(const char* id, const std::string& title, float width);
void end_dialog();
/// Puts the cursor where buttons of that whole width end at the right edge.
void align_right(float width_px);
[[nodiscard]] bool escape();
/// "Words###identity"
[[nodiscard]] std::string labelled(const text::Text& words, text::Language language,
                                   const char* identity);

}  // namespace gui
