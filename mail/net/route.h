#pragma once
// What can be known of the way to a server before it is connected to, for the diagnosis.

#include <string>
#include <vector>

#include "mail/base/wait.h"
#include "mail/net/endpoint.h"

namespace mail::net {

/// All addresses of the host as numbers, v6 and v4, in the order in which a connection tries them,
/// found by the same resolver. Nothing is sent to them. Errors: bad_host_name, name_not_found,
/// dns_unavailable, cancelled.
[[nodiscard]] Result<std::vector<std::string>> addresses_of(const Endpoint& endpoint,
                                                            const Wait& wait);

/// The proxy that a connection is given, without its login; "" where there is none. The system's
/// exceptions may still go past it: net::Evidence tells.
[[nodiscard]] std::string proxy_of(const Endpoint& endpoint);

}  // namespace mail::net
