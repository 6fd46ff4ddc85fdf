#pragma once
// A port of this computer alone that many may knock at until the one comes that is waited for: the
// redirect of a browser sign-in. One thread serves all; who is slow, silent or too many is dropped,
// so that the right one always gets through.

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "mail/net/stream.h"

namespace mail::net {

class LoopbackServer {
public:
    enum class Addresses {
        v4,   ///< 127.0.0.1
        both  ///< and ::1 at the same port, for "localhost"; where there is no IPv6, just the first
    };
    /// Port 0: any free one. Error: listen_failed.
    [[nodiscard]] static Result<std::unique_ptr<LoopbackServer>> open(Addresses addresses,
                                                                      std::uint16_t port = 0);
    virtual ~LoopbackServer() = default;
    [[nodiscard]] virtual std::uint16_t port() const = 0;

    struct Judgement {
        enum class Kind {
            incomplete,  ///< more has to come
            answered,    ///< `answer` is sent, and the peer closed
            awaited      ///< it is the one
        } kind = Kind::incomplete;
        std::string answer = {};
    };
    /// Of all that a peer has sent so far.
    using Judge = std::function<Judgement(std::string_view received)>;
    /// Serves all who come until `judge` says awaited: that peer's connection, on which nothing was
    /// sent yet. Errors: deadline, cancelled, listen_failed.
    [[nodiscard]] virtual Result<std::unique_ptr<Stream>> serve(const Judge& judge,
                                                                const Wait& wait) = 0;
};

}  // namespace mail::net
