#pragma once
// The real time, but whoever lets time pass is there at once: for whole programs over real sockets.

#include <algorithm>
#include <mutex>
#include <vector>

#include "mail/base/wait.h"

namespace mail::fakes {

class SkippedTime final : public TimeSource {
public:
    [[nodiscard]] Clock::time_point now() const override {
        const std::scoped_lock lock(mutex_);
        return Clock::now() + skipped_;
    }
    void sleep_until(Clock::time_point time, const StopToken& /*stop*/) const override {
        const std::scoped_lock lock(mutex_);
        const auto length = std::max(time - Clock::now() - skipped_, Clock::duration{0});
        skipped_ += length;
        pauses_.push_back(std::chrono::round<std::chrono::milliseconds>(length));
    }
    [[nodiscard]] std::vector<std::chrono::milliseconds> pauses() const {
        const std::scoped_lock lock(mutex_);
        return pauses_;
    }

private:
    mutable std::mutex mutex_;
    mutable Clock::duration skipped_{0};
    mutable std::vector<std::chrono::milliseconds> pauses_;
};

}  // namespace mail::fakes
