#include "gui/screens/editor_bars.h"

#include <algorithm>
#include <cmath>

#include <imgui.h>

namespace gui {

void begin_bar(const char* id, float bar_height, Colour fill, Colour line, ImGuiDir line_at) {
    ImGui::PushStyleColor(ImGuiCol_ChildBg, with_alpha(fill, 0));
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2{px(bar_side), 0});
    ImGui::PushStyleVar(ImGuiStyleVar_ChildBorderSize, 0.F);
    // Flattened: Tab walks through all of the editor as one.
    ImGui::BeginChild(id, {0, px(bar_height)},
                      ImGuiChildFlags_AlwaysUseWindowPadding | ImGuiChildFlags_NavFlattened,
                      ImGuiWindowFlags_NoScrollbar | ImGuiWindowFlags_NoScrollWithMouse);
    ImGui::PopStyleVar(2);
    ImGui::PopStyleColor();
    const ImVec2 min = ImGui::GetWindowPos();
    const ImVec2 max{min.x + ImGui::GetWindowWidth(), min.y + ImGui::GetWindowHeight()};
    // The outermost bars follow the round corners of the window.
    const float rounding = px(8);
    const bool top = line_at == ImGuiDir_None, bottom = line_at == ImGuiDir_Up;
    ImDrawList& list = *ImGui::GetWindowDrawList();
    list.AddRectFilled(min, max, fill, top || bottom ? rounding : 0.F,
                       top ? ImDrawFlags_RoundCornersTop : ImDrawFlags_RoundCornersBottom);
    const float thick = std::max(1.F, std::round(px(1)));
    if (line_at == ImGuiDir_Down)
        list.AddRectFilled({min.x, max.y - thick}, max, line);
    if (bottom)
        list.AddRectFilled(min, {max.x, min.y + thick}, line);
}

void wrapped_strip(const char* id, NoteKind kind, std::string_view words) {
    constexpr float icon_size = 18.F, gap = 8.F, around = 18.F;
    // The strip pads its sides by itself; the last word must not touch its end.
    const float room = ImGui::GetContentRegionAvail().x - px(icon_size + gap + 3 * bar_side);
    const float high =
        ImGui::CalcTextSize(words.data(), words.data() + words.size(), false, room).y;
    begin_strip(id, kind, std::ceil(high / px(1)) + around);
    icon_text(icon_of(kind), icon_size, colour_of(kind));
    ImGui::SameLine(0, px(gap));
    ImGui::SetCursorPosY(std::floor((ImGui::GetWindowHeight() - high) / 2));
    ImGui::PushTextWrapPos(ImGui::GetCursorPosX() + room);
    coloured_text(words, colours().text);
    ImGui::PopTextWrapPos();
    end_strip();
}

void middle_of_bar(float bar_height, float item_height) {
    ImGui::SetCursorPosY(std::floor(px(bar_height) - item_height) / 2);
}

}  // namespace gui
