#include "mail/ocr_desk.h"

#include <utility>

namespace mail {

std::unique_ptr<ocr::Queue> OcrDesk::queue_for(const Place& place, Work work) {
    ocr::QueueSettings settings;
    settings.point = setup_.point;
    settings.folder = place.folder;
    settings.scratch = setup_.scratch;
    settings.ocr = place.ocr;
    settings.work = work;
    settings.who = setup_.who;
    settings.answers_in = setup_.folder_answers_in;
    settings.done_kept = setup_.done_kept;
    return std::make_unique<ocr::Queue>(std::move(settings), setup_.ledger, setup_.disk, [this] {
        if (const auto queue = current())
            show(*queue);
    });
}

std::shared_ptr<ocr::Queue> OcrDesk::current() const {
    const std::scoped_lock lock(mutex_);
    return current_;
}

void OcrDesk::show(const ocr::Queue& queue) {
    auto view = std::make_shared<OcrView>();
    for (ocr::QueueEntry& entry : queue.entries())
        view->files.push_back({std::move(entry.job), entry.lies_long});
    view->fault = queue.fault();
    {
        const std::scoped_lock lock(mutex_);
        view->is_running = current_ != nullptr && work_ == Work::run;
    }
    setup_.board.change_point(setup_.point, [&](PointView& point) { point.ocr = view; });
}

Result<void> OcrDesk::keep_going(std::shared_ptr<ocr::Queue> queue, Work work,
                                 ocr::Queue::Until until, const StopToken& stop) {
    {
        const std::scoped_lock lock(mutex_);
        current_ = queue;
        work_ = work;
    }
    show(*queue);
    Wait wait;
    wait.stop = stop;
    auto done = queue->run(until, wait);
    {
        const std::scoped_lock lock(mutex_);
        current_.reset();
    }
    show(*queue);
    return done;
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
    const bool ends = command.until == RunOcr::Until::empty;
    return keep_going(queue, Work::run,
                      ends ? ocr::Queue::Until::empty : ocr::Queue::Until::stopped, stop);
}

Result<void> OcrDesk::watch(const Place& place, const StopToken& stop) {
    return keep_going(queue_for(place, Work::watch), Work::watch, ocr::Queue::Until::stopped, stop);
}

Result<void> OcrDesk::look(const Place& place) {
    // One that goes on knows at least as much, and is shown already.
    if (current())
        return {};
    const auto queue = queue_for(place);
    return queue->read().map([&] { show(*queue); });
}

Result<void> OcrDesk::retry(const Place& place, const std::vector<std::string>& files) {
    const auto queue = current();
    return queue ? queue->retry(files) : queue_for(place)->retry(files);
}

void OcrDesk::stop(const std::string& file) {
    if (const auto queue = current())
        queue->stop(file);
}

}  // namespace mail
