#pragma once
// Drives what is drawn with Dear ImGui through its input queue: no window, no OpenGL. Needs the
// library `imgui_test`, whose hooks tell where each item is.

#include <functional>
#include <string>
#include <vector>

#include <imgui.h>
#include <imgui_internal.h>

namespace gui::test {

struct Item {
    ImGuiID id = 0, seed = 0;  ///< seed: what its label was hashed with
    ImRect rect, clip;
    std::string window, label;
    ImGuiItemFlags flags = 0;
};

/// One at a time.
class Driver {
public:
    /// `draw` is called once a frame.
    explicit Driver(std::function<void()> draw, ImVec2 size = {1280, 800}, float scale = 1.F);
    ~Driver();
    Driver(const Driver&) = delete;
    Driver& operator=(const Driver&) = delete;

    void frames(int count = 1);
    void seconds(double time);  ///< lets that much of Dear ImGui's time pass, in one long frame

    /// By its label or the part of it before or after "###" or "##". Null if the last frame did not
    /// draw it.
    [[nodiscard]] const Item* find(const std::string& label) const;
    [[nodiscard]] bool shown(const std::string& label) const { return find(label) != nullptr; }
    /// Whether the last frame drew these words as text (not those of buttons: find() them).
    [[nodiscard]] bool says(const std::string& text);
    [[nodiscard]] const std::string& words();
    /// Labels of all items, in the order in which they were drawn.
    [[nodiscard]] std::vector<std::string> labels() const;
    [[nodiscard]] std::vector<Item> all_items() const;
    [[nodiscard]] bool has_focus(const std::string& label) const;

    // These throw std::runtime_error, and say what there is, where there is no such item.
    [[nodiscard]] bool enabled(const std::string& label) const;
    void click(const std::string& label, ImGuiKeyChord modifiers = 0);
    /// The pointer comes from elsewhere, presses and releases before anything is drawn.
    void click_at_once(const std::string& label);
    void right_click(const std::string& label);
    void hover(const std::string& label);
    void replace(const std::string& label,
                 const std::string& text);  ///< clicks, selects all, types
    void key(ImGuiKey key, ImGuiKeyChord modifiers = 0);
    void type(const std::string& utf8);
    void lose_window_focus();
    void resize(ImVec2 size);
    [[nodiscard]] static std::string& clipboard();

private:
    void point_at(const std::string& label) const;
    [[nodiscard]] const Item& need(const std::string& label) const;
    void take_textures();

    std::function<void()> draw_;
    ImGuiContext* context_ = nullptr;
    std::string words_;
};

}  // namespace gui::test
