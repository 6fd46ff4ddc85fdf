#include "mail/base/utf8.h"

#include <algorithm>
#include <cstring>
#include <iterator>

#include "mail/base/letters.h"

namespace mail::utf8 {
namespace {

constexpr char32_t replacement = 0xFFFD;
constexpr std::string_view ellipsis = "\xE2\x80\xA6";

struct Decoded {
    char32_t code_point;
    std::size_t octets;
    bool well_formed;
};

std::uint8_t octet_at(std::string_view text, std::size_t at) {
    return static_cast<std::uint8_t>(text[at]);
}

/// Which second octets are allowed after a lead octet (Unicode, table 3-7), and how many follow.
struct Lead {
    std::size_t followers;
    std::uint8_t low, high;
};

Lead lead_of(std::uint8_t octet) {
    if (octet >= 0xC2 && octet <= 0xDF)
        return {1, 0x80, 0xBF};
    if (octet >= 0xE0 && octet <= 0xEF)
        return {2, static_cast<std::uint8_t>(octet == 0xE0 ? 0xA0 : 0x80),
                static_cast<std::uint8_t>(octet == 0xED ? 0x9F : 0xBF)};
    if (octet >= 0xF0 && octet <= 0xF4)
        return {3, static_cast<std::uint8_t>(octet == 0xF0 ? 0x90 : 0x80),
                static_cast<std::uint8_t>(octet == 0xF4 ? 0x8F : 0xBF)};
    return {0, 0, 0};
}

Decoded decode(std::string_view text, std::size_t at) {
    const std::uint8_t first = octet_at(text, at);
    if (first < 0x80)
        return {first, 1, true};
    const Lead lead = lead_of(first);
    if (lead.followers == 0)
        return {replacement, 1, false};
    char32_t code_point = first & (0x3FU >> lead.followers);
    std::uint8_t low = lead.low, high = lead.high;
    for (std::size_t i = 1; i <= lead.followers; ++i) {
        if (at + i >= text.size() || octet_at(text, at + i) < low || octet_at(text, at + i) > high)
            return {replacement, i, false};
        code_point = (code_point << 6) | (octet_at(text, at + i) & 0x3FU);
        low = 0x80;
        high = 0xBF;
    }
    return {code_point, lead.followers + 1, true};
}

bool is_combining(char32_t code_point) {
    return code_point >= 0x300 && code_point <= 0x36F;
}

/// The next letter with the combining marks behind it drawn in.
char32_t next_composed(std::string_view text, std::size_t& at) {
    char32_t letter = next(text, at);
    while (at < text.size()) {
        std::size_t behind = at;
        const char32_t mark = next(text, behind);
        const char32_t joined = is_combining(mark) ? letter_with_mark(letter, mark) : 0;
        if (joined == 0)
            break;
        letter = joined;
        at = behind;
    }
    return letter;
}

char32_t lower(char32_t code_point) {
    if (code_point < 0x80)
        return code_point >= 'A' && code_point <= 'Z' ? code_point + ('a' - 'A') : code_point;
    const Letter* const letter = letter_of(code_point);
    return letter != nullptr ? letter->lower : code_point;
}

bool is_digit(char octet) {
    return octet >= '0' && octet <= '9';
}

constexpr std::uint64_t each_octet(std::uint8_t value) {
    return 0x0101'0101'0101'0101U * value;
}

/// Eight octets at once: none of them is a control, DEL, or beyond ASCII.
bool all_plain(const char* octets) {
    std::uint64_t eight = 0;
    std::memcpy(&eight, octets, sizeof eight);
    const std::uint64_t high = each_octet(0x80);
    const std::uint64_t below_blank = (eight - each_octet(' ')) & ~eight & high;
    const std::uint64_t unlike_del = eight ^ each_octet(0x7F);
    const std::uint64_t del = (unlike_del - each_octet(1)) & ~unlike_del & high;
    return ((eight & high) | below_blank | del) == 0;
}

}  // namespace

namespace {

/// A letter with a mark, U+00C0 to U+033F: two octets that no line has to change.
bool is_marked_letter(std::string_view two) {
    return two.size() == 2 && octet_at(two, 0) >= 0xC3 && octet_at(two, 0) <= 0xCC &&
           (octet_at(two, 1) & 0xC0U) == 0x80;
}

/// How many octets at the start one_line() takes over as they are, and without a look at each.
std::size_t octets_of_a_line(std::string_view text) {
    std::size_t octets = plain_octets(text);
    while (is_marked_letter(text.substr(octets, 2))) {
        octets += 2;
        octets += plain_octets(text.substr(octets));
    }
    return octets;
}

}  // namespace

std::size_t plain_octets(std::string_view text) {
    std::size_t octets = 0;
    while (text.size() - octets >= sizeof(std::uint64_t) && all_plain(text.data() + octets))
        octets += sizeof(std::uint64_t);
    while (octets < text.size() && text[octets] >= ' ' && text[octets] <= '~')
        ++octets;
    return octets;
}

bool valid(std::string_view raw) {
    for (std::size_t at = plain_octets(raw); at < raw.size(); at += plain_octets(raw.substr(at))) {
        const Decoded decoded = decode(raw, at);
        if (!decoded.well_formed)
            return false;
        at += decoded.octets;
    }
    return true;
}

char32_t next(std::string_view text, std::size_t& at) {
    const Decoded decoded = decode(text, at);
    at += decoded.octets;
    return decoded.code_point;
}

void append(std::string& text, char32_t code_point) {
    if ((code_point >= 0xD800 && code_point <= 0xDFFF) || code_point > 0x10FFFF)
        code_point = replacement;
    const auto put = [&](char32_t octet) { text += static_cast<char>(octet); };
    if (code_point < 0x80) {
        put(code_point);
    } else if (code_point < 0x800) {
        put(0xC0 | (code_point >> 6));
        put(0x80 | (code_point & 0x3F));
    } else if (code_point < 0x10000) {
        put(0xE0 | (code_point >> 12));
        put(0x80 | ((code_point >> 6) & 0x3F));
        put(0x80 | (code_point & 0x3F));
    } else {
        put(0xF0 | (code_point >> 18));
        put(0x80 | ((code_point >> 12) & 0x3F));
        put(0x80 | ((code_point >> 6) & 0x3F));
        put(0x80 | (code_point & 0x3F));
    }
}

std::string repaired(std::string_view raw) {
    std::string text;
    text.reserve(raw.size());
    for (std::size_t at = 0; at < raw.size();)
        append(text, next(raw, at));
    return text;
}

bool is_control(char32_t code_point) {
    return code_point < 0x20 || (code_point >= 0x7F && code_point <= 0x9F) ||
           code_point == 0x2028 || code_point == 0x2029;
}

bool is_invisible(char32_t code_point) {
    constexpr char32_t behind_latin = 0x034F;
    if (code_point < behind_latin)
        return code_point == 0x00AD;
    struct Range {
        char32_t first, last;
    };
    static constexpr Range ranges[] = {{0x034F, 0x034F},   {0x0600, 0x0605},   {0x061C, 0x061C},
                                       {0x06DD, 0x06DD},   {0x070F, 0x070F},   {0x08E2, 0x08E2},
                                       {0x115F, 0x1160},   {0x17B4, 0x17B5},   {0x180B, 0x180E},
                                       {0x200B, 0x200F},   {0x202A, 0x202E},   {0x2060, 0x206F},
                                       {0x3164, 0x3164},   {0xFEFF, 0xFEFF},   {0xFFA0, 0xFFA0},
                                       {0xFFF0, 0xFFFB},   {0x110BD, 0x110BD}, {0x13430, 0x13438},
                                       {0x1BCA0, 0x1BCA3}, {0x1D173, 0x1D17A}, {0xE0000, 0xE0FFF}};
    const auto* const behind =
        std::upper_bound(std::begin(ranges), std::end(ranges), code_point,
                         [](char32_t value, const Range& range) { return value < range.first; });
    return behind != std::begin(ranges) && code_point <= std::prev(behind)->last;
}

std::string composed(std::string_view text) {
    std::string result;
    result.reserve(text.size());
    for (std::size_t at = 0; at < text.size();)
        append(result, next_composed(text, at));
    return result;
}

std::string one_line(std::string_view raw, std::size_t max_octets) {
    std::string text;
    text.reserve(std::min(raw.size(), max_octets));
    std::size_t cut = 0;  // the longest length that leaves room for the ellipsis
    for (std::size_t at = 0; at < raw.size();) {
        const std::size_t used = text.size() + ellipsis.size();
        const std::size_t room = used < max_octets ? max_octets - used : 0;
        if (const std::size_t plain = octets_of_a_line(raw.substr(at, room)); plain > 0) {
            text += raw.substr(at, plain);
            cut = text.size();
            at += plain;
            continue;
        }
        const char32_t code_point = next(raw, at);
        if (is_invisible(code_point))
            continue;
        append(text, is_control(code_point) ? U' ' : code_point);
        if (text.size() > max_octets) {
            text.resize(cut);
            return max_octets < ellipsis.size() ? text : text.append(ellipsis);
        }
        if (text.size() + ellipsis.size() <= max_octets)
            cut = text.size();
    }
    return text;
}

std::string folded(std::string_view text) {
    std::string result;
    result.reserve(text.size());
    for (std::size_t at = 0; at < text.size();)
        append(result, lower(next(text, at)));
    return result;
}

std::string unaccented(std::string_view text) {
    std::string result;
    result.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        const char32_t code_point = lower(next_composed(text, at));
        const Letter* const letter = letter_of(code_point);
        if (letter == nullptr || letter->base == 0) {
            if (!is_combining(code_point))
                append(result, code_point);
            continue;
        }
        result += letter->base;
        if (letter->second != 0)
            result += letter->second;
    }
    return result;
}

namespace {

// The classes of a key, in their order; each letter is its class, its base and its rank, so that
// "ab" < "az" < "ąb". The classes are above any octet that could end a key.
constexpr char key_sign = '\x10', key_number = '\x20', key_letter = '\x30', key_other = '\x40';

/// A run of digits: how many there are (without leading zeros), then they themselves.
std::size_t append_number(std::string& key, std::string_view text, std::size_t at) {
    std::size_t end = at;
    while (end < text.size() && is_digit(text[end]))
        ++end;
    while (at + 1 < end && text[at] == '0')
        ++at;
    const std::string_view digits = text.substr(at, end - at);
    key += key_number;
    std::size_t length = digits.size();
    for (; length >= 0xFF; length -= 0xFF)
        key += '\xFF';
    key += static_cast<char>(length);
    key += digits;
    return end;
}

void append_letter(std::string& key, char32_t code_point) {
    code_point = lower(code_point);
    const Letter* const letter = letter_of(code_point);
    if (code_point < 0x80) {
        key += code_point >= 'a' && code_point <= 'z' ? key_letter : key_sign;
        key += static_cast<char>(code_point);
        key += '\x01';
    } else if (letter != nullptr && letter->base != 0) {
        key += key_letter;
        key += letter->base;
        key += static_cast<char>(letter->rank + 1);
    } else {
        key += code_point < 0x370 || (code_point >= 0x2000 && code_point < 0x2C00) ? key_sign
                                                                                   : key_other;
        append(key, code_point);
    }
}

}  // namespace

std::string sort_key(std::string_view text) {
    std::string key;
    key.reserve(text.size() * 4 + 1);
    for (std::size_t at = 0; at < text.size();) {
        if (is_digit(text[at]))
            at = append_number(key, text, at);
        else
            append_letter(key, next_composed(text, at));
    }
    // Texts that differ only in case or leading zeros still have one order.
    key += '\0';
    key += text;
    return key;
}

std::u16string to_utf16(std::string_view text) {
    std::u16string wide;
    wide.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        const char32_t code_point = next(text, at);
        if (code_point < 0x10000) {
            wide += static_cast<char16_t>(code_point);
        } else {
            wide += static_cast<char16_t>(0xD7C0 + (code_point >> 10));
            wide += static_cast<char16_t>(0xDC00 + (code_point & 0x3FF));
        }
    }
    return wide;
}

std::string from_utf16(std::u16string_view text) {
    std::string result;
    result.reserve(text.size());
    for (std::size_t at = 0; at < text.size(); ++at) {
        const char32_t unit = text[at];
        const bool pair = unit >= 0xD800 && unit < 0xDC00 && at + 1 < text.size() &&
                          text[at + 1] >= 0xDC00 && text[at + 1] < 0xE000;
        if (pair) {
            ++at;
            append(result, 0x10000 + ((unit - 0xD800) << 10) + (text[at] - 0xDC00U));
        } else {
            append(result, unit);  // a lone surrogate becomes U+FFFD there
        }
    }
    return result;
}

}  // namespace mail::utf8
