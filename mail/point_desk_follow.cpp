// What a PointDesk does to show what other programs on the same workspace have done meanwhile.

#include <algorithm>
#include <utility>

#include "mail/point_desk.h"
#include "mail/work/known.h"
#include "mail/work/recorded.h"

namespace mail {

namespace {

constexpr std::size_t most_lines_read = 10'000;

}  // namespace

std::set<std::uint32_t> PointDesk::out_of(const store::MailboxId& mailbox) const {
    using Stage = store::RemovalEntry::Stage;
    std::set<std::uint32_t> uids;
    // What can't be read now shows at the next look.
    const auto removals = setup_.ledger.removals(mailbox);
    if (removals)
        for (const store::RemovalEntry& entry : *removals)
            if (entry.stage == Stage::removed || entry.stage == Stage::restoring)
                uids.insert(entry.id.uid);
    return uids;
}

std::set<std::uint32_t> PointDesk::put_back_since_opened() const {
    std::set<std::uint32_t> uids;
    const auto actions = setup_.ledger.actions({setup_.point, begun_, 0, most_lines_read});
    if (actions)
        for (const store::Action& action : *actions)
            if (action.what == store::Action::What::restored && action.result.empty())
                uids.insert(action.uid);
    return uids;
}

bool PointDesk::follow() {
    if (!rows_.any() || !listed_uid_validity_)
        return false;
    const point::Point point = definition();
    auto mailbox = work::mailbox_of(point, session_.opened());
    mailbox.uid_validity = *listed_uid_validity_;
    const auto known = work::Known::load(setup_.ledger, mailbox);
    if (!known)
        return false;
    ListedRows::States states;
    bool any_back = false;
    rows_.each_now([&](const MessageRow& row, const MessageState& shown) {
        using Before = work::Before;
        any_back =
            any_back || (shown.status == Status::quarantined && known->removal_of(row) == nullptr);
        const auto before = out_when_listed_.contains(row.uid) ? Before::was_out : Before::was_in;
        auto now = work::recorded_since(row, shown, before, *known, point.general);
        if (!now)
            return;
        // What was tried by itself was another wish.
        if (is_open(*now) && !known->decisions_of(row).empty() && tried_.erase(row.uid) > 0)
            take_at_ = Clock::now();
        states.emplace_back(row.uid, std::move(*now));
    });
    // Where nothing has changed, nothing is drawn.
    if (!states.empty())
        rows_.change(states);
    const auto before = std::exchange(out_, out_of(mailbox));
    // What came back has a number that only the server tells.
    any_back = any_back || !std::ranges::includes(out_, before);
    return any_back && found_.health == PointHealth::ok;
}

}  // namespace mail
