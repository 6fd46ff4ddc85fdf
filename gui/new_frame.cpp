#include "gui/new_frame.h"

#include <algorithm>
#include <vector>

#include <imgui_internal.h>

namespace gui {
namespace {

bool is_modifier(ImGuiKey key) {
    return (key & ImGuiMod_Mask_) != 0 || (key >= ImGuiKey_LeftCtrl && key <= ImGuiKey_RightSuper);
}

/// From the first release of a modifier behind a key that goes down.
const ImGuiInputEvent* end_of_chord(const ImVector<ImGuiInputEvent>& events) {
    bool pressed = false;
    return std::find_if(events.begin(), events.end(), [&pressed](const ImGuiInputEvent& event) {
        if (event.Type != ImGuiInputEventType_Key)
            return false;
        const bool modifier = is_modifier(event.Key.Key);
        pressed = pressed || (event.Key.Down && !modifier);
        return pressed && modifier && !event.Key.Down;
    });
}

/// The first that a field would drop: what is typed in the frame in which Tab reaches it.
const ImGuiInputEvent* end_before_focus(const ImGuiContext& context) {
    const ImVector<ImGuiInputEvent>& events = context.InputEventsQueue;
    const bool on_its_way = context.NavMoveSubmitted || context.NavNextActivateId != 0;
    return std::find_if(events.begin(), events.end(), [on_its_way](const ImGuiInputEvent& event) {
        return on_its_way && event.Type == ImGuiInputEventType_Text;
    });
}

/// The first press behind a move of the pointer: rows take one only where they were under the
/// pointer a frame before, and a press that nothing takes leaves another row selected.
const ImGuiInputEvent* end_of_move(const ImVector<ImGuiInputEvent>& events) {
    bool moved = false;
    return std::find_if(events.begin(), events.end(), [&moved](const ImGuiInputEvent& event) {
        moved = moved || event.Type == ImGuiInputEventType_MousePos;
        return moved && event.Type == ImGuiInputEventType_MouseButton && event.MouseButton.Down;
    });
}

/// Where Esc has closed a menu or a list of choices, it has done its deed: what lies below must not
/// close as well. Dear ImGui itself closes them, before anything is drawn.
void keep_escape_from_below(int popups_before) {
    if (ImGui::GetCurrentContext()->OpenPopupStack.Size < popups_before)
        ImGui::SetKeyOwner(ImGuiKey_Escape, ImHashStr("closed a popup"),
                           ImGuiInputFlags_LockThisFrame);
}

}  // namespace

void set_up_keys() {
    ImGuiIO& io = ImGui::GetIO();
    io.ConfigFlags |= ImGuiConfigFlags_NavEnableKeyboard;
    // The focus is always seen, also after a click, and Enter and Space always act on it.
    io.ConfigNavCursorVisibleAlways = true;
    // Who closes nothing by it must not have to look for the focus.
    io.ConfigNavEscapeClearFocusItem = false;
    // Ctrl+Tab changes tabs of the editor; there are no windows to switch between.
    ImGuiContext& g = *ImGui::GetCurrentContext();
    g.ConfigNavWindowingKeyNext = g.ConfigNavWindowingKeyPrev = 0;
}

bool lies_under_dialog() {
    const ImGuiWindow* dialog = ImGui::GetTopMostPopupModal();
    return dialog != nullptr && ImGui::GetCurrentWindow()->RootWindow != dialog;
}

void new_frame() {
    const ImGuiContext& context = *ImGui::GetCurrentContext();
    ImVector<ImGuiInputEvent>& events = ImGui::GetCurrentContext()->InputEventsQueue;
    const ImGuiInputEvent* end =
        std::min({end_of_chord(events), end_before_focus(context), end_of_move(events)});
    const std::vector<ImGuiInputEvent> later(end,
                                             static_cast<const ImGuiInputEvent*>(events.end()));
    events.resize(static_cast<int>(end - events.begin()));
    const int popups_before = context.OpenPopupStack.Size;
    ImGui::NewFrame();
    keep_escape_from_below(popups_before);
    for (const ImGuiInputEvent& event : later)
        events.push_back(event);
}

}  // namespace gui
