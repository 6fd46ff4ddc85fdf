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

/// What time it is, and letting it pass: in the program the real one. Any thread.
class TimeSource {
public:
    virtual ~TimeSource() = default;
    [[nodiscard]] virtual Clock::time_point now() const = 0;
    /// Comes back at `time`, or sooner when `stop` is requested.
    virtual void sleep_until(Clock::time_point time, const StopToken& stop) const = 0;
};
[[nodiscard]] const TimeSource& real_time();

/// A deadline for the whole operation and the token that cancels it. Cheap to copy.
struct Wait {
    Clock::time_point deadline = Clock::time_point::max();
    StopToken stop;
    const TimeSource* time = &real_time();  ///< never null; tests have one of their own

    /// From now on, with this token.
    [[nodiscard]] static Wait for_at_most(Clock::duration length, StopToken stop = {});
    /// The same token, and the earlier of our deadline and `length` from now.
    [[nodiscard]] Wait within(Clock::duration length) const;
    [[nodiscard]] Clock::time_point now() const { return time->now(); }
    /// Lets so much time pass. Error cancelled or deadline where it may not.
    [[nodiscard]] Result<void> pause(Clock::duration length, Layer layer, Reach reach) const;
    /// Never negative; milliseconds::max() where there is no deadline.
    [[nodiscard]] std::chrono::milliseconds left() const;
    [[nodiscard]] bool stopped() const { return stop.stop_requested(); }
    /// An error cancelled or deadline if it is over, to be returned as it is.
    [[nodiscard]] Result<void> check(Layer layer, Reach reach) const;
};

}  // namespace mail
