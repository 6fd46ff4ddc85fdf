#pragma once
// Which proxy a connection takes. Pure but for the environment. Private to mail/net.

#include <string>

#include "mail/net/endpoint.h"

namespace mail::net {

struct ProxyChoice {
    std::string url;  ///< may hold a password; empty: none
    enum class Origin { point, system };
    /// `system`: the exceptions of the system's settings (no_proxy) hold.
    Origin origin = Origin::point;
};

/// The point's; else, for a host that is not loopback, the one that the environment names for TLS
/// (https_proxy, all_proxy): also for STARTTLS, so that a point has one way out.
[[nodiscard]] ProxyChoice choose_proxy(const Endpoint& endpoint);

/// Scheme, host and port without login and password.
[[nodiscard]] std::string without_login(const std::string& proxy_url);

}  // namespace mail::net
