#pragma once
// A TCP port on loopback: for the demo server, and for the redirect of a browser sign-in.

#include <cstdint>
#include <memory>

#include "mail/net/stream.h"

namespace mail::net {

class Listener {
public:
    /// Port 0: any free one. Bound to 127.0.0.1 only.
    [[nodiscard]] static Result<std::unique_ptr<Listener>> open(std::uint16_t port = 0);
    virtual ~Listener() = default;
    [[nodiscard]] virtual std::uint16_t port() const = 0;
    /// The next peer.
    [[nodiscard]] virtual Result<std::unique_ptr<Stream>> accept(const Wait& wait) = 0;
};

}  // namespace mail::net
