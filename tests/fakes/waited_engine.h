#pragma once
// An engine that a test waits for: for its jobs, or for what it shows.

#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <utility>

#include <gtest/gtest.h>

#include "mail/engine.h"

namespace mail::fakes {

/// None until start(). A member behind all that the engine looks at, so that it ends first.
class WaitedEngine {
public:
    /// Ends the one before.
    void start(Engine::Setup setup) {
        engine_.reset();
        engine_ = Engine::start(std::move(setup), [this] {
                      const std::scoped_lock lock(mutex_);
                      changed_.notify_all();
                  }).value();
    }
    void reset() { engine_.reset(); }
    Engine& operator*() const { return *engine_; }
    Engine* operator->() const { return engine_.get(); }

    [[nodiscard]] std::shared_ptr<const Snapshot> shown() const { return engine_->snapshot(); }
    std::shared_ptr<const Snapshot> wait_until(const std::function<bool(const Snapshot&)>& holds) {
        for (;;) {
            auto snapshot = engine_->snapshot();
            if (holds(*snapshot))
                return snapshot;
            std::unique_lock lock(mutex_);
            changed_.wait_for(lock, std::chrono::milliseconds(20));
        }
    }
    JobView ended(JobId id) {
        const auto snapshot = wait_until([id](const Snapshot& now) {
            const JobView* job = now.job(id);
            return job != nullptr && job->has_ended();
        });
        const JobView* job = snapshot->job(id);
        return job != nullptr ? *job : JobView();
    }
    JobView do_job(Command command) { return ended(engine_->post(std::move(command))); }
    /// The cause with which it failed; nothing if it is done.
    std::optional<Cause> refusal_of(Command command) {
        const JobView job = do_job(std::move(command));
        return job.error ? std::optional(job.error->cause) : std::nullopt;
    }

private:
    static constexpr auto long_enough = std::chrono::minutes(2);

    std::mutex mutex_;
    std::condition_variable changed_;
    std::unique_ptr<Engine> engine_;
};

}  // namespace mail::fakes
