#pragma once
// The claims of an id_token that came straight from the token endpoint over TLS, so that its
// signature may be left out (OpenID Connect Core, 3.1.3.7, number 6). Never of one from elsewhere.
// Pure.

#include <chrono>
#include <string>

#include "mail/oauth/authorization.h"

namespace mail::oauth {

struct Person {
    std::string subject, tenant, email, username;  ///< "" where it isn't told
    /// What the provider calls the account: its address, else its user name.
    [[nodiscard]] const std::string& account() const { return email.empty() ? username : email; }
};

/// Error id_token_wrong with the fact "claim": iss, tid (Microsoft), aud, azp, exp, iat or nonce (5
/// minutes of the clock are forgiven).
[[nodiscard]] Result<Person> read_id_token(const Secret& token, const Flow& flow,
                                           std::chrono::system_clock::time_point now);
/// The same where there was no flow in a browser: the nonce is not looked at.
[[nodiscard]] Result<Person> read_id_token(const Secret& token, const Provider& provider,
                                           const std::string& client_id,
                                           std::chrono::system_clock::time_point now);

}  // namespace mail::oauth
