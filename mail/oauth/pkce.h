#pragma once
// What makes one sign-in unlike any other: the code verifier and its challenge (RFC 7636, S256
// alone), state and nonce. From the system's generator, new for each flow.

#include <string>
#include <string_view>

#include "mail/base/secret.h"

namespace mail::oauth {

/// 32 random octets as 43 characters of base64url: verifier, state and nonce alike.
[[nodiscard]] Secret new_random_value();
/// Of a verifier (RFC 7636, 4.2, method S256).
[[nodiscard]] std::string challenge_of(const Secret& verifier);
/// In a time that does not tell how much of it is right.
[[nodiscard]] bool same(std::string_view a, std::string_view b);

}  // namespace mail::oauth
