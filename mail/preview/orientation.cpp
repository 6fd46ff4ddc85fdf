#include "mail/preview/orientation.h"

#include <cstdint>
#include <cstring>
#include <utility>

namespace mail::preview {

namespace {

using std::string_view_literals::operator""sv;

// Segments and chunks in front of the picture itself; what has more is not searched on.
constexpr int most_segments = 200;

enum class Order : std::uint8_t { big, little };

/// 0 beyond the end.
std::uint32_t number_at(std::string_view raw, std::size_t at, std::size_t octets, Order order) {
    if (at > raw.size() || raw.size() - at < octets)
        return 0;
    std::uint32_t number = 0;
    for (std::size_t i = 0; i < octets; ++i) {
        const std::size_t from = order == Order::big ? i : octets - 1 - i;
        number = number << 8 | static_cast<unsigned char>(raw[at + from]);
    }
    return number;
}

std::uint32_t big(std::string_view raw, std::size_t at, std::size_t octets) {
    return number_at(raw, at, octets, Order::big);
}

/// Of a block of Exif, which is a TIFF without a picture.
int orientation_of(std::string_view exif) {
    constexpr std::uint32_t orientation_tag = 0x0112;
    constexpr std::uint32_t short_type = 3;
    const Order order = exif.starts_with("II") ? Order::little : Order::big;
    const std::uint32_t directory = number_at(exif, 4, 4, order);
    const std::uint32_t entries = number_at(exif, directory, 2, order);
    for (std::uint32_t i = 0; i < entries; ++i) {
        const std::size_t entry = std::size_t{directory} + 2 + std::size_t{12} * i;
        if (entry >= exif.size())
            break;
        if (number_at(exif, entry, 2, order) != orientation_tag ||
            number_at(exif, entry + 2, 2, order) != short_type)
            continue;
        const std::uint32_t value = number_at(exif, entry + 8, 2, order);
        return value >= 1 && value <= 8 ? static_cast<int>(value) : 1;
    }
    return 1;
}

std::string_view exif_in_jpeg(std::string_view raw) {
    constexpr auto mark = "Exif\0\0"sv;
    std::size_t at = 2;
    for (int i = 0; i < most_segments; ++i) {
        const std::uint32_t marker = big(raw, at, 2);
        const std::uint32_t octets = big(raw, at + 2, 2);
        constexpr std::uint32_t app1 = 0xFFE1;
        constexpr std::uint32_t start_of_scan = 0xFFDA;
        if (marker < 0xFF00 || marker == start_of_scan || octets < 2)
            break;
        const std::string_view segment = raw.substr(at + 4, octets - 2);
        if (marker == app1 && segment.starts_with(mark))
            return segment.substr(mark.size());
        at += 2 + std::size_t{octets};
        if (at >= raw.size())
            break;
    }
    return {};
}

std::string_view exif_in_png(std::string_view raw) {
    std::size_t at = 8;
    for (int i = 0; i < most_segments && at + 12 <= raw.size(); ++i) {
        const std::uint32_t octets = big(raw, at, 4);
        if (raw.substr(at + 4, 4) == "eXIf")
            return raw.substr(at + 8, octets);
        at += 12 + std::size_t{octets};
    }
    return {};
}

std::string_view exif_in_webp(std::string_view raw) {
    std::size_t at = 12;
    for (int i = 0; i < most_segments && at + 8 <= raw.size(); ++i) {
        const std::uint32_t octets = number_at(raw, at + 4, 4, Order::little);
        std::string_view chunk = raw.substr(at + 8, octets);
        if (raw.substr(at, 4) == "EXIF") {
            if (chunk.starts_with("Exif\0\0"sv))
                chunk.remove_prefix(6);
            return chunk;
        }
        at += 8 + std::size_t{octets} + octets % 2;
    }
    return {};
}

}  // namespace

int orientation_in(std::string_view type, std::string_view raw) {
    if (type == "image/jpeg")
        return orientation_of(exif_in_jpeg(raw));
    if (type == "image/png")
        return orientation_of(exif_in_png(raw));
    return type == "image/webp" ? orientation_of(exif_in_webp(raw)) : 1;
}

Picture upright(Picture picture, int orientation) {
    if (orientation < 2 || orientation > 8)
        return picture;
    const bool lies = orientation >= 5;
    Picture turned = picture;
    if (lies) {
        std::swap(turned.width, turned.height);
        std::swap(turned.original_width, turned.original_height);
    }
    const std::size_t width = picture.width;
    const std::size_t last_x = width - 1;
    const std::size_t last_y = picture.height - std::size_t{1};
    const bool flips_x =
        orientation == 2 || orientation == 3 || orientation == 7 || orientation == 8;
    const bool flips_y =
        orientation == 3 || orientation == 4 || orientation == 6 || orientation == 7;
    std::uint8_t* to = turned.rgba.data();
    for (std::size_t y = 0; y < turned.height; ++y)
        for (std::size_t x = 0; x < turned.width; ++x, to += 4) {
            const std::size_t from_x = lies ? y : x;
            const std::size_t from_y = lies ? x : y;
            const std::size_t pixel =
                (flips_y ? last_y - from_y : from_y) * width + (flips_x ? last_x - from_x : from_x);
            std::memcpy(to, picture.rgba.data() + 4 * pixel, 4);
        }
    return turned;
}

}  // namespace mail::preview
