#pragma once
// A provider by its issuer's address alone: the metadata that it publishes (OpenID Connect
// Discovery 1.0, 4; RFC 8414, 3).

#include "mail/base/wait.h"
#include "mail/oauth/provider.h"

namespace mail::oauth {

/// What is asked of the network, and how.
struct Way {
    std::optional<std::string> proxy, ca_file;  ///< as net::Endpoint has them
};

/// Both well-known addresses of `settings.issuer` are tried. Errors: those of net::exchange;
/// sign_in_fault with the fact "fault": issuer_unknown (there is no such document),
/// issuer_differs (it names another issuer), issuer_insecure (an endpoint is not HTTPS),
/// pkce_missing (it lists challenge methods without S256, A3).
[[nodiscard]] Result<Provider> discover(const point::OAuth& settings, const Way& way,
                                        const Wait& wait);

/// The document as fetched. Pure.
[[nodiscard]] Result<Provider> read_metadata(std::string_view document,
                                             const point::OAuth& settings);

}  // namespace mail::oauth
