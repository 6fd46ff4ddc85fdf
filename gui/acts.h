#pragma once
// Everything that can be asked of the window, one row each: its words, icon and keys. Toolbar,
// menu, shortcuts and the help window are drawn from this table, so that they can't disagree.

#include <cstdint>
#include <span>
#include <string>

#include <imgui.h>

#include "gui/text/text.h"

namespace gui {

enum class Act : std::uint8_t {
    generate,
    set_folder,
    refresh,
    search,
    open_folder,
    new_point,
    edit_point,
    details,
    next_pane,
    previous_pane,
    larger,
    smaller,
    normal_size,
    menu,
    shortcuts,
    quit,
};

struct ActRow {
    Act act;
    const text::Text* name;
    const char* icon;     ///< or null
    ImGuiKeyChord keys;   ///< 0: none
    ImGuiKeyChord other;  ///< a second one, or 0
};
[[nodiscard]] std::span<const ActRow> acts();
[[nodiscard]] const ActRow& row_of(Act act);
/// "Ctrl+Enter"; the same in every language.
[[nodiscard]] std::string name_of_keys(ImGuiKeyChord keys);

}  // namespace gui
