// What an Engine does by itself. The ledger is looked at for what other programs on the same
// workspace have done, and the points that are listed follow it; definitions and rules are looked
// at for what others change in them. Points that are open are kept up to date, and their new
// messages taken where they say so.

#include <utility>

#include "mail/engine_state.h"

namespace mail {

namespace {

constexpr auto never = std::chrono::hours(24);

}  // namespace

Clock::time_point Engine::State::ledger_due() const {
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
        desk.passes_by();
        if (!stop.stop_requested() && desk.work.follow())
            static_cast<void>(post_to(desk.worker, OpenPoint{point, true}));
    });
}

Clock::time_point Engine::State::definitions_due() const {
    if (setup.follows_definitions_every <= std::chrono::milliseconds::zero())
        return Clock::now() + never;
    return definitions_looked_at + setup.follows_definitions_every;
}

void Engine::State::look_at_definitions() {
    definitions_looked_at = Clock::now();
    // A share that answers late holds up nothing else, and is not asked again before it has.
    if (definitions_are_read.exchange(true))
        return;
    office.post(0, [this](const StopToken&) {
        if (definitions.follow())
            show_definitions();
        definitions_are_read = false;
    });
}

Clock::time_point Engine::State::surroundings_due() const {
    return setup.keeps_live ? looked_around_at + setup.looks_around_every : Clock::now() + never;
}

void Engine::State::look_around() {
    using Change = Surroundings::Change;
    const Change change =
        surroundings.look({setup.time->now(), setup.wall_time(), setup.network()});
    looked_around_at = Clock::now();
    if (change == Change::none)
        return;
    const std::scoped_lock lock(mutex);
    for (const auto& [point, desk] : desks)
        desk->worker.post(0, [&desk = *desk, change](const StopToken&) {
            desk.work.surroundings_changed(change);
        });
}

void Engine::State::target_changed(const std::string& point) {
    const std::scoped_lock lock(mutex);
    const auto found = desks.find(point);
    if (found == desks.end())
        return;
    Desk& desk = *found->second;
    desk.worker.post(0, [&desk](const StopToken&) { desk.work.target_changed(); });
}

void Engine::State::make_way(const JobThread& worker, const std::string& point) {
    if (point.empty() || &desk(point).worker != &worker)
        return;
    std::vector<JobId> jobs;
    board.change([&](const Snapshot& draft) {
        for (const auto& job : draft.jobs)
            if (job->by_itself && job->point == point && !job->has_ended())
                jobs.push_back(job->id);
    });
    for (const JobId job : jobs) {
        desk(point).gives_way = job;
        cancel(job);
    }
}

Clock::time_point Desk::due() {
    // Others may change something on the workspace at every moment.
    if (!std::exchange(passed_by_, false))
        unused_from_ = Clock::now() + session_kept;
    return work.is_watched() ? work.due() : unused_from_;
}

void Desk::when_due() {
    if (take_what_is_due())
        return;
    if (work.due_to_look())
        return look_again();
    if (!work.is_watched() && Clock::now() >= unused_from_)
        work.forget_session();
}

void Desk::meanwhile(const StopToken& stop) {
    if (!take_what_is_due() && work.watch(stop) && !stop.stop_requested())
        look_again();
}

bool Desk::take_what_is_due() {
    auto take = work.due_to_take();
    if (!take)
        return false;
    post_(worker, *std::move(take));
    return true;
}

void Desk::look_again() {
    post_(worker, OpenPoint{work.point(), true});
}

}  // namespace mail
