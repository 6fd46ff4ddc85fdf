#pragma once
// What the editor's header, tabs and footer have in common.

#include <string_view>

#include <imgui.h>

#include "gui/theme.h"
#include "gui/widgets.h"

namespace gui {

inline constexpr float bar_side = 20.F, footer_height = 60.F;  ///< logical

/// A bar over the whole width, with the line that parts it from what is below or above; ended by
/// ImGui::EndChild(). ImGuiDir_None: the topmost one. `bar_height`: logical.
void begin_bar(const char* id, float bar_height, Colour fill, Colour line, ImGuiDir line_at);
/// A strip as high as its words need, which are not cut.
void wrapped_strip(const char* id, NoteKind kind, std::string_view words);
/// Puts the cursor where an item of that height (physical) stands in the middle of the bar.
void middle_of_bar(float bar_height, float item_height);

}  // namespace gui
