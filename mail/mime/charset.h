#pragma once
// Octets of strangers to UTF-8: UTF-8 and single-byte sets by tables of our own, the others by the
// system (charset_posix.cpp, charset_windows.cpp). What is said wrongly or not at all is guessed.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace mail::mime {

/// How a text was read.
enum class Reading : std::uint8_t {
    as_said,  ///< by the charset that was named, every octet
    guessed,  ///< the charset is missing, unknown or wrong for these octets
};

struct Text {
    std::string text;  ///< valid UTF-8
    Reading reading = Reading::as_said;
};

/// Never fails. `charset` as the mail says it, any case and alias.
[[nodiscard]] Text to_utf8(std::string_view raw, std::string_view charset);

/// Octets without a charset: ASCII and UTF-8 are what they are; else windows-1250 or iso-8859-2
/// where the letters look Polish, else windows-1252.
[[nodiscard]] Text guessed_utf8(std::string_view raw);

/// "Latin2", "ISO8859-2", "x-cp1250" → "iso-8859-2", "windows-1250"; unknown ones in lower case.
[[nodiscard]] std::string canonical_charset(std::string_view charset);

/// By the system's converter; nothing where it does not know the set. Octets that can't be
/// converted become U+FFFD.
[[nodiscard]] std::optional<std::string> convert_by_system(std::string_view raw,
                                                           const std::string& charset);

}  // namespace mail::mime
