#pragma once
// Base64 (RFC 4648) for SASL: short texts, whole. Mail bodies go through mime/decoder instead.

#include <optional>
#include <string>
#include <string_view>

namespace mail::imap {

[[nodiscard]] std::string to_base64(std::string_view raw);
/// Nothing where `encoded` is not base64. Missing padding is tolerated.
[[nodiscard]] std::optional<std::string> from_base64(std::string_view encoded);

}  // namespace mail::imap
