#pragma once
// One sign-in in the browser (RFC 6749, 4.1; RFC 7636; RFC 9207): what the browser is sent to, and
// what comes back to the redirect address. Pure.

#include <string>
#include <string_view>

#include "mail/base/secret.h"
#include "mail/oauth/provider.h"

namespace mail::oauth {

/// All that belongs to one flow and to no other; thrown away with it.
struct Flow {
    Provider provider;
    std::string client_id;
    std::string redirect_uri;
    std::string login_hint;  ///< the person's login; "" none
    std::string language;    ///< BCP 47, for the provider's page; "" none
    Secret verifier, state, nonce;
};

/// With fresh secrets.
[[nodiscard]] Flow new_flow(Provider provider, std::string client_id, std::string redirect_uri);

/// Where the browser goes. Holds no secret but `state` (a process list shows it; PKCE is what a
/// thief of it fails at).
[[nodiscard]] std::string authorization_url(const Flow& flow);

struct RedirectAnswer {
    enum class Kind {
        not_ours,  ///< wrong or no state: the flow goes on
        code,
        refused  ///< the flow has ended with `error`
    } kind = Kind::not_ours;
    Secret code;
    Error error;
};
/// `query` as it came. The state is compared before anything else in it is believed.
[[nodiscard]] RedirectAnswer read_answer(const Flow& flow, std::string_view query);

}  // namespace mail::oauth
