#pragma once
// ASCII letters whatever the locale: IMAP and mail headers compare names without case.

#include <algorithm>
#include <string>
#include <string_view>

namespace mail::demo {

[[nodiscard]] constexpr char upper_letter(char letter) {
    return letter >= 'a' && letter <= 'z' ? static_cast<char>(letter - 'a' + 'A') : letter;
}
[[nodiscard]] constexpr char lower_letter(char letter) {
    return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
}

[[nodiscard]] inline std::string upper_case(std::string_view text) {
    std::string result(text);
    std::transform(result.begin(), result.end(), result.begin(), upper_letter);
    return result;
}
[[nodiscard]] inline std::string lower_case(std::string_view text) {
    std::string result(text);
    std::transform(result.begin(), result.end(), result.begin(), lower_letter);
    return result;
}
[[nodiscard]] inline bool same_letters(std::string_view a, std::string_view b) {
    return a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin(), [](char x, char y) {
               return lower_letter(x) == lower_letter(y);
           });
}

}  // namespace mail::demo
