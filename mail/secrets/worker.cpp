#include "mail/secrets/worker.h"

#include <utility>

namespace mail {

struct Worker::Job {
    Call call;
    bool done = false;
};

Worker::Worker() : thread_([this](const StopToken& stop) { work(stop); }) {}

Worker::~Worker() {
    thread_.request_stop();
    std::shared_ptr<Job> current;
    {
        const std::lock_guard lock(mutex_);
        current = running_;
    }
    if (current)
        current->call.abandon();
}

void Worker::work(const StopToken& stop) {
    std::unique_lock lock(mutex_);
    while (changed_.wait(lock, stop, [this] { return waiting_ != nullptr; })) {
        running_ = std::exchange(waiting_, nullptr);
        lock.unlock();
        changed_.notify_all();
        running_->call.run();
        lock.lock();
        running_->done = true;
        running_ = nullptr;
        changed_.notify_all();
    }
}

Result<void> Worker::run(Call call, const Wait& wait) {
    const auto job = std::make_shared<Job>(Job{std::move(call)});
    std::unique_lock lock(mutex_);
    // A call that somebody has given up may still be under way: it can't be overtaken.
    const bool accepted =
        changed_.wait_until(lock, wait.stop, wait.deadline, [this] { return waiting_ == nullptr; });
    if (accepted) {
        waiting_ = job;
        changed_.notify_all();
        if (changed_.wait_until(lock, wait.stop, wait.deadline, [&] { return job->done; }))
            return {};
        if (waiting_ == job)
            waiting_ = nullptr;
    }
    lock.unlock();
    changed_.notify_all();
    if (accepted)
        job->call.abandon();
    const Cause cause = wait.stopped() ? Cause::cancelled : Cause::deadline;
    return fail(cause, Layer::workspace, Reach::point);
}

}  // namespace mail
