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

}  // namespace

void new_frame() {
    ImVector<ImGuiInputEvent>& events = ImGui::GetCurrentContext()->InputEventsQueue;
    const ImGuiInputEvent* end = end_of_chord(events);
    const std::vector<ImGuiInputEvent> later(end,
                                             static_cast<const ImGuiInputEvent*>(events.end()));
    events.resize(static_cast<int>(end - events.begin()));
    ImGui::NewFrame();
    for (const ImGuiInputEvent& event : later)
        events.push_back(event);
}

}  // namespace gui
