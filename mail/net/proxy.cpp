#include "mail/net/proxy.h"

#include <cstdlib>

namespace mail::net {

ProxyChoice choose_proxy(const Endpoint& endpoint) {
    if (endpoint.proxy)
        return {*endpoint.proxy, ProxyChoice::Origin::point};
    if (is_loopback(endpoint.host))
        return {{}, ProxyChoice::Origin::system};
    for (const char* name : {"https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"}) {
        const char* value = std::getenv(name);
        if (value != nullptr && *value != '\0')
            return {value, ProxyChoice::Origin::system};
    }
    return {{}, ProxyChoice::Origin::system};
}

std::string without_login(const std::string& proxy_url) {
    const std::size_t scheme = proxy_url.find("://");
    const std::size_t begin = scheme == std::string::npos ? 0 : scheme + 3;
    const std::size_t end = std::min(proxy_url.find('/', begin), proxy_url.size());
    // The last one: a password may hold an @ that its owner didn't escape.
    const std::size_t at = proxy_url.rfind('@', end);
    const std::size_t host = at == std::string::npos || at < begin ? begin : at + 1;
    return proxy_url.substr(0, begin) + proxy_url.substr(host, end > host ? end - host : 0);
}

}  // namespace mail::net
