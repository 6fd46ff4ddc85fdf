#pragma once
// What a PolledStream reads from and writes to: a bare socket (listener.cpp) or one end of curl's
// pipe (pipe.h). Nothing here waits, so that all waiting is in one place. Private to mail/net.

#include <cstddef>
#include <optional>
#include <string_view>

#include "mail/base/result.h"
#include "mail/net/socket.h"

namespace mail::net {

class Channel {
public:
    virtual ~Channel() = default;
    /// Nothing: none is there yet. 0: the peer has closed.
    [[nodiscard]] virtual Result<std::optional<std::size_t>> receive(char* to,
                                                                     std::size_t room) = 0;
    /// How many of `raw` went, 0 if it would have to wait. Then the same octets come first again.
    [[nodiscard]] virtual Result<std::size_t> send(std::string_view raw) = 0;
    /// Closing resets from now on.
    virtual void abort() = 0;
    /// To wait on.
    [[nodiscard]] virtual SocketHandle socket() const = 0;
};

}  // namespace mail::net
