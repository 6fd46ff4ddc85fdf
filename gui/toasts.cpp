#include "gui/toasts.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include <imgui_internal.h>

#include "gui/icons.h"
#include "gui/redraw.h"
#include "gui/text/screens.h"

namespace gui {
namespace {

using namespace std::chrono_literals;

constexpr auto stays = 5s, stays_with_button = 10s;

/// How wide a toast is and where its words are broken: a reason is read, not guessed.
struct Measures {
    float words, whole, line;
    bool broken;
};
Measures measure(const ToastWords& words) {
    const float window = ImGui::GetMainViewport()->Size.x;
    float buttons = 0.F;
    for (const std::string* label : {&words.other, &words.button})
        if (!label->empty())
            buttons += (buttons > 0 ? px(8) : px(14)) + button_width(label->c_str());
    const float others = px(2 * 14 + 18 + 8 + 6 + 32) + buttons;
    const float most = std::min(window * 0.6F, window - px(16) - others);
    const ImVec2 size = ImGui::CalcTextSize(words.text.c_str(), nullptr, false, most);
    return {most, std::ceil(std::min(size.x, most)) + others, std::max(px(32), size.y),
            size.y > ImGui::GetFontSize() * 1.5F};
}

}  // namespace

void Toasts::show(Toast toast) {
    if (toast.kind == NoteKind::error)
        covered_ = {};
    else if (showing() && toast_.kind == NoteKind::error)
        covered_ = std::move(toast_);
    begin(std::move(toast));
}

void Toasts::begin(Toast toast) {
    left_ = toast.pressed || toast.other_pressed ? stays_with_button : stays;
    toast_ = std::move(toast);
    appeared_ = false;
    focus_next_ = focused_;
}

/// True: it is to be closed.
bool Toasts::draw_inside(const Frame& frame, const ToastWords& words, bool focus) {
    const Measures measures = measure(words);
    const float line = measures.line;
    bool close = false;
    const auto centre = [line](float height) {
        ImGui::SetCursorPosY(px(8) + std::floor((line - height) / 2));
    };
    const bool broken = measures.broken;
    const float text =
        broken ? ImGui::CalcTextSize(words.text.c_str(), nullptr, false, measures.words).y
               : ImGui::GetFontSize();
    centre(text);
    icon_text(icon_of(toast_.kind), 18, colour_of(toast_.kind));
    ImGui::SameLine(0, px(8));
    centre(text);
    if (broken) {
        ImGui::PushTextWrapPos(ImGui::GetCursorPosX() + measures.words);
        coloured_text(words.text, frame.colours.text);
        ImGui::PopTextWrapPos();
    } else {
        ellipsis_text(words.text, measures.words, frame.colours.text);
    }
    float gap = px(14);
    const auto draw_button = [&](const std::string& label, const char* identity,
                                 const std::function<void()>& pressed) {
        if (label.empty())
            return;
        ImGui::SameLine(0, std::exchange(gap, px(8)));
        centre(px(32));
        if (std::exchange(focus, false))
            focus_next_item();
        if (button((label + identity).c_str())) {
            pressed();
            close = true;
        }
    };
    draw_button(words.other, "###toast_other", toast_.other_pressed);
    draw_button(words.button, "###toast_button", toast_.pressed);
    ImGui::SameLine(0, px(6));
    centre(px(32));
    const std::string name = std::string(text::close.in(frame.language)) + "###toast_close";
    if (focus)
        focus_next_item();
    return icon_button(name.c_str(), icon::close) || close;
}

void Toasts::draw(Frame& frame, float middle_x, float bottom) {
    focused_ = false;
    const bool focus = std::exchange(focus_next_, false);
    if (!showing())
        return;
    const ToastWords words = toast_.words(frame.language);
    const Measures measures = measure(words);
    const float half = measures.whole / 2 + px(8);
    const float middle =
        std::max(half, std::min(middle_x, ImGui::GetMainViewport()->Size.x - half));
    ImGui::SetNextWindowPos({std::floor(middle), bottom}, ImGuiCond_Always, {0.5F, 1.F});
    ImGui::PushStyleColor(ImGuiCol_WindowBg, frame.colours.surface);
    ImGui::PushStyleColor(ImGuiCol_Border, colour_of(toast_.kind));
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2{px(14), px(8)});
    constexpr ImGuiWindowFlags flags = ImGuiWindowFlags_NoDecoration |
                                       ImGuiWindowFlags_AlwaysAutoResize | ImGuiWindowFlags_NoMove |
                                       ImGuiWindowFlags_NoSavedSettings |
                                       ImGuiWindowFlags_NoFocusOnAppearing;
    bool close = false;
    if (ImGui::Begin("##toast", nullptr, flags)) {
        close = draw_inside(frame, words, focus);
        focused_ = ImGui::IsWindowFocused();
        close = close || (focused_ && ImGui::IsKeyChordPressed(ImGuiKey_Escape));
        // Below a dialog it can't be pressed, and may not be seen whole.
        const bool still = ImGui::IsWindowHovered() || focused_ || ImGui::GetIO().AppFocusLost ||
                           toast_.kind == NoteKind::error ||
                           ImGui::GetTopMostPopupModal() != nullptr;
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
    if (!close && left_.count() > 0)
        return;
    if (covered_.words) {
        begin(std::exchange(covered_, {}));
    } else {
        toast_ = {};
        left_focus_ = std::exchange(focused_, false);
    }
}

}  // namespace gui
