#include "gui/png.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace gui {
namespace {

constexpr std::size_t longest_block = 65535;  // of stored data (RFC 1951, 3.2.4)

std::uint32_t crc_of(std::string_view raw) {
    std::uint32_t crc = 0xFFFFFFFFU;
    for (const char c : raw) {
        crc ^= static_cast<std::uint8_t>(c);
        for (int bit = 0; bit < 8; ++bit)
            crc = (crc & 1U) != 0 ? 0xEDB88320U ^ crc >> 1U : crc >> 1U;
    }
    return ~crc;
}

std::uint32_t adler_of(std::string_view raw) {
    std::uint32_t a = 1, b = 0;
    for (const char c : raw) {
        a = (a + static_cast<std::uint8_t>(c)) % 65521U;
        b = (b + a) % 65521U;
    }
    return b << 16U | a;
}

void append_number(std::string& out, std::uint32_t n) {
    for (const unsigned shift : {24U, 16U, 8U, 0U})
        out += static_cast<char>(n >> shift & 0xFFU);
}

void append_chunk(std::string& out, std::string_view type, const std::string& data) {
    append_number(out, static_cast<std::uint32_t>(data.size()));
    const std::string body = std::string(type) + data;
    out += body;
    append_number(out, crc_of(body));
}

std::string stored_zlib(const std::string& raw) {
    std::string out{'\x78', '\x01'};
    for (std::size_t at = 0; at < raw.size() || at == 0; at += longest_block) {
        const std::size_t size = std::min(longest_block, raw.size() - at);
        out += static_cast<char>(at + size >= raw.size() ? 1 : 0);
        for (const std::size_t n : {size, ~size}) {
            out += static_cast<char>(n & 0xFFU);
            out += static_cast<char>(n >> 8U & 0xFFU);
        }
        out.append(raw, at, size);
    }
    append_number(out, adler_of(raw));
    return out;
}

}  // namespace

std::string png_of(const Picture& picture) {
    std::string head;
    append_number(head, picture.width);
    append_number(head, picture.height);
    head += {'\x08', '\x02', '\0', '\0', '\0'};  // 8 bits, RGB, no interlace
    std::string rows;
    const std::size_t stride = std::size_t{picture.width} * 3;
    for (std::size_t y = 0; y < picture.height; ++y) {
        rows += '\0';  // no filter
        rows.append(reinterpret_cast<const char*>(picture.rgb.data()) + y * stride, stride);
    }
    std::string out = "\x89PNG\r\n\x1a\n";
    append_chunk(out, "IHDR", head);
    append_chunk(out, "IDAT", stored_zlib(rows));
    append_chunk(out, "IEND", "");
    return out;
}

}  // namespace gui
