#pragma once
// A client's connection as lines and literals. Writing waits for the client to read, but never
// longer than the stop token lets it, and takes in meanwhile what the client sends: a client may
// pipeline without reading. A failure stays: writes go nowhere then, reads give nothing.

#include <atomic>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "mail/net/stream.h"

namespace mail::demo {

/// Used by one thread.
class Channel {
public:
    /// Both must outlive it. Octets that went out are added to `sent`.
    Channel(net::Stream& stream, StopToken stop, std::atomic<std::uint64_t>& sent)
        : stream_(stream), stop_(std::move(stop)), sent_(sent) {}

    /// Kept until enough is there, or until the next read.
    void write(std::string_view raw);
    void flush();

    /// Up to CRLF (or LF), without it. Nothing at the end of the connection.
    [[nodiscard]] std::optional<std::string> read_line();
    [[nodiscard]] std::optional<std::string> read_octets(std::size_t count);

    /// Until the client has sent something, or has gone, or `wake` is stopped.
    void wait_for_input(const StopToken& wake);
    [[nodiscard]] bool has_input() const { return taken_ < inbox_.size(); }
    [[nodiscard]] bool alive() const { return alive_ && !stop_.stop_requested(); }
    void close() { alive_ = false; }
    /// The client sees a reset when the stream goes.
    void reset() {
        stream_.abort();
        alive_ = false;
    }

private:
    bool fill();
    [[nodiscard]] Wait patience() const;

    net::Stream& stream_;
    StopToken stop_;
    std::atomic<std::uint64_t>& sent_;
    std::string inbox_, outbox_;
    std::size_t taken_ = 0;  ///< octets of inbox_ that were read already
    bool alive_ = true;
};

}  // namespace mail::demo
