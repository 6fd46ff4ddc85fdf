// What a PointDesk does about marks in the mailbox (docs/ledger.md, "Claims") around a take.

#include <algorithm>

#include "mail/imap/quirks.h"
#include "mail/point_desk.h"
#include "mail/work/claims.h"

namespace mail {

namespace {

// After a stop: others are kept from these messages until this program runs again.
constexpr auto time_after_a_stop = std::chrono::seconds(1);
constexpr auto time_to_give_back = std::chrono::seconds(10);

}  // namespace

void PointDesk::note_listed(const imap::Mailbox& opened) {
    // Rows of a try that was cut off are as old as that.
    listed_mod_sequence_ = std::min(listed_mod_sequence_, opened.highest_mod_sequence);
}

void PointDesk::show_lost(const std::vector<store::Ledger::Refusal>& refused) {
    ListedRows::States states;
    for (const auto& [uid, error] : refused) {
        if (error.fact("mark").empty() || !rows_.has(uid))
            continue;
        MessageState state;
        state.status = Status::held;
        state.error = error;
        states.emplace_back(uid, std::move(state));
    }
    rows_.change(states);
}

void PointDesk::give_back_claims(const point::Point& point, const Result<void>& outcome) {
    const auto mailbox = work::mailbox_of(point, session_.opened());
    const auto in_vain = setup_.ledger.claimed_in_vain(mailbox);
    if (!in_vain || in_vain->empty())
        return;
    const bool was_stopped = !outcome && outcome.error().cause == Cause::cancelled;
    // A server that can't be reached is asked by the next run.
    if (!session_.is_open() && !was_stopped)
        return;
    const Wait wait = Wait::for_at_most(was_stopped ? time_after_a_stop : time_to_give_back);
    auto given = session_.keep_folder_open(point, wait);
    if (given && session_.opened().uid_validity == mailbox.uid_validity)
        given = work::give_back_claims(*session_, setup_.ledger, mailbox, wait);
    // Likewise.
    if (!given && given.error().reach >= Reach::connection)
        session_.drop();
}

}  // namespace mail
