#pragma once
// A PNG (RFC 2083) of a picture, for screenshots: not compressed, which every reader takes. Pure.

#include <cstdint>
#include <string>
#include <vector>

namespace gui {

struct Picture {
    std::uint32_t width = 0, height = 0;
    std::vector<std::uint8_t> rgb;  ///< three octets a pixel, rows from the top
};
/// The octets of the file.
[[nodiscard]] std::string png_of(const Picture& picture);

}  // namespace gui
