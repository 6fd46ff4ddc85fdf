#pragma once
// Waiting for the server to say that something has changed in the open folder: IDLE (RFC 2177). The
// socket is waited for, nothing is asked meanwhile.

#include <chrono>
#include <cstdint>

#include "mail/imap/session.h"

namespace mail::imap {

/// How long one IDLE may last: it is made again before 29 minutes (RFC 2177, 3), and sooner where
/// something on the way, or the server, forgets silent connections.
class IdlePeriod {
public:
    [[nodiscard]] Clock::duration length() const { return length_; }
    /// The connection was lost after so long in one IDLE: from now on they are shorter, down to a
    /// minute.
    void lost_after(Clock::duration silent);

private:
    Clock::duration length_ = std::chrono::minutes(28);
};

struct Heard {
    /// changed: see to the list. time_over: nothing happened. stopped: by Wait::stop; the session
    /// is as good as before. not_supported: the server has no IDLE, or does not want it now; ask it
    /// from time to time instead.
    enum class Why : std::uint8_t { changed, time_over, stopped, not_supported } why;
    /// Messages came or went; else only flags changed.
    bool is_other_messages = false;
};

/// What is waited for.
struct IdleFor {
    Clock::duration how_long{};
    /// Shorter where the server needs it (quirks.h).
    Clock::duration period = IdlePeriod().length();
    /// Session::changes_seen() of when the list was up to date: what has changed since, told
    /// meanwhile to others, ends the wait at once.
    std::uint64_t changes_seen = 0;
    /// For each of the server's answers.
    Clock::duration answer = std::chrono::seconds(30);
};

/// In the folder that is open. A stop is obeyed within 100 ms, or within a second where the server
/// owes its answer to an end that was said before: then the line is given up (cancelled). Errors
/// end the session: BYE, a cut line; deadline where the server answers neither IDLE nor its end
/// (fact "awaited": "+" or "OK"): a line that was lost without a word looks just like a server that
/// does not bear IDLE; cancelled also where it was stopped before the server had begun.
[[nodiscard]] Result<Heard> idle(Session& session, const IdleFor& wanted, const Wait& wait);

}  // namespace mail::imap
