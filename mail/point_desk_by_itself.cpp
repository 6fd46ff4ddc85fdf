// What a PointDesk takes without being asked: new messages, as soon as they are listed, where the
// point says so. A message that failed is tried again a few times where the line was to blame, else
// once as long as the program runs.

#include <algorithm>
#include <utility>

#include "mail/point_desk.h"

namespace mail {

namespace {

constexpr int most_tries_of_a_message = 4;

/// A line that broke, a server that was busy. It may be the message all the same, so not for ever.
bool may_heal(const std::optional<Error>& error) {
    return error && retry_of(error->cause) != Retry::never;
}

}  // namespace

bool PointDesk::takes_by_itself() const {
    return setup_.takes_new || definition().general.take_by_itself;
}

std::vector<std::uint32_t> PointDesk::due_messages() {
    const auto now = Clock::now();
    std::vector<std::uint32_t> uids;
    rows_.each_now([&](const MessageRow& row, const MessageState& state) {
        if (!is_open(state))
            return;
        const auto tried = tried_.find(row.uid);
        if (tried == tried_.end() || tried->second.not_before <= now)
            uids.push_back(row.uid);
        else if (tried->second.not_before < Clock::time_point::max())
            take_at_ =
                std::min(take_at_.value_or(tried->second.not_before), tried->second.not_before);
    });
    std::ranges::sort(uids);
    return uids;
}

void PointDesk::note_tried(std::uint32_t uid, const std::optional<Error>& error) {
    Tried& tried = tried_[uid];
    ++tried.times;
    const bool again = may_heal(error) && tried.times < most_tries_of_a_message;
    tried.not_before = again ? Clock::now() + setup_.tries_again_after * (1 << tried.times)
                             : Clock::time_point::max();
}

void PointDesk::list_is_new() {
    if (std::exchange(tried_of_, listed_uid_validity_) != listed_uid_validity_)
        tried_.clear();
    // Where the folder is away, that is not asked at each new message.
    if (!take_pace_.any_failure() || !take_at_)
        take_at_ = Clock::now();
}

std::optional<Take> PointDesk::due_to_take() {
    if (!take_at_ || *take_at_ > Clock::now())
        return std::nullopt;
    take_at_.reset();
    const bool can = is_watched() && found_.health == PointHealth::ok && rows_.complete() &&
                     listed_uid_validity_;
    if (!can)
        return std::nullopt;
    Take take{setup_.point, {}, false, true};
    if (takes_by_itself())
        take.uids = due_messages();
    if (take.uids.empty()) {
        show_not_taken(std::nullopt);
        return std::nullopt;
    }
    // Nobody is there to be asked for one; target_changed() comes back to it.
    if (const auto view = setup_.board.point(setup_.point); !view || view->target_folder.empty()) {
        show_not_taken(Error{
            Cause::no_target_folder, Layer::target, Reach::point, {{"field", "general.folder"}}});
        return std::nullopt;
    }
    // Should it be called off before its turn.
    take_at_ = Clock::now() + session_kept;
    return take;
}

void PointDesk::target_changed() {
    take_pace_.reset();
    take_at_ = Clock::now();
}

Result<void> PointDesk::take_by_itself(JobId job, const Take& command, const StopToken& stop,
                                       const std::function<bool()>& gives_way) {
    auto outcome = take(job, command, stop);
    take_at_.reset();
    if (!outcome && outcome.error().cause == Cause::cancelled) {
        // What a person has stopped is that person's.
        if (gives_way())
            take_at_ = Clock::now();
        else
            for (const std::uint32_t uid : command.uids)
                note_tried(uid, std::nullopt);
        return outcome;
    }
    rows_.each_now([&](const MessageRow& row, const MessageState& now) {
        if (is_about(command, row.uid) && (outcome || now.status != Status::new_))
            note_tried(row.uid, now.error);
    });
    if (outcome) {
        take_pace_.reset();
        show_not_taken(std::nullopt);
        // What came meanwhile.
        take_at_ = Clock::now();
    } else if (outcome.error().cause == Cause::uidvalidity_changed) {
        look_at_ = Clock::now() + line_pace_.next();
    } else if (found_.health == PointHealth::ok) {
        // Of a lost line the health says so, and the next list comes back to it.
        take_at_ = Clock::now() + take_pace_.next();
        // Another program of the workspace takes them: all is well.
        if (outcome.error().cause != Cause::busy_elsewhere)
            show_not_taken(outcome.error());
    }
    return outcome;
}

void PointDesk::show_not_taken(const std::optional<Error>& error) {
    const auto view = setup_.board.point(setup_.point);
    if (view && (view->not_taken || error))
        setup_.board.change_point(setup_.point, [&](PointView& shown) { shown.not_taken = error; });
}

}  // namespace mail
