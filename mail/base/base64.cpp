#include "mail/base/base64.h"

#include <cstdint>
#include <utility>

namespace mail {

namespace {

constexpr std::string_view usual =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::string_view for_urls =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

std::string encode(std::string_view raw, std::string_view alphabet) {
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

std::optional<std::string> decode(std::string_view encoded, std::string_view alphabet) {
    while (encoded.ends_with('='))
        encoded.remove_suffix(1);
    std::string raw;
    raw.reserve(encoded.size());
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
    return count < 6 ? std::optional(std::move(raw)) : std::nullopt;
}

}  // namespace

std::string to_base64(std::string_view raw) {
    return encode(raw, usual);
}

std::optional<std::string> from_base64(std::string_view encoded) {
    return decode(encoded, usual);
}

std::string to_base64url(std::string_view raw) {
    std::string encoded = encode(raw, for_urls);
    while (encoded.ends_with('='))
        encoded.pop_back();
    return encoded;
}

std::optional<std::string> from_base64url(std::string_view encoded) {
    return decode(encoded, for_urls);
}

}  // namespace mail
