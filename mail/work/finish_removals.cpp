#include <algorithm>
#include <set>

#include "mail/imap/quirks.h"
#include "mail/work/copies.h"
#include "mail/work/removal_record.h"
#include "mail/work/remove.h"
#include "mail/work/same_message.h"
#include "mail/work/take_out.h"

namespace mail::work {

namespace {

using Stage = store::RemovalEntry::Stage;
using Unfinished = std::vector<std::pair<store::MailboxId, store::RemovalEntry>>;

/// The same folder of the same login, whatever its server is called or its UIDs are.
bool is_of(const store::MailboxId& one, const store::MailboxId& other) {
    return copy_prefix(one) == copy_prefix(other);
}

Result<Unfinished> unfinished_in(store::Ledger& ledger, const store::MailboxId& mailbox) {
    auto unfinished = ledger.unfinished_removals(mailbox.point);
    if (unfinished)
        std::erase_if(*unfinished, [&](const auto& one) { return !is_of(one.first, mailbox); });
    return unfinished;
}

class Finishing {
public:
    Finishing(imap::Session& session, const RemoveContext& context, RemoveObserver& observer,
              const Wait& wait)
        : session_(session), context_(context), observer_(observer), wait_(wait) {}

    Result<void> run(const Unfinished& unfinished) {
        RemovalEntries here;
        Unfinished to_restore;
        for (const auto& [mailbox, entry] : unfinished) {
            if (entry.stage == Stage::restoring) {
                to_restore.emplace_back(mailbox, entry);
            } else if (mailbox == context_.mailbox) {
                here.push_back(entry);
            } else if (auto found = look_elsewhere(mailbox, entry); !found) {
                return found;
            }
        }
        if (auto removed = go_on(std::move(here)); !removed)
            return removed;
        if (to_restore.empty())
            return {};
        const RestoreOutcome restored = restore(session_, context_, to_restore, wait_);
        return restored.error ? tl::unexpected(*restored.error) : Result<void>();
    }

private:
    /// The same removal, from the look at the server on.
    Result<void> go_on(RemovalEntries entries) {
        if (entries.empty())
            return {};
        const auto refused = context_.ledger.removing(context_.mailbox, entries);
        if (!refused)
            return tl::unexpected(refused.error());
        std::erase_if(entries, [&](const store::RemovalEntry& entry) {
            return std::ranges::find(*refused, entry.id.uid, &store::Ledger::Refusal::uid) !=
                   refused->end();
        });
        auto seen = look_at(session_, entries, wait_);
        if (!seen)
            return tl::unexpected(std::move(seen.error()));
        for (const auto& [entry, why] : seen->others)
            if (auto done = tell_strangers_apart(entry, why, *seen); !done)
                return done;
        if (!context_.may_remove)
            return take_back_begun(std::move(*seen));
        TakenOut out = seen->same.empty() ? TakenOut() : take_out_of(std::move(seen->same));
        std::ranges::move(seen->gone, std::back_inserter(out.gone));
        return settle(std::move(out));
    }

    /// The point does not allow it any more. The copies stay for as long as those that nobody
    /// knows.
    Result<void> take_back_begun(Seen seen) {
        std::vector<imap::Uid> uids;
        for (const store::RemovalEntry& entry : seen.same)
            uids.push_back(entry.id.uid);
        if (!uids.empty()) {
            const auto cleared = imap::mark_deleted(session_, uids, imap::Mark::clear, wait_);
            if (!cleared)
                return tl::unexpected(cleared.error());
            // Where the mark is still on it, the next program tries again.
            std::erase_if(seen.same, [&](const store::RemovalEntry& entry) {
                return !std::ranges::binary_search(cleared->done, entry.id.uid);
            });
        }
        const Error why{Cause::removal_not_allowed, Layer::list, Reach::message, {}};
        if (!seen.same.empty())
            if (auto noted = context_.ledger.not_removed(context_.mailbox, seen.same,
                                                         store::Action::What::removed,
                                                         std::string(name_of(why.cause)));
                !noted)
                return noted;
        for (const store::RemovalEntry& entry : seen.same)
            observer_.kept(entry.id.uid, why);
        TakenOut out;
        out.gone = std::move(seen.gone);
        return settle(std::move(out));
    }

    /// Nobody removes what has no copy any more, or a changed one.
    TakenOut take_out_of(RemovalEntries entries) {
        std::vector<std::pair<store::RemovalEntry, Error>> without_copy;
        RemovalEntries good;
        for (store::RemovalEntry& entry : entries)
            if (auto checked = check_copy_of(entry); checked)
                good.push_back(std::move(entry));
            else
                without_copy.emplace_back(std::move(entry), std::move(checked.error()));
        if (!without_copy.empty()) {
            // A mark that the run before has set would have others remove it.
            std::vector<imap::Uid> uids;
            for (const auto& [entry, why] : without_copy)
                uids.push_back(entry.id.uid);
            const auto cleared = imap::mark_deleted(session_, uids, imap::Mark::clear, wait_);
            if (!cleared && cleared.error().reach > Reach::folder) {
                TakenOut out;
                out.unknown = std::move(good);
                for (auto& [entry, why] : without_copy)
                    out.unknown.push_back(std::move(entry));
                out.error = cleared.error();
                return out;
            }
        }
        TakenOut out = good.empty()
                           ? TakenOut()
                           : take_out(session_, std::move(good), RemoveOrder::Others::ask, wait_);
        // The run before may have marked them: as they are told, so they must be.
        std::ranges::move(without_copy, std::back_inserter(out.kept));
        return out;
    }

    [[nodiscard]] Result<void> check_copy_of(const store::RemovalEntry& entry) const {
        if (entry.copy.empty())
            return {};
        if (context_.quarantine == nullptr)
            return fail(Cause::copy_missing, Layer::workspace, Reach::message);
        auto checked =
            context_.quarantine->check({entry.copy, entry.copy_octets, entry.copy_sha256}, wait_);
        if (!checked && checked.error().cause == Cause::file_not_found)
            checked.error().cause = Cause::copy_missing;
        return checked;
    }

    /// Another message has its UID: where numbers move, the mark that was meant for it may have
    /// come there, and itself it may lie under another number.
    Result<void> tell_strangers_apart(const store::RemovalEntry& entry, const Error& why,
                                      const Seen& seen) {
        if (why.cause != Cause::message_changed)
            return take_back(context_, {entry}, why);
        const auto stranger = std::ranges::find(seen.marks, entry.id.uid, &imap::Marks::uid);
        const auto& selected = session_.selected();
        const bool moves =
            selected && !imap::quirks::keeps_its_numbers(session_.capabilities(), *selected);
        if (moves && stranger != seen.marks.end() && stranger->is_deleted())
            if (auto cleared =
                    imap::mark_deleted(session_, {entry.id.uid}, imap::Mark::clear, wait_);
                !cleared)
                return tl::unexpected(std::move(cleared.error()));
        return look_elsewhere(context_.mailbox, entry);
    }

    /// By its marks: if it is in the folder under whatever number, it stays there.
    Result<void> look_elsewhere(const store::MailboxId& mailbox, const store::RemovalEntry& entry) {
        RemoveContext there = context_;
        there.mailbox = mailbox;
        // Whoever else has taken it up meanwhile goes on with it.
        const auto refused = context_.ledger.removing(mailbox, {entry});
        if (!refused || !refused->empty())
            return refused ? Result<void>() : tl::unexpected(refused.error());
        const auto found = find_again(session_, entry.id, {}, wait_);
        if (!found)
            return tl::unexpected(found.error());
        if (*found) {
            // The mark is of the run before: others would remove it by it.
            if ((*found)->is_deleted())
                if (auto cleared =
                        imap::mark_deleted(session_, {(*found)->uid}, imap::Mark::clear, wait_);
                    !cleared)
                    return tl::unexpected(std::move(cleared.error()));
            const Error moved{Cause::uidvalidity_changed, Layer::list, Reach::message, {}};
            auto taken_back = take_back(there, {entry}, moved);
            if (taken_back)
                observer_.kept(entry.id.uid, moved);
            return taken_back;
        }
        auto recorded = context_.ledger.removed(mailbox, {entry});
        if (recorded)
            observer_.removed(entry.id.uid);
        return recorded;
    }

    Result<void> settle(TakenOut out) {
        auto recorded = record_removal(context_, out, Vanished::by_us);
        for (const RemovalEntries* entries : {&out.removed, &out.gone})
            for (const store::RemovalEntry& entry : *entries)
                observer_.removed(entry.id.uid);
        for (const auto& [entry, why] : out.kept)
            observer_.kept(entry.id.uid, why);
        if (recorded && out.error && out.error->cause != Cause::others_marked)
            return tl::unexpected(std::move(*out.error));
        return recorded;
    }

    imap::Session& session_;
    const RemoveContext& context_;
    RemoveObserver& observer_;
    const Wait& wait_;
};

}  // namespace

Result<void> finish_removals(imap::Session& session, const RemoveContext& context,
                             RemoveObserver& observer, const Wait& wait) {
    const auto unfinished = unfinished_in(context.ledger, context.mailbox);
    if (!unfinished)
        return tl::unexpected(unfinished.error());
    if (!unfinished->empty())
        if (auto done = Finishing(session, context, observer, wait).run(*unfinished); !done)
            return done;
    return drop_strays(context);
}

Result<bool> any_unfinished_removal(store::Ledger& ledger, const store::MailboxId& mailbox) {
    return unfinished_in(ledger, mailbox).map([](const Unfinished& unfinished) {
        return !unfinished.empty();
    });
}

Result<void> drop_strays(const RemoveContext& context) {
    // Where no copy is kept, mails are looked at in halves all the same.
    const Quarantine* where = context.quarantine != nullptr ? context.quarantine : context.spool;
    if (where == nullptr)
        return {};
    // A whole mail that no entry knows may be one whose ledger was lost: the only one there is. It
    // is kept for as long as one that is known.
    const auto whole_ones_kept = std::chrono::days(std::max(1, context.quarantine_days));
    // First the names, then the ledger: what was named meanwhile is known.
    const auto files = where->ages();
    if (!files)
        return tl::unexpected(files.error());
    const std::string ours = copy_prefix(context.mailbox);
    std::vector<std::string> names;
    for (const auto& [name, age] : *files)
        if (name.ends_with(".part")
                ? age > Quarantine::half_ones_kept
                : context.quarantine != nullptr && name.starts_with(ours) && age > whole_ones_kept)
            names.push_back(name);
    if (names.empty())
        return {};
    std::set<std::string> known;
    for (auto entries : {context.ledger.removals(context.mailbox),
                         context.ledger.removals_elsewhere(context.mailbox)}) {
        if (!entries)
            return tl::unexpected(std::move(entries.error()));
        for (const store::RemovalEntry& entry : *entries)
            known.insert(entry.copy);
    }
    for (const std::string& name : names)
        if (!known.contains(name))
            static_cast<void>(where->drop(name));
    return {};
}

}  // namespace mail::work
