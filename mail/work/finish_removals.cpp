#include <algorithm>
#include <array>
#include <iterator>
#include <map>

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
        TakenOut gone;
        gone.gone = std::move(seen->gone);
        auto done = settle(std::move(gone));
        std::array<RemovalEntries, 3> ways;
        for (store::RemovalEntry& entry : seen->same)
            ways.at(entry.is_stopped ? 0 : context_.may_remove ? 1 : 2).push_back(std::move(entry));
        auto& [stopped, wanted, not_allowed] = ways;
        if (done && !stopped.empty())
            done = take_back_begun(std::move(stopped), Cause::cancelled);
        if (done && !not_allowed.empty())
            done = take_back_begun(std::move(not_allowed), Cause::removal_not_allowed);
        return done ? take_out_in_batches(std::move(wanted)) : done;
    }

    /// Copies of so many are read before the first of them is expunged. Where numbers don't last an
    /// EXPUNGE may change those of the next batch.
    Result<void> take_out_in_batches(RemovalEntries entries) {
        const std::size_t batch =
            next_uid_of(session_).uid != 0 ? messages_a_batch : entries.size();
        for (std::size_t first = 0; first < entries.size(); first += batch) {
            const auto begin = entries.begin() + static_cast<std::ptrdiff_t>(first);
            const auto end =
                begin + static_cast<std::ptrdiff_t>(std::min(batch, entries.size() - first));
            if (auto go_on = wait_.check(Layer::list, Reach::folder); !go_on)
                return go_on;
            if (auto settled =
                    settle(take_out_of({std::move_iterator(begin), std::move_iterator(end)}));
                !settled)
                return settled;
        }
        return {};
    }

    /// Those that stay without our mark, and those that are gone: by our doing, or by that mark.
    /// Where it may still be on them they are among neither: they stay removing, and the next
    /// program tries again.
    struct Unmarked {
        RemovalEntries stay, gone;
    };
    /// A mark that the run before has set would have others remove them.
    Result<Unmarked> unmark(RemovalEntries entries) {
        std::vector<imap::Uid> uids;
        for (const store::RemovalEntry& entry : entries)
            if (!store::was_marked(entry))
                uids.push_back(entry.id.uid);
        imap::Marked cleared;
        if (!uids.empty()) {
            auto done = imap::mark_deleted(session_, uids, imap::Mark::clear, wait_);
            if (!done)
                return tl::unexpected(std::move(done.error()));
            cleared = std::move(*done);
        }
        Unmarked unmarked;
        for (store::RemovalEntry& entry : entries)
            if (std::ranges::binary_search(cleared.gone, entry.id.uid))
                unmarked.gone.push_back(std::move(entry));
            else if (store::was_marked(entry) ||
                     std::ranges::binary_search(cleared.done, entry.id.uid))
                unmarked.stay.push_back(std::move(entry));
        return unmarked;
    }

    /// The point does not allow it any more, or its operator stopped it. The copies stay for as
    /// long as those that nobody knows.
    Result<void> take_back_begun(RemovalEntries entries, Cause cause) {
        auto unmarked = unmark(std::move(entries));
        if (!unmarked)
            return tl::unexpected(std::move(unmarked.error()));
        const Error why{cause, Layer::list, Reach::message, {{"of", "removal"}}};
        if (!unmarked->stay.empty())
            if (auto noted = context_.ledger.not_removed(context_.mailbox, unmarked->stay,
                                                         store::Action::What::removed,
                                                         std::string(name_of(why.cause)));
                !noted)
                return noted;
        for (const store::RemovalEntry& entry : unmarked->stay)
            if (!store::was_marked(entry))
                observer_.kept(entry.id.uid, why);
        TakenOut out;
        out.removed = std::move(unmarked->gone);
        return settle(std::move(out));
    }

    /// Nobody removes what has no copy any more, or a changed one.
    TakenOut take_out_of(RemovalEntries entries) {
        std::map<std::uint32_t, Error> why_not;
        RemovalEntries good, without_copy;
        for (store::RemovalEntry& entry : entries) {
            auto checked = check_copy_of(entry);
            if (!checked)
                why_not.emplace(entry.id.uid, std::move(checked.error()));
            (checked ? good : without_copy).push_back(std::move(entry));
        }
        auto unmarked = unmark(std::move(without_copy));
        if (!unmarked && unmarked.error().reach > Reach::folder) {
            TakenOut out;
            out.error = unmarked.error();
            return out;
        }
        TakenOut out = good.empty()
                           ? TakenOut()
                           : take_out(session_, std::move(good), RemoveOrder::Others::ask, wait_);
        if (!unmarked)
            return out;
        for (store::RemovalEntry& entry : unmarked->stay) {
            Error why = std::move(why_not.at(entry.id.uid));
            out.kept.emplace_back(std::move(entry), std::move(why));
        }
        std::ranges::move(unmarked->gone, std::back_inserter(out.removed));
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
            return leave_unread(entry, why);
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

    /// Nobody can read it, and it stays.
    Result<void> leave_unread(const store::RemovalEntry& entry, const Error& why) {
        auto unmarked = unmark({entry});
        if (!unmarked)
            return tl::unexpected(std::move(unmarked.error()));
        TakenOut out;
        for (store::RemovalEntry& one : unmarked->stay)
            out.kept.emplace_back(std::move(one), why);
        out.removed = std::move(unmarked->gone);
        return settle(std::move(out));
    }

    /// By its marks: if it is in the folder under whatever number, it stays there.
    Result<void> look_elsewhere(const store::MailboxId& mailbox, const store::RemovalEntry& entry) {
        RemoveContext there = context_;
        there.mailbox = mailbox;
        // Whoever else has taken it up meanwhile goes on with it.
        const auto refused = context_.ledger.removing(mailbox, {entry});
        if (!refused || !refused->empty())
            return refused ? Result<void>() : tl::unexpected(refused.error());
        // The stranger that has its number now is not to be removed by a mark of ours.
        if (entry.may_be_astray && mailbox.uid_validity != context_.mailbox.uid_validity)
            if (auto cleared =
                    imap::mark_deleted(session_, {entry.id.uid}, imap::Mark::clear, wait_);
                !cleared)
                return tl::unexpected(std::move(cleared.error()));
        const auto found = find_again(session_, entry.id, {}, wait_);
        if (!found)
            return tl::unexpected(found.error());
        if (*found) {
            // The mark is of the run before: others would remove it by it.
            if ((*found)->is_deleted() && !store::was_marked(entry))
                if (auto cleared =
                        imap::mark_deleted(session_, {(*found)->uid}, imap::Mark::clear, wait_);
                    !cleared)
                    return tl::unexpected(std::move(cleared.error()));
            const Error moved{Cause::uidvalidity_changed, Layer::list, Reach::message, {}};
            auto taken_back = take_back(there, {entry}, moved);
            if (taken_back && !store::was_marked(entry))
                observer_.kept(entry.id.uid, moved);
            return taken_back;
        }
        auto recorded = context_.ledger.removed(mailbox, {entry});
        if (recorded)
            tell_removed(observer_, entry);
        return recorded;
    }

    Result<void> settle(TakenOut out) {
        auto recorded = record_removal(context_, out, Vanished::by_us);
        for (const RemovalEntries* entries : {&out.removed, &out.gone})
            for (const store::RemovalEntry& entry : *entries)
                tell_removed(observer_, entry);
        for (const auto& [entry, why] : out.kept)
            if (!store::was_marked(entry))
                observer_.kept(entry.id.uid, why);
        if (recorded && out.error && out.error->cause != Cause::others_marked)
            return tl::unexpected(std::move(*out.error));
        return recorded;
    }

    static constexpr std::size_t messages_a_batch = 64;
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
    // First the names, then the ledger: what was named meanwhile is known.
    const auto files = where->ages();
    if (!files)
        return tl::unexpected(files.error());
    const std::string ours = copy_prefix(context.mailbox);
    std::vector<std::string> whole;
    for (const auto& [name, age] : *files)
        if (name.ends_with(".part")) {
            if (age > Quarantine::half_ones_kept)
                static_cast<void>(where->drop(name));
        } else if (context.quarantine != nullptr && name.starts_with(ours)) {
            whole.push_back(name);
        }
    // A whole mail that no entry knows may be one whose ledger was lost: the only one there is. It
    // is kept for as long as one that is known.
    const auto over = context.ledger.strays_over(
        ours, whole, std::chrono::days(std::max(1, context.quarantine_days)),
        std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()));
    if (!over)
        return tl::unexpected(over.error());
    for (const std::string& name : *over)
        static_cast<void>(where->drop(name));
    return {};
}

}  // namespace mail::work
