#include "mail/work/removal_record.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <string>

namespace mail::work {

namespace {

using What = store::Action::What;

Result<void> note_staying(const RemoveContext& context, const RemovalEntries& entries, What what,
                          const std::string& result) {
    return entries.empty() ? Result<void>()
                           : context.ledger.not_removed(context.mailbox, entries, what, result);
}

Result<void> not_removed(const RemoveContext& context, const RemovalEntries& entries, Cause why) {
    auto noted = note_staying(context, entries, What::removed, std::string(name_of(why)));
    // A copy that the ledger still names stays; and that of a message that was found again by its
    // marks alone, which may be those of a twin, or that nobody can read: as a whole one that no
    // entry names.
    const bool is_doubtful = why == Cause::uidvalidity_changed || why == Cause::reply_malformed;
    if (noted && context.quarantine != nullptr && !is_doubtful)
        for (const store::RemovalEntry& entry : entries)
            if (!entry.copy.empty())
                static_cast<void>(context.quarantine->drop(entry.copy));
    return noted;
}

}  // namespace

Error gone_error(const store::RemovalEntry& entry) {
    return {
        Cause::message_gone, Layer::list, Reach::message, {{"uid", std::to_string(entry.id.uid)}}};
}

void tell_removed(RemoveObserver& observer, const store::RemovalEntry& entry) {
    if (store::was_marked(entry))
        observer.taken_along(entry);
    else
        observer.removed(entry.id.uid);
}

Result<void> take_back(const RemoveContext& context, const RemovalEntries& entries,
                       const Error& why) {
    return not_removed(context, entries, why.cause);
}

Result<void> record_removal(const RemoveContext& context, const TakenOut& out, Vanished vanished) {
    RemovalEntries removed = out.removed;
    if (vanished == Vanished::by_us)
        removed.insert(removed.end(), out.gone.begin(), out.gone.end());
    // What is out must be on record whatever happens to the others.
    auto recorded =
        removed.empty() ? Result<void>() : context.ledger.removed(context.mailbox, removed);
    std::map<Cause, RemovalEntries> kept;
    for (const auto& [entry, why] : out.kept)
        kept[why.cause].push_back(entry);
    if (vanished == Vanished::by_others && !out.gone.empty())
        std::ranges::copy(out.gone, std::back_inserter(kept[Cause::message_gone]));
    // What the run before had begun is not as it was: it stays removing.
    if (vanished == Vanished::by_others && !out.untouched.empty() && out.error)
        std::ranges::copy(out.untouched, std::back_inserter(kept[out.error->cause]));
    const auto note = [&](Result<void> noted) {
        if (recorded)
            recorded = std::move(noted);
    };
    for (const auto& [cause, entries] : kept)
        note(not_removed(context, entries, cause));
    // Whoever ends it may be another program.
    RemovalEntries doubtful;
    std::ranges::copy_if(
        out.unknown, std::back_inserter(doubtful),
        [](const store::RemovalEntry& entry) { return entry.may_be_astray || entry.is_stopped; });
    note(context.ledger.removing(context.mailbox, doubtful).map([](const auto&) {}));
    // They will go as soon as anybody expunges: their copies stay.
    note(note_staying(context, out.marked, What::marked, ""));
    return recorded;
}

}  // namespace mail::work
