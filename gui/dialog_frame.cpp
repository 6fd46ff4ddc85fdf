#include "gui/dialog_frame.h"

#include <algorithm>
#include <cmath>

#include <imgui.h>

#include "gui/widgets.h"

namespace gui {

bool begin_dialog(const char* id, const std::string& title, float width) {
    const ImVec2 window = ImGui::GetMainViewport()->Size;
    ImGui::SetNextWindowPos({std::floor(window.x / 2), std::floor(window.y / 2)}, ImGuiCond_Always,
                            {0.5F, 0.5F});
    ImGui::SetNextWindowSize({std::min(px(width), window.x - px(40)), 0});
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

std::string labelled(const text::Text& words, text::Language language, const char* identity) {
    return std::string(words.in(language)) + "###" + identity;
}

}  // namespace gui
