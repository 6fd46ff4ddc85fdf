#include "gui/dialog_frame.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include <imgui.h>

#include "gui/widgets.h"

namespace gui {
namespace {

constexpr float side_margin = 20.F, margin = 20.F;  ///< to the edges of the window behind it
constexpr float low_window = 480.F, margin_in_low = 8.F;

}  // namespace

bool begin_dialog(const char* id, const std::string& title, float width) {
    const ImVec2 window = ImGui::GetMainViewport()->Size;
    ImGui::SetNextWindowPos({std::floor(window.x / 2), std::floor(window.y / 2)}, ImGuiCond_Always,
                            {0.5F, 0.5F});
    const float above = px(window.y < px(low_window) ? margin_in_low : margin);
    const float widest = window.x - 2 * px(side_margin), highest = window.y - 2 * above;
    ImGui::SetNextWindowSize({std::min(px(width), widest), 0});
    ImGui::SetNextWindowSizeConstraints({0, 0}, {widest, highest});
    ImGui::PushStyleColor(ImGuiCol_PopupBg, colours().surface);
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2{px(20), px(18)});
    const bool open = ImGui::BeginPopupModal(
        id, nullptr,
        ImGuiWindowFlags_NoTitleBar | ImGuiWindowFlags_NoResize | ImGuiWindowFlags_NoMove |
            ImGuiWindowFlags_AlwaysAutoResize | ImGuiWindowFlags_NoSavedSettings);
    ImGui::PopStyleVar();
    ImGui::PopStyleColor();
    if (open && !title.empty()) {
        push_font(Weight::semibold, 17);
        ImGui::PushTextWrapPos(0.F);
        ImGui::TextUnformatted(title.c_str());
        ImGui::PopTextWrapPos();
        pop_font();
        ImGui::Dummy({0, px(4)});
    }
    return open;
}

void end_dialog() {
    ImGui::EndPopup();
}

void align_right(float width_px) {
    ImGui::Dummy({0, px(4)});
    ImGui::SetCursorPosX(ImGui::GetWindowWidth() - px(20) - width_px);
}

bool escape() {
    return ImGui::IsKeyChordPressed(ImGuiKey_Escape);
}

void scroll_by_keys() {
    const float line = ImGui::GetTextLineHeightWithSpacing(), whole = ImGui::GetScrollMaxY();
    const float page = std::max(line, ImGui::GetWindowHeight() - line);
    for (const auto& [key, step] : {std::pair{ImGuiKey_DownArrow, line},
                                    {ImGuiKey_UpArrow, -line},
                                    {ImGuiKey_PageDown, page},
                                    {ImGuiKey_PageUp, -page},
                                    {ImGuiKey_End, whole},
                                    {ImGuiKey_Home, -whole}})
        if (ImGui::IsKeyPressed(key))
            ImGui::SetScrollY(std::clamp(ImGui::GetScrollY() + step, 0.F, whole));
}

std::string labelled(const text::Text& words, text::Language language, const char* identity) {
    return std::string(words.in(language)) + "###" + identity;
}

}  // namespace gui
