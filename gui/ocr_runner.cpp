#include "gui/ocr_runner.h"

namespace gui {

using mail::JobView;

void OcrRunner::follow(Frame& frame) {
    std::erase_if(queues_, [&](const auto& one) {
        const mail::PointView* point = frame.snapshot.point(one.first);
        const bool is_there = point != nullptr && point->definition->type == mail::point::Type::ocr;
        if (!is_there && one.second.job != 0)
            frame.cancel(one.second.job);
        return !is_there;
    });
    for (const auto& point : frame.snapshot.points) {
        const mail::point::Point& definition = *point->definition;
        if (definition.type != mail::point::Type::ocr || point->file_error)
            continue;
        Queue& queue = queues_[definition.id];
        follow_job(frame, definition.id, queue);
        keep_going(frame, *point, queue);
    }
}

void OcrRunner::follow_job(const Frame& frame, const std::string& point, Queue& queue) {
    const JobView* job = frame.snapshot.job(queue.job);
    if (queue.job == 0 || job == nullptr || !job->has_ended())
        return;
    queue.job = 0;
    queue.work = Work::none;
    // One that was called off says nothing about the next.
    if (queue.is_cancelled || job->state != JobView::State::failed)
        return;
    queue.refused = job->error;
    if (queue.is_asked && job->error && job->error->cause == mail::Cause::command_not_allowed)
        question_ = point;
    queue.is_asked = false;
}

void OcrRunner::keep_going(Frame& frame, const mail::PointView& point, Queue& queue) {
    const mail::point::Point& definition = *point.definition;
    const bool has_changed = queue.ocr != definition.ocr || queue.folder != point.target_folder;
    if (has_changed) {
        queue.ocr = definition.ocr;
        queue.folder = point.target_folder;
        queue.refused.reset();
    }
    const Work next = wanted(queue);
    if (queue.job != 0) {
        if ((has_changed || queue.work != next) && !queue.is_cancelled) {
            queue.is_cancelled = true;
            frame.cancel(queue.job);
        } else if (queue.work == Work::running && point.ocr && point.ocr->is_running)
            queue.is_asked = false;
        return;
    }
    if (next == Work::none)
        return;
    queue.work = next;
    queue.is_cancelled = false;
    queue.job = next == Work::running ? frame.post(mail::RunOcr{definition.id})
                                      : frame.post(mail::WatchOcr{definition.id});
}

OcrRunner::Work OcrRunner::wanted(const Queue& queue) {
    // What else was refused would be again: somebody has to mend it.
    if (queue.refused)
        return queue.refused->cause == mail::Cause::command_not_allowed ? Work::watching
                                                                        : Work::none;
    return queue.is_wanted ? Work::running : Work::watching;
}

void OcrRunner::run(const std::string& point) {
    queues_[point].is_wanted = true;
    ask(point);
}

void OcrRunner::ask(const std::string& point) {
    Queue& queue = queues_[point];
    queue.is_asked = true;
    queue.refused.reset();
}

void OcrRunner::stop(const std::string& point) {
    Queue& queue = queues_[point];
    queue.is_wanted = queue.is_asked = false;
}

bool OcrRunner::runs(const std::string& point) const {
    const auto found = queues_.find(point);
    return found != queues_.end() && found->second.is_wanted && !found->second.refused;
}

const mail::Error* OcrRunner::refused(const std::string& point) const {
    const auto found = queues_.find(point);
    return found != queues_.end() && found->second.refused ? &*found->second.refused : nullptr;
}

}  // namespace gui
