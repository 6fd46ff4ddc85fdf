#pragma once
// What is asked of a provider's token endpoint (RFC 6749, 4.1.3, 4.4, 6; RFC 7009; RFC 8628). HTTPS
// only (clear text to this computer), no redirects, one request a call. Every token that comes back
// has been looked at: it can stand in an IMAP command.

#include <chrono>
#include <optional>
#include <string>

#include "mail/base/wait.h"
#include "mail/net/http.h"
#include "mail/oauth/authorization.h"
#include "mail/oauth/discovery.h"
#include "mail/oauth/provider.h"

namespace mail::oauth {

struct Client {
    std::string id;
    std::optional<Secret> secret;  ///< nothing: a public client, and then none is ever sent
};

struct Tokens {
    Secret access, refresh;  ///< refresh: empty where none came
    std::chrono::seconds expires_in{0};
    std::string scope;  ///< as granted; "" where the answer doesn't say: as asked
    Secret id_token;    ///< empty where none came
    std::string date;   ///< the server's clock, as its header has it
};

class TokenEndpoint {
public:
    TokenEndpoint(Provider provider, Client client, Way way);

    /// Errors of all: those of net::exchange; those of fault.h, with "retry_after" where the server
    /// says when; token_unusable for what can't be used (another type than Bearer, octets that
    /// would break out of the command).
    [[nodiscard]] Result<Tokens> redeem(const Flow& flow, const Secret& code,
                                        const Wait& wait) const;
    /// Asks for the scopes that were granted. A refresh that timed out may have been carried out.
    [[nodiscard]] Result<Tokens> refresh(const Secret& refresh_token, const Wait& wait) const;
    /// The application itself, without a person.
    [[nodiscard]] Result<Tokens> client_credentials(const std::string& scope,
                                                    const Wait& wait) const;
    /// Best effort; nothing to do where the provider has no such address.
    [[nodiscard]] Result<void> revoke(const Secret& token, const Wait& wait) const;

    struct DeviceCode {
        Secret device_code;
        std::string user_code, address;
        std::string complete_address;  ///< with the code in it; "" where none came
        std::chrono::seconds expires_in{0}, interval{5};
    };
    /// Error device_not_offered where the provider has no such address.
    [[nodiscard]] Result<DeviceCode> begin_device(const Wait& wait) const;
    /// One question. Nothing: the person is not done. `interval` grows where the server wants it
    /// (slow_down, for good) and where it did not answer, or only that it is busy (RFC 8628, 3.5).
    [[nodiscard]] Result<std::optional<Tokens>>
    poll_device(const DeviceCode& code, std::chrono::seconds& interval, const Wait& wait) const;

private:
    class Form;
    [[nodiscard]] Result<net::HttpAnswer> post(const std::string& url, Form form,
                                               const Wait& wait) const;
    [[nodiscard]] Result<Tokens> tokens(Form form, const Wait& wait) const;

    Provider provider_;
    Client client_;
    Way way_;
};

/// What the token endpoint has answered. Errors: those of fault.h, as above. Pure.
[[nodiscard]] Result<Tokens> read_tokens(const net::HttpAnswer& answer);

/// Bearer tokens as RFC 6750 has them (2.1), no longer than any server takes.
[[nodiscard]] bool is_usable_token(std::string_view token);

/// How long to wait after an error with "retry_after": seconds or a date (RFC 9110, 10.2.3), at
/// most an hour. Nothing where it does not say.
[[nodiscard]] std::optional<std::chrono::seconds>
retry_after(const Error& error, std::chrono::system_clock::time_point now);

}  // namespace mail::oauth
