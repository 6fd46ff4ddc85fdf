#pragma once
// Where the words of the filter stand in a text, without regard to case and diacritics. Pure;
// apart, so that the filter and the marks in the cells can't disagree about what a hit is.

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace gui {

/// The words that are looked for, as mail::utf8::unaccented() makes them.
[[nodiscard]] std::vector<std::string> words_in(std::string_view text);

struct Hit {
    std::size_t begin = 0, end = 0;  ///< octets of the text, at the borders of its letters
    bool operator==(const Hit&) const = default;
};
/// All of them, from left to right; such that touch or overlap are one.
[[nodiscard]] std::vector<Hit> hits_in(std::string_view text, std::span<const std::string> words);

}  // namespace gui
