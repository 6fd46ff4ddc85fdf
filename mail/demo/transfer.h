#pragma once
// Transfer encodings (RFC 2045, 6) both ways, for the sample mails and for BINARY fetches. Strict
// and small, and apart from mime/decoder on purpose: the program's decoders are checked against
// these. Pure.

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace mail::demo {

/// One run of letters, without line breaks.
[[nodiscard]] std::string base64(std::string_view raw);
/// Lines of 76 letters, CRLF after each.
[[nodiscard]] std::string base64_lines(std::string_view raw);
/// Nothing if it is not plain base64 (blanks and line breaks are no part of it).
[[nodiscard]] std::optional<std::string> from_base64(std::string_view text);
/// A text with CRLF line ends; soft breaks at 76 columns.
[[nodiscard]] std::string quoted_printable(std::string_view raw);

enum class TransferEncoding : std::uint8_t { identity, base64, quoted_printable, unknown };
[[nodiscard]] TransferEncoding transfer_encoding(std::string_view name);

/// Takes decoded octets in pieces; false stops the decoding.
using Taker = std::function<bool(std::string_view raw)>;
void decode(std::string_view body, TransferEncoding encoding, const Taker& take);

}  // namespace mail::demo
