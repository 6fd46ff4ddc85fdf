#pragma once
// How soon something is tried again by itself, with nobody looking on: later and later, so that a
// night of trouble means few logins. Within one job it is back_off.h. Pure but for the jitter.

#include <random>

#include "mail/base/result.h"
#include "mail/base/wait.h"

namespace mail {

/// Of one thing that is tried. Not thread-safe.
class Pace {
public:
    explicit Pace(Clock::duration first);
    /// It has failed once more.
    [[nodiscard]] Clock::duration next();
    /// It went well.
    void reset() { failures_ = 0; }
    [[nodiscard]] bool any_failure() const { return failures_ != 0; }

private:
    const Clock::duration first_;
    std::mt19937 random_;
    int failures_ = 0;
};

/// How long a point is left alone at least after a job that ended by `error`: some servers count
/// what they refuse.
[[nodiscard]] Clock::duration least_pause_after(const Error& error);

}  // namespace mail
