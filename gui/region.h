#pragma once
// The fixed regions of the window: child windows that Tab walks through as if they were one.

#include <imgui.h>
#include <imgui_internal.h>

#include "gui/theme.h"

namespace gui {

/// Always followed by end_region(), also where it returns false because nothing of it is visible.
/// Sizes in physical pixels, as for ImGui::BeginChild(); the padding, too.
[[nodiscard]] inline bool begin_region(const char* id, ImVec2 size, Colour back, ImVec2 padding,
                                       ImGuiWindowFlags flags = ImGuiWindowFlags_None) {
    ImGui::PushStyleColor(ImGuiCol_ChildBg, back);
    ImGui::PushStyleVar(ImGuiStyleVar_ChildRounding, 0.F);
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, padding);
    const bool drawn = ImGui::BeginChild(
        id, size, ImGuiChildFlags_AlwaysUseWindowPadding | ImGuiChildFlags_NavFlattened, flags);
    ImGui::PopStyleVar(2);
    ImGui::PopStyleColor();
    return drawn;
}

inline void end_region() {
    ImGui::EndChild();
}

/// Bars that hold a fixed row of things don't scroll.
inline constexpr ImGuiWindowFlags fixed_bar =
    ImGuiWindowFlags_NoScrollbar | ImGuiWindowFlags_NoScrollWithMouse;

/// A line of the theme's width along an edge of the current window, beside a scrollbar as well.
inline void draw_edge(ImGuiDir edge) {
    const ImVec2 min = ImGui::GetWindowPos();
    const ImVec2 max{min.x + ImGui::GetWindowWidth(), min.y + ImGui::GetWindowHeight()};
    const float line = ImGui::GetStyle().ChildBorderSize;
    ImDrawList& list = *ImGui::GetWindowDrawList();
    const Colour ink = colours().line;
    const ImRect seen = ImGui::GetCurrentWindow()->OuterRectClipped;
    list.PushClipRect(seen.Min, seen.Max, false);
    if (edge == ImGuiDir_Up)
        list.AddRectFilled(min, {max.x, min.y + line}, ink);
    else if (edge == ImGuiDir_Down)
        list.AddRectFilled({min.x, max.y - line}, max, ink);
    else if (edge == ImGuiDir_Left)
        list.AddRectFilled(min, {min.x + line, max.y}, ink);
    else
        list.AddRectFilled({max.x - line, min.y}, max, ink);
    list.PopClipRect();
}

}  // namespace gui
