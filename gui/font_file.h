#pragma once
// What is asked of a font file before Dear ImGui gets it, which trusts what it reads: is it one
// that it can draw with, and which characters it has. TrueType and OpenType, also several in one
// file (OpenType 1.9, "otff", "cmap", "hhea"). Pure.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gui {

/// The octets of a font file of the system's, and which of the fonts in it.
struct FontFile {
    std::string octets;
    unsigned face = 0;
};

/// How many fonts the file has; 0 if it is none.
[[nodiscard]] unsigned faces_in(std::string_view raw);

/// The em as a share of ascent + descent, by which fonts of different makers become equally large.
/// Nothing where the font is damaged or has pictures for glyphs instead of outlines.
[[nodiscard]] std::optional<float> em_share(std::string_view raw, unsigned face);

/// Whether the font has a glyph of its own for the character.
[[nodiscard]] bool has_character(std::string_view raw, unsigned face, char32_t character);

}  // namespace gui
