#pragma once
// Base64 and base64url (RFC 4648) of short texts, whole: SASL, PKCE, tokens. Mail bodies go through
// mime/decoder instead.

#include <optional>
#include <string>
#include <string_view>

namespace mail {

[[nodiscard]] std::string to_base64(std::string_view raw);
/// Nothing where `encoded` is not base64. Missing padding is tolerated.
[[nodiscard]] std::optional<std::string> from_base64(std::string_view encoded);

/// With `-` and `_`, without padding (section 5).
[[nodiscard]] std::string to_base64url(std::string_view raw);
[[nodiscard]] std::optional<std::string> from_base64url(std::string_view encoded);

}  // namespace mail
