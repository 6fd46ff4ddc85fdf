#include "mail/net/route.h"

#include <utility>

#include "mail/net/connection.h"
#include "mail/net/idn.h"
#include "mail/net/pipe.h"

namespace mail::net {

Result<std::vector<std::string>> addresses_of(const Endpoint& endpoint, const Wait& wait) {
    initialise();
    const auto host = ascii_host(endpoint.host);
    if (!host)
        return fail(Cause::bad_host_name, Layer::dns, Reach::point, {{"host", endpoint.host}});
    PipePlan plan;
    plan.host = *host;
    plan.port = endpoint.port;
    plan.proxy.origin = ProxyChoice::Origin::point;
    plan.aim = PipePlan::Aim::addresses;
    Pipe pipe(std::move(plan));
    const auto stopped = pipe.connect(wait);
    std::vector<std::string> found = pipe.evidence().addresses_tried;
    if (!found.empty() || !stopped)
        return found;
    Error error = error_of(*stopped);
    // A resolver that says nothing has nobody to ask.
    if (error.cause == Cause::deadline)
        error.cause = Cause::dns_unavailable;
    error.facts.emplace_back("host", endpoint.host);
    return tl::unexpected(std::move(error));
}

std::string proxy_of(const Endpoint& endpoint) {
    return without_login(choose_proxy(endpoint).url);
}

}  // namespace mail::net
