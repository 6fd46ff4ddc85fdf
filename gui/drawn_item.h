#pragma once
// The part that widgets which draw themselves have in common: room in the layout, a place among
// Dear ImGui's items, and what mouse and keyboard do to it. Private to the widgets' sources.

#include <imgui_internal.h>

namespace gui {

struct DrawnItem {
    ImRect box;
    bool visible = false;  ///< nothing is to be drawn otherwise
    bool hovered = false, held = false, pressed = false;
};

/// Takes `size` at the cursor. `identity` makes the id; `name` is what tests find it by.
inline DrawnItem drawn_item(const char* identity, ImVec2 size, const char* name) {
    DrawnItem item;
    ImGuiContext& g = *ImGui::GetCurrentContext();
    ImGuiWindow* window = ImGui::GetCurrentWindow();
    if (window->SkipItems)
        return item;
    const ImVec2 at = window->DC.CursorPos;
    item.box = ImRect(at, {at.x + size.x, at.y + size.y});
    const ImGuiID id = window->GetID(identity);
    // No baseline: beside a field it would make the line taller than both.
    ImGui::ItemSize(size);
    item.visible = ImGui::ItemAdd(item.box, id);
    if (item.visible) {
        item.pressed = ImGui::ButtonBehavior(item.box, id, &item.hovered, &item.held);
        IMGUI_TEST_ENGINE_ITEM_INFO(id, name, g.LastItemData.StatusFlags);
    }
    static_cast<void>(g);
    static_cast<void>(name);
    return item;
}

inline DrawnItem drawn_item(const char* label, ImVec2 size) {
    return drawn_item(label, size, label);
}

}  // namespace gui
