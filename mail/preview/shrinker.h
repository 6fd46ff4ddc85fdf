#pragma once
// Takes a picture row by row and makes it small as it comes: each pixel of the result is the mean
// of those it stands for. Private to mail/preview.

#include <cstdint>
#include <string_view>
#include <vector>

#include "mail/base/wait.h"
#include "mail/preview/picture.h"

namespace mail::preview {

struct Size {
    std::uint32_t width = 0, height = 0;
    [[nodiscard]] std::uint64_t pixels() const { return std::uint64_t{width} * height; }
};

/// So that the longer side is at most `side`, never larger than it is.
[[nodiscard]] Size fitted(Size size, std::uint32_t side);

class Shrinker {
public:
    Shrinker(const PictureLimits& limits, const Wait& wait) : limits_(limits), wait_(wait) {}

    /// To be asked before memory is taken. whole: go on.
    [[nodiscard]] Decoded check(Size size) const;
    /// How the rows come. `original` where the decoder has made it smaller already.
    void begin(Size rows, Size original);
    /// The next one, four octets a pixel. Those beyond the height are left out.
    void add_row(const std::uint8_t* rgba);
    /// Instead of the rows: all of it, as large as fitted().
    void set(Size size, Size original, std::vector<std::uint8_t> rgba);
    /// Rows that did not come are transparent.
    [[nodiscard]] Picture take();

    [[nodiscard]] const PictureLimits& limits() const { return limits_; }
    [[nodiscard]] bool is_stopped() const;

private:
    void end_row();
    struct Sum {
        std::uint64_t red = 0, green = 0, blue = 0, alpha = 0, count = 0;
    };
    const PictureLimits& limits_;
    const Wait& wait_;
    Size rows_;
    Picture picture_;
    std::vector<std::uint32_t> columns_;  ///< of the result, for each pixel of a row
    std::vector<Sum> sums_;
    std::uint32_t row_ = 0;     ///< that comes next
    std::uint32_t result_ = 0;  ///< the row of the result it belongs to
};

/// Each reads one kind, and gives its rows to `to`.
[[nodiscard]] Decoded decode_png(std::string_view raw, Shrinker& to);
[[nodiscard]] Decoded decode_jpeg(std::string_view raw, Shrinker& to);
[[nodiscard]] Decoded decode_webp(std::string_view raw, Shrinker& to);
[[nodiscard]] Decoded decode_gif(std::string_view raw, Shrinker& to);
[[nodiscard]] Decoded decode_bmp(std::string_view raw, Shrinker& to);

}  // namespace mail::preview
