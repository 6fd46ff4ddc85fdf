#include "mail/work/message.h"

#include <algorithm>

namespace mail::work {

namespace {

constexpr std::array<std::string_view, status_count> status_names{
    "new",  "queued", "taking",      "taken", "partial", "check",          "failed",
    "none", "hidden", "quarantined", "gone",  "held",    "taken_elsewhere"};
constexpr std::array<std::string_view, 5> verdict_names{"will_be_taken", "taken", "skipped",
                                                        "needs_you", "not_attachment"};
constexpr std::array<std::string_view, 20> reason_names{
    "attachment",   "body",        "container",     "signature",  "inline_picture",
    "logo",         "not_graphic", "empty",         "executable", "encrypted",
    "too_large",    "damaged",     "not_delivered", "link_only",  "already_there",
    "saved_before", "cancelled",   "failed",        "asked_for",  "not_wanted"};

}  // namespace

std::string_view name_of(Status status) {
    return status_names.at(static_cast<std::size_t>(status));
}

std::string_view name_of(Verdict verdict) {
    return verdict_names.at(static_cast<std::size_t>(verdict));
}

std::string_view name_of(Reason reason) {
    return reason_names.at(static_cast<std::size_t>(reason));
}

std::optional<Reason> reason_named(std::string_view name) {
    const auto at = std::ranges::find(reason_names, name);
    return at == reason_names.end() ? std::nullopt
                                    : std::optional(static_cast<Reason>(at - reason_names.begin()));
}

bool is_claimed_elsewhere(const MessageState& state) {
    const bool is_claimed = state.error && state.error->cause == Cause::taken_elsewhere;
    return state.status == Status::taken_elsewhere || (state.status == Status::held && is_claimed);
}

bool is_open(const MessageState& state) {
    return state.status == Status::new_ || state.status == Status::failed ||
           state.status == Status::partial ||
           (state.status == Status::check && state.taken_at == std::chrono::sys_seconds{});
}

const PartList& parts_of(const MessageRow& row, const MessageState& state) {
    return state.parts ? state.parts : row.parts;
}

const MessageState* StateMap::find(std::uint32_t uid) const {
    const auto& bucket = buckets_.at(uid % buckets_.size());
    if (!bucket)
        return nullptr;
    const auto at = bucket->find(uid);
    return at == bucket->end() ? nullptr : &at->second;
}

StateMap StateMap::with(const std::vector<std::pair<std::uint32_t, MessageState>>& changes) const {
    StateMap next = *this;
    std::array<std::shared_ptr<Bucket>, 256> copied;
    for (const auto& [uid, state] : changes) {
        auto& copy = copied.at(uid % copied.size());
        auto& bucket = next.buckets_.at(uid % copied.size());
        if (!copy) {
            copy = bucket ? std::make_shared<Bucket>(*bucket) : std::make_shared<Bucket>();
            bucket = copy;
        }
        (*copy)[uid] = state;
    }
    return next;
}

}  // namespace mail::work
