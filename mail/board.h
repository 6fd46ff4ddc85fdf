#pragma once
// Where workers write what they know and snapshots are made from it: at most 30 a second and
// one for each job that ends, sharing all that has not changed. All functions: any thread, none
// blocks for longer than a copy of pointers.

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "mail/snapshot.h"

namespace mail {

class Board {
public:
    explicit Board(std::function<void()> on_change);
    ~Board();
    Board(const Board&) = delete;
    Board& operator=(const Board&) = delete;

    [[nodiscard]] std::shared_ptr<const Snapshot> snapshot() const;

    /// Publishes on this thread, for the first snapshot.
    void publish_now();

    void change(const std::function<void(Snapshot&)>& edit);
    /// Nothing happens if the point is not there (any more).
    void change_point(const std::string& id, const std::function<void(PointView&)>& edit);
    [[nodiscard]] std::shared_ptr<const PointView> point(const std::string& id) const;

    [[nodiscard]] JobId add_job(JobView job);
    void change_job(JobId id, const std::function<void(JobView&)>& edit);

private:
    void publish();
    void forget_old_jobs();

    const std::function<void()> on_change_;
    mutable std::mutex mutex_;
    std::condition_variable wake_;
    Snapshot draft_;
    std::shared_ptr<const Snapshot> published_;
    JobId last_job_ = 0;
    bool dirty_ = false;   ///< there is something to publish, and the thread knows
    bool urgent_ = false;  ///< a job has ended: somebody waits for that
    bool ending_ = false;
    std::thread thread_;
};

}  // namespace mail
