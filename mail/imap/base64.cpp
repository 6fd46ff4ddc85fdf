#include "mail/imap/base64.h"

#include <cstdint>

namespace mail::imap {

namespace {

constexpr std::string_view alphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

}  // namespace

std::string to_base64(std::string_view raw) {
    std::string encoded;
    encoded.reserve((raw.size() + 2) / 3 * 4);  // no growth: a secret leaves no copy behind
    for (; !raw.empty(); raw.remove_prefix(raw.size() < 3 ? raw.size() : 3)) {
        std::uint32_t bits = 0;
        for (std::size_t i = 0; i < 3; ++i)
            bits = (bits << 8U) | (i < raw.size() ? static_cast<unsigned char>(raw[i]) : 0U);
        for (std::size_t i = 0; i < 4; ++i)
            encoded += i <= raw.size() ? alphabet[(bits >> (18U - 6U * i)) & 0x3fU] : '=';
    }
    return encoded;
}

std::optional<std::string> from_base64(std::string_view encoded) {
    while (encoded.ends_with('='))
        encoded.remove_suffix(1);
    std::string raw;
    std::uint32_t bits = 0;
    unsigned count = 0;
    for (const char c : encoded) {
        const std::size_t value = alphabet.find(c);
        if (value == std::string_view::npos)
            return std::nullopt;
        bits = (bits << 6U) | static_cast<std::uint32_t>(value);
        count += 6;
        if (count < 8)
            continue;
        count -= 8;
        raw += static_cast<char>((bits >> count) & 0xffU);
    }
    return count < 6 ? std::optional(raw) : std::nullopt;
}

}  // namespace mail::imap
