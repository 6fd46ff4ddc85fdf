// What a PointDesk does while nothing else is to be done: it waits for the server to say that the
// mailbox has changed, so that the list is live.

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
    return lists_.is_kept() && rows_.complete() && !listed_for_ && may_heal;
}

bool PointDesk::watch(const StopToken& stop) {
    const bool is_cheap = listed_mod_sequence_ != 0 || rows_.size() <= most_listed_at_each_change;
    if (!is_watched() || !session_.is_open() || !listed_uid_validity_ || !server_idles_ ||
        found_.health != PointHealth::ok || !is_cheap)
        return false;
    using Why = imap::Heard::Why;
    const Wait wait{Clock::time_point::max(), stop, setup_.time};
    for (;;) {
        const auto begun = wait.now();
        const imap::IdleFor wanted{checked_every, idle_period_.length(), changes_seen_};
        const auto heard = imap::idle(*session_, wanted, wait);
        if (!heard) {
            session_.drop();
            server_idles_ = heard.error().cause != Cause::deadline;
            idle_period_.lost_after(wait.now() - begun);
            return heard.error().cause != Cause::cancelled;
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
}

}  // namespace mail
