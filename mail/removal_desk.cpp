#include "mail/removal_desk.h"

#include <algorithm>
#include <iterator>
#include <set>
#include <string_view>
#include <utility>

#include "mail/work/known.h"
#include "mail/work/refresh.h"

namespace mail {

namespace {

/// Writes what becomes of the messages into the job and the rows.
class RemovalProgress final : public work::RemoveObserver {
public:
    struct Of {
        JobId job = 0;
        std::uint32_t uid_validity = 0;
        Status gone_as = Status::gone;  ///< with a copy in the quarantine, or without
        bool counts = true;             ///< as the job's messages
    };
    /// `leaving`: what is known of their documents is known of them when they have left, too.
    RemovalProgress(Board& board, ListedRows& rows, const Of& of,
                    const std::vector<MessageRow>& leaving)
        : board_(board), rows_(rows), of_(of), leaving_(leaving) {}

    void removed(std::uint32_t uid) override {
        const auto row = std::ranges::find(leaving_, uid, &MessageRow::uid);
        MessageState state = row == leaving_.end() ? MessageState() : row->initial;
        state.status = of_.gone_as;
        state.error.reset();
        if (rows_.has(uid))
            rows_.change({{uid, state}});
        board_.change_job(of_.job, [&](JobView& job) {
            job.messages_done += of_.counts ? 1 : 0;
            job.removed.push_back({uid, of_.uid_validity});
        });
    }
    void kept(std::uint32_t uid, const Error& why) override {
        if (work::has_more_than_taken(why) && rows_.has(uid)) {
            const auto row = std::ranges::find(leaving_, uid, &MessageRow::uid);
            MessageState state = row == leaving_.end() ? MessageState() : row->initial;
            state.status = Status::partial;
            state.error = why;
            rows_.change({{uid, state}});
        }
        if (why.cause == Cause::message_gone && rows_.has(uid)) {
            MessageState state;
            state.status = Status::gone;
            state.error = why;
            rows_.change({{uid, state}});
        }
        board_.change_job(of_.job, [&](JobView& job) {
            job.messages_done += of_.counts ? 1 : 0;
            job.messages_failed += of_.counts ? 1 : 0;
            job.kept.emplace_back(uid, why);
        });
    }
    void marked(std::uint32_t) override {
        board_.change_job(of_.job, [&](JobView& job) {
            job.messages_done += of_.counts ? 1 : 0;
            ++job.marked;
        });
    }

private:
    Board& board_;
    ListedRows& rows_;
    const Of of_;
    const std::vector<MessageRow>& leaving_;
};

store::RemovalEntry entry_of(const MessageRow& row, const std::string& who) {
    store::RemovalEntry entry;
    entry.id = work::id_of(row);
    entry.subject = row.subject;
    entry.sender = row.sender_name.empty() ? row.sender_address : row.sender_name;
    entry.when = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    entry.who = who;
    return entry;
}

/// The connection ended, which may be one message's fault. A stop is not.
bool session_broke(const Error& error) {
    return error.cause != Cause::cancelled && error.reach >= Reach::connection &&
           error.layer < Layer::target;
}

using Entry = std::pair<store::MailboxId, store::RemovalEntry>;

bool is_same(const Entry& one, const Entry& other) {
    return one.first == other.first && one.second.id.uid == other.second.id.uid;
}

bool is_meant(const Restore::Which& which, const Entry& entry) {
    return entry.second.id.uid == which.uid &&
           (which.uid_validity == 0 || entry.first.uid_validity == which.uid_validity);
}

/// Of the same login, whatever the server is called or its numbers are.
bool is_same_folder(const store::MailboxId& one, const store::MailboxId& other) {
    const auto login_of = [](const store::MailboxId& mailbox) {
        return std::string_view(mailbox.account).substr(0, mailbox.account.rfind('@'));
    };
    return one.folder == other.folder && login_of(one) == login_of(other);
}

/// What comes back is told by its UID alone, and two numberings may share one.
std::vector<Entry> of_different_numbers(const std::vector<Entry>& entries) {
    std::vector<Entry> some;
    std::set<std::uint32_t> uids;
    for (const Entry& entry : entries)
        if (uids.insert(entry.second.id.uid).second)
            some.push_back(entry);
    return some;
}

Status status_after(const point::Point& point) {
    return point.general.quarantine_days > 0 ? Status::quarantined : Status::gone;
}

}  // namespace

work::RemoveContext RemovalDesk::context(const point::Point& point,
                                         const work::Quarantine* quarantine) const {
    return {setup_.disk,
            setup_.ledger,
            quarantine,
            work::mailbox_of(point, session_.opened()),
            point.name,
            setup_.who,
            point.general.quarantine_days,
            setup_.ledger.damaged_copy().empty(),
            point.general.allow_delete_from_mailbox || point.general.delete_after_document,
            point.general};
}

/// The UIDs of the list must still mean its messages.
Result<void> RemovalDesk::open_as_listed(const point::Point& point, std::uint32_t uid_validity,
                                         const Wait& wait) {
    if (auto opened = session_.open_for_changes_patiently(point, wait); !opened)
        return opened;
    if (session_.opened().uid_validity == uid_validity)
        return {};
    return fail(Cause::uidvalidity_changed, Layer::select, Reach::folder,
                {{"folder", point.connection.folder}});
}

Result<void> RemovalDesk::hide(JobId job, const store::MailboxId& mailbox,
                               const std::vector<MessageRow>& rows) {
    std::vector<store::RemovalEntry> entries;
    for (const MessageRow& row : rows)
        entries.push_back(entry_of(row, setup_.who));
    const auto refused = setup_.ledger.hide(mailbox, entries);
    if (!refused)
        return tl::unexpected(refused.error());
    ListedRows::States states;
    std::vector<Restore::Which> hidden;
    for (const MessageRow& row : rows) {
        if (std::ranges::find(*refused, row.uid, &store::Ledger::Refusal::uid) != refused->end())
            continue;
        states.emplace_back(row.uid, row.initial);
        states.back().second.status = Status::hidden;
        hidden.push_back({row.uid, mailbox.uid_validity});
    }
    rows_.change(states);
    setup_.board.change_job(job, [&](JobView& view) {
        view.messages_total += rows.size();
        view.messages_done += rows.size();
        view.messages_failed += refused->size();
        view.removed = std::move(hidden);
        for (const auto& refusal : *refused)
            view.kept.emplace_back(refusal.uid, refusal.error);
    });
    return {};
}

Result<void> RemovalDesk::remove(JobId job, const point::Point& point, const Leaving& leaving,
                                 const Wait& wait) {
    // Where no copy is kept, each is looked at there before it leaves.
    auto folder = work::Quarantine::open(setup_.disk, setup_.quarantine);
    if (!folder)
        return tl::unexpected(std::move(folder.error()));
    if (leaving.is_asked_for)
        setup_.board.change_job(job,
                                [&](JobView& view) { view.messages_total += leaving.rows.size(); });
    RemovalProgress progress(setup_.board, rows_,
                             {job, leaving.uid_validity, status_after(point), leaving.is_asked_for},
                             leaving.rows);
    std::vector<const MessageRow*> left;
    for (const MessageRow& row : leaving.rows)
        left.push_back(&row);
    // One message at which the connection ends must not keep the others: one by one then.
    bool one_by_one = false;
    std::uint32_t suspect = 0;
    while (!left.empty()) {
        if (auto opened = open_as_listed(point, leaving.uid_validity, wait); !opened)
            return opened;
        auto now = context(point, point.general.quarantine_days > 0 ? &*folder : nullptr);
        now.spool = &*folder;
        // What can't be dropped now, the next removal drops.
        static_cast<void>(work::drop_strays(now));
        std::vector<const MessageRow*> some = left;
        some.resize(one_by_one ? 1 : some.size());
        const auto outcome = work::remove(*session_, now, some, leaving.order, progress, wait);
        if (outcome.others_marked > 0) {
            const Error asks{Cause::others_marked,
                             Layer::fetch,
                             Reach::point,
                             {{"count", std::to_string(outcome.others_marked)}}};
            if (leaving.is_asked_for)
                return tl::unexpected(asks);
            // Nobody is there to be asked: they stay, and the next run asks again.
            for (const std::uint32_t uid : outcome.left)
                progress.kept(uid, asks);
            return {};
        }
        const std::size_t before = left.size();
        std::erase_if(left, [&](const MessageRow* row) {
            return std::ranges::find(some, row) != some.end() &&
                   std::ranges::find(outcome.left, row->uid) == outcome.left.end();
        });
        if (left.size() < before)
            session_.progressed();
        if (!outcome.error)
            continue;
        const Error& error = *outcome.error;
        if (error.reach >= Reach::connection)
            session_.drop();
        // What became of them is found out as soon as the server answers again.
        if (left.empty() && outcome.unknown.empty())
            return tl::unexpected(error);
        const bool broke = session_broke(error);
        if (broke && one_by_one && !left.empty() && left.front()->uid == suspect) {
            progress.kept(suspect, error);
            left.erase(left.begin());
            session_.did_without_one(error);
        }
        suspect = one_by_one && !left.empty() ? left.front()->uid : 0;
        one_by_one = one_by_one || broke;
        auto ended = session_.hold_off(error, wait);
        if (ended && (left.empty() || !outcome.unknown.empty()))
            ended = finish(job, point, wait);
        if (!ended)
            tell_unknown(point, leaving.uid_validity, outcome.unknown, progress);
        if (!ended || left.empty())
            return ended;
    }
    return {};
}

void RemovalDesk::tell_unknown(const point::Point& point, std::uint32_t uid_validity,
                               const std::vector<std::uint32_t>& uids,
                               work::RemoveObserver& observer) {
    if (uids.empty())
        return;
    const auto open = setup_.ledger.unfinished_removals(point.id);
    for (const std::uint32_t uid : uids)
        if (!open || std::ranges::any_of(*open, [&](const auto& one) {
                return one.first.uid_validity == uid_validity && one.second.id.uid == uid;
            }))
            observer.kept(uid, {Cause::removal_unknown,
                                Layer::list,
                                Reach::message,
                                {{"uid", std::to_string(uid)}}});
}

Result<void> RemovalDesk::show(const store::MailboxId& mailbox,
                               const std::vector<std::uint32_t>& uids) {
    return uids.empty() ? Result<void>() : setup_.ledger.show(mailbox, uids, setup_.who);
}

Result<RemovalDesk::Entries>
RemovalDesk::entries_of(const point::Point& point,
                        const std::vector<Restore::Which>& messages) const {
    auto all = setup_.ledger.quarantined(point.id);
    if (!all)
        return all;
    // Newest first: a number without its UIDVALIDITY means the message that had it last. What is
    // of this mailbox before what is of another that the point named once.
    const auto here = work::mailbox_of(point, session_.opened());
    std::stable_partition(all->begin(), all->end(),
                          [&](const auto& one) { return is_same_folder(one.first, here); });
    Entries wanted;
    for (const Restore::Which& which : messages) {
        const auto found =
            std::ranges::find_if(*all, [&](const auto& one) { return is_meant(which, one); });
        if (found != all->end())
            wanted.push_back(*found);
    }
    return wanted;
}

Result<RemovalDesk::Entries>
RemovalDesk::entries_to_put_back(JobId job, const point::Point& point,
                                 const std::vector<Restore::Which>& messages) {
    auto entries = entries_of(point, messages);
    if (!entries)
        return entries;
    std::vector<std::pair<std::uint32_t, Error>> kept;
    std::size_t there = 0;
    const auto restored = std::exchange(restored_by_finish_, {});
    for (const Restore::Which& which : messages) {
        const auto is_it = [&](const auto& one) { return is_meant(which, one); };
        if (std::ranges::any_of(*entries, is_it))
            continue;
        if (std::ranges::any_of(restored, is_it))
            ++there;
        else
            kept.emplace_back(which.uid, Error{Cause::copy_missing,
                                               Layer::ledger,
                                               Reach::message,
                                               {{"uid", std::to_string(which.uid)}}});
    }
    // Whoever works with this mailbox has no business with another's mails.
    const auto here = work::mailbox_of(point, session_.opened());
    std::erase_if(*entries, [&](const auto& one) {
        const auto& [mailbox, entry] = one;
        const bool is_other = !is_same_folder(mailbox, here);
        if (is_other)
            kept.emplace_back(entry.id.uid, Error{Cause::other_mailbox,
                                                  Layer::ledger,
                                                  Reach::message,
                                                  {{"uid", std::to_string(entry.id.uid)},
                                                   {"account", mailbox.account},
                                                   {"folder", mailbox.folder}}});
        return is_other;
    });
    setup_.board.change_job(job, [&](JobView& view) {
        view.messages_total += entries->size() + there + kept.size();
        view.messages_done += there + kept.size();
        view.messages_failed += kept.size();
        std::ranges::copy(kept, std::back_inserter(view.kept));
    });
    return entries;
}

Result<void> RemovalDesk::put_back(JobId job, const point::Point& point,
                                   const std::vector<Restore::Which>& messages, const Wait& wait) {
    if (auto opened = session_.open_for_changes_patiently(point, wait); !opened)
        return opened;
    auto entries = entries_to_put_back(job, point, messages);
    if (!entries)
        return tl::unexpected(std::move(entries.error()));
    if (entries->empty())
        return {};
    auto quarantine = work::Quarantine::open(setup_.disk, setup_.quarantine);
    if (!quarantine)
        return tl::unexpected(std::move(quarantine.error()));
    while (!entries->empty()) {
        if (auto opened = session_.open_for_changes_patiently(point, wait); !opened)
            return opened;
        const Entries some = of_different_numbers(*entries);
        const auto outcome = work::restore(*session_, context(point, &*quarantine), some, wait);
        setup_.board.change_job(job, [&](JobView& view) {
            view.messages_done += outcome.restored.size() + outcome.failed.size();
            view.messages_failed += outcome.failed.size();
            for (const auto& refusal : outcome.failed)
                view.kept.emplace_back(refusal.uid, refusal.error);
        });
        std::erase_if(*entries, [&](const auto& entry) {
            const std::uint32_t uid = entry.second.id.uid;
            const bool is_done =
                std::ranges::find(outcome.restored, uid) != outcome.restored.end() ||
                std::ranges::find(outcome.failed, uid, &store::Ledger::Refusal::uid) !=
                    outcome.failed.end();
            return is_done &&
                   std::ranges::any_of(some, [&](const auto& one) { return is_same(one, entry); });
        });
        if (!outcome.error)
            continue;
        if (outcome.error->reach >= Reach::connection)
            session_.drop();
        if (auto waited = session_.hold_off(*outcome.error, wait); !waited)
            return waited;
        // One whose outcome is not known may be there by now.
        if (auto ended = finish(job, point, wait); !ended)
            return ended;
        auto still = setup_.ledger.quarantined(point.id);
        if (!still)
            return tl::unexpected(std::move(still.error()));
        const std::size_t found = std::erase_if(*entries, [&](const auto& entry) {
            return std::ranges::none_of(*still,
                                        [&](const auto& one) { return is_same(one, entry); });
        });
        setup_.board.change_job(job, [&](JobView& view) { view.messages_done += found; });
    }
    return {};
}

Result<bool> RemovalDesk::any_unfinished(const store::MailboxId& mailbox) const {
    return work::any_unfinished_removal(setup_.ledger, mailbox);
}

Result<void> RemovalDesk::finish(JobId job, const point::Point& point, const Wait& wait) {
    if (auto opened = session_.open_for_changes_patiently(point, wait); !opened)
        return opened;
    auto quarantine = work::Quarantine::open(setup_.disk, setup_.quarantine);
    if (!quarantine)
        return tl::unexpected(std::move(quarantine.error()));
    const std::vector<MessageRow> not_known;
    RemovalProgress progress(setup_.board, rows_,
                             {job, session_.opened().uid_validity, status_after(point), false},
                             not_known);
    const auto begun = setup_.ledger.unfinished_removals(point.id);
    if (!begun)
        return tl::unexpected(begun.error());
    return work::finish_removals(*session_, context(point, &*quarantine), progress, wait)
        .and_then([&] { return remember_restored(point, *begun); });
}

Result<void> RemovalDesk::remember_restored(const point::Point& point, const Entries& begun) {
    const auto kept = setup_.ledger.quarantined(point.id);
    const auto open = setup_.ledger.unfinished_removals(point.id);
    if (!kept || !open)
        return tl::unexpected(kept ? open.error() : kept.error());
    for (const auto& one : begun) {
        const auto is_it = [&](const auto& other) { return is_same(other, one); };
        if (one.second.stage == store::RemovalEntry::Stage::restoring &&
            std::ranges::none_of(*kept, is_it) && std::ranges::none_of(*open, is_it))
            restored_by_finish_.push_back(one);
    }
    return {};
}

}  // namespace mail
