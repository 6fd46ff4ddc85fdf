#pragma once
// Calls into the system that can block for as long as they like (a password store that asks a
// person, a folder on a network share that has gone), made on a thread of their own, so that the
// caller's deadline and stop hold.

#include <functional>
#include <memory>
#include <thread>

#include "mail/base/wait.h"

namespace mail {

/// Any thread; one call after the other.
class Worker {
public:
    Worker();
    /// Abandons the call under way. One that can't be abandoned, or goes on for a second all the
    /// same, is left to its thread, which ends with it: at the latest when the program does.
    ~Worker();
    Worker(const Worker&) = delete;
    Worker& operator=(const Worker&) = delete;

    struct Call {
        std::function<void()> run;      ///< on the worker's thread
        std::function<void()> abandon;  ///< from any thread, perhaps twice: end soon. Null: nothing
                                        ///< ends it
    };
    /// Waits until `call` has run. Error deadline or cancelled: it is abandoned and may still go
    /// on, perhaps after the worker itself, so all it touches must be its own (shared) property.
    [[nodiscard]] Result<void> run(Call call, const Wait& wait);

private:
    struct Job;
    struct State;
    static void work(State& state);

    std::shared_ptr<State> state_;  ///< the thread's, too: it may outlive this
    std::thread thread_;
};

}  // namespace mail
