#include "mail/work/claims.h"

#include <algorithm>
#include <iterator>

namespace mail::work {

using SaidClaim = store::MessageEntry::Claim;

namespace {

/// Claims::possible().
Result<imap::Claimant> claimant_here(const imap::Session& session, store::Ledger& ledger) {
    return ledger.claimant().map(
        [&](std::uint32_t own) { return imap::claimant_in(*session.selected(), own); });
}

}  // namespace

bool Claims::possible(const imap::Session& session) {
    return session.selected() && session.selected()->can_claim;
}

Result<void> Claims::prepare(const std::vector<const MessageRow*>& rows,
                             const imap::Session& session) {
    std::vector<std::uint32_t> uids;
    for (const MessageRow* row : rows)
        uids.push_back(row->uid);
    std::ranges::sort(uids);
    const auto ours = context_.ledger.claimed(context_.mailbox, uids);
    if (!ours)
        return tl::unexpected(ours.error());
    const auto claimant = claimant_here(session, context_.ledger);
    if (!claimant)
        return tl::unexpected(claimant.error());
    claimant_ = *claimant;
    const bool by_name = context_.order.extent == Delivery::Extent::all_again;
    for (const MessageRow* row : rows) {
        // A mark that says whose it is says so better than a plan.
        const bool is_ours =
            row->claimed_by == ClaimedBy::us ||
            (row->claimed_by == ClaimedBy::somebody && std::ranges::binary_search(*ours, row->uid));
        const bool is_claimed = row->claimed_by != ClaimedBy::nobody;
        // The mark of another stays its own, whatever becomes of this taking.
        if (by_name && is_claimed && !is_ours)
            continue;
        // Who has taken some of it lately, before there were marks, goes on with it.
        const bool owned = by_name || is_claimed;
        outcomes_.emplace(row->uid, owned ? Outcome::owned : Outcome::claimed);
    }
    return {};
}

SaidClaim Claims::said(std::uint32_t uid) const {
    const auto found = outcomes_.find(uid);
    if (found == outcomes_.end())
        return SaidClaim::as_before;
    switch (found->second) {
    case Outcome::owned:
    case Outcome::claimed:
        return SaidClaim::ours;
    // Where it ends here, whoever takes the mark back takes none but ours.
    case Outcome::contested:
        return SaidClaim::as_before;
    case Outcome::lost:
    case Outcome::refused:
        break;
    }
    return SaidClaim::none;
}

std::vector<std::uint32_t> Claims::those(Outcome outcome) const {
    std::vector<std::uint32_t> uids;
    for (const auto& [uid, state] : outcomes_)
        if (state == outcome)
            uids.push_back(uid);
    std::ranges::sort(uids);
    return uids;
}

imap::Claim Claims::order() {
    const auto all_become = [this](Outcome before, Outcome now) {
        for (auto& [uid, state] : outcomes_)
            if (state == before)
                state = now;
    };
    return {those(Outcome::claimed),
            those(Outcome::owned),
            context_.listed_mod_sequence,
            [this](const std::vector<imap::Uid>& uids) {
                for (const imap::Uid uid : uids)
                    outcomes_[uid] = Outcome::contested;
            },
            [all_become] { all_become(Outcome::claimed, Outcome::refused); },
            [this] { answered_ = true; },
            claimant_};
}

bool Claims::is_undecided(std::uint32_t uid) const {
    const auto found = outcomes_.find(uid);
    return found != outcomes_.end() && (found->second == Outcome::contested ||
                                        (found->second == Outcome::claimed && !answered_));
}

std::vector<std::uint32_t> Claims::contested() const {
    return those(Outcome::contested);
}

Result<imap::ClaimsSettled> Claims::ask_server(imap::Session& session, const Wait& wait) const {
    auto settled = imap::settle_claims(session, contested(), claimant_, wait);
    if (!settled || settled->lost.empty())
        return settled;
    // Another point of ours makes documents of its own from the same messages.
    const auto ours = context_.ledger.claimed_by_others(context_.mailbox);
    if (!ours)
        return tl::unexpected(ours.error());
    std::erase_if(settled->lost, [&](std::uint32_t uid) {
        const bool is_ours = std::ranges::binary_search(*ours, uid);
        if (is_ours)
            settled->ours.push_back(uid);
        return is_ours;
    });
    return settled;
}

Result<std::vector<std::uint32_t>> Claims::settle(imap::Session& session, const Wait& wait) {
    auto settled = ask_server(session, wait);
    if (!settled)
        return tl::unexpected(std::move(settled.error()));
    for (const std::uint32_t uid : settled->ours)
        outcomes_[uid] = Outcome::owned;
    for (const std::uint32_t uid : settled->lost)
        outcomes_[uid] = Outcome::lost;
    return std::move(settled->lost);
}

Error claimed_error(std::uint32_t uid) {
    return {Cause::taken_elsewhere,
            Layer::list,
            Reach::message,
            {{"uid", std::to_string(uid)}, {"mark", std::string(imap::claim_keyword)}}};
}

Result<void> give_back_claims(imap::Session& session, store::Ledger& ledger,
                              const store::MailboxId& mailbox, const Wait& wait) {
    auto uids = ledger.claimed_in_vain(mailbox);
    if (!uids)
        return tl::unexpected(std::move(uids.error()));
    if (uids->empty() || !Claims::possible(session))
        return {};
    const auto claimant = claimant_here(session, ledger);
    if (!claimant)
        return tl::unexpected(claimant.error());
    return imap::give_back_claims(session, *uids, *claimant, wait).and_then([&] {
        return ledger.gave_back(mailbox, *uids);
    });
}

}  // namespace mail::work
