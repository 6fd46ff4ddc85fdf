#pragma once
// Octets to and from a peer: the one seam at which tests fake the network
// (tests/fakes/scripted_stream.h).

#include <cstddef>
#include <string_view>

#include "mail/base/wait.h"

namespace mail::net {

/// One thread at a time. Errors reach the connection: connection_lost, deadline, cancelled.
class Stream {
public:
    virtual ~Stream() = default;
    /// Waits for at least one octet; up to `room` of them into `to`. 0: the peer has closed.
    [[nodiscard]] virtual Result<std::size_t> read(char* to, std::size_t room,
                                                   const Wait& wait) = 0;
    /// As much of `raw` as goes without waiting for the peer to read: 0 if none. Never blocks.
    /// After 0 the same octets must come first again (TLS may already hold them as a record).
    [[nodiscard]] virtual Result<std::size_t> write_some(std::string_view raw) = 0;
    /// Waits until what is asked can be done, whichever comes first. `write` alone is for those
    /// who don't read meanwhile: waiting octets would end the wait at once.
    enum class Interest { read, read_or_write, write };
    struct Ready {
        bool can_read = false;
        bool can_write = false;
    };
    [[nodiscard]] virtual Result<Ready> wait_ready(Interest interest, const Wait& wait) = 0;
    /// From now on the end of this object is a reset: what was not sent is dropped, and the peer
    /// sees an error in place of a close.
    virtual void abort() = 0;
};

/// All of `raw`, waiting as needed. Only where the peer surely reads: a pipeline must read
/// meanwhile.
[[nodiscard]] Result<void> write_all(Stream& stream, std::string_view raw, const Wait& wait);

}  // namespace mail::net
