#include "mail/imap/utf7.h"

#include <cstdint>
#include <optional>

#include "mail/base/utf8.h"

namespace mail::imap {

namespace {

/// Base64 with "," for "/" and no padding.
constexpr std::string_view alphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+,";

bool is_direct(char c) {
    return c >= 0x20 && c <= 0x7e;
}

std::string encode_run(std::u16string_view run) {
    std::string encoded;
    std::uint32_t bits = 0;
    int count = 0;
    for (const char16_t unit : run) {
        bits = (bits << 16U) | unit;
        for (count += 16; count >= 6; count -= 6)
            encoded += alphabet[(bits >> static_cast<unsigned>(count - 6)) & 0x3fU];
        bits &= (1U << static_cast<unsigned>(count)) - 1;
    }
    if (count > 0)
        encoded += alphabet[(bits << static_cast<unsigned>(6 - count)) & 0x3fU];
    return encoded;
}

/// Nothing where `encoded` is not what an encoder could have written.
std::optional<std::u16string> decode_run(std::string_view encoded) {
    std::u16string run;
    std::uint32_t bits = 0;
    int count = 0;
    for (const char c : encoded) {
        const std::size_t value = alphabet.find(c);
        if (value == std::string_view::npos)
            return std::nullopt;
        bits = (bits << 6U) | static_cast<std::uint32_t>(value);
        count += 6;
        if (count < 16)
            continue;
        count -= 16;
        run += static_cast<char16_t>(bits >> static_cast<unsigned>(count));
        bits &= (1U << static_cast<unsigned>(count)) - 1;
    }
    const bool padded_right = count < 6 && bits == 0;
    return padded_right && !run.empty() ? std::optional(run) : std::nullopt;
}

std::optional<std::string> decode(std::string_view raw) {
    std::string name;
    while (!raw.empty()) {
        const std::size_t amp = raw.find('&');
        name.append(raw.substr(0, amp));
        if (amp == std::string_view::npos)
            break;
        const std::size_t dash = raw.find('-', amp);
        if (dash == std::string_view::npos)
            return std::nullopt;
        const std::string_view encoded = raw.substr(amp + 1, dash - amp - 1);
        raw.remove_prefix(dash + 1);
        if (encoded.empty()) {
            name += '&';
            continue;
        }
        const auto run = decode_run(encoded);
        if (!run)
            return std::nullopt;
        name += utf8::from_utf16(*run);
    }
    return name;
}

}  // namespace

std::string to_modified_utf7(std::string_view name) {
    std::string encoded;
    while (!name.empty()) {
        std::size_t direct = 0;
        for (; direct < name.size() && is_direct(name[direct]); ++direct) {
            encoded += name[direct];
            if (name[direct] == '&')
                encoded += '-';
        }
        name.remove_prefix(direct);
        std::size_t shifted = 0;
        while (shifted < name.size() && !is_direct(name[shifted]))
            ++shifted;
        if (shifted > 0)
            encoded += '&' + encode_run(utf8::to_utf16(name.substr(0, shifted))) + '-';
        name.remove_prefix(shifted);
    }
    return encoded;
}

std::string from_modified_utf7(std::string_view raw) {
    const auto name = decode(raw);
    return utf8::repaired(name ? std::string_view(*name) : raw);
}

}  // namespace mail::imap
