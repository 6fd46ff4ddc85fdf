#include "mail/point/point.h"

namespace mail::point {

net::Endpoint endpoint_of(const Connection& connection) {
    net::Endpoint endpoint;
    endpoint.host = connection.server;
    // A port that is no port connects to nowhere; validate() has said so before.
    const bool fits = connection.port > 0 && connection.port <= 0xFFFF;
    endpoint.port = fits ? static_cast<std::uint16_t>(connection.port) : std::uint16_t{0};
    endpoint.encryption = connection.encryption;
    endpoint.proxy = connection.proxy;
    endpoint.ca_file = connection.ca_file;
    endpoint.pinned_certificate = connection.pinned_certificate;
    endpoint.allow_cleartext = connection.allow_cleartext;
    return endpoint;
}

}  // namespace mail::point
