#include "mail/base/wait.h"

#include <algorithm>

namespace mail {

Wait Wait::for_at_most(Clock::duration time, StopToken stop) {
    return Wait{Clock::now() + time, std::move(stop)};
}

Wait Wait::within(Clock::duration time) const {
    return Wait{std::min(deadline, Clock::now() + time), stop};
}

std::chrono::milliseconds Wait::left() const {
    using std::chrono::milliseconds;
    if (deadline == Clock::time_point::max())
        return milliseconds::max();
    const auto rest = std::chrono::ceil<milliseconds>(deadline - Clock::now());
    return std::max(rest, milliseconds::zero());
}

Result<void> Wait::check(Layer layer, Reach reach) const {
    if (stopped())
        return fail(Cause::cancelled, layer, reach);
    if (left() == std::chrono::milliseconds::zero())
        return fail(Cause::deadline, layer, reach);
    return {};
}

}  // namespace mail
