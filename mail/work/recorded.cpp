#include "mail/work/recorded.h"

#include <algorithm>

#include "mail/work/describe.h"

namespace mail::work {

namespace {

using Stage = store::RemovalEntry::Stage;

bool has_left(Status status) {
    return status == Status::quarantined || status == Status::gone;
}

/// Each as the ledger has it.
bool shows(const MessageRow& row, const MessageState& shown,
           const std::vector<const store::PartDecision*>& decisions) {
    if (decisions.empty())
        return true;
    const Parts parts = parts_of(row, shown).unpack();
    return std::ranges::all_of(decisions, [&](const store::PartDecision* one) {
        const auto part = std::ranges::find_if(parts, [&](const PartView& view) {
            return view.part.path == one->part && !view.part.has_children;
        });
        return row.whole_needed || part == parts.end() || part->part.name != one->name ||
               part->decision == one->decision;
    });
}

/// What a run of ours shows of a message and what it recorded of it may be a moment apart.
bool is_told(const MessageState& now, const MessageState& shown) {
    constexpr std::chrono::seconds apart{2};
    const auto between = now.taken_at - shown.taken_at;
    const bool is_of_same_run =
        shown.taken_at == std::chrono::sys_seconds{} || (between <= apart && between >= -apart);
    return now.status == shown.status && now.is_marked == shown.is_marked && is_of_same_run;
}

}  // namespace

std::optional<MessageState> recorded_since(const MessageRow& row, const MessageState& shown,
                                           Before before, const Known& known,
                                           const point::General& general) {
    const store::RemovalEntry* removal = known.removal_of(row);
    const store::MessageEntry* entry = known.entry_of(row);
    // What was off the list, or under way, and has no entry any more is as it was listed.
    const bool was_on_record = shown.status == Status::hidden ||
                               (shown.status == Status::held && !is_claimed_elsewhere(shown)) ||
                               shown.is_marked;
    const auto decisions = known.decisions_of(row);
    const bool is_on_record = removal != nullptr || entry != nullptr || !decisions.empty();
    if (has_left(shown.status) || (!is_on_record && !was_on_record))
        return std::nullopt;
    if (removal != nullptr && removal->stage == Stage::removed && before == Before::was_in) {
        MessageState left = shown;
        left.status = removal->copy.empty() ? Status::gone : Status::quarantined;
        left.error.reset();
        left.is_marked = false;
        return left;
    }
    MessageRow now = row;
    now.initial = {};
    now.initial.status = status_as_listed(row);
    // Whether its mark has come since the list, the ledger knows.
    now.is_deleted = now.is_deleted || (removal != nullptr && removal->stage == Stage::marked);
    remember(now, known, general);
    const bool is_others = is_claimed_elsewhere(shown) && is_open(now.initial);
    if (is_others || (is_told(now.initial, shown) && shows(row, shown, decisions)))
        return std::nullopt;
    return std::move(now.initial);
}

}  // namespace mail::work
