#pragma once
// UTF-8 (RFC 3629) and the few things that must be done to strangers' text before it is shown.
// Pure; independent of the locale.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace mail::utf8 {

/// Well-formed: no overlong forms, no surrogates, nothing above U+10FFFF.
[[nodiscard]] bool valid(std::string_view raw);

/// How many octets at the start are ASCII that shows, blanks among it: nearly all of nearly every
/// text, and nothing has to be done to them.
[[nodiscard]] std::size_t plain_octets(std::string_view text);

/// Reads the code point at `at` and moves `at` behind it. Malformed octets give U+FFFD, one octet
/// (or the maximal ill-formed subsequence) a time, so that it always ends.
[[nodiscard]] char32_t next(std::string_view text, std::size_t& at);

void append(std::string& text, char32_t code_point);

/// Malformed octets become U+FFFD; the result is valid.
[[nodiscard]] std::string repaired(std::string_view raw);

/// Shows nothing and can make a name look like another: bidirectional controls, zero-width and
/// other format characters (Cf), and the octet order mark.
[[nodiscard]] bool is_invisible(char32_t code_point);

/// C0, C1, DEL, line and paragraph separators.
[[nodiscard]] bool is_control(char32_t code_point);

/// Base letters and combining marks joined where one letter exists for them (NFC for Latin, Greek
/// and Cyrillic): macOS sends "ó" as "o" and an accent. Malformed octets become U+FFFD.
[[nodiscard]] std::string composed(std::string_view text);

/// For one line on a screen, in a log or a terminal: valid, control characters (C0, C1, line and
/// paragraph separators) as blanks, bidirectional overrides and isolates, zero-width and other
/// format characters taken out, at most `max_octets` (cut at a code point, then "…", which counts).
[[nodiscard]] std::string one_line(std::string_view raw, std::size_t max_octets = 500);

/// Lower case for comparing and searching: ASCII, Latin-1, Latin Extended-A/B, Greek, Cyrillic.
[[nodiscard]] std::string folded(std::string_view text);

/// folded(), and Latin letters without their diacritics (ł → l, ą → a), for type-ahead and filters.
[[nodiscard]] std::string unaccented(std::string_view text);

/// A key whose octet order is the order people expect: case-insensitive first, letters with
/// diacritics directly after their base letter (ą after a, ł after l, ź ż after z), digits by
/// value.
[[nodiscard]] std::string sort_key(std::string_view text);

/// For Windows' wide functions and back; malformed input becomes U+FFFD.
[[nodiscard]] std::u16string to_utf16(std::string_view text);
[[nodiscard]] std::string from_utf16(std::u16string_view text);

}  // namespace mail::utf8
