#pragma once
// The few questions about single ASCII octets that parsers ask, without the locale that
// <cctype> depends on.

#include <string>
#include <string_view>

namespace mail {

[[nodiscard]] constexpr bool is_blank(char octet) {
    return octet == ' ' || octet == '\t';
}
[[nodiscard]] constexpr bool is_space(char octet) {
    return is_blank(octet) || octet == '\r' || octet == '\n';
}
[[nodiscard]] constexpr bool is_digit(char octet) {
    return octet >= '0' && octet <= '9';
}
[[nodiscard]] constexpr char to_lower(char octet) {
    return octet >= 'A' && octet <= 'Z' ? static_cast<char>(octet + ('a' - 'A')) : octet;
}
[[nodiscard]] constexpr bool is_letter(char octet) {
    return to_lower(octet) >= 'a' && to_lower(octet) <= 'z';
}
/// The value of a hexadecimal digit, or -1.
[[nodiscard]] constexpr int hex_value(char octet) {
    if (is_digit(octet))
        return octet - '0';
    const char lower = to_lower(octet);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

[[nodiscard]] inline std::string lower_case(std::string_view text) {
    std::string lower(text);
    for (char& octet : lower)
        octet = to_lower(octet);
    return lower;
}

/// Without white space at both ends.
[[nodiscard]] constexpr std::string_view trimmed(std::string_view text) {
    while (!text.empty() && is_space(text.front()))
        text.remove_prefix(1);
    while (!text.empty() && is_space(text.back()))
        text.remove_suffix(1);
    return text;
}

}  // namespace mail
