#pragma once
// Rows of controls over a list, which go on in the next line where the window is narrow.

#include <imgui_internal.h>

#include "gui/widgets.h"

namespace gui {

/// The next item goes beside the last one where `width_px` is left there, else to the beginning of
/// the next line.
inline void flow_on(float width_px, float gap) {
    same_line_if_it_fits(width_px, gap);
    const float y = ImGui::GetCursorScreenPos().y;
    if (y >= ImGui::GetItemRectMax().y)
        ImGui::SetCursorScreenPos({ImGui::GetCurrentWindow()->DC.CursorStartPos.x, y});
}

}  // namespace gui
