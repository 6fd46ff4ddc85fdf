#include "gui/font_file.h"

#include <cstddef>
#include <cstdint>

namespace gui {
namespace {

constexpr std::size_t directory_octets = 12, record_octets = 16;
constexpr unsigned most_faces = 64, most_tables = 256;
constexpr std::string_view collection = "ttcf";

/// Big-endian numbers; 0 past the end, so that whoever reads needs no check of his own.
struct Octets {
    std::string_view raw;
    [[nodiscard]] std::uint32_t u8(std::size_t at) const {
        return at < raw.size() ? static_cast<unsigned char>(raw[at]) : 0U;
    }
    [[nodiscard]] std::uint32_t u16(std::size_t at) const { return u8(at) << 8U | u8(at + 1); }
    [[nodiscard]] std::uint32_t u32(std::size_t at) const { return u16(at) << 16U | u16(at + 2); }
    [[nodiscard]] int i16(std::size_t at) const { return static_cast<std::int16_t>(u16(at)); }
};

bool begins_font(std::string_view tag) {
    constexpr std::string_view truetype("\0\1\0\0", 4);
    return tag == truetype || tag == "OTTO" || tag == "true";
}

/// Where the directory of tables of the font begins.
std::optional<std::size_t> directory_of(std::string_view raw, unsigned face) {
    std::size_t at = 0;
    if (raw.substr(0, 4) == collection) {
        if (face >= faces_in(raw))
            return std::nullopt;
        at = Octets{raw}.u32(directory_octets + std::size_t{face} * 4);
    } else if (face != 0) {
        return std::nullopt;
    }
    if (at >= raw.size() || !begins_font(raw.substr(at, 4)))
        return std::nullopt;
    return at;
}

/// A table with all its octets; empty if it is not there or leaves the file.
std::string_view table_of(std::string_view raw, std::size_t directory, std::string_view name) {
    const Octets octets{raw};
    const std::uint32_t count = octets.u16(directory + 4);
    for (std::size_t i = 0; i < count && i < most_tables; ++i) {
        const std::size_t record = directory + directory_octets + i * record_octets;
        if (record + record_octets > raw.size())
            break;
        const std::size_t at = octets.u32(record + 8), size = octets.u32(record + 12);
        if (raw.substr(record, 4) == name)
            return at <= raw.size() && size <= raw.size() - at ? raw.substr(at, size)
                                                               : std::string_view();
    }
    return {};
}

/// Segments of characters of the first plane.
bool in_segments(const Octets& map, char32_t character) {
    const std::size_t twice = map.u16(6);
    constexpr std::size_t ends = 14;
    const std::size_t starts = ends + twice + 2, deltas = starts + twice, offsets = deltas + twice;
    for (std::size_t i = 0; i < twice && character <= 0xFFFF; i += 2) {
        if (map.u16(ends + i) < character)
            continue;
        const std::uint32_t start = map.u16(starts + i);
        if (start > character)
            return false;
        const std::uint32_t offset = map.u16(offsets + i);
        const std::uint32_t glyph =
            offset == 0 ? character : map.u16(offsets + i + offset + (character - start) * 2);
        return glyph != 0 && ((glyph + map.u16(deltas + i)) & 0xFFFFU) != 0;
    }
    return false;
}

/// Groups of characters of all planes.
bool in_groups(const Octets& map, char32_t character) {
    std::size_t low = 0, high = map.u32(12);
    while (low < high) {
        const std::size_t middle = low + (high - low) / 2, group = 16 + middle * 12;
        if (character < map.u32(group) || group + 12 > map.raw.size())
            high = middle;
        else if (character > map.u32(group + 4))
            low = middle + 1;
        else
            return map.u32(group + 8) + (character - map.u32(group)) != 0;
    }
    return false;
}

}  // namespace

unsigned faces_in(std::string_view raw) {
    if (raw.substr(0, 4) != collection)
        return begins_font(raw.substr(0, 4)) ? 1 : 0;
    const std::uint32_t count = Octets{raw}.u32(8);
    return count <= most_faces ? count : 0;
}

std::optional<float> em_share(std::string_view raw, unsigned face) {
    const auto directory = directory_of(raw, face);
    if (!directory)
        return std::nullopt;
    const auto has = [&](std::string_view name) {
        return !table_of(raw, *directory, name).empty();
    };
    const bool outlines = (has("glyf") && has("loca")) || has("CFF ");
    if (!outlines || !has("cmap") || !has("hmtx") || !has("maxp"))
        return std::nullopt;
    const Octets head{table_of(raw, *directory, "head")}, hhea{table_of(raw, *directory, "hhea")};
    const auto em = static_cast<float>(head.u16(18));
    const auto height = static_cast<float>(hhea.i16(4) - hhea.i16(6));
    if (em < 16.F || height < em / 4.F || height > em * 8.F)
        return std::nullopt;
    return em / height;
}

bool has_character(std::string_view raw, unsigned face, char32_t character) {
    const auto directory = directory_of(raw, face);
    if (!directory)
        return false;
    const std::string_view cmap = table_of(raw, *directory, "cmap");
    const Octets maps{cmap};
    for (std::size_t i = 0; i < maps.u16(2) && 12 + i * 8 <= cmap.size(); ++i) {
        const std::uint32_t platform = maps.u16(4 + i * 8), encoding = maps.u16(6 + i * 8);
        const std::size_t at = maps.u32(8 + i * 8);
        // Those that map Unicode: its own platform's, and two of Microsoft's.
        if (at >= cmap.size() ||
            (platform != 0 && (platform != 3 || (encoding != 1 && encoding != 10))))
            continue;
        const Octets map{cmap.substr(at)};
        if ((map.u16(0) == 4 && in_segments(map, character)) ||
            (map.u16(0) == 12 && in_groups(map, character)))
            return true;
    }
    return false;
}

}  // namespace gui
