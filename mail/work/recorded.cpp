#include "mail/work/recorded.h"

#include "mail/work/describe.h"

namespace mail::work {

namespace {

using Stage = store::RemovalEntry::Stage;

bool has_left(Status status) {
    return status == Status::quarantined || status == Status::gone;
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
    if (has_left(shown.status) || (removal == nullptr && entry == nullptr && !was_on_record))
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
    if (is_others || is_told(now.initial, shown))
        return std::nullopt;
    return std::move(now.initial);
}

}  // namespace mail::work
