#include "app/watch_events.h"

#include <algorithm>
#include <array>
#include <utility>

namespace app {

namespace {

using What = WatchEvent::What;
using mail::Status;

constexpr std::array<std::string_view, 11> names{"opened", "mail",    "taken",  "check",
                                                 "failed", "removed", "lost",   "back",
                                                 "stuck",  "silent",  "refused"};
static_assert(names.size() == static_cast<std::size_t>(What::refused) + 1);

std::optional<What> event_of(Status status) {
    switch (status) {
    case Status::taken:
        return What::taken;
    case Status::check:
        return What::check;
    case Status::failed:
    case Status::partial:
        return What::failed;
    case Status::quarantined:
        return What::removed;
    default:
        return std::nullopt;
    }
}

/// On its way: told when it has got there.
bool is_under_way(Status status) {
    return status == Status::queued || status == Status::taking;
}

/// The point itself is out of reach, whatever its mailbox says.
bool ends_watching(const mail::Error& error) {
    return mail::exit_class_of(error.cause) == mail::ExitClass::permission ||
           error.cause == mail::Cause::point_not_found || error.cause == mail::Cause::point_invalid;
}

}  // namespace

std::string_view name_of(What what) {
    return names.at(static_cast<std::size_t>(what));
}

std::vector<WatchEvent> WatchEvents::look(const mail::Snapshot& snapshot,
                                          std::chrono::sys_seconds now) {
    Events events;
    if (ended_by_)
        return events;
    look_at_jobs(snapshot, events);
    const mail::PointView* view = snapshot.point(point_);
    if (view == nullptr || ended_by_)
        return events;
    look_at_line(*view, events);
    if (view->mailbox && view->mailbox->complete)
        look_at_messages(*view->mailbox, events);
    const auto stuck = view->not_taken ? std::optional(view->not_taken->cause) : std::nullopt;
    if (std::exchange(stuck_, stuck) != stuck && stuck)
        events.push_back({What::stuck, {}, view->not_taken});
    const bool silent = view->silence && now >= view->silence->unusual_from;
    if (silent && std::exchange(silent_since_, view->silence->since) != view->silence->since)
        events.push_back({What::silent, {}, {}, 0, 0, view->silence->since});
    if (view->health == mail::PointHealth::signin && view->error)
        end(*view->error, events);
    return events;
}

bool WatchEvents::has_gone(const mail::Snapshot& snapshot) {
    const bool is_shown = snapshot.point(point_) != nullptr;
    return std::exchange(is_shown_, is_shown) && !is_shown && !ended_by_;
}

void WatchEvents::end(const mail::Error& error, Events& events) {
    ended_by_ = error;
    events.push_back({What::refused, {}, error});
}

void WatchEvents::look_at_jobs(const mail::Snapshot& snapshot, Events& events) {
    for (const auto& job : snapshot.jobs) {
        if (job->point != point_ || !job->has_ended() || job->id <= seen_jobs_)
            continue;
        seen_jobs_ = job->id;
        if (job->error && ends_watching(*job->error) && !ended_by_)
            end(*job->error, events);
        // With all that was under way the question why may have been stopped: it is asked again.
        if (job->state == mail::JobView::State::cancelled && snapshot.point(point_) == nullptr)
            is_shown_ = true;
    }
}

void WatchEvents::look_at_line(const mail::PointView& view, Events& events) {
    using Health = mail::PointHealth;
    if (view.health != Health::ok && view.health != Health::down)
        return;
    const Health before = std::exchange(health_, view.health);
    if (before == view.health)
        return;
    if (view.health == Health::down)
        events.push_back({What::lost, {}, view.error});
    else if (before == Health::down)
        events.push_back({What::back});
}

void WatchEvents::look_at_messages(const mail::MailboxView& mailbox, Events& events) {
    const bool is_first = !std::exchange(listed_, true) || mailbox.uid_validity != uid_validity_;
    const bool is_same =
        mailbox.rows_version == rows_version_ && mailbox.states_version == states_version_;
    if (!is_first && is_same)
        return;
    uid_validity_ = mailbox.uid_validity;
    rows_version_ = mailbox.rows_version;
    states_version_ = mailbox.states_version;
    if (is_first) {
        statuses_.clear();
        WatchEvent opened{What::opened};
        for (const auto& chunk : mailbox.chunks)
            for (const mail::MessageRow& row : *chunk) {
                ++opened.messages;
                opened.fresh += row.initial.status == Status::new_ ? 1 : 0;
            }
        events.push_back(opened);
    }
    for (const auto& chunk : mailbox.chunks)
        for (const mail::MessageRow& row : *chunk) {
            const Listed listed{&row, &mailbox.state_of(row)};
            const auto [at, is_new] = statuses_.try_emplace(row.uid, row.initial.status);
            const bool is_back = mailbox.put_back && mailbox.put_back->contains(row.uid);
            if (is_new && !is_first && !is_back) {
                events.push_back({What::mail, listed});
                at->second = Status::new_;
            }
            const Status before = at->second;
            if (!is_under_way(listed.state->status))
                at->second = listed.state->status;
            look_at_message(listed, before, events);
        }
}

void WatchEvents::look_at_message(const Listed& listed, Status before, Events& events) {
    const auto what = event_of(listed.state->status);
    if (what && listed.state->status != before)
        events.push_back({*what, listed});
}

}  // namespace app
