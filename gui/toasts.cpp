#include "gui/toasts.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "gui/icons.h"
#include "gui/redraw.h"
#include "gui/text/screens.h"

namespace gui {
namespace {

using namespace std::chrono_literals;

constexpr auto stays = 5s, stays_with_button = 10s;

}  // namespace

void Toasts::show(Toast toast) {
    left_ = toast.pressed ? stays_with_button : stays;
    toast_ = std::move(toast);
    appeared_ = false;
}

void Toasts::draw(Frame& frame, float middle_x, float bottom) {
    if (!showing())
        return;
    const ToastWords words = toast_.words(frame.language);
    ImGui::SetNextWindowPos({std::floor(middle_x), bottom}, ImGuiCond_Always, {0.5F, 1.F});
    ImGui::PushStyleColor(ImGuiCol_WindowBg, frame.colours.surface);
    ImGui::PushStyleColor(ImGuiCol_Border, colour_of(toast_.kind));
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2{px(14), px(8)});
    constexpr ImGuiWindowFlags flags = ImGuiWindowFlags_NoDecoration |
                                       ImGuiWindowFlags_AlwaysAutoResize | ImGuiWindowFlags_NoMove |
                                       ImGuiWindowFlags_NoSavedSettings |
                                       ImGuiWindowFlags_NoFocusOnAppearing;
    bool close = false;
    if (ImGui::Begin("##toast", nullptr, flags)) {
        const float line = px(32);
        const auto centre = [line] {
            ImGui::SetCursorPosY(px(8) + std::floor((line - ImGui::GetFontSize()) / 2));
        };
        centre();
        icon_text(icon_of(toast_.kind), 18, colour_of(toast_.kind));
        ImGui::SameLine(0, px(8));
        centre();
        ellipsis_text(words.text, ImGui::GetMainViewport()->Size.x * 0.6F, frame.colours.text);
        if (!words.button.empty()) {
            ImGui::SameLine(0, px(14));
            ImGui::SetCursorPosY(px(8));
            if (button((words.button + "###toast_button").c_str())) {
                toast_.pressed();
                close = true;
            }
        }
        ImGui::SameLine(0, px(6));
        ImGui::SetCursorPosY(px(8));
        const std::string name = std::string(text::close.in(frame.language)) + "###toast_close";
        close = icon_button(name.c_str(), icon::close) || close;
        const bool still = ImGui::IsWindowHovered() || ImGui::IsWindowFocused() ||
                           ImGui::GetIO().AppFocusLost || toast_.kind == NoteKind::error;
        if (appeared_ && !still)
            left_ -= std::chrono::duration<double>(std::min(0.25F, ImGui::GetIO().DeltaTime));
        appeared_ = true;
        // A window that appears is measured first, and seen only in its next frames.
        if (ImGui::IsWindowAppearing() || !still)
            redraw_within(ImGui::IsWindowAppearing() ? 16ms : 200ms);
    }
    ImGui::End();
    ImGui::PopStyleVar();
    ImGui::PopStyleColor(2);
    if (close || left_.count() <= 0)
        toast_ = {};
}

}  // namespace gui
