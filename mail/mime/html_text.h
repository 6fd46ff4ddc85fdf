#pragma once
// HTML as text that can be read: blocks become lines, lists and quotes keep their marks, cells of a
// row stand beside each other. Nothing is loaded, nothing is run, and what the mail hides (scripts,
// styles, preheaders) stays away. Our own instead of a library: those build a tree first, whose
// size and depth the mail decides; this reads once, from the start, in bounded memory. Pure.

#include <cstddef>
#include <string>
#include <string_view>

namespace mail::mime {

struct HtmlText {
    std::string text;  ///< UTF-8, lines end in \n, no octet that controls anything
    bool cut = false;  ///< there was more
};

/// `html` is UTF-8. A link shows its address in brackets where its text is another: never that of a
/// script, and only the beginning of a long one. Where everything is hidden, nothing is.
[[nodiscard]] HtmlText html_to_text(std::string_view html, std::size_t max_octets);

}  // namespace mail::mime
