#pragma once
// Which fonts of the system have characters that the built-in one lacks. Apart from desktop_*,
// because two of the three systems go through a list of well-known files. Reads files: like all of
// desktop.h never in a frame, but through Desk.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "gui/font_file.h"

namespace gui {

struct FontPlace {
    std::string path;  ///< UTF-8, absolute
    unsigned face = 0;
};

/// The file, if it is one that can be drawn with. Nothing above `largest_font`.
[[nodiscard]] std::optional<FontFile> read_font(const FontPlace& place);
inline constexpr std::uint64_t largest_font = std::uint64_t{64} << 20U;

/// Goes through the files in their order until all characters are found; those that have none of
/// them, are damaged or not there are passed over.
[[nodiscard]] std::vector<FontFile> fonts_among(const std::vector<std::string>& paths,
                                                std::u32string characters);

}  // namespace gui
