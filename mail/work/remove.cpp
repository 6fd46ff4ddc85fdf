#include "mail/work/remove.h"

#include <algorithm>
#include <deque>
#include <iterator>

#include "mail/base/utf8.h"
#include "mail/imap/quirks.h"
#include "mail/work/copies.h"
#include "mail/work/known.h"
#include "mail/work/removal_record.h"
#include "mail/work/same_message.h"
#include "mail/work/take_out.h"
#include "mail/work/taken_along.h"

namespace mail::work {

namespace {

// So many messages are copied, marked and expunged together.
constexpr std::size_t messages_a_batch = 256;

/// Time is up, or somebody has stopped it: that says nothing of a message.
bool is_over(Cause cause) {
    return cause == Cause::cancelled || cause == Cause::deadline;
}

Error gate_error(const MessageRow& row, Gate gate) {
    if (gate.error && is_over(gate.error->cause))
        return std::move(*gate.error);
    return error_of(row.uid, std::move(gate));
}

/// Says nothing of the message: all of them stay as they were.
bool is_of_all(Cause cause) {
    return cause == Cause::others_marked || is_over(cause);
}

/// Those that can be set again.
std::string flags_of(const std::vector<std::string>& all) {
    std::string flags;
    for (const std::string& flag : all)
        if (const std::string folded = utf8::folded(flag);
            folded != "\\recent" && folded != "\\deleted")
            flags += (flags.empty() ? "" : " ") + flag;
    return flags;
}

class Removal {
public:
    Removal(imap::Session& session, const RemoveContext& context, const RemoveOrder& order,
            RemoveObserver& observer)
        : session_(session), context_(context), order_(order), observer_(observer) {}

    RemoveOutcome run(const std::vector<const MessageRow*>& rows, const Wait& wait) {
        if (auto ready = check_folder(rows, wait); !ready)
            stop(std::move(ready.error()));
        // Where numbers don't last, an EXPUNGE may change those of the next batch.
        const std::size_t batch =
            session_.selected() && numbers_last() ? messages_a_batch : rows.size();
        std::size_t first = 0;
        while (first < rows.size() && !outcome_.error && outcome_.others_marked == 0) {
            const std::size_t last = std::min(rows.size(), first + batch);
            remove_in_spite_of_others({rows.begin() + static_cast<std::ptrdiff_t>(first),
                                       rows.begin() + static_cast<std::ptrdiff_t>(last)},
                                      wait);
            first = last;
        }
        for (; first < rows.size(); ++first)
            outcome_.left.push_back(rows[first]->uid);
        return std::move(outcome_);
    }

private:
    [[nodiscard]] bool numbers_last() const {
        return imap::quirks::keeps_its_numbers(session_.capabilities(), *session_.selected());
    }

    void stop(Error error) {
        if (!outcome_.error)
            outcome_.error = std::move(error);
    }

    /// It is the folder that was listed, and who must be asked first is asked before anything is
    /// done.
    Result<void> check_folder(const std::vector<const MessageRow*>& rows, const Wait& wait) {
        const auto& selected = session_.selected();
        if (!selected || selected->folder != context_.mailbox.folder)
            return fail(Cause::internal, Layer::select, Reach::folder, {{"reason", "not open"}});
        if (selected->uid_validity != context_.mailbox.uid_validity)
            return fail(Cause::uidvalidity_changed, Layer::select, Reach::folder,
                        {{"uid_validity", std::to_string(selected->uid_validity)}});
        if (session_.capabilities().uidplus || order_.others != RemoveOrder::Others::ask)
            return {};
        const auto marked = imap::marked_deleted(session_, wait);
        if (!marked)
            return tl::unexpected(marked.error());
        outcome_.others_marked =
            static_cast<std::size_t>(std::ranges::count_if(*marked, [&](imap::Uid uid) {
                return std::ranges::find(rows, uid, &MessageRow::uid) == rows.end();
            }));
        return {};
    }

    [[nodiscard]] bool takes_along() const {
        return !session_.capabilities().uidplus && order_.others == RemoveOrder::Others::take_along;
    }

    /// More of them may be marked while those that were are copied.
    void remove_in_spite_of_others(std::vector<const MessageRow*> rows, const Wait& wait) {
        remove_some(rows, wait);
        for (int look = 1;
             look < most_looks && takes_along() && outcome_.others_marked > 0 && !outcome_.error;
             ++look) {
            // Without UIDPLUS there is one batch: those left are of this one.
            const auto left = std::exchange(outcome_.left, {});
            outcome_.others_marked = 0;
            std::erase_if(rows, [&](const MessageRow* row) {
                return std::ranges::find(left, row->uid) == left.end();
            });
            remove_some(rows, wait);
        }
    }

    /// Those that our EXPUNGE would take along leave with ours. False: not all of them can.
    Result<bool> add_marked_by_others(std::vector<Leaving>& leaving, const Wait& wait) {
        std::vector<std::uint32_t> ours;
        for (const Leaving& one : leaving)
            ours.push_back(one.entry.id.uid);
        auto others = marked_by_others(session_, ours, wait);
        if (!others)
            return tl::unexpected(std::move(others.error()));
        outcome_.others_marked = others->unreadable;
        along_.clear();
        for (auto& [row, flags] : others->messages) {
            along_.push_back(std::move(row));
            Leaving one{&along_.back(), entry_of(along_.back())};
            one.entry.flags = flags_of(flags) + " \\Deleted";
            // Whoever lets them be taken along was asked.
            one.entry.despite_wish = true;
            leaving.push_back(std::move(one));
        }
        return outcome_.others_marked == 0;
    }

    void remove_some(const std::vector<const MessageRow*>& rows, const Wait& wait) {
        auto leaving = those_present(those_let_through(rows, wait), wait);
        if (leaving.empty())
            return;
        if (takes_along()) {
            const auto all = add_marked_by_others(leaving, wait);
            if (!all || !*all) {
                for (const Leaving& one : leaving)
                    if (!store::was_marked(one.entry))
                        outcome_.left.push_back(one.entry.id.uid);
                return all ? void() : stop(all.error());
            }
        }
        RemovalEntries all;
        for (const Leaving& one : leaving)
            all.push_back(one.entry);
        Copies copies(context_, std::move(leaving), !order_.despite_gate);
        const auto copied = copies.run(session_, wait);
        for (auto& [uid, why] : copies.kept()) {
            const auto entry = std::ranges::find(
                all, uid, [](const store::RemovalEntry& one) { return one.id.uid; });
            if (store::was_marked(*entry))
                ++outcome_.others_marked;
            else
                keep(uid, why);
            all.erase(entry);
        }
        record(reopen(copies.kept(), rows));
        if (!copied) {
            leave(all);
            record(take_back(context_, copies.ready(), copied.error()));
            return stop(copied.error());
        }
        // An EXPUNGE would take along what has no copy.
        if (outcome_.others_marked > 0) {
            leave(copies.ready());
            return record(take_back(context_, copies.ready(),
                                    {Cause::others_marked, Layer::list, Reach::folder, {}}));
        }
        if (!copies.ready().empty())
            settle(take_out(session_, std::move(copies.ready()), order_.others, wait));
    }

    std::vector<const MessageRow*> those_let_through(const std::vector<const MessageRow*>& rows,
                                                     const Wait& wait) {
        std::vector<const MessageRow*> through;
        for (const MessageRow* row : rows) {
            Gate gate;
            if (outcome_.error) {
                outcome_.left.push_back(row->uid);
                continue;
            }
            if (!order_.despite_gate)
                gate = context_.ledger_sound
                           ? check_gate(context_.disk, *row, row->initial, wait, order_.delivered)
                           : Gate{Gate::Lock::ledger_damaged, {}, {}};
            if (gate.lock == Gate::Lock::open) {
                through.push_back(row);
                continue;
            }
            Error why = gate_error(*row, std::move(gate));
            if (is_over(why.cause)) {
                outcome_.left.push_back(row->uid);
                stop(std::move(why));
            } else {
                keep(row->uid, why);
            }
        }
        if (!outcome_.error)
            return through;
        for (const MessageRow* row : through)
            outcome_.left.push_back(row->uid);
        return {};
    }

    /// What has gone, or is another message, isn't worth a copy.
    std::vector<Leaving> those_present(const std::vector<const MessageRow*>& rows,
                                       const Wait& wait) {
        RemovalEntries entries;
        for (const MessageRow* row : rows)
            entries.push_back(entry_of(*row));
        auto seen = look_at(session_, entries, wait);
        if (!seen) {
            leave(entries);
            stop(std::move(seen.error()));
            return {};
        }
        for (const store::RemovalEntry& entry : seen->gone)
            keep(entry.id.uid, gone_error(entry));
        for (const auto& [entry, why] : seen->others)
            keep(entry.id.uid, why);
        std::vector<Leaving> leaving;
        for (store::RemovalEntry& entry : seen->same) {
            const auto row = std::ranges::find(rows, entry.id.uid, &MessageRow::uid);
            const auto marks = std::ranges::find(seen->marks, entry.id.uid, &imap::Marks::uid);
            entry.flags = flags_of(marks->flags);
            leaving.push_back({*row, std::move(entry)});
        }
        return leaving;
    }

    [[nodiscard]] store::RemovalEntry entry_of(const MessageRow& row) const {
        store::RemovalEntry entry;
        entry.id = id_of(row);
        entry.stage = store::RemovalEntry::Stage::removing;
        entry.subject = row.subject;
        entry.sender = row.sender_name.empty() ? row.sender_address : row.sender_name;
        entry.when = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
        if (context_.quarantine != nullptr)
            entry.keep_until = entry.when + std::chrono::days(context_.quarantine_days);
        entry.who = context_.who;
        entry.despite_wish = order_.despite_gate;
        entry.next = next_uid_of(session_);
        return entry;
    }

    void settle(TakenOut out) {
        for (const store::RemovalEntry& entry : out.removed)
            tell_removed(observer_, entry);
        for (const store::RemovalEntry& entry : out.marked)
            observer_.marked(entry.id.uid);
        for (const store::RemovalEntry& entry : out.unknown)
            if (!store::was_marked(entry))
                outcome_.unknown.push_back(entry.id.uid);
        for (const store::RemovalEntry& entry : out.gone)
            if (!store::was_marked(entry))
                keep(entry.id.uid, gone_error(entry));
        leave(out.untouched);
        outcome_.others_marked = out.others_marked;
        for (const auto& [entry, why] : out.kept)
            if (store::was_marked(entry))
                continue;
            else if (is_of_all(why.cause))
                outcome_.left.push_back(entry.id.uid);
            else
                keep(entry.id.uid, why);
        record(record_removal(context_, out, Vanished::by_others));
        if (out.error && out.error->cause != Cause::others_marked)
            stop(std::move(*out.error));
    }

    /// What has more in it than was taken is to be taken again: of that as well the ledger knows
    /// whether somebody has done it meanwhile.
    Result<void> reopen(const Copies::Kept& kept, const std::vector<const MessageRow*>& rows) {
        std::vector<store::MessageEntry> entries;
        for (const auto& [uid, why] : kept)
            if (has_more_than_taken(why))
                entries.push_back(
                    reopened(**std::ranges::find(rows, uid, &MessageRow::uid), context_.who));
        if (entries.empty())
            return {};
        const auto refused = context_.ledger.planned(context_.mailbox, entries);
        if (!refused)
            return tl::unexpected(refused.error());
        std::erase_if(entries, [&](const store::MessageEntry& entry) {
            return std::ranges::find(*refused, entry.id.uid, &store::Ledger::Refusal::uid) !=
                   refused->end();
        });
        return context_.ledger.finished(context_.mailbox, entries);
    }

    void record(Result<void> recorded) {
        if (!recorded)
            stop(std::move(recorded.error()));
    }
    void keep(std::uint32_t uid, const Error& why) { observer_.kept(uid, why); }
    void leave(const RemovalEntries& entries) {
        for (const store::RemovalEntry& entry : entries)
            if (!store::was_marked(entry))
                outcome_.left.push_back(entry.id.uid);
    }

    static constexpr int most_looks = 3;
    imap::Session& session_;
    const RemoveContext& context_;
    const RemoveOrder& order_;
    RemoveObserver& observer_;
    RemoveOutcome outcome_;
    std::deque<MessageRow> along_;  ///< of others; stays where it is
};

}  // namespace

// NOLINTNEXTLINE(readability-function-size): each says something else, and the last is in all
RemoveOutcome remove(imap::Session& session, const RemoveContext& context,
                     const std::vector<const MessageRow*>& rows, const RemoveOrder& order,
                     RemoveObserver& observer, const Wait& wait) {
    return Removal(session, context, order, observer).run(rows, wait);
}

}  // namespace mail::work
