#include "mail/preview/picture.h"

#include <algorithm>
#include <iterator>

#include "mail/preview/orientation.h"
#include "mail/preview/shrinker.h"

namespace mail::preview {

namespace {

struct Decoder {
    std::string_view type;
    Decoded (*decode)(std::string_view raw, Shrinker& to);
};
constexpr Decoder decoders[] = {
    {"image/bmp", decode_bmp}, {"image/gif", decode_gif},   {"image/jpeg", decode_jpeg},
    {"image/png", decode_png}, {"image/webp", decode_webp},
};

const Decoder* decoder_of(std::string_view type) {
    const auto* const at = std::ranges::find(decoders, type, &Decoder::type);
    return at == std::end(decoders) ? nullptr : at;
}

}  // namespace

bool can_decode(std::string_view type) {
    return decoder_of(type) != nullptr;
}

Decoded decode_picture(std::string_view type, std::string_view raw, const PictureLimits& limits,
                       const Wait& wait, Picture& to) {
    const Decoder* decoder = decoder_of(type);
    if (decoder == nullptr)
        return Decoded::unknown;
    Shrinker shrinker(limits, wait);
    const Decoded outcome = decoder->decode(raw, shrinker);
    if (outcome == Decoded::whole || outcome == Decoded::damaged)
        to = upright(shrinker.take(), orientation_in(type, raw));
    return outcome;
}

}  // namespace mail::preview
