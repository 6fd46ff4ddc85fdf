#pragma once
// The menu of the rows: right click, Menu key, Shift+F10. Holds nothing that is not elsewhere, too:
// what to do, what to copy, what to show, what to remove.

#include <optional>

#include "gui/acts.h"
#include "gui/screen.h"

namespace gui {

class RowMenu {
public:
    /// What concerns the list alone; the rest are acts.
    enum class Deed { none, copy_rows, to_details, select_all };
    struct Choice {
        Deed deed = Deed::none;
        std::optional<Act> act;
    };
    /// In the next draw(): under the pointer, or at that place.
    void open(std::optional<ImVec2> at = std::nullopt) {
        opens_ = true;
        at_ = at;
    }
    /// In every frame, with the same stack of ids.
    [[nodiscard]] Choice draw(const Frame& frame, const ActFacts& facts);

private:
    bool opens_ = false;
    std::optional<ImVec2> at_;
};

}  // namespace gui
