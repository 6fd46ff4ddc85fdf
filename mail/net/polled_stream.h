#pragma once
// The one implementation of Stream's promises (deadline, stop, readiness that holds) over any
// Channel. Private to mail/net.

#include <memory>
#include <string>

#include "mail/net/channel.h"
#include "mail/net/poller.h"
#include "mail/net/stream.h"

namespace mail::net {

class PolledStream final : public Stream {
public:
    explicit PolledStream(std::unique_ptr<Channel> channel);

    [[nodiscard]] Result<std::size_t> read(char* to, std::size_t room, const Wait& wait) override;
    [[nodiscard]] Result<std::size_t> write_some(std::string_view raw) override;
    [[nodiscard]] Result<Ready> wait_ready(Interest interest, const Wait& wait) override;

    void abort() override { channel_->abort(); }

    /// Whether octets were received that nobody has read.
    [[nodiscard]] bool holds_octets() const { return taken_ < ahead_.size(); }
    [[nodiscard]] Channel& channel() { return *channel_; }
    /// Goes on over `next`; gives back the channel so far.
    [[nodiscard]] std::unique_ptr<Channel> exchange(std::unique_ptr<Channel> next);

private:
    [[nodiscard]] Result<void> look_ahead();
    [[nodiscard]] bool can_read() const { return holds_octets() || peer_closed_; }

    std::unique_ptr<Channel> channel_;
    Poller poller_;
    // wait_ready() reads into it: a readable socket may hold half a TLS record, and TLS may hold
    // octets that no poll can see. Only octets in hand prove that read() won't wait.
    std::string ahead_;
    std::size_t taken_ = 0;
    bool peer_closed_ = false;
};

}  // namespace mail::net
