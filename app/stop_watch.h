#pragma once
// Turns Ctrl+C into a stop token, for work that a command does on its own thread: a signal handler
// may only set a flag, so somebody has to look at it.

#include <condition_variable>
#include <mutex>
#include <thread>

#include "mail/base/wait.h"

namespace app {

class StopWatch {
public:
    StopWatch();
    ~StopWatch();
    StopWatch(const StopWatch&) = delete;
    StopWatch& operator=(const StopWatch&) = delete;

    /// Without deadline; stopped soon after the signal.
    [[nodiscard]] mail::Wait wait() const;

private:
    void watch();

    mail::StopSource stop_;
    std::mutex mutex_;
    std::condition_variable ending_changed_;
    bool ending_ = false;
    std::thread thread_;  ///< last: it uses all above
};

}  // namespace app
