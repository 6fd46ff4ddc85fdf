#include "mail/board.h"

#include <algorithm>

#include "mail/base/wait.h"

namespace mail {

namespace {

constexpr auto shortest_interval = std::chrono::milliseconds(33);
constexpr std::size_t ended_jobs_kept = 50;

}  // namespace

Board::Board(std::function<void()> on_change)
    : on_change_(std::move(on_change)), published_(std::make_shared<const Snapshot>()),
      thread_([this] { publish(); }) {}

Board::~Board() {
    {
        const std::scoped_lock lock(mutex_);
        ending_ = true;
        wake_.notify_one();
    }
    thread_.join();
}

std::shared_ptr<const Snapshot> Board::snapshot() const {
    const std::scoped_lock lock(mutex_);
    return published_;
}

void Board::publish_now() {
    const std::scoped_lock lock(mutex_);
    ++draft_.version;
    published_ = std::make_shared<const Snapshot>(draft_);
}

void Board::change(const std::function<void(Snapshot&)>& edit) {
    const std::scoped_lock lock(mutex_);
    edit(draft_);
    if (!dirty_)
        wake_.notify_one();
    dirty_ = true;
}

void Board::change_point(const std::string& id, const std::function<void(PointView&)>& edit) {
    change([&](Snapshot& draft) {
        for (auto& point : draft.points)
            if (point->definition->id == id) {
                auto changed = std::make_shared<PointView>(*point);
                edit(*changed);
                point = std::move(changed);
                return;
            }
    });
}

std::shared_ptr<const PointView> Board::point(const std::string& id) const {
    const std::scoped_lock lock(mutex_);
    for (const auto& point : draft_.points)
        if (point->definition->id == id)
            return point;
    return nullptr;
}

JobId Board::add_job(JobView job) {
    JobId id = 0;
    change([&](Snapshot& draft) {
        id = job.id = ++last_job_;
        draft.jobs.push_back(std::make_shared<const JobView>(std::move(job)));
        forget_old_jobs();
    });
    return id;
}

void Board::change_job(JobId id, const std::function<void(JobView&)>& edit) {
    change([&](Snapshot& draft) {
        for (auto& job : draft.jobs)
            if (job->id == id) {
                auto changed = std::make_shared<JobView>(*job);
                edit(*changed);
                if (changed->has_ended() && !job->has_ended()) {
                    urgent_ = true;
                    wake_.notify_one();
                }
                job = std::move(changed);
                return;
            }
    });
}

void Board::forget_old_jobs() {
    auto& jobs = draft_.jobs;
    auto ended = static_cast<std::size_t>(
        std::ranges::count_if(jobs, [](const auto& job) { return job->has_ended(); }));
    std::erase_if(jobs, [&](const auto& job) {
        if (ended <= ended_jobs_kept || !job->has_ended())
            return false;
        --ended;
        return true;
    });
}

void Board::publish() {
    std::unique_lock lock(mutex_);
    for (;;) {
        wake_.wait(lock, [this] { return dirty_ || ending_; });
        if (ending_)
            return;
        dirty_ = urgent_ = false;
        ++draft_.version;
        published_ = std::make_shared<const Snapshot>(draft_);
        lock.unlock();
        if (on_change_)
            on_change_();
        lock.lock();
        wake_.wait_for(lock, shortest_interval, [this] { return ending_ || urgent_; });
    }
}

}  // namespace mail
