// What a PointDesk does with the list that is kept between two runs: shows it before the server is
// asked, has it brought up to date, keeps it.

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "mail/listing_view.h"
#include "mail/point_desk.h"
#include "mail/work/known.h"

namespace mail {

namespace {

imap::Remembered remembered_in(const std::optional<RememberedList::Kept>& kept) {
    if (!kept)
        return {};
    std::vector<imap::Uid> uids;
    uids.reserve(kept->rows.size());
    for (const MessageRow& row : kept->rows)
        uids.push_back(row.uid);
    return {kept->state.uid_validity, kept->state.uid_next, kept->state.highest_mod_sequence,
            imap::UidSet(std::move(uids))};
}

/// The server was spoken to, and may have been lost by what it was asked.
bool may_be_of_sync(const Error& error) {
    return (error.layer == Layer::select || error.layer == Layer::list) &&
           error.cause != Cause::cancelled;
}

}  // namespace

void PointDesk::show_remembered(const point::Point& point, const StopToken& stop) {
    ListingView listing(setup_.board, setup_.point, 0, rows_.statuses());
    std::optional<work::Known> known;
    const auto begin = [&](const store::ListReading& reading) {
        imap::Mailbox opened;
        opened.folder = point.connection.folder;
        opened.uid_validity = reading.state().uid_validity;
        const auto mailbox = work::mailbox_of(point, opened);
        auto loaded = work::Known::load(setup_.ledger, mailbox);
        if (!loaded)
            return false;
        known = *std::move(loaded);
        listing.found(mailbox, reading.size());
        return true;
    };
    const auto take = [&](std::vector<MessageRow> chunk) {
        for (MessageRow& row : chunk)
            work::remember(row, *known, point.general);
        listing.rows(std::move(chunk));
        return !stop.stop_requested();
    };
    lists_.read(point, {begin, take});
}

void PointDesk::keep_read_whole(const point::Point& point, const std::vector<std::uint32_t>& uids) {
    if (!lists_.is_kept() || listed_for_ || !listed_uid_validity_)
        return;
    std::vector<MessageRow> rows;
    rows_.each([&](const MessageRow& row) {
        if (std::ranges::binary_search(uids, row.uid))
            rows.push_back(row);
    });
    lists_.note(point, *listed_uid_validity_, rows);
}

Result<work::Opened> PointDesk::open_to_list(const point::Point& point, ListKeeper& keeper,
                                             const Wait& wait) {
    const auto us = setup_.ledger.claimant();
    if (!keeper.keeps() || !us)
        return session_.open_for_listing(point, wait).map([](imap::Contents contents) {
            return work::Opened(std::move(contents));
        });
    auto kept = lists_.read(point);
    auto synced = session_.open_for_sync(point, remembered_in(kept), wait);
    if (!synced) {
        if (may_be_of_sync(synced.error()))
            keeper.keep_nothing();
        return tl::unexpected(std::move(synced.error()));
    }
    return keeper.joined(std::move(kept), *std::move(synced), *us, point.general);
}

void PointDesk::keep_list(const point::Point& point, ListKeeper& keeper) {
    if (!keeper.keeps())
        return;
    // Under numbers that may come to mean other messages a list is of no use.
    if (!keeps_its_numbers_)
        return lists_.forget(point);
    keeper.write(lists_, point, listed_mod_sequence_,
                 [this](std::uint32_t uid) { return rows_.has(uid); });
    lists_.forget_unused();
}

}  // namespace mail
