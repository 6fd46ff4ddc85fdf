#include "mail/job_thread.h"

#include <algorithm>

namespace mail {

JobThread::JobThread(Clock::duration idle_after, std::function<void()> on_idle)
    : idle_after_(idle_after), on_idle_(std::move(on_idle)), thread_([this] { run(); }) {}

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
    std::unique_lock lock(mutex_);
    for (;;) {
        const auto has_work = [this] { return ending_ || !waiting_.empty(); };
        if (!wake_.wait_for(lock, idle_after_, has_work)) {
            lock.unlock();
            if (on_idle_)
                on_idle_();
            lock.lock();
            continue;
        }
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
