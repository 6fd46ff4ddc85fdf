#pragma once
// Text as it stands on a line from left to right: Hebrew and Arabic in their direction (UAX #9),
// Arabic letters joined by their presentation forms. Only for showing: what is edited, copied,
// searched or saved stays as it is. Pure.

#include <cstddef>
#include <string_view>
#include <vector>

namespace gui {

/// Whether anything of it stands elsewhere than it is written. Quick: nearly all texts have
/// nothing.
[[nodiscard]] bool runs_right_to_left(std::string_view text);

struct VisualLetter {
    char32_t shown = 0;    ///< 0: nothing, it is part of a ligature beside it
    char32_t plain = 0;    ///< the same for a font that can't join letters
    std::size_t from = 0;  ///< octets before it in the text
};
/// The direction of the line is that of its first letter that has one. Of a text that is longer
/// than any line the first letters.
[[nodiscard]] std::vector<VisualLetter> in_visual_order(std::string_view text);

}  // namespace gui
