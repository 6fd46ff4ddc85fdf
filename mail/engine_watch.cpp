// How an Engine learns what other programs on the same workspace have done: the ledger is looked
// at, and the points that are listed follow it.

#include "mail/engine_state.h"

namespace mail {

Clock::time_point Engine::State::ledger_due() const {
    constexpr auto never = std::chrono::hours(24);
    if (setup.follows_ledger_every <= std::chrono::milliseconds::zero())
        return Clock::now() + never;
    return ledger_looked_at + setup.follows_ledger_every;
}

void Engine::State::look_at_ledger() {
    const auto before = ledger_version;
    if (const auto now = ledger->version_of_others())
        ledger_version = *now;
    // After the look: where it takes long, it is not repeated at once.
    ledger_looked_at = Clock::now();
    if (!before || before == ledger_version)
        return;
    const std::scoped_lock lock(mutex);
    for (const auto& [point, desk] : desks)
        follow(*desk, point);
}

void Engine::State::follow(Desk& desk, const std::string& point) {
    // What comes while it waits for its turn is seen then, too.
    if (desk.follows.exchange(true))
        return;
    desk.worker.post(0, [this, &desk, point](const StopToken& stop) {
        desk.follows = false;
        if (!stop.stop_requested() && desk.work.follow())
            static_cast<void>(post(OpenPoint{point, true}));
    });
}

}  // namespace mail
