#pragma once
// Letters and digits of the protocol, which are ASCII whatever the locale says.

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace mail::imap {

[[nodiscard]] constexpr bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

[[nodiscard]] constexpr char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

[[nodiscard]] constexpr char upper(char c) {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
}

[[nodiscard]] inline std::string lower(std::string_view raw) {
    std::string result(raw);
    std::transform(raw.begin(), raw.end(), result.begin(), [](char c) { return lower(c); });
    return result;
}

/// Of a text that nobody else needs: in its own memory.
[[nodiscard]] inline std::string lower(std::string&& text) {
    for (char& c : text)
        c = lower(c);
    return std::move(text);
}

[[nodiscard]] inline std::string upper(std::string_view raw) {
    std::string result(raw);
    std::transform(raw.begin(), raw.end(), result.begin(), [](char c) { return upper(c); });
    return result;
}

[[nodiscard]] inline bool same_word(std::string_view one, std::string_view other) {
    return std::equal(one.begin(), one.end(), other.begin(), other.end(),
                      [](char a, char b) { return lower(a) == lower(b); });
}

/// `word` is in lower case.
[[nodiscard]] inline bool contains_word(std::string_view raw, std::string_view word) {
    return lower(raw).find(word) != std::string::npos;
}

/// The whole of `raw` as a number; nothing where it is not one, or does not fit.
template <class Number>
[[nodiscard]] std::optional<Number> number_of(std::string_view raw) {
    Number value{};
    const auto [end, error] = std::from_chars(raw.data(), raw.data() + raw.size(), value);
    if (raw.empty() || !is_digit(raw.front()) || error != std::errc{} ||
        end != raw.data() + raw.size())
        return std::nullopt;
    return value;
}

}  // namespace mail::imap
