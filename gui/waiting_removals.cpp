#include "gui/waiting_removals.h"

#include <algorithm>

namespace gui {

using mail::JobView;

WaitingRemovals waiting_removals(const mail::Snapshot& snapshot, const std::string& point) {
    WaitingRemovals waiting;
    bool any_under_way = false;
    for (const auto& job : snapshot.jobs) {
        if (job->point != point || job->has_ended())
            continue;
        const bool waits = job->state == JobView::State::waiting;
        any_under_way = any_under_way || !waits;
        if (!waits || job->kind != JobView::Kind::remove_messages)
            continue;
        waiting.jobs.push_back(job->id);
        waiting.uids.insert(waiting.uids.end(), job->about.begin(), job->about.end());
    }
    if (!any_under_way)
        return {};
    std::sort(waiting.uids.begin(), waiting.uids.end());
    waiting.uids.erase(std::unique(waiting.uids.begin(), waiting.uids.end()), waiting.uids.end());
    return waiting;
}

}  // namespace gui
