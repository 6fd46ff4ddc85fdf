#include "mail/work/refresh.h"

#include <algorithm>

#include "mail/imap/claim.h"
#include "mail/imap/quirks.h"
#include "mail/work/choose.h"
#include "mail/work/describe.h"
#include "mail/work/known.h"

namespace mail::work {

namespace {

// Small at first, so that something shows at once; then large, so that little is copied.
constexpr std::size_t first_chunk = 100;
constexpr std::size_t later_chunk = 1000;

class Listing {
public:
    Listing(const RefreshContext& context, RefreshObserver& observer, const Known& known)
        : context_(context), observer_(observer), known_(known) {}

    void add(MessageRow row) {
        remember(row, known_, context_.point.general);
        if (chunk_.empty())
            chunk_.reserve(size());
        chunk_.push_back(std::move(row));
        if (chunk_.size() >= size())
            tell();
    }
    void tell() {
        if (chunk_.empty())
            return;
        told_ = true;
        observer_.rows(std::exchange(chunk_, {}));
    }

private:
    [[nodiscard]] std::size_t size() const { return told_ ? later_chunk : first_chunk; }

    const RefreshContext& context_;
    RefreshObserver& observer_;
    const Known& known_;
    std::vector<MessageRow> chunk_;
    bool told_ = false;
};

/// Ascending `uids` without those whose rows are at hand, which are listed.
void list_at_hand(Listing& listing, std::vector<imap::Uid>& uids, std::vector<MessageRow> at_hand) {
    std::vector<imap::Uid> listed;
    for (MessageRow& row : at_hand)
        if (std::ranges::binary_search(uids, row.uid)) {
            listed.push_back(row.uid);
            listing.add(std::move(row));
        }
    std::ranges::sort(listed);
    std::erase_if(uids, [&](imap::Uid uid) { return std::ranges::binary_search(listed, uid); });
}

}  // namespace

ClaimedBy claimed_by(const std::vector<imap::Claimant>& claimants, imap::Claimant us) {
    if (claimants.empty())
        return ClaimedBy::nobody;
    if (std::ranges::binary_search(claimants, us))
        return claimants.size() == 1 ? ClaimedBy::us : ClaimedBy::us_and_another;
    return claimants.front() == 0 ? ClaimedBy::somebody : ClaimedBy::another;
}

MessageRow describe_for(imap::Claimant us, imap::MessageData data, const point::General& general) {
    const auto claimants = imap::claimants_of(data.flags);
    MessageRow row = describe(std::move(data), general);
    row.claimed_by = claimed_by(claimants, us);
    return row;
}

store::MailboxId mailbox_of(const point::Point& point, const imap::Mailbox& opened) {
    return {point.id, point.connection.login + "@" + point.connection.server, opened.folder,
            opened.uid_validity};
}

Result<void> refresh(imap::Session& session, const RefreshContext& context, Opened listed,
                     RefreshObserver& observer, const Wait& wait) {
    imap::Contents& opened = listed.contents;
    const store::MailboxId mailbox = mailbox_of(context.point, opened.mailbox);
    // Where UIDs may come to mean other messages (quirks.h), each has to show what it is.
    const bool keeps_its_numbers =
        imap::quirks::keeps_its_numbers(session.capabilities(), opened.mailbox);
    const auto us = context.ledger.claimant();
    if (!us)
        return tl::unexpected(us.error());
    using Numbers = Known::Numbers;
    auto known =
        Known::load(context.ledger, mailbox, keeps_its_numbers ? Numbers::last : Numbers::may_move);
    if (!known)
        return tl::unexpected(std::move(known.error()));
    const bool finished_ones_too =
        context.extent == RefreshContext::Extent::all || !keeps_its_numbers;
    std::erase_if(opened.uids, [&](imap::Uid uid) {
        const bool asked_for =
            context.uids.empty() || std::ranges::binary_search(context.uids, uid);
        return !asked_for || (!finished_ones_too && known->is_finished(uid));
    });
    observer.found(mailbox, opened.uids.size());
    const auto kept = observer.keep(keeps_its_numbers ? opened.uids : std::vector<imap::Uid>());
    std::erase_if(opened.uids,
                  [&](imap::Uid uid) { return std::ranges::binary_search(kept, uid); });
    Listing listing(context, observer, *known);
    list_at_hand(listing, opened.uids, std::move(listed.at_hand));
    std::map<imap::Uid, Error> without_data;
    std::erase_if(opened.uids, [&](imap::Uid uid) {
        const auto found = context.caution.set_aside.find(uid);
        return found != context.caution.set_aside.end() && without_data.insert(*found).second;
    });
    const auto unlisted = imap::list_messages(
        session, {std::move(opened.uids), context.caution.portions},
        [&](imap::MessageData data) {
            return describe_for(*us, std::move(data), context.point.general);
        },
        [&](MessageRow row) {
            observer.described(row);
            listing.add(std::move(row));
        },
        wait);
    if (!unlisted) {
        listing.tell();
        return tl::unexpected(unlisted.error());
    }
    for (const imap::Unlisted& message : *unlisted)
        without_data.emplace(message.uid, message.error);
    for (const auto& [uid, error] : without_data)
        listing.add(row_without_data(uid, error));
    listing.tell();
    return known->adopt_moved(context.ledger);
}

}  // namespace mail::work
