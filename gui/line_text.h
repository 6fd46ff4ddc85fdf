#pragma once
// Texts from mails as the current font draws them: what runs from right to left in its order, and
// what doesn't fit into its line with "…". Texts that run from left to right need none of this.

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace gui {

struct LineText {
    std::string text;
    std::vector<std::size_t> from;  ///< of each letter of it: octets before it in what was given
    bool cut = false;
};
/// One line of what runs from right to left, in that many physical pixels.
[[nodiscard]] LineText line_text(std::string_view text, float width_px);
/// From where to where in a text, in octets.
struct LineSpan {
    std::size_t begin = 0, end = 0;
};
/// Lines of at most that width, as they are written; blanks at which one was wrapped are of none.
[[nodiscard]] std::vector<LineSpan> spans_of_lines(std::string_view text, float width_px);
/// The same, each in its order.
[[nodiscard]] std::string wrapped_lines(std::string_view text, float width_px);

}  // namespace gui
