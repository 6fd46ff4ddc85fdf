#include <algorithm>
#include <memory>
#include <utility>
#include <vector>

#include <webp/decode.h>

#include "mail/preview/shrinker.h"

namespace mail::preview {

namespace {

// Between looks at the clock.
constexpr std::size_t piece_octets = 16 << 10;

using Decoder = std::unique_ptr<WebPIDecoder, decltype(&WebPIDelete)>;

/// The whole picture is kept while it is made smaller, but for one that is lossy and opaque.
bool fits_in_memory(const WebPBitstreamFeatures& features, const Shrinker& to) {
    const Size size{static_cast<std::uint32_t>(features.width),
                    static_cast<std::uint32_t>(features.height)};
    constexpr int lossy = 1;
    const bool streams = features.format == lossy && features.has_alpha == 0;
    return streams || 4 * size.pixels() <= to.limits().memory_octets;
}

Decoded read_pieces(WebPIDecoder& decoder, std::string_view raw, const Shrinker& to) {
    VP8StatusCode status = VP8_STATUS_SUSPENDED;
    for (std::size_t at = 0; at < raw.size() && status == VP8_STATUS_SUSPENDED;) {
        at = std::min(at + piece_octets, raw.size());
        // From the start each time: nothing is copied.
        status = WebPIUpdate(&decoder, reinterpret_cast<const std::uint8_t*>(raw.data()), at);
        if (to.is_stopped())
            return Decoded::stopped;
    }
    if (status == VP8_STATUS_OK)
        return Decoded::whole;
    int last_row = 0;
    const bool any = WebPIDecGetRGB(&decoder, &last_row, nullptr, nullptr, nullptr) != nullptr;
    return any && last_row > 0 ? Decoded::damaged : Decoded::broken;
}

}  // namespace

Decoded decode_webp(std::string_view raw, Shrinker& to) {
    WebPDecoderConfig config;
    const auto* const octets = reinterpret_cast<const std::uint8_t*>(raw.data());
    if (WebPInitDecoderConfig(&config) == 0 ||
        WebPGetFeatures(octets, raw.size(), &config.input) != VP8_STATUS_OK)
        return Decoded::broken;
    if (config.input.has_animation != 0)
        return Decoded::unknown;
    const Size size{static_cast<std::uint32_t>(config.input.width),
                    static_cast<std::uint32_t>(config.input.height)};
    if (const Decoded fits = to.check(size); fits != Decoded::whole)
        return fits;
    if (!fits_in_memory(config.input, to))
        return Decoded::too_large;
    const Size small = fitted(size, to.limits().side);
    std::vector<std::uint8_t> rgba(4 * small.pixels());
    config.options.use_scaling = small.width != size.width || small.height != size.height ? 1 : 0;
    config.options.scaled_width = static_cast<int>(small.width);
    config.options.scaled_height = static_cast<int>(small.height);
    config.output.colorspace = MODE_RGBA;
    config.output.is_external_memory = 1;
    config.output.u.RGBA = {rgba.data(), static_cast<int>(4 * small.width), rgba.size()};
    const Decoder decoder(WebPIDecode(nullptr, 0, &config), &WebPIDelete);
    if (!decoder)
        return Decoded::too_large;
    const Decoded outcome = read_pieces(*decoder, raw, to);
    to.set(small, size, std::move(rgba));
    return outcome;
}

}  // namespace mail::preview
