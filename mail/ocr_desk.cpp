#include "mail/ocr_desk.h"

#include <utility>

namespace mail {

std::unique_ptr<ocr::Queue> OcrDesk::queue_for(const Place& place) {
    ocr::QueueSettings settings;
    settings.point = setup_.point;
    settings.folder = place.folder;
    settings.scratch = setup_.scratch;
    settings.ocr = place.ocr;
    return std::make_unique<ocr::Queue>(std::move(settings), setup_.ledger, setup_.disk, [this] {
        std::shared_ptr<ocr::Queue> queue;
        {
            const std::scoped_lock lock(mutex_);
            queue = running_;
        }
        if (queue)
            show(*queue, true);
    });
}

void OcrDesk::show(const ocr::Queue& queue, bool is_running) {
    auto view = std::make_shared<OcrView>();
    for (ocr::QueueEntry& entry : queue.entries())
        view->files.push_back({std::move(entry.job), entry.lies_long});
    view->is_running = is_running;
    view->fault = queue.fault();
    setup_.board.change_point(setup_.point, [&](PointView& point) { point.ocr = view; });
}

Result<void> OcrDesk::run(const Place& place, const RunOcr& command, const StopToken& stop) {
    const std::shared_ptr<ocr::Queue> queue = queue_for(place);
    if (command.retry_failed) {
        auto failed = setup_.ledger.ocr_jobs(setup_.point, place.folder);
        if (!failed)
            return tl::unexpected(std::move(failed.error()));
        std::vector<std::string> files;
        for (const store::OcrJob& job : *failed)
            files.push_back(job.file);
        if (auto forgotten = queue->retry(files); !forgotten)
            return forgotten;
    }
    {
        const std::scoped_lock lock(mutex_);
        running_ = queue;
    }
    show(*queue, true);
    Wait wait;
    wait.stop = stop;
    const bool ends = command.until == RunOcr::Until::empty;
    auto done = queue->run(ends ? ocr::Queue::Until::empty : ocr::Queue::Until::stopped, wait);
    {
        const std::scoped_lock lock(mutex_);
        running_.reset();
    }
    show(*queue, false);
    return done;
}

Result<void> OcrDesk::look(const Place& place) {
    const auto queue = queue_for(place);
    return queue->read().map([&] { show(*queue, false); });
}

Result<void> OcrDesk::retry(const Place& place, const std::vector<std::string>& files) {
    std::shared_ptr<ocr::Queue> queue;
    {
        const std::scoped_lock lock(mutex_);
        queue = running_;
    }
    return queue ? queue->retry(files) : queue_for(place)->retry(files);
}

void OcrDesk::stop(const std::string& file) {
    const std::scoped_lock lock(mutex_);
    if (running_)
        running_->stop(file);
}

}  // namespace mail
