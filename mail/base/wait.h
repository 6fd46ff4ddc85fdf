#pragma once
// How long a blocking operation may take and how it is stopped. `Wait` is the last parameter of
// every function that can block. Apart, because libc++ has stop_token unguarded only from LLVM 20
// on: this is the one file that names it.

#include <chrono>
#include <functional>
#include <stop_token>

#include "mail/base/result.h"

namespace mail {

using Clock = std::chrono::steady_clock;
using StopToken = std::stop_token;
using StopSource = std::stop_source;
using StopCallback = std::stop_callback<std::function<void()>>;

/// A deadline for the whole operation and the token that cancels it. Cheap to copy.
struct Wait {
    Clock::time_point deadline = Clock::time_point::max();
    StopToken stop;

    /// From now on, with this token.
    [[nodiscard]] static Wait for_at_most(Clock::duration time, StopToken stop = {});
    /// The same token, and the earlier of our deadline and `time` from now.
    [[nodiscard]] Wait within(Clock::duration time) const;
    /// Never negative; milliseconds::max() where there is no deadline.
    [[nodiscard]] std::chrono::milliseconds left() const;
    [[nodiscard]] bool stopped() const { return stop.stop_requested(); }
    /// An error cancelled or deadline if it is over, to be returned as it is.
    [[nodiscard]] Result<void> check(Layer layer, Reach reach) const;
};

}  // namespace mail
