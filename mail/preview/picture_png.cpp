#include <memory>
#include <vector>

#include <spng.h>

#include "mail/preview/shrinker.h"

namespace mail::preview {

namespace {

constexpr std::size_t largest_chunk_octets = 1 << 20;
constexpr std::size_t largest_chunks_octets = 8 << 20;
constexpr std::uint32_t largest_side = 65'535;

using Context = std::unique_ptr<spng_ctx, decltype(&spng_ctx_free)>;

Decoded read_header(spng_ctx& context, spng_ihdr& header, const Shrinker& to) {
    const int read = spng_get_ihdr(&context, &header);
    if (read == SPNG_EUSER_WIDTH || read == SPNG_EUSER_HEIGHT)
        return Decoded::too_large;
    return read == SPNG_OK ? to.check({header.width, header.height}) : Decoded::broken;
}

/// `row` is one that is used again for each.
Decoded read_rows(spng_ctx& context, std::uint32_t count, std::vector<std::uint8_t>& row,
                  Shrinker& to) {
    for (std::uint32_t y = 0; y < count; ++y) {
        const int read = spng_decode_row(&context, row.data(), row.size());
        if (read != SPNG_OK && read != SPNG_EOI)
            return y == 0 ? Decoded::broken : Decoded::damaged;
        to.add_row(row.data());
        if (to.is_stopped())
            return Decoded::stopped;
    }
    return Decoded::whole;
}

/// Its rows come in seven passes, so that all are kept.
Decoded read_interlaced(spng_ctx& context, Size size, Shrinker& to) {
    const std::size_t row_octets = 4 * std::size_t{size.width};
    if (4 * size.pixels() > to.limits().memory_octets)
        return Decoded::too_large;
    std::vector<std::uint8_t> all(row_octets * size.height);
    Decoded outcome = Decoded::whole;
    for (std::size_t rows = 0;; ++rows) {
        spng_row_info info{};
        int read = spng_get_row_info(&context, &info);
        if (read == SPNG_OK && info.row_num < size.height)
            read = spng_decode_row(&context, all.data() + row_octets * info.row_num, row_octets);
        if (to.is_stopped())
            return Decoded::stopped;
        if (read == SPNG_EOI)
            break;
        if (read == SPNG_OK)
            continue;
        if (rows == 0)
            return Decoded::broken;
        outcome = Decoded::damaged;
        break;
    }
    for (std::uint32_t y = 0; y < size.height; ++y)
        to.add_row(all.data() + row_octets * y);
    return outcome;
}

}  // namespace

Decoded decode_png(std::string_view raw, Shrinker& to) {
    const Context context(spng_ctx_new(0), &spng_ctx_free);
    if (!context)
        return Decoded::too_large;
    spng_ctx& png = *context;
    spng_set_crc_action(&png, SPNG_CRC_USE, SPNG_CRC_USE);
    spng_set_image_limits(&png, largest_side, largest_side);
    spng_set_chunk_limits(&png, largest_chunk_octets, largest_chunks_octets);
    spng_ihdr header{};
    if (spng_set_png_buffer(&png, raw.data(), raw.size()) != SPNG_OK)
        return Decoded::broken;
    if (const Decoded fits = read_header(png, header, to); fits != Decoded::whole)
        return fits;
    constexpr int flags = SPNG_DECODE_TRNS | SPNG_DECODE_PROGRESSIVE;
    if (spng_decode_image(&png, nullptr, 0, SPNG_FMT_RGBA8, flags) != SPNG_OK)
        return Decoded::broken;
    const Size size{header.width, header.height};
    to.begin(size, size);
    if (header.interlace_method != SPNG_INTERLACE_NONE)
        return read_interlaced(png, size, to);
    std::vector<std::uint8_t> row(4 * std::size_t{size.width});
    return read_rows(png, size.height, row, to);
}

}  // namespace mail::preview
