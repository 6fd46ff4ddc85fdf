#pragma once
// Time that passes only when somebody waits for it, and then at once.

#include <mutex>

#include "mail/base/wait.h"

namespace mail::fakes {

class SteppedTime final : public TimeSource {
public:
    [[nodiscard]] Clock::time_point now() const override {
        const std::scoped_lock lock(mutex_);
        return now_;
    }
    void sleep_until(Clock::time_point time, const StopToken& stop) const override {
        const std::scoped_lock lock(mutex_);
        if (time <= now_ || stop.stop_requested())
            return;
        slept_ += time - now_;
        now_ = time;
    }
    /// What was waited for in all.
    [[nodiscard]] Clock::duration slept() const {
        const std::scoped_lock lock(mutex_);
        return slept_;
    }
    /// Without a deadline.
    [[nodiscard]] Wait wait(StopToken stop = {}) const {
        return Wait{Clock::time_point::max(), std::move(stop), this};
    }

private:
    mutable std::mutex mutex_;
    mutable Clock::time_point now_ = Clock::now();
    mutable Clock::duration slept_{0};
};

}  // namespace mail::fakes
