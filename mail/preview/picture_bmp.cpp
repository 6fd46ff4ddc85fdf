#include <algorithm>
#include <array>
#include <bit>
#include <vector>

#include "mail/preview/shrinker.h"

namespace mail::preview {

namespace {

constexpr std::size_t file_header_octets = 14;

std::uint32_t number_at(std::string_view raw, std::size_t at, std::size_t octets) {
    std::uint32_t number = 0;
    if (at > raw.size() || raw.size() - at < octets)
        return 0;
    for (std::size_t i = octets; i > 0; --i)
        number = number << 8 | static_cast<unsigned char>(raw[at + i - 1]);
    return number;
}

/// Where in a pixel of 16 or 32 bits a colour stands.
struct Mask {
    std::uint32_t bits = 0;
    [[nodiscard]] std::uint8_t value_in(std::uint32_t pixel) const {
        if (bits == 0)
            return 255;
        const std::uint32_t most = bits >> std::countr_zero(bits);
        const std::uint32_t value = (pixel & bits) >> std::countr_zero(bits);
        return static_cast<std::uint8_t>(std::uint64_t{value} * 255 / most);
    }
};

struct Header {
    Size size;
    bool is_top_first = false;
    std::uint32_t bits = 0;
    std::uint32_t compression = 0;
    std::array<Mask, 4> masks;  ///< red, green, blue, alpha
    std::vector<std::array<std::uint8_t, 4>> colours;
    std::size_t pixels_at = 0;

    [[nodiscard]] std::size_t row_octets() const {
        return static_cast<std::size_t>((std::uint64_t{size.width} * bits + 31) / 32 * 4);
    }
};

constexpr std::uint32_t plain = 0;
constexpr std::uint32_t by_masks = 3;

void read_masks(std::string_view raw, std::uint32_t header_octets, Header& header) {
    if (header.compression == by_masks) {
        for (std::size_t i = 0; i < 3; ++i)
            header.masks[i].bits = number_at(raw, 54 + 4 * i, 4);
        constexpr std::uint32_t with_alpha_octets = 56;
        if (header_octets >= with_alpha_octets)
            header.masks[3].bits = number_at(raw, 66, 4);
        return;
    }
    header.masks = {Mask{0xFF0000}, Mask{0xFF00}, Mask{0xFF}, Mask{}};
    if (header.bits == 16)
        header.masks = {Mask{0x7C00}, Mask{0x3E0}, Mask{0x1F}, Mask{}};
}

void read_colours(std::string_view raw, std::size_t at, std::size_t entry_octets, Header& header) {
    const std::size_t most = std::size_t{1} << header.bits;
    for (std::size_t i = 0; i < most; ++i, at += entry_octets) {
        const std::uint32_t colour = number_at(raw, at, 3);
        header.colours.push_back({static_cast<std::uint8_t>(colour >> 16),
                                  static_cast<std::uint8_t>(colour >> 8),
                                  static_cast<std::uint8_t>(colour), 255});
    }
}

Decoded read_header(std::string_view raw, Header& header) {
    const std::uint32_t octets = number_at(raw, file_header_octets, 4);
    constexpr std::uint32_t oldest = 12;
    const bool is_oldest = octets == oldest;
    if (raw.size() < file_header_octets + octets || (octets < 40 && !is_oldest))
        return Decoded::broken;
    header.pixels_at = number_at(raw, 10, 4);
    const std::size_t side = is_oldest ? 2 : 4;
    header.size.width = number_at(raw, 18, side);
    const std::uint32_t height = number_at(raw, 18 + side, side);
    header.is_top_first = !is_oldest && height > 0x7FFFFFFF;
    header.size.height = header.is_top_first ? ~height + 1 : height;
    header.bits = number_at(raw, is_oldest ? 24 : 28, 2);
    header.compression = is_oldest ? plain : number_at(raw, 30, 4);
    const bool is_indexed = header.bits == 1 || header.bits == 4 || header.bits == 8;
    const bool is_masked = header.bits == 16 || header.bits == 32;
    const bool is_known = header.compression == plain ? is_indexed || is_masked || header.bits == 24
                                                      : header.compression == by_masks && is_masked;
    if (!is_known)
        return Decoded::unknown;
    if (is_indexed)
        read_colours(raw, file_header_octets + octets, is_oldest ? 3 : 4, header);
    else
        read_masks(raw, octets, header);
    return Decoded::whole;
}

void read_row(std::string_view raw, const Header& header, std::vector<std::uint8_t>& row) {
    std::uint8_t* to = row.data();
    for (std::uint32_t x = 0; x < header.size.width; ++x, to += 4) {
        std::array<std::uint8_t, 4> colour{};
        if (header.bits <= 8) {
            const std::size_t bit = std::size_t{x} * header.bits;
            const std::uint32_t octet = number_at(raw, bit / 8, 1);
            const std::uint32_t most = (1U << header.bits) - 1;
            colour = header.colours[(octet >> (8 - header.bits - bit % 8)) & most];
        } else {
            const std::size_t octets = header.bits / 8;
            const std::uint32_t pixel = number_at(raw, octets * x, octets);
            for (std::size_t i = 0; i < 4; ++i)
                colour[i] = header.masks[i].value_in(pixel);
        }
        std::copy(colour.begin(), colour.end(), to);
    }
}

}  // namespace

Decoded decode_bmp(std::string_view raw, Shrinker& to) {
    Header header;
    if (const Decoded read = read_header(raw, header); read != Decoded::whole)
        return read;
    if (const Decoded fits = to.check(header.size); fits != Decoded::whole)
        return fits;
    const std::size_t row_octets = header.row_octets();
    const std::size_t rows_there =
        header.pixels_at < raw.size() ? (raw.size() - header.pixels_at) / row_octets : 0;
    if (rows_there == 0)
        return Decoded::broken;
    std::vector<std::uint8_t> row(4 * std::size_t{header.size.width});
    to.begin(header.size, header.size);
    for (std::uint32_t y = 0; y < header.size.height; ++y) {
        const std::size_t place = header.is_top_first ? y : header.size.height - 1 - y;
        if (place < rows_there)
            read_row(raw.substr(header.pixels_at + place * row_octets, row_octets), header, row);
        else
            std::fill(row.begin(), row.end(), std::uint8_t{0});
        to.add_row(row.data());
        if (to.is_stopped())
            return Decoded::stopped;
    }
    return rows_there < header.size.height ? Decoded::damaged : Decoded::whole;
}

}  // namespace mail::preview
