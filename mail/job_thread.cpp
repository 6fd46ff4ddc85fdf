#include "mail/job_thread.h"

#include <algorithm>

namespace mail {

JobThread::JobThread(Chore chore) : chore_(std::move(chore)), thread_([this] { run(); }) {}

JobThread::JobThread(Clock::duration idle_after, std::function<void()> on_idle)
    : JobThread(Chore{[idle_after] { return Clock::now() + idle_after; }, std::move(on_idle)}) {}

JobThread::JobThread(Chore chore, Task meanwhile)
    : chore_(std::move(chore)), meanwhile_(std::move(meanwhile)), thread_([this] { run(); }) {}

JobThread::~JobThread() {
    request_stop();
    thread_.join();
}

void JobThread::post(JobId job, Task task) {
    StopSource meanwhile;
    {
        const std::scoped_lock lock(mutex_);
        waiting_.push_back({job, std::move(task), StopSource()});
        if (ending_)
            waiting_.back().stop.request_stop();
        meanwhile = meanwhile_stop_;
        wake_.notify_one();
    }
    // Outside the lock: stop callbacks run here.
    meanwhile.request_stop();
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
    StopSource running, meanwhile;
    {
        const std::scoped_lock lock(mutex_);
        ending_ = true;
        for (Job& waiting : waiting_)
            waiting.stop.request_stop();
        running = running_stop_;
        meanwhile = meanwhile_stop_;
        wake_.notify_one();
    }
    // Outside the lock: stop callbacks run here.
    running.request_stop();
    meanwhile.request_stop();
}

void JobThread::use_time() {
    StopToken token;
    {
        const std::scoped_lock lock(mutex_);
        if (!meanwhile_ || ending_ || !waiting_.empty())
            return;
        meanwhile_stop_ = StopSource();
        token = meanwhile_stop_.get_token();
    }
    meanwhile_(token);
}

void JobThread::run() {
    const auto has_work = [this] { return ending_ || !waiting_.empty(); };
    for (;;) {
        use_time();
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
