#include "mail/snapshot.h"

namespace mail {

const MessageState& MailboxView::state_of(const MessageRow& row) const {
    const MessageState* changed = changes.find(row.uid);
    return changed != nullptr ? *changed : row.initial;
}

std::size_t MailboxView::count_of(Status status) const {
    return counts.at(static_cast<std::size_t>(status));
}

bool JobView::has_ended() const {
    return state == State::done || state == State::failed || state == State::cancelled;
}

const PointView* Snapshot::point(std::string_view id) const {
    for (const auto& view : points)
        if (view->definition->id == id)
            return view.get();
    return nullptr;
}

const JobView* Snapshot::job(JobId id) const {
    for (const auto& view : jobs)
        if (view->id == id)
            return view.get();
    return nullptr;
}

}  // namespace mail
