#pragma once
// What is kept of a sign-in: one record for each account that signed in with one client at one
// provider, whichever points use it. It lies whole in the secret store, so that token and facts
// never part.

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

#include "mail/base/secret.h"
#include "mail/oauth/id_token.h"
#include "mail/oauth/token_endpoint.h"
#include "mail/point/point.h"

namespace mail::oauth {

using SystemTime = std::chrono::system_clock::time_point;

struct Account {
    Provider provider;  ///< its addresses as they were at the sign-in
    std::string client_id, login;
    Person person;  ///< empty where the provider doesn't tell
    std::string granted_scope;
    Secret access_token, refresh_token;
    SystemTime expires_at{}, refresh_obtained_at{}, first_sign_in_at{}, last_refresh_at{};
    std::chrono::seconds life{0};  ///< of the access token when it came
    std::uint64_t generation = 0;  ///< grows with every token that came
    std::optional<Error> trouble;  ///< of the last refresh; nothing once one went well
    SystemTime trouble_since{};
    int failures = 0;         ///< refreshes that went wrong one after the other, to be tried again
    SystemTime not_before{};  ///< the provider is left alone until then
};

/// The store's key for the account that the point signs in with: the same for all points that name
/// the same provider, issuer, tenant and client, and go the same way (point/way.h): a token goes to
/// no server but the one that it was obtained for. Another one for the application itself.
[[nodiscard]] std::string account_key(const point::Connection& connection);
/// That of the client's secret, which is the office's, whoever signs in.
[[nodiscard]] std::string client_secret_key(const point::Connection& connection);

[[nodiscard]] Secret to_text(const Account& account);
/// Error secrets_damaged, or secrets_newer.
[[nodiscard]] Result<Account> account_in(const Secret& text);

/// A new access token, and a refresh token where one came: the old one stays else (RFC 6749, 6).
void renew(Account& account, Tokens tokens, SystemTime now);
/// Whether the token can be used for a while: not within five minutes, or a tenth of its life, of
/// its end.
[[nodiscard]] bool is_fresh(const Account& account, SystemTime now);

}  // namespace mail::oauth
