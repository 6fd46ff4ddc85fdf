#pragma once
// Small valid pictures for the sample mails, written without a graphics library: the same octets at
// every call. Pure.

#include <cstdint>
#include <string>

namespace mail::demo {

struct Colour {
    std::uint8_t red = 0, green = 0, blue = 0;
};

/// A company's sign: a disc in `ink` on white, `side` pixels square, with stored (uncompressed)
/// zlib blocks.
[[nodiscard]] std::string logo_png(unsigned side, Colour ink);
/// A bar chart, 240 by 120 pixels.
[[nodiscard]] std::string chart_png(Colour ink);
/// A receipt in coarse grey squares, baseline, 320 by 480 pixels. `variant` changes the print.
[[nodiscard]] std::string receipt_jpeg(unsigned variant);
/// A page in grey, 300 by 400 pixels, uncompressed.
[[nodiscard]] std::string scan_tiff();

}  // namespace mail::demo
