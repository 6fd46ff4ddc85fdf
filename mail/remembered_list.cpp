#include "mail/remembered_list.h"

#include <algorithm>
#include <chrono>
#include <iterator>
#include <utility>

#include "mail/work/row_blob.h"

namespace mail {

namespace {

// Small at first, so that something shows at once.
constexpr std::size_t first_chunk = 100;
constexpr std::size_t later_chunk = 1000;

store::ListName name_of_list(const point::Point& point) {
    return {point.id, point.connection.login + "@" + point.connection.server,
            point.connection.folder};
}

std::chrono::sys_seconds now() {
    return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
}

bool is_same(const store::ListState& one, const store::ListState& other) {
    return one.uid_validity == other.uid_validity && one.uid_next == other.uid_next &&
           one.highest_mod_sequence == other.highest_mod_sequence && one.recipe == other.recipe;
}

}  // namespace

std::optional<std::chrono::days> RememberedList::days_kept() const {
    return setup_.path.empty() || !setup_.kept_for ? no_days : setup_.kept_for();
}

store::ListCache* RememberedList::cache() {
    if (!is_kept())
        return nullptr;
    if (!cache_)
        if (auto opened = store::ListCache::open(setup_.path))
            cache_ = *std::move(opened);
    return cache_.get();
}

std::string RememberedList::recipe(const point::Point& point) {
    const auto us = ledger_.claimant();
    return us ? work::row_recipe(point.general, setup_.program, *us) : std::string();
}

void RememberedList::read(const point::Point& point, const Reader& reader) {
    store::ListCache* lists = cache();
    if (lists == nullptr)
        return;
    const auto reading = lists->read(name_of_list(point), now());
    const std::string ours = recipe(point);
    if (!reading || *reading == nullptr || ours.empty() || (*reading)->state().recipe != ours ||
        !reader.begin(**reading))
        return;
    for (std::size_t size = first_chunk;; size = later_chunk) {
        const auto octets = (*reading)->next(size);
        if (!octets || octets->empty())
            return;
        std::vector<MessageRow> chunk;
        chunk.reserve(octets->size());
        // One that can't be read is asked for again, as if it had come since.
        for (const store::ListRow& one : *octets)
            if (auto row = work::row_from_blob(one.octets); row && row->uid == one.uid)
                chunk.push_back(*std::move(row));
        if (!reader.take(std::move(chunk)))
            return;
    }
}

std::optional<RememberedList::Kept> RememberedList::read(const point::Point& point) {
    std::optional<Kept> kept;
    read(point, {[&](const store::ListReading& reading) {
                     kept = Kept{reading.state(), reading.revision(), {}};
                     kept->rows.reserve(reading.size());
                     return true;
                 },
                 [&](std::vector<MessageRow> chunk) {
                     std::ranges::move(chunk, std::back_inserter(kept->rows));
                     return true;
                 }});
    return kept;
}

void RememberedList::change(const point::Point& point, std::uint64_t revision,
                            store::ListState state, const store::ListChange& change) {
    state.recipe = recipe(point);
    if (store::ListCache* lists = cache(); lists != nullptr && !state.recipe.empty())
        static_cast<void>(lists->change(name_of_list(point), revision, state, change, now()));
}

void RememberedList::replace(const point::Point& point, store::ListState state,
                             std::vector<store::ListRow> rows) {
    state.recipe = recipe(point);
    if (store::ListCache* lists = cache(); lists != nullptr && !state.recipe.empty())
        static_cast<void>(lists->replace(name_of_list(point), state, std::move(rows), now()));
}

void RememberedList::note(const point::Point& point, std::uint32_t uid_validity,
                          const std::vector<MessageRow>& rows) {
    store::ListCache* lists = cache();
    if (lists == nullptr || rows.empty())
        return;
    store::ListState state;
    std::uint64_t revision = 0;
    {
        const auto reading = lists->read(name_of_list(point));
        if (!reading || *reading == nullptr)
            return;
        state = (*reading)->state();
        revision = (*reading)->revision();
    }
    if (state.uid_validity != uid_validity || state.recipe != recipe(point))
        return;
    store::ListChange change;
    // What another program's list does not reach yet comes to it as new.
    for (const MessageRow& row : rows)
        if (state.uid_next == 0 || row.uid < state.uid_next)
            change.put.push_back({row.uid, work::to_blob(row)});
    static_cast<void>(lists->change(name_of_list(point), revision, state, change, now()));
}

void RememberedList::forget(const point::Point& point) {
    if (store::ListCache* lists = cache(); lists != nullptr)
        static_cast<void>(lists->forget(name_of_list(point)));
}

void RememberedList::forget_unused() {
    const auto kept = days_kept();
    if (store::ListCache* lists = cache();
        kept && lists != nullptr && !std::exchange(forgot_unused_, true))
        static_cast<void>(lists->forget_unused(*kept, now()));
}

void forget_list(const RememberedList::Setup& setup, const point::Point& point) {
    if (setup.path.empty())
        return;
    // What can't be forgotten now is when its time has come.
    if (auto lists = store::ListCache::open(setup.path))
        static_cast<void>((*lists)->forget(name_of_list(point)));
}

void forget_lists(Disk& disk, const std::string& path, std::chrono::days kept) {
    if (!disk.look(path))
        return;
    if (auto lists = store::ListCache::open(path))
        static_cast<void>((*lists)->forget_unused(kept, now()));
}

void ListKeeper::found(const store::MailboxId& mailbox, std::size_t messages) {
    if (mailbox.uid_validity != uid_validity_)
        put_.clear();
    uid_validity_ = mailbox.uid_validity;
    view_.found(mailbox, messages);
}

void ListKeeper::note(const MessageRow& row) {
    if (keeps_)
        put_.insert_or_assign(row.uid, work::to_blob(row));
}

void ListKeeper::take_flags(std::vector<MessageRow>& rows, const imap::Synced& synced,
                            imap::Claimant us) {
    using Flagged = imap::Synced::Flagged;
    const auto now_of = [&](const MessageRow& row) {
        const auto now = std::ranges::lower_bound(synced.flagged, row.uid, {}, &Flagged::uid);
        return now == synced.flagged.end() || now->uid != row.uid ? nullptr : &*now;
    };
    if (synced.tells_all_flags)
        std::erase_if(rows, [&](const MessageRow& row) { return now_of(row) == nullptr; });
    if (synced.flagged.empty())
        return;
    for (MessageRow& row : rows) {
        const Flagged* now = now_of(row);
        if (now == nullptr)
            continue;
        const work::ClaimedBy claimed_by = work::claimed_by(now->claimants, us);
        if (claimed_by == row.claimed_by && now->is_deleted == row.is_deleted)
            continue;
        row.claimed_by = claimed_by;
        row.is_deleted = now->is_deleted;
        note(row);
    }
}

work::Opened ListKeeper::joined(std::optional<RememberedList::Kept> kept, imap::Synced synced,
                                imap::Claimant us, const point::General& general) {
    if (synced.mailbox.uid_validity != uid_validity_)
        put_.clear();
    uid_validity_ = synced.mailbox.uid_validity;
    uid_next_ = synced.mailbox.uid_next;
    kept_uids_.clear();
    if (kept)
        for (const MessageRow& row : kept->rows)
            kept_uids_.push_back(row.uid);
    std::vector<imap::Uid> uids = std::move(synced.added);
    if (!synced.is_anew) {
        const auto stayed = imap::UidSet(kept_uids_).without(synced.vanished).uids();
        uids.insert(uids.end(), stayed.begin(), stayed.end());
        std::ranges::sort(uids);
    }
    // Rows with marks that nobody can say anything of would hide what another has taken.
    const bool goes_on = kept && !synced.is_anew && synced.flags_are_known;
    before_.reset();
    std::vector<MessageRow> at_hand;
    if (goes_on) {
        before_ = kept->state;
        revision_ = kept->revision;
        at_hand = std::move(kept->rows);
        take_flags(at_hand, synced, us);
    }
    for (imap::MessageData& data : synced.arrived) {
        at_hand.push_back(work::describe_for(us, std::move(data), general));
        note(at_hand.back());
    }
    return {imap::Contents{std::move(synced.mailbox), std::move(uids)}, std::move(at_hand)};
}

void ListKeeper::write(RememberedList& lists, const point::Point& point, std::uint64_t mod_sequence,
                       const std::function<bool(std::uint32_t)>& is_listed) {
    store::ListChange change;
    for (auto& [uid, octets] : put_)
        if (is_listed(uid))
            change.put.push_back({uid, std::move(octets)});
    put_.clear();
    store::ListState state{uid_validity_, uid_next_, mod_sequence};
    if (!before_)
        return lists.replace(point, std::move(state), std::move(change.put));
    std::ranges::copy_if(kept_uids_, std::back_inserter(change.removed),
                         [&](std::uint32_t uid) { return !is_listed(uid); });
    state.recipe = before_->recipe;
    const bool is_another =
        !is_same(*before_, state) || !change.put.empty() || !change.removed.empty();
    if (is_another)
        lists.change(point, revision_, std::move(state), change);
}

}  // namespace mail
