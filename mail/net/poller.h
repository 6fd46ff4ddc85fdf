#pragma once
// Waits for a socket, a deadline or a stop, whichever comes first, the same way on every system:
// curl's multi handle carries the wake-up that select() lacks on Windows. Private to mail/net.

#include <memory>

#include "mail/base/wait.h"
#include "mail/net/socket.h"
#include "mail/net/stream.h"

namespace mail::net {

/// One thread at a time; the stop may come from any.
class Poller {
public:
    Poller();

    /// An error deadline or cancelled, else at least one of what was asked. A faulty socket counts
    /// as ready: the next call on it tells.
    [[nodiscard]] Result<Stream::Ready> wait(SocketHandle socket, Stream::Interest interest,
                                             const Wait& wait);
    /// Without waiting; possibly neither.
    [[nodiscard]] Stream::Ready now(SocketHandle socket, Stream::Interest interest);

private:
    Stream::Ready poll(SocketHandle socket, Stream::Interest interest, int milliseconds);

    std::unique_ptr<void, void (*)(void*)> multi_;
};

/// Milliseconds until the deadline for curl's functions: at least 0, at most an hour (they take an
/// int; whoever waits longer comes round again).
[[nodiscard]] int poll_time(const Wait& wait);

}  // namespace mail::net
