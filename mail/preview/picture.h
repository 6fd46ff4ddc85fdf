#pragma once
// Pictures of strangers: PNG, JPEG, GIF (its first frame), BMP and WebP, decoded row by row and
// made small on the way. What a header says is held to the limits before any memory is taken for
// it. By libraries behind the picture_*.cpp; what is simple enough (GIF, BMP) is read by us.

#include <cstdint>
#include <string_view>
#include <vector>

#include "mail/base/wait.h"

namespace mail::preview {

struct Picture {
    std::uint32_t width = 0, height = 0;
    std::vector<std::uint8_t> rgba;  ///< from the top left, not premultiplied
    /// Before it was made small; turned as it is shown.
    std::uint32_t original_width = 0, original_height = 0;
    bool damaged = false;  ///< what could not be decoded is transparent or grey
};

struct PictureLimits {
    std::uint64_t pixels = 100'000'000;
    std::uint64_t memory_octets = 256ULL << 20;  ///< while it is decoded
    std::uint32_t side = 1024;  ///< of the result: never larger, in its proportions
};

enum class Decoded : std::uint8_t {
    whole,
    damaged,  ///< as far as it goes
    broken,
    too_large,
    unknown,  ///< of a kind that is not decoded
    stopped,  ///< by `wait`
};

/// A MIME type.
[[nodiscard]] bool can_decode(std::string_view type);

/// `to` is filled where it is whole or damaged.
[[nodiscard]] Decoded decode_picture(std::string_view type, std::string_view raw,
                                     const PictureLimits& limits, const Wait& wait, Picture& to);

}  // namespace mail::preview
