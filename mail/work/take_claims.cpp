#include <algorithm>
#include <iterator>

#include "mail/work/take_group.h"
#include "mail/work/take_lanes.h"

namespace mail::work {

// What nobody asks the server for is in nobody's way.
Result<void> Group::prepare_claims(const imap::Session& session) {
    std::vector<const MessageRow*> rows;
    for (const auto& delivery : deliveries_)
        if (!delivery->complete())
            rows.push_back(&delivery->row());
    return claims_.prepare(rows, session);
}

Result<void> Group::fetch_claiming(Lanes& lanes, const Wait& wait) {
    // The plan before the mark: after a stop between the two our own mark must not look like
    // another's.
    if (auto planned = prepare_claims(lanes.first()).and_then([this] { return plan_once(); });
        !planned)
        return reaching_all(std::move(planned));
    if (!claims_.any())
        return lanes.fetch(*this, wait);
    const imap::Claim claim = claim_between_calls();
    if (auto fetched = lanes.fetch(*this, wait, &claim); !fetched)
        return fetched;
    return claims_.contested().empty() ? settle_held_back() : settle_claims(lanes, wait);
}

imap::Claim Group::claim_between_calls() {
    imap::Claim claim = claims_.order();
    const auto locked = [this](auto told) {
        return [this, told = std::move(told)](const auto&... what) {
            const std::lock_guard lock(mutex_);
            told(what...);
        };
    };
    claim.contested =
        locked([this, told = std::move(claim.contested)](std::vector<imap::Uid> uids) {
            // What has its files by now is ours.
            std::erase_if(uids, [this](imap::Uid uid) { return is_decided(uid); });
            told(uids);
        });
    claim.refused = locked(std::move(claim.refused));
    claim.answered = locked(std::move(claim.answered));
    return claim;
}

bool Group::is_decided(std::uint32_t uid) const {
    const auto found = std::ranges::find(deliveries_, uid,
                                         [](const auto& delivery) { return delivery->row().uid; });
    const auto index = static_cast<std::size_t>(found - deliveries_.begin());
    return found == deliveries_.end() || finished_[index] ||
           std::ranges::find(ready_, index) != ready_.end();
}

Result<void> Group::settle_claims(Lanes& lanes, const Wait& wait) {
    const auto lost = claims_.settle(lanes.first(), wait);
    if (!lost)
        return tl::unexpected(lost.error());
    for (const std::uint32_t uid : *lost)
        lose(uid);
    return settle_held_back();
}

Result<void> Group::settle_held_back() {
    const auto is_decided = [this](std::size_t index) {
        return finished_[index] || !claims_.is_undecided(deliveries_[index]->row().uid);
    };
    std::vector<std::size_t> decided;
    std::ranges::copy_if(held_back_, std::back_inserter(decided), is_decided);
    std::erase_if(held_back_, is_decided);
    for (const std::size_t index : decided)
        if (!finished_[index])
            if (auto settled = settle(index); !settled)
                return settled;
    return {};
}

void Group::lose(std::uint32_t uid) {
    const auto found = std::ranges::find(deliveries_, uid,
                                         [](const auto& delivery) { return delivery->row().uid; });
    if (found == deliveries_.end())
        return;
    Delivery& delivery = **found;
    delivery.abandon();
    finished_[static_cast<std::size_t>(found - deliveries_.begin())] = true;
    refused_.push_back({uid, claimed_error(uid)});
    auto entry =
        entry_of(delivery, delivery.any_taken() ? store::Step::partial : store::Step::failed);
    entry.cause = name_of(Cause::cancelled);
    to_record_.push_back(std::move(entry));
}

}  // namespace mail::work
