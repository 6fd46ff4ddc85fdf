#include "mail/base/worker.h"

#include <condition_variable>
#include <mutex>
#include <utility>

namespace mail {

namespace {

/// For a call that was told to end.
constexpr std::chrono::seconds abandoned_ends_in{1};

}  // namespace

struct Worker::Job {
    Call call;
    bool done = false;
};

struct Worker::State {
    std::mutex mutex;
    std::condition_variable_any changed;
    std::shared_ptr<Job> waiting, running;
    bool ending = false, ended = false;
};

Worker::Worker() : state_(std::make_shared<State>()), thread_([state = state_] { work(*state); }) {}

Worker::~Worker() {
    State& state = *state_;
    std::unique_lock lock(state.mutex);
    state.ending = true;
    state.changed.notify_all();
    const std::shared_ptr<Job> current = state.running;
    const bool endless = current && !current->call.abandon;
    if (current && !endless) {
        lock.unlock();
        current->call.abandon();
        lock.lock();
    }
    const bool ended =
        !endless && state.changed.wait_for(lock, abandoned_ends_in, [&] { return state.ended; });
    lock.unlock();
    if (ended)
        thread_.join();
    else
        thread_.detach();
}

void Worker::work(State& state) {
    std::unique_lock lock(state.mutex);
    for (;;) {
        state.changed.wait(lock, [&] { return state.ending || state.waiting; });
        if (state.ending)
            break;
        state.running = std::exchange(state.waiting, nullptr);
        lock.unlock();
        state.changed.notify_all();
        state.running->call.run();
        lock.lock();
        state.running->done = true;
        // Outside the lock: with the last of them goes what the call owned.
        auto finished = std::exchange(state.running, nullptr);
        lock.unlock();
        state.changed.notify_all();
        finished.reset();
        lock.lock();
    }
    state.ended = true;
    state.changed.notify_all();
}

Result<void> Worker::run(Call call, const Wait& wait) {
    State& state = *state_;
    const auto job = std::make_shared<Job>(Job{std::move(call)});
    std::unique_lock lock(state.mutex);
    // A call that somebody has given up may still be under way: it can't be overtaken.
    const bool accepted = state.changed.wait_until(lock, wait.stop, wait.deadline,
                                                   [&] { return state.waiting == nullptr; });
    if (accepted) {
        state.waiting = job;
        state.changed.notify_all();
        if (state.changed.wait_until(lock, wait.stop, wait.deadline, [&] { return job->done; }))
            return {};
        if (state.waiting == job)
            state.waiting = nullptr;
    }
    lock.unlock();
    state.changed.notify_all();
    if (accepted && job->call.abandon)
        job->call.abandon();
    const Cause cause = wait.stopped() ? Cause::cancelled : Cause::deadline;
    return fail(cause, Layer::workspace, Reach::point);
}

}  // namespace mail
