#pragma once
// Calls into the system that can block for as long as they like, made on a thread of their own, so
// that the caller's deadline and stop hold. Private to mail/secrets.

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>

#include "mail/base/wait.h"

namespace mail {

/// Any thread; one call after the other.
class Worker {
public:
    Worker();
    /// Abandons the call under way and waits for it.
    ~Worker();
    Worker(const Worker&) = delete;
    Worker& operator=(const Worker&) = delete;

    struct Call {
        std::function<void()> run;      ///< on the worker's thread
        std::function<void()> abandon;  ///< from any thread, perhaps twice: end soon
    };
    /// Waits until `call` has run. Error deadline or cancelled: it is abandoned and may still go
    /// on, so all it touches must be its own (shared) property.
    [[nodiscard]] Result<void> run(Call call, const Wait& wait);

private:
    struct Job;
    void work(const StopToken& stop);

    std::mutex mutex_;
    std::condition_variable_any changed_;
    std::shared_ptr<Job> waiting_;
    std::shared_ptr<Job> running_;
    std::jthread thread_;
};

}  // namespace mail
