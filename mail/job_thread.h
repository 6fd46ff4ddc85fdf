#pragma once
// A thread that does jobs one after the other; a job can be cancelled while it waits or runs.

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>

#include "mail/base/wait.h"
#include "mail/commands.h"

namespace mail {

class JobThread {
public:
    using Task = std::function<void(const StopToken&)>;

    /// `on_idle` is called on the thread when nothing was to do for `idle_after`.
    explicit JobThread(Clock::duration idle_after = std::chrono::hours(24),
                       std::function<void()> on_idle = {});
    /// Asks the running job to stop and waits for it; jobs still waiting are called with a stopped
    /// token, so that each has an end.
    ~JobThread();
    JobThread(const JobThread&) = delete;
    JobThread& operator=(const JobThread&) = delete;

    void post(JobId job, Task task);
    /// False if the job is not here (any more).
    bool cancel(JobId job);
    /// Begins the end without waiting for it.
    void request_stop();

private:
    struct Job {
        JobId id = 0;
        Task task;
        StopSource stop;
    };
    void run();

    const Clock::duration idle_after_;
    const std::function<void()> on_idle_;
    std::mutex mutex_;
    std::condition_variable wake_;
    std::deque<Job> waiting_;
    JobId running_ = 0;
    StopSource running_stop_;
    bool ending_ = false;
    std::thread thread_;
};

}  // namespace mail
