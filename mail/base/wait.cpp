#include "mail/base/wait.h"

#include <algorithm>
#include <condition_variable>
#include <mutex>

namespace mail {

namespace {

class RealTime final : public TimeSource {
public:
    [[nodiscard]] Clock::time_point now() const override { return Clock::now(); }
    void sleep_until(Clock::time_point time, const StopToken& stop) const override {
        std::mutex mutex;
        std::unique_lock lock(mutex);
        std::condition_variable_any never;
        never.wait_until(lock, stop, time, [] { return false; });
    }
};

}  // namespace

const TimeSource& real_time() {
    static const RealTime time;
    return time;
}

Wait Wait::for_at_most(Clock::duration length, StopToken stop) {
    return Wait{Clock::now() + length, std::move(stop)};
}

Wait Wait::within(Clock::duration length) const {
    return Wait{std::min(deadline, now() + length), stop, time};
}

std::chrono::milliseconds Wait::left() const {
    using std::chrono::milliseconds;
    if (deadline == Clock::time_point::max())
        return milliseconds::max();
    const auto rest = std::chrono::ceil<milliseconds>(deadline - now());
    return std::max(rest, milliseconds::zero());
}

Result<void> Wait::pause(Clock::duration length, Layer layer, Reach reach) const {
    time->sleep_until(std::min(deadline, now() + length), stop);
    return check(layer, reach);
}

Result<void> Wait::check(Layer layer, Reach reach) const {
    if (stopped())
        return fail(Cause::cancelled, layer, reach);
    if (left() == std::chrono::milliseconds::zero())
        return fail(Cause::deadline, layer, reach);
    return {};
}

}  // namespace mail
