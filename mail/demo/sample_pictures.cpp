#include "mail/demo/sample_pictures.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <string_view>
#include <utility>
#include <vector>

#include "mail/demo/checksums.h"

namespace mail::demo {
namespace {

constexpr std::size_t largest_stored_block = 65535;

std::string png_chunk(std::string_view type, std::string_view data) {
    std::string checked(type);
    checked += data;
    return big_endian(static_cast<std::uint32_t>(data.size()), 4) + checked +
           big_endian(crc32(checked), 4);
}

std::string zlib_stored(std::string_view raw) {
    std::string result = "\x78\x01";
    for (std::size_t at = 0; at < raw.size(); at += largest_stored_block) {
        const std::string_view block = raw.substr(at, largest_stored_block);
        const auto size = static_cast<std::uint32_t>(block.size());
        result += at + block.size() == raw.size() ? '\x01' : '\0';
        result += little_endian(size, 2) + little_endian(~size & 0xFFFFU, 2);
        result += block;
    }
    return result + big_endian(adler32(raw), 4);
}

/// `ink_at(x, y)` says which pixels are coloured; the others are white.
template <class InkAt>
std::string png(unsigned width, unsigned height, Colour ink, InkAt ink_at) {
    std::string rows;
    for (unsigned y = 0; y < height; ++y) {
        rows += '\0';
        for (unsigned x = 0; x < width; ++x) {
            const Colour colour = ink_at(x, y) ? ink : Colour{255, 255, 255};
            rows.append({static_cast<char>(colour.red), static_cast<char>(colour.green),
                         static_cast<char>(colour.blue)});
        }
    }
    const std::string header =
        big_endian(width, 4) + big_endian(height, 4) + std::string("\x08\x02\0\0\0", 5);
    return "\x89PNG\r\n\x1A\n" + png_chunk("IHDR", header) + png_chunk("IDAT", zlib_stored(rows)) +
           png_chunk("IEND", "");
}

/// Bits of entropy-coded JPEG data, the highest first; 0xFF is followed by a stuffed zero.
class BitWriter {
public:
    void put(unsigned code, int length) {
        for (int bit = length - 1; bit >= 0; --bit) {
            octet_ = octet_ << 1 | (code >> bit & 1U);
            if (++filled_ == 8)
                flush();
        }
    }
    std::string close() && {
        while (filled_ != 0)
            put(1, 1);
        return std::move(raw_);
    }

private:
    void flush() {
        raw_ += static_cast<char>(octet_);
        if (octet_ == 0xFF)
            raw_ += '\0';
        octet_ = 0;
        filled_ = 0;
    }
    std::string raw_;
    unsigned octet_ = 0;
    int filled_ = 0;
};

/// A difference of two DC values: its category by the code table below, then its bits
/// (ITU-T T.81, F.1.2.1).
void put_difference(BitWriter& bits, int difference) {
    constexpr std::array<std::pair<unsigned, int>, 9> codes{{{0b00, 2},
                                                             {0b010, 3},
                                                             {0b011, 3},
                                                             {0b100, 3},
                                                             {0b101, 3},
                                                             {0b110, 3},
                                                             {0b1110, 4},
                                                             {0b11110, 5},
                                                             {0b111110, 6}}};
    int category = 0;
    while (std::abs(difference) >> category != 0)
        ++category;
    const auto [code, length] = codes[static_cast<std::size_t>(category)];
    bits.put(code, length);
    const int value = difference < 0 ? difference + (1 << category) - 1 : difference;
    bits.put(static_cast<unsigned>(value), category);
}

std::string jpeg_segment(char marker, std::string_view data) {
    std::string segment{'\xFF', marker};
    segment += big_endian(static_cast<std::uint32_t>(data.size() + 2), 2);
    return segment += data;
}

/// The markers before the data: all quantisers are 8, so that a DC value is a grey level; the only
/// AC code is "end of block".
std::string jpeg_head(unsigned width, unsigned height) {
    using namespace std::string_literals;
    return "\xFF\xD8"s + jpeg_segment('\xE0', "JFIF\0\x01\x01\0\0\x01\0\x01\0\0"s) +
           jpeg_segment('\xDB', "\0"s + std::string(64, '\x08')) +
           jpeg_segment('\xC0', "\x08"s + big_endian(height, 2) + big_endian(width, 2) +
                                    "\x01\x01\x11\0"s) +
           jpeg_segment('\xC4', "\0\0\x01\x05\x01\x01\x01\x01\x01\x01\0\0\0\0\0\0\0"s +
                                    "\0\x01\x02\x03\x04\x05\x06\x07\x08\x09\x0A\x0B"s) +
           jpeg_segment('\xC4', "\x10\x01\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"s) +
           jpeg_segment('\xDA', "\x01\x01\0\0\x3F\0"s);
}

std::string tiff_entry(unsigned tag, unsigned type, std::uint32_t value) {
    return little_endian(tag, 2) + little_endian(type, 2) + little_endian(1, 4) +
           little_endian(value, 4);
}

}  // namespace

std::string logo_png(unsigned side, Colour ink) {
    const int radius = static_cast<int>(side) / 2;
    return png(side, side, ink, [&](unsigned x, unsigned y) {
        const int dx = static_cast<int>(x) - radius;
        const int dy = static_cast<int>(y) - radius;
        const int distance = dx * dx + dy * dy;
        return distance < radius * radius && (distance > radius * radius / 3 || dx > dy);
    });
}

std::string chart_png(Colour ink) {
    constexpr std::array<unsigned, 6> heights{38, 52, 47, 71, 66, 94};
    return png(240, 120, ink, [&](unsigned x, unsigned y) {
        return y >= 112 || (x % 40 >= 8 && y >= 112 - heights[x / 40]);
    });
}

std::string receipt_jpeg(unsigned variant) {
    constexpr unsigned columns = 40;
    constexpr unsigned rows = 60;
    BitWriter bits;
    int previous = 0;
    for (unsigned y = 0; y < rows; ++y)
        for (unsigned x = 0; x < columns; ++x) {
            const bool paper = x > 4 && x < 35 && y > 2 && y < 57;
            const bool print = paper && y % 3 == 0 && x > 6 && x < 33 && (x * y + variant) % 5 != 0;
            const int level = print ? -90 : paper ? 110 : -20;
            put_difference(bits, level - previous);
            bits.put(0, 1);
            previous = level;
        }
    return jpeg_head(columns * 8, rows * 8) + std::move(bits).close() + "\xFF\xD9";
}

std::string scan_tiff() {
    constexpr std::uint32_t width = 300;
    constexpr std::uint32_t height = 400;
    constexpr std::uint32_t data_at = 8;
    constexpr unsigned short_type = 3;
    constexpr unsigned long_type = 4;
    std::string pixels;
    for (std::uint32_t y = 0; y < height; ++y)
        for (std::uint32_t x = 0; x < width; ++x) {
            const bool ink = y % 20 < 4 && x > 30 && x < 270 && y > 40 && y < 360 && x * y % 7 != 0;
            pixels += static_cast<char>(ink ? 30 : 245);
        }
    const std::vector<std::string> entries{tiff_entry(256, long_type, width),
                                           tiff_entry(257, long_type, height),
                                           tiff_entry(258, short_type, 8),
                                           tiff_entry(259, short_type, 1),
                                           tiff_entry(262, short_type, 1),
                                           tiff_entry(273, long_type, data_at),
                                           tiff_entry(277, short_type, 1),
                                           tiff_entry(278, long_type, height),
                                           tiff_entry(279, long_type, width * height)};
    std::string raw = std::string("II*\0", 4) + little_endian(data_at + width * height, 4) + pixels;
    raw += little_endian(static_cast<std::uint32_t>(entries.size()), 2);
    for (const std::string& entry : entries)
        raw += entry;
    return raw + little_endian(0, 4);
}

}  // namespace mail::demo
