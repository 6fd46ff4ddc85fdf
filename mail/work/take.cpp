#include "mail/work/take.h"

#include <algorithm>
#include <deque>

#include "mail/work/known.h"
#include "mail/work/room.h"
#include "mail/work/take_group.h"
#include "mail/work/take_lanes.h"

namespace mail::work {

namespace {

// One commit plans this many messages; between two such groups the pipeline runs empty once.
constexpr std::size_t messages_a_group = 256;

}  // namespace

Result<void> give_up(const TakeContext& context, const std::vector<const MessageRow*>& rows,
                     const Error& why, TakeObserver& observer) {
    std::vector<store::MessageEntry> entries;
    for (const MessageRow* row : rows) {
        store::MessageEntry entry;
        entry.id = id_of(*row);
        entry.files = files_on_record(*row);
        entry.step = entry.files.empty() ? store::Step::failed : store::Step::partial;
        entry.cause = name_of(why.cause);
        entry.folder = context.folder;
        entry.when = now();
        entry.who = context.who;
        entry.subject = row->subject;
        MessageState state = row->initial;
        state.status = entry.files.empty() ? Status::failed : Status::partial;
        entries.push_back(std::move(entry));
        state.error = why;
        state.taken_at = now();
        Parts parts = parts_of(*row, state).unpack();
        for (PartView& part : parts)
            if (part.verdict == Verdict::will_be_taken) {
                part.verdict = Verdict::needs_you;
                part.reason = Reason::failed;
                part.error = why;
            }
        state.parts = PartList(parts);
        observer.changed(row->uid, state);
    }
    // Planned first: who has taken one of them meanwhile keeps the last word.
    const auto refused = context.ledger.planned(context.mailbox, entries);
    if (!refused)
        return tl::unexpected(refused.error());
    std::erase_if(entries, [&](const store::MessageEntry& entry) {
        return std::ranges::find(*refused, entry.id.uid, &store::Ledger::Refusal::uid) !=
               refused->end();
    });
    return context.ledger.finished(context.mailbox, entries);
}

TakeOutcome take(imap::Session& session, const TakeContext& context,
                 const std::vector<const MessageRow*>& rows, TakeObserver& observer,
                 const Wait& wait) {
    TakeOutcome outcome;
    const auto leave_from = [&](std::size_t first, const Error& error) {
        for (std::size_t i = first; i < rows.size(); ++i) {
            outcome.left.push_back(rows[i]->uid);
            observer.changed(rows[i]->uid, rows[i]->initial);
        }
        outcome.error = error;
    };
    auto target = TargetFolder::open_or_make(context.disk, context.folder);
    if (!target) {
        leave_from(0, target.error());
        return outcome;
    }
    const auto room = check_room(*target, octets_to_come(rows, context.order.extent));
    if (!room) {
        leave_from(0, room.error());
        return outcome;
    }
    // What is asked for by name is wanted, whatever other messages brought.
    const bool by_name = context.order.extent == Delivery::Extent::all_again;
    Repeats repeats(context.ledger, context.mailbox,
                    by_name ? point::RepeatedFiles::save : context.point.general.repeated_files);
    const Group::Run run{context, *target, repeats, observer, outcome.delivered};
    Lanes lanes(session, context.more);
    for (std::size_t first = 0; first < rows.size(); first += messages_a_group) {
        const std::size_t last = std::min(rows.size(), first + messages_a_group);
        Group group(run, false);
        for (std::size_t i = first; i < last; ++i)
            group.add(*rows[i]);
        const auto done = group.run(lanes, wait);
        const std::deque<MessageRow> mistrusted = group.mistrusted();
        Group whole(run, true);
        for (const MessageRow& row : mistrusted)
            whole.add(row);
        const auto all_done = done && !mistrusted.empty() ? whole.run(lanes, wait) : done;
        for (Group* one : {&group, &whole})
            std::ranges::move(one->refused(), std::back_inserter(outcome.refused));
        if (!all_done) {
            outcome.left = done ? whole.abandon(all_done.error()) : group.abandon(all_done.error());
            leave_from(last, all_done.error());
            return outcome;
        }
    }
    return outcome;
}

}  // namespace mail::work