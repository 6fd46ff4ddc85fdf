#pragma once
// A long text to be read, wrapped and scrolled in the current window, of which some can be selected
// by mouse (drag, double click a word, triple click a line, Shift+click) or keyboard (Shift+arrows,
// Ctrl+A) and copied as it was written. Dear ImGui's own field does not wrap in this version.

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include <imgui.h>

#include "gui/line_text.h"

namespace gui {

class SelectableText {
public:
    /// Fills the current window. `name`: another one is another text, of which nothing is selected.
    void draw(std::string_view text, std::uint64_t name, ImU32 colour);

private:
    [[nodiscard]] std::string_view selected() const;
    void wrap(std::string_view text, std::uint64_t name);
    void draw_lines(ImU32 colour);
    void draw_selection(const LineSpan& line, const LineText* drawn, ImVec2 at) const;
    void follow_mouse(bool hovered, bool held);
    void scroll_at_the_edge();
    void read_keys();
    void read_scroll_keys();
    void move_to(std::size_t place);
    void scroll_to_caret();
    [[nodiscard]] std::size_t line_of(std::size_t place) const;
    /// The place in the text nearest to that point of the line.
    [[nodiscard]] std::size_t place_at(std::size_t line, float x) const;
    [[nodiscard]] std::size_t place_at(ImVec2 screen) const;
    [[nodiscard]] float x_of(std::size_t place) const;
    [[nodiscard]] std::size_t moved(std::size_t place, int step, bool by_words) const;
    [[nodiscard]] std::string_view words_of(const LineSpan& line) const {
        return text_.substr(line.begin, line.end - line.begin);
    }

    std::string_view text_;  ///< of this frame
    std::vector<LineSpan> lines_;
    std::uint64_t name_ = 0;
    float width_ = 0.F, font_ = 0.F;  ///< what `lines_` depend on
    std::size_t anchor_ = 0, caret_ = 0;
    bool drags_ = false;
    ImVec2 top_{};  ///< of the first line, on the screen; scrolled
    float line_height_ = 0.F;
};

}  // namespace gui
