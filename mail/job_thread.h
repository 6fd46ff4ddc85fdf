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

    /// What the thread does by itself between two jobs, as soon as its time has come. Both are
    /// called on the thread; `due` is asked after every job, and `run` must make it later.
    struct Chore {
        std::function<Clock::time_point()> due;
        std::function<void()> run;
    };
    explicit JobThread(Chore chore = {});
    /// A chore for when nothing was to do for `idle_after`.
    JobThread(Clock::duration idle_after, std::function<void()> on_idle);
    /// Before it waits for something to do, `meanwhile` may use its time. It comes back as soon as
    /// its token is stopped: by a job that is posted, or the end.
    JobThread(Chore chore, Task meanwhile);
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
    void use_time();

    const Chore chore_;
    const Task meanwhile_;
    std::mutex mutex_;
    std::condition_variable wake_;
    std::deque<Job> waiting_;
    JobId running_ = 0;
    StopSource running_stop_;
    StopSource meanwhile_stop_;
    bool ending_ = false;
    std::thread thread_;
};

}  // namespace mail
