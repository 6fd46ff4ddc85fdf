// What a PointDesk does while nothing else is to be done: it waits for the server to say that the
// mailbox has changed, so that the list is live, and comes back to one that was lost.

#include <algorithm>

#include "mail/point_desk.h"

namespace mail {

namespace {

// So often the server has to answer that it is still there, and the list says when that was.
constexpr std::chrono::minutes checked_every{5};
// Without CONDSTORE each change means listing all of them.
constexpr std::size_t most_listed_at_each_change = 2000;

}  // namespace

bool PointDesk::is_watched() const {
    // What somebody must act on is never tried again by itself.
    const bool may_heal = found_.health == PointHealth::ok || found_.health == PointHealth::down;
    return setup_.keeps_live && is_opened_ && !listed_for_ && may_heal;
}

Clock::time_point PointDesk::due() const {
    const auto never = Clock::time_point::max();
    if (!is_watched())
        return never;
    return std::min(look_at_.value_or(never), take_at_.value_or(never));
}

bool PointDesk::due_to_look() {
    if (!is_watched() || !look_at_ || *look_at_ > Clock::now())
        return false;
    look_at_.reset();
    return true;
}

void PointDesk::plan_next_look(After after, const Error* why) {
    if (!is_watched())
        return;
    if (Clock::now() - line_since_ >= session_kept)
        line_pace_.reset();
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
    // Its end of the old line would never hear a farewell.
    if (is_other)
        session_.drop();
    look_at_ = std::max(Clock::now(), not_before_);
}

bool PointDesk::watch(const StopToken& stop) {
    const bool is_cheap = listed_mod_sequence_ != 0 || rows_.size() <= most_listed_at_each_change;
    if (!is_watched() || look_at_ || !listed_uid_validity_ || !server_idles_ ||
        found_.health != PointHealth::ok || !is_cheap)
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
    while (due() > Clock::now()) {
        const auto begun = wait.now();
        const auto how_long = std::min<Clock::duration>(checked_every, due() - Clock::now());
        const imap::IdleFor wanted{how_long, idle_period_.length(), changes_seen_};
        const auto heard = imap::idle(*session_, wanted, wait);
        if (!heard) {
            server_idles_ = heard.error().cause != Cause::deadline;
            idle_period_.lost_after(wait.now() - begun);
            if (heard.error().cause == Cause::cancelled) {
                session_.drop();
                return false;
            }
            session_.drop();
            plan_next_look(After::lost_line, &heard.error());
            if (*look_at_ > Clock::now())
                show_health(tl::unexpected(heard.error()));
            return !stop.stop_requested() && due_to_look();
        }
        if (heard->why == Why::time_over) {
            setup_.board.change_point(setup_.point, [](PointView& view) {
                view.checked_at = std::chrono::system_clock::now();
            });
            continue;
        }
        server_idles_ = heard->why != Why::not_supported;
        return heard->why == Why::changed;
    }
    return false;
}

}  // namespace mail
