#include "mail/net/polled_stream.h"

#include <algorithm>
#include <cassert>
#include <cstring>
#include <utility>

namespace mail::net {

namespace {

// A TLS record is never longer, and more would not come in one call.
constexpr std::size_t ahead_octets = 16 * 1024;

}  // namespace

PolledStream::PolledStream(std::unique_ptr<Channel> channel) : channel_(std::move(channel)) {}

Result<std::size_t> PolledStream::read(char* to, std::size_t room, const Wait& wait) {
    assert(room > 0);
    // A peer that never pauses must not keep us from noticing the stop.
    if (wait.stopped())
        return fail(Cause::cancelled, Layer::tcp, Reach::connection);
    if (holds_octets()) {
        const std::size_t octets = std::min(room, ahead_.size() - taken_);
        std::memcpy(to, ahead_.data() + taken_, octets);
        taken_ += octets;
        return octets;
    }
    while (!peer_closed_) {
        const auto got = channel_->receive(to, room);
        if (!got)
            return tl::unexpected(got.error());
        if (*got)
            return **got;
        const auto ready = poller_.wait(channel_->socket(), Interest::read, wait);
        if (!ready)
            return tl::unexpected(ready.error());
    }
    return std::size_t{0};
}

Result<std::size_t> PolledStream::write_some(std::string_view raw) {
    if (raw.empty())
        return std::size_t{0};
    return channel_->send(raw);
}

Result<void> PolledStream::look_ahead() {
    if (can_read())
        return {};
    ahead_.resize(ahead_octets);
    taken_ = 0;
    const auto got = channel_->receive(ahead_.data(), ahead_.size());
    ahead_.resize(got && *got ? **got : 0);
    if (!got)
        return tl::unexpected(got.error());
    peer_closed_ = *got && **got == 0;
    return {};
}

Result<Stream::Ready> PolledStream::wait_ready(Interest interest, const Wait& wait) {
    if (wait.stopped())
        return fail(Cause::cancelled, Layer::tcp, Reach::connection);
    for (;;) {
        if (interest != Interest::write) {
            if (auto looked = look_ahead(); !looked)
                return tl::unexpected(looked.error());
        }
        if (interest == Interest::read && can_read())
            return Ready{true, false};
        if (interest == Interest::read_or_write && can_read())
            return Ready{true, poller_.now(channel_->socket(), Interest::write).can_write};
        const auto ready = poller_.wait(channel_->socket(), interest, wait);
        if (!ready)
            return tl::unexpected(ready.error());
        if (ready->can_write)
            return Ready{can_read(), true};
    }
}

std::unique_ptr<Channel> PolledStream::exchange(std::unique_ptr<Channel> next) {
    return std::exchange(channel_, std::move(next));
}

}  // namespace mail::net
