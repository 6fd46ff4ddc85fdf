// What a PointDesk does while nothing else is to be done: it waits for the server to say that the
// mailbox has changed, so that the list is live, and comes back to one that was lost.

#include <algorithm>

#include "mail/point_desk.h"

namespace mail {

namespace {

// Without CONDSTORE each change means asking for the flags of all of them: some two megabytes here;
// and where no list is kept between two of them, for all that a list has.
constexpr std::size_t most_asked_for_at_each_change = 50'000;
constexpr std::size_t most_listed_at_each_change = 2000;
// A server may tell of flags without end: of so many messages they are asked for in a second at
// most, on the average, and it is not listened to all the time meanwhile.
constexpr std::size_t flags_a_second = 1000;
constexpr std::chrono::seconds between_flags{1};
// A line that died without a word can't be told from a server that does not bear IDLE, but it is
// made anew, and then all is well. So often in an hour it is the server, or whatever is on the way.
constexpr int most_silences = 3;
constexpr std::chrono::hours silence_remembered{1};

}  // namespace

bool PointDesk::is_watched() const {
    // What somebody must act on is never tried again by itself.
    const bool may_heal = found_.health == PointHealth::ok || found_.health == PointHealth::down;
    // Nor is a point watched that was deleted, or is not this person's any more.
    return setup_.keeps_live && is_opened_ && !listed_for_ && may_heal &&
           setup_.board.point(setup_.point) != nullptr;
}

Clock::time_point PointDesk::next_look() const {
    const auto planned = look_at_.value_or(checked_ + setup_.checks_every);
    return std::min(planned, flags_due_.value_or(planned));
}

Clock::time_point PointDesk::due() const {
    const auto never = Clock::time_point::max();
    if (!is_watched())
        return never;
    return std::min(next_look(), take_at_.value_or(never));
}

bool PointDesk::due_to_look() {
    if (!is_watched() || next_look() > Clock::now())
        return false;
    look_at_.reset();
    flags_due_.reset();
    // The look begins as a job of its own, and is not asked for twice until then.
    checked_ = Clock::now();
    return true;
}

void PointDesk::plan_next_look(After after, const Error* why) {
    if (!is_watched())
        return;
    // Once for each line that has lasted.
    if (Clock::now() - line_since_ >= session_kept) {
        line_pace_.reset();
        line_since_ = Clock::now();
    }
    // A line may break once by chance, and is made again at once.
    const bool at_once = after == After::lost_line && !line_pace_.any_failure();
    const auto pause = line_pace_.next();
    look_at_ = Clock::now();
    not_before_ = *look_at_ + (why == nullptr ? Clock::duration::zero() : least_pause_after(*why));
    if (!at_once)
        look_at_ = std::max(*look_at_ + pause, not_before_);
}

void PointDesk::surroundings_changed(Surroundings::Change change) {
    const bool is_other = change == Surroundings::Change::other;
    if (!is_watched() || (found_.health == PointHealth::ok && !is_other))
        return;
    if (is_other) {
        // Its end of the old line would never hear a farewell.
        session_.drop();
        // What was on the way is not any more.
        idle_period_ = {};
        silences_ = 0;
        no_idle_before_ = {};
    }
    look_at_ = std::max(Clock::now(), not_before_);
}

void PointDesk::note_checked() {
    checked_ = Clock::now();
    setup_.board.change_point(
        setup_.point, [](PointView& view) { view.checked_at = std::chrono::system_clock::now(); });
}

bool PointDesk::can_wait_for_news() const {
    const std::size_t most =
        lists_.is_kept() ? most_asked_for_at_each_change : most_listed_at_each_change;
    const bool is_cheap = listed_mod_sequence_ != 0 || rows_.size() <= most;
    return is_watched() && !look_at_ && listed_uid_validity_ && is_cheap &&
           found_.health == PointHealth::ok && Clock::now() >= no_idle_before_;
}

void PointDesk::note_lost_idle(const Error& error, Clock::duration after) {
    const bool was_silent = error.cause == Cause::deadline;
    // Where the server had not even begun, it was no period that was too long.
    if (!was_silent || error.fact("awaited") != "+")
        idle_period_.lost_after(after);
    if (!was_silent)
        return;
    const auto now = Clock::now();
    silences_ = now - last_silence_ < silence_remembered ? silences_ + 1 : 1;
    last_silence_ = now;
    if (silences_ >= most_silences)
        no_idle_before_ = now + silence_remembered;
}

/// Flags have changed. Where those of all have to be asked for, that is not done at each change.
bool PointDesk::put_off_flags() {
    if (listed_mod_sequence_ != 0)
        return false;
    const auto soonest = checked_ + std::chrono::seconds(rows_.size() / flags_a_second);
    if (soonest <= Clock::now())
        return false;
    flags_due_ = soonest;
    return true;
}

bool PointDesk::watch(const StopToken& stop) {
    if (!can_wait_for_news())
        return false;
    // A job that was stopped has taken it along.
    if (!session_.is_open()) {
        plan_next_look(After::lost_line);
        return !stop.stop_requested() && due_to_look();
    }
    // A job has opened the folder anew since it was listed: what came between is no news to it.
    if (session_.openings() != listed_at_opening_)
        return true;
    using Why = imap::Heard::Why;
    const Wait wait{Clock::time_point::max(), stop, setup_.time};
    // Until then since the list was checked last, however often a job came between.
    while (due() > Clock::now()) {
        const auto begun = wait.now();
        const imap::IdleFor wanted{due() - Clock::now(), idle_period_.length(), changes_seen_,
                                   setup_.line_answers_in};
        const auto heard = imap::idle(*session_, wanted, wait);
        if (!heard) {
            session_.drop();
            if (heard.error().cause == Cause::cancelled)
                return false;
            note_lost_idle(heard.error(), wait.now() - begun);
            plan_next_look(After::lost_line, &heard.error());
            if (*look_at_ > Clock::now())
                show_health(tl::unexpected(heard.error()));
            return !stop.stop_requested() && due_to_look();
        }
        if (heard->why == Why::time_over) {
            note_checked();
            continue;
        }
        if (heard->why == Why::changed && !heard->is_other_messages && put_off_flags()) {
            if (!wait.pause(between_flags, Layer::list, Reach::connection))
                return false;
            continue;
        }
        // That may be for now only, and costs nothing to ask again.
        if (heard->why == Why::not_supported)
            no_idle_before_ = Clock::now() + setup_.checks_every;
        return heard->why == Why::changed;
    }
    return false;
}

}  // namespace mail
