#pragma once
// A table of plain rows in a dialog: walked through by arrows, Tab goes past it, and what a cell
// cuts is in its tooltip. Scrolls sideways where the columns have no room.

#include <cstddef>
#include <optional>
#include <span>
#include <string_view>
#include <utility>

#include <imgui.h>

#include "gui/marks.h"
#include "gui/text/text.h"
#include "gui/theme.h"

namespace gui {

struct RecordColumn {
    const text::Text* title;
    float width;         ///< logical pixels; up to 10 a share of what is left
    bool right = false;  ///< numbers
};

class RecordTable {
public:
    static constexpr float row_height = 31.F;
    /// How high it may be in a dialog with `others` logical pixels of other things.
    [[nodiscard]] static float height_with(float others);

    /// Followed by end() where it returns true. `least_width`: logical.
    [[nodiscard]] bool begin(std::span<const RecordColumn> columns, text::Language language,
                             float height_px, float least_width);
    void end();
    /// Its cells follow, from the first column to the last.
    /// `identity`: what the focus stays with where rows come and go; "": the row's number.
    void begin_row(std::size_t index, bool selected, std::string_view identity = {});
    /// Whether the pointer is over the row that was begun.
    [[nodiscard]] bool hovers() const { return hovered_; }
    /// `more`: what the tooltip says, where that is more.
    void cell(std::string_view words, Colour ink, std::string_view more = {});
    /// The same after its shape.
    void cell(const Mark& mark, std::string_view words, std::string_view more = {});

    /// The row that had the focus last gets it in the next frame.
    void take_focus() { focus_next_ = true; }
    /// What had it is another row by now.
    void focus_is_at(std::size_t row) { focused_ = row; }
    /// Back to the top, for other rows.
    void restart() {
        focused_ = 0;
        to_top_ = true;
    }
    /// Row that has to be drawn though it may be out of sight: where the keyboard is.
    [[nodiscard]] std::size_t focused() const { return focused_; }
    [[nodiscard]] bool has_focus() const { return has_focus_; }
    /// The focus goes elsewhere: Dear ImGui clears a selection then, which is ours to keep.
    [[nodiscard]] bool leaving() const { return leaving_; }
    /// Somebody has just left it by Tab: the next thing that can have the focus gets it. Once.
    [[nodiscard]] bool left_onward() { return take(Left::onward); }
    /// The same by Shift+Tab, of what is drawn before it, in the frame after that.
    [[nodiscard]] bool left_back() { return take(Left::back); }

private:
    enum class Left { no, onward, back };
    bool take(Left where) { return left_ == where && std::exchange(left_, Left::no) == where; }
    void draw_focus();
    void draw_cell(std::string_view words, Colour ink, std::string_view more, float indent_px);

    std::span<const RecordColumn> columns_;
    std::optional<std::pair<ImVec2, ImVec2>> focused_box_;  ///< of the row, in this frame
    std::size_t focused_ = 0;
    int column_ = 0;
    Left left_ = Left::no;
    bool focus_next_ = false, has_focus_ = false, to_top_ = false;
    bool hovered_ = false, leaving_ = false;
};

/// In the place of the rows: an icon and a sentence in the middle of that height.
void draw_no_records(const char* icon, std::string_view words, float height_px);

}  // namespace gui
