#pragma once
// What differs between those who sign people in: Microsoft, Google, Yahoo by a table
// (providers.json, with the sources of its facts), any other by its own metadata (discovery.h).

#include <optional>
#include <string>

#include "mail/base/result.h"
#include "mail/point/point.h"

namespace mail::oauth {

struct Provider {
    std::string id;                ///< microsoft, google, yahoo, oidc
    std::string issuer;            ///< as id_token and answer name it; see issuer_matches()
    std::string authorize, token;  ///< URLs
    std::string device, revoke;    ///< URLs, "" where there is none
    std::string scopes;            ///< separated by spaces
    std::string redirect_host = "127.0.0.1", redirect_path = "/callback";
    std::string authorize_more;        ///< further parameters, ready to append: "a=b&c=d"
    bool always_names_issuer = false;  ///< an answer without `iss` is not theirs (RFC 9207, 2.4)
    bool secret_in_header = false;     ///< client_secret_basic, else in the body
};

/// Of the table: `tenant`, `scopes` and `redirect` of the point put in. Nothing: it is not in the
/// table and has to be discovered.
[[nodiscard]] std::optional<Provider> known_provider(const point::OAuth& settings);

/// `redirect` of the point, "http://HOST[:PORT]/PATH", in its pieces; port 0: any.
struct RedirectPlace {
    std::string host, path;
    int port = 0;
};
/// Nothing where it is no address of this computer.
[[nodiscard]] std::optional<RedirectPlace> redirect_place(const std::string& address);

/// "{tenantid}" put in.
[[nodiscard]] std::string with_tenant_id(std::string issuer, std::string_view tenant);

/// Whether that issuer is the provider's: byte for byte, but that Microsoft's has the tenant of the
/// account in it ("{tenantid}" in ours).
[[nodiscard]] bool issuer_matches(const Provider& provider, std::string_view issuer);

}  // namespace mail::oauth
