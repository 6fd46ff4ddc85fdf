#include "mail/job_thread.h"

#include <algorithm>

namespace mail {

JobThread::JobThread(Chore chore) : chore_(std::move(chore)), thread_([this] { run(); }) {}

JobThread::JobThread(Clock::duration idle_after, std::function<void()> on_idle)
    : JobThread(Chore{[idle_after] { return Clock::now() + idle_after; }, std::move(on_idle)}) {}

JobThread::~JobThread() {
    request_stop();
    thread_.join();
}

void JobThread::post(JobId job, Task task) {
    const std::scoped_lock lock(mutex_);
    waiting_.push_back({job, std::move(task), StopSource()});
    if (ending_)
        waiting_.back().stop.request_stop();
    wake_.notify_one();
}

bool JobThread::cancel(JobId job) {
    StopSource stop;
    {
        const std::scoped_lock lock(mutex_);
        const auto waiting =
            std::ranges::find_if(waiting_, [&](const Job& one) { return one.id == job; });
        if (running_ == job && job != 0)
            stop = running_stop_;
        else if (waiting != waiting_.end())
            stop = waiting->stop;
        else
            return false;
    }
    // Outside the lock: stop callbacks run here.
    return stop.request_stop();
}

void JobThread::request_stop() {
    StopSource running;
    {
        const std::scoped_lock lock(mutex_);
        ending_ = true;
        for (Job& waiting : waiting_)
            waiting.stop.request_stop();
        running = running_stop_;
        wake_.notify_one();
    }
    // Outside the lock: stop callbacks run here.
    running.request_stop();
}

void JobThread::run() {
    const auto has_work = [this] { return ending_ || !waiting_.empty(); };
    for (;;) {
        // Asked outside the lock.
        const auto due = chore_.due ? chore_.due() : Clock::now() + std::chrono::hours(24);
        std::unique_lock lock(mutex_);
        const bool work = wake_.wait_until(lock, due, has_work);
        if (chore_.run && Clock::now() >= due) {
            lock.unlock();
            chore_.run();
            continue;
        }
        if (!work)
            continue;
        if (waiting_.empty())
            return;
        Job job = std::move(waiting_.front());
        waiting_.pop_front();
        running_ = job.id;
        running_stop_ = job.stop;
        lock.unlock();
        job.task(job.stop.get_token());
        lock.lock();
        running_ = 0;
        running_stop_ = StopSource();
    }
}

}  // namespace mail
