#pragma once
// What a pipeline keeps while one job runs, and how long it bears a server. Private to the
// pipeline.

#include <utility>

#include "mail/imap/pipeline.h"

namespace mail::imap {

/// What a server may tell us that nobody asked for, before something that somebody did.
inline constexpr std::size_t max_unused_replies = 100'000;
inline constexpr std::uint64_t max_unused_octets = 64U << 20U;
/// A server that drips would never be silent. It has to answer something that was asked, or to send
/// so many octets, in every two minutes that we wait for it: a tenth of a line of 2 kB/s.
inline constexpr std::uint64_t least_octets = 24U << 10U;
inline constexpr std::chrono::minutes time_for_least{2};
/// The same where it says meanwhile that it is at work (Dovecot: "* OK Searched 12% of the
/// mailbox").
inline constexpr std::chrono::minutes time_at_work{30};

[[nodiscard]] inline Error at_layer(Error error, Layer layer) {
    error.layer = layer;
    return error;
}

/// What lives as long as one call of run().
struct Pipeline::Run {
    Exchange& exchange;
    Pace pace;
    Wait wait;
    std::size_t given = 0;   ///< commands that the exchange has given out
    bool exhausted = false;  ///< it had no more when last asked
    Exchange::Use body = Exchange::Use::unused;
    std::size_t unused_replies = 0;
    std::uint64_t unused_octets = 0;
    /// Since the server has last come on: how long we waited, and what came.
    Clock::duration waited{0};
    std::uint64_t octets_waited_for = 0;
    bool is_at_work = false;
    bool idles = false;      ///< the command under way is IDLE …
    bool is_idling = false;  ///< … and the server has begun with it

    void used() {
        unused_replies = 0;
        unused_octets = 0;
    }
    void comes_on() {
        waited = Clock::duration{0};
        octets_waited_for = 0;
        is_at_work = false;
    }
    void answered() {
        used();
        comes_on();
    }
    /// Only what we wait counts: a slow disk of ours is not the server's fault.
    void has_waited(Clock::duration time, std::uint64_t octets) {
        waited += time;
        octets_waited_for += octets;
        if (octets_waited_for >= least_octets)
            comes_on();
    }
    [[nodiscard]] Clock::duration time_left() const {
        return (is_at_work ? time_at_work : time_for_least) - waited;
    }
    [[nodiscard]] Result<void> idled(std::size_t replies, std::uint64_t octets) {
        unused_replies += replies;
        unused_octets += octets;
        if (unused_replies > max_unused_replies || unused_octets > max_unused_octets)
            return fail(Cause::reply_too_long, exchange.layer(), Reach::connection,
                        {{"unasked_replies", std::to_string(unused_replies)}});
        return {};
    }
    [[nodiscard]] Wait patience() const {
        return pace.patience == Patience::idle ? wait.within(pace.time).within(time_left()) : wait;
    }
    /// `error` of a wait, with what the server did in the time it had.
    [[nodiscard]] Error too_slow(Error error) const {
        error.layer = exchange.layer();
        if (error.cause == Cause::deadline && time_left() <= Clock::duration{0})
            error.facts.insert(
                error.facts.end(),
                {{"octets_came", std::to_string(octets_waited_for)},
                 {"seconds",
                  std::to_string(
                      std::chrono::duration_cast<std::chrono::seconds>(waited).count())}});
        return error;
    }
};

}  // namespace mail::imap
