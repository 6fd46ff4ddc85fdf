#pragma once
// What is known of single letters: lower case, base letter, place in the alphabet, and which letter
// a base and a combining mark make. Tables, so that nothing depends on the system's locale. For
// utf8.cpp only.

#include <cstdint>

namespace mail::utf8 {

struct Letter {
    char16_t code, lower;
    char base, second;  ///< 'l', 0 for ł; 's', 's' for ß; 0, 0 where there is no Latin base
    std::uint8_t rank;  ///< among the letters with the same base: ź before ż; 0 if none
};

/// Latin with diacritics, and those Greek and Cyrillic letters that have a lower case; else null.
[[nodiscard]] const Letter* letter_of(char32_t code_point);

/// The one letter that canonically equals both (NFC), or 0.
[[nodiscard]] char32_t letter_with_mark(char32_t base, char32_t mark);

}  // namespace mail::utf8
