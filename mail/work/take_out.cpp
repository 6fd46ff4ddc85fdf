#include "mail/work/take_out.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "mail/imap/listing.h"
#include "mail/imap/quirks.h"
#include "mail/work/grace.h"
#include "mail/work/same_message.h"

namespace mail::work {

namespace {

using imap::Mark;
using imap::Uid;

using Kept = std::pair<store::RemovalEntry, Error>;

std::vector<Uid> uids_of(const RemovalEntries& entries) {
    std::vector<Uid> uids;
    for (const store::RemovalEntry& entry : entries)
        uids.push_back(entry.id.uid);
    std::ranges::sort(uids);
    return uids;
}

std::vector<Uid> uids_of(const std::vector<Kept>& those) {
    RemovalEntries entries;
    for (const auto& [entry, why] : those)
        entries.push_back(entry);
    return uids_of(entries);
}

Error about_message(Cause cause, const store::RemovalEntry& entry, Facts facts = {}) {
    facts.emplace_back("uid", std::to_string(entry.id.uid));
    return {cause, Layer::list, Reach::message, std::move(facts)};
}

/// Those of `entries` whose UIDs are among `uids` (ascending); the others stay.
RemovalEntries split_off(RemovalEntries& entries, const std::vector<Uid>& uids) {
    RemovalEntries those;
    const auto is_among = [&](const store::RemovalEntry& entry) {
        return std::ranges::binary_search(uids, entry.id.uid);
    };
    std::ranges::copy_if(entries, std::back_inserter(those), is_among);
    std::erase_if(entries, is_among);
    return those;
}

/// Those that somebody else had marked; the others stay.
RemovalEntries split_off_marked(RemovalEntries& entries) {
    RemovalEntries those;
    std::ranges::copy_if(entries, std::back_inserter(those), store::was_marked);
    std::erase_if(entries, store::was_marked);
    return those;
}

RemovalEntries joined(RemovalEntries entries, RemovalEntries others) {
    std::ranges::move(others, std::back_inserter(entries));
    return entries;
}

/// Those of `entries` that a search does not find under their UIDs; the others stay.
Result<RemovalEntries> those_gone(imap::Session& session, RemovalEntries& entries,
                                  const Wait& wait) {
    auto there = imap::uids_matching(session, uids_of(entries), "ALL", wait);
    if (!there)
        return tl::unexpected(std::move(there.error()));
    RemovalEntries present = split_off(entries, *there);
    return std::exchange(entries, std::move(present));
}

class TakingOut {
public:
    TakingOut(imap::Session& session, RemoveOrder::Others others, const Wait& wait)
        : session_(session), others_(others), asked_(wait), grace_(wait), wait_(grace_.wait()) {}

    TakenOut run(RemovalEntries entries) {
        auto seen = look_at(session_, entries, asked_);
        if (!seen) {
            out_.untouched = std::move(entries);
            out_.error = seen.error();
            return std::move(out_);
        }
        out_.gone = std::move(seen->gone);
        out_.kept = std::move(seen->others);
        if (seen->same.empty())
            return std::move(out_);
        if (auto done = mark(std::move(seen->same)); !done)
            out_.error = std::move(done.error());
        for (store::RemovalEntry& entry : out_.unknown) {
            entry.may_be_astray = !expunges_ && !store::was_marked(entry);
            entry.is_stopped = asked_.stop.stop_requested();
        }
        return std::move(out_);
    }

private:
    /// What is gone once our mark was set has left by that mark, whoever expunged. What others had
    /// marked leaves by our doing only with our EXPUNGE.
    void note_gone(store::RemovalEntry entry) {
        const bool by_others = store::was_marked(entry) && !expunges_;
        (by_others ? out_.gone : out_.removed).push_back(std::move(entry));
    }

    /// They stay, and lose the mark wherever it is: others would remove them by it. Of what may
    /// have it still nothing is known, and nothing may be expunged. The mark of somebody else
    /// stays.
    Result<void> unmark(std::vector<Kept> those) {
        const auto of_others =
            std::stable_partition(those.begin(), those.end(),
                                  [](const Kept& one) { return !store::was_marked(one.first); });
        auto looked =
            keep_those_present({std::move_iterator(of_others), std::move_iterator(those.end())});
        those.erase(of_others, those.end());
        auto cleared = clear_marks(std::move(those));
        return looked ? cleared : looked;
    }

    Result<void> keep_those_present(std::vector<Kept> those) {
        if (those.empty())
            return {};
        const auto there = imap::uids_matching(session_, uids_of(those), "ALL", wait_);
        for (auto& [entry, why] : those)
            if (!there)
                out_.unknown.push_back(std::move(entry));
            else if (std::ranges::binary_search(*there, entry.id.uid))
                out_.kept.emplace_back(std::move(entry), std::move(why));
            else
                note_gone(std::move(entry));
        return there ? Result<void>() : tl::unexpected(there.error());
    }

    Result<void> clear_marks(std::vector<Kept> those) {
        if (those.empty())
            return {};
        auto cleared = imap::mark_deleted(session_, uids_of(those), Mark::clear, wait_);
        bool all = true;
        for (auto& [entry, why] : those) {
            const Uid uid = entry.id.uid;
            if (cleared && std::ranges::binary_search(cleared->gone, uid)) {
                note_gone(std::move(entry));
            } else if (cleared && std::ranges::binary_search(cleared->done, uid)) {
                out_.kept.emplace_back(std::move(entry), std::move(why));
            } else {
                out_.unknown.push_back(std::move(entry));
                all = false;
            }
        }
        if (!cleared)
            return tl::unexpected(std::move(cleared.error()));
        if (!all)
            return fail(Cause::not_removed, Layer::list, Reach::folder, {{"reason", "marked"}});
        return {};
    }

    /// After `error` it is not known what became of them, unless the server lives: then their marks
    /// are taken back, and nothing became of them.
    Result<void> give_up(RemovalEntries entries, Error error) {
        if (error.reach > Reach::folder)
            return unknown(std::move(entries), std::move(error));
        std::vector<Kept> those;
        for (store::RemovalEntry& entry : entries)
            those.emplace_back(std::move(entry), error);
        static_cast<void>(unmark(std::move(those)));
        return tl::unexpected(std::move(error));
    }

    Result<void> mark(RemovalEntries entries) {
        RemovalEntries of_others = split_off_marked(entries);
        auto marked = imap::mark_deleted(session_, uids_of(entries), Mark::set, wait_);
        if (!marked)
            return give_up(joined(std::move(entries), std::move(of_others)),
                           std::move(marked.error()));
        RemovalEntries ours = split_off(entries, marked->done);
        RemovalEntries along = split_off(of_others, marked->others);
        // Of others: whoever had marked them has thought better of it.
        std::vector<Kept> without_mark;
        for (store::RemovalEntry& entry : joined(std::move(entries), std::move(of_others))) {
            Error why = about_message(Cause::not_removed, entry, {{"reason", "not marked"}});
            without_mark.emplace_back(std::move(entry), std::move(why));
        }
        // The search that did not show it may lag behind.
        const bool any = !ours.empty();
        ours = joined(std::move(ours), std::move(along));
        if (auto cleared = unmark(std::move(without_mark)); !cleared)
            return give_up(std::move(ours), std::move(cleared.error()));
        if (auto same = any ? unmark_strangers(ours) : Result<void>(); !same)
            return give_up(std::move(ours), std::move(same.error()));
        if (std::ranges::all_of(ours, store::was_marked)) {
            static_cast<void>(
                give_up(std::move(ours), {Cause::others_marked, Layer::list, Reach::message, {}}));
            return {};
        }
        if (auto go_on = asked_.check(Layer::list, Reach::folder); !go_on)
            return give_up(std::move(ours), std::move(go_on.error()));
        // Those of which there is a copy are among ours.
        const std::size_t others = static_cast<std::size_t>(
            std::ranges::count_if(marked->others, [uids = uids_of(ours)](Uid uid) {
                return !std::ranges::binary_search(uids, uid);
            }));
        if (!session_.capabilities().uidplus && others > 0)
            return leave_marked(std::move(ours), others);
        return expunge(std::move(ours));
    }

    /// The mark may have come on another message than the one just looked at: numbers move on some
    /// servers, and on any of them when it is set up anew meanwhile.
    Result<void> unmark_strangers(RemovalEntries& ours) {
        if (ours.empty())
            return {};
        auto seen = look_at(session_, ours, wait_);
        if (!seen)
            return tl::unexpected(std::move(seen.error()));
        ours = std::move(seen->same);
        for (store::RemovalEntry& entry : seen->gone)
            note_gone(std::move(entry));
        std::vector<store::MessageId> moved;
        for (const auto& [entry, why] : seen->others)
            if (why.cause == Cause::message_changed && !store::was_marked(entry))
                moved.push_back(entry.id);
        if (auto cleared = unmark(std::move(seen->others)); !cleared)
            return cleared;
        for (const store::MessageId& id : moved)
            if (auto cleared = unmark_elsewhere(id, ours); !cleared)
                return tl::unexpected(std::move(cleared.error()));
        return {};
    }

    /// The message itself, where it lies under another number by now. False: it does not. Dates do
    /// not change before our eyes: without its own it is a twin.
    Result<bool> unmark_elsewhere(const store::MessageId& id, const RemovalEntries& ours) {
        const auto uids = uids_of(ours);
        const auto found = find_again(session_, id, {uids.begin(), uids.end()}, wait_);
        if (!found)
            return tl::unexpected(found.error());
        if (!*found || !is_same(session_.capabilities(), id, **found))
            return false;
        if ((*found)->is_deleted())
            if (auto cleared = imap::mark_deleted(session_, {(*found)->uid}, Mark::clear, wait_);
                !cleared)
                return tl::unexpected(std::move(cleared.error()));
        return true;
    }

    Result<void> leave_marked(RemovalEntries ours, std::size_t others) {
        if (others_ == RemoveOrder::Others::only_mark) {
            out_.marked = std::move(ours);
            return {};
        }
        out_.others_marked = others;
        return give_up(std::move(ours), {Cause::others_marked,
                                         Layer::list,
                                         Reach::folder,
                                         {{"count", std::to_string(others)}}});
    }

    Result<void> expunge(RemovalEntries ours) {
        expunges_ = true;
        auto expunged = session_.capabilities().uidplus
                            ? imap::expunge(session_, uids_of(ours), wait_)
                            : imap::expunge_marked(session_, wait_);
        if (!expunged)
            return give_up(std::move(ours), std::move(expunged.error()));
        if (auto looked = imap::look_again(session_, wait_); !looked)
            return unknown(std::move(ours), std::move(looked.error()));
        auto seen = look_at(session_, ours, wait_);
        if (!seen)
            return unknown(std::move(ours), std::move(seen.error()));
        std::ranges::move(seen->gone, std::back_inserter(out_.removed));
        Result<void> result;
        for (auto& [entry, why] : seen->others)
            if (auto judged = judge_elsewhere(std::move(entry), why, seen->same); !judged)
                result = std::move(judged);
        if (!result)
            return unknown(std::move(seen->same), std::move(result.error()));
        return still_there(std::move(seen->same));
    }

    /// Another message has its number: there it may have moved itself, and then it stays. What
    /// nobody can read is not known to have left.
    Result<void> judge_elsewhere(store::RemovalEntry entry, const Error& why,
                                 const RemovalEntries& ours) {
        const auto found =
            store::was_marked(entry) ? Result<bool>(false) : unmark_elsewhere(entry.id, ours);
        // Where numbers move, the stranger may have our mark: who ends it sees to that.
        const bool numbers_last =
            imap::quirks::keeps_its_numbers(session_.capabilities(), *session_.selected());
        if (found && *found && numbers_last) {
            Error moved = about_message(Cause::uidvalidity_changed, entry);
            out_.kept.emplace_back(std::move(entry), std::move(moved));
        } else if (found && !*found && why.cause == Cause::message_changed) {
            out_.removed.push_back(std::move(entry));
        } else {
            out_.unknown.push_back(std::move(entry));
        }
        return found ? Result<void>() : tl::unexpected(found.error());
    }

    Result<void> unknown(RemovalEntries ours, Error error) {
        std::ranges::move(ours, std::back_inserter(out_.unknown));
        return tl::unexpected(std::move(error));
    }

    /// In spite of its OK.
    Result<void> still_there(RemovalEntries entries) {
        std::vector<Kept> those;
        for (store::RemovalEntry& entry : entries) {
            Error why = about_message(Cause::not_removed, entry, {{"reason", "still there"}});
            those.emplace_back(std::move(entry), std::move(why));
        }
        return unmark(std::move(those));
    }

    imap::Session& session_;
    const RemoveOrder::Others others_;
    const Wait& asked_;  ///< ends at once when the operator says so
    const Grace grace_;
    const Wait& wait_;       ///< from the first mark on
    bool expunges_ = false;  ///< the server was told to, or is about to be
    TakenOut out_;
};

}  // namespace

Result<Seen> look_at(imap::Session& session, RemovalEntries entries, const Wait& wait) {
    Seen seen;
    if (entries.empty())
        return seen;
    // Asked for what is not there a server may refuse the whole FETCH (Mailutils 3.15).
    auto gone = those_gone(session, entries, wait);
    if (!gone)
        return tl::unexpected(std::move(gone.error()));
    seen.gone = std::move(*gone);
    if (entries.empty())
        return seen;
    auto marks = imap::marks_of(session, uids_of(entries), wait);
    if (!marks)
        return tl::unexpected(std::move(marks.error()));
    RemovalEntries silent;
    for (store::RemovalEntry& entry : entries) {
        const auto now = std::ranges::find(*marks, entry.id.uid, &imap::Marks::uid);
        if (now == marks->end()) {
            silent.push_back(std::move(entry));
        } else if (is_same(session.capabilities(), entry.id, *now)) {
            seen.same.push_back(std::move(entry));
        } else {
            Error why = about_message(Cause::message_changed, entry);
            seen.others.emplace_back(std::move(entry), std::move(why));
        }
    }
    seen.marks = std::move(*marks);
    if (silent.empty())
        return seen;
    // Nothing said of a message is not that it is gone.
    gone = those_gone(session, silent, wait);
    if (!gone)
        return tl::unexpected(std::move(gone.error()));
    std::ranges::move(*gone, std::back_inserter(seen.gone));
    for (store::RemovalEntry& entry : silent) {
        Error why = about_message(Cause::reply_malformed, entry);
        seen.others.emplace_back(std::move(entry), std::move(why));
    }
    return seen;
}

TakenOut take_out(imap::Session& session, RemovalEntries entries, RemoveOrder::Others others,
                  const Wait& wait) {
    return TakingOut(session, others, wait).run(std::move(entries));
}

}  // namespace mail::work
