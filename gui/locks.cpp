#include "gui/locks.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "gui/screens/arrange.h"
#include "gui/text/actions.h"
#include "gui/text/causes.h"
#include "gui/text/removal.h"

namespace gui {

using mail::work::Gate;

namespace {

/// What only the disk can tell, or the ledger: found when the files were read back, and when the
/// message was to be put on record as leaving.
std::optional<Gate> lock_in(const mail::Error* kept) {
    if (kept == nullptr || kept->cause != mail::Cause::gate_locked)
        return std::nullopt;
    using Lock = Gate::Lock;
    for (const Lock lock : {Lock::part_wanted, Lock::file_missing, Lock::file_changed,
                            Lock::file_unreadable, Lock::part_not_saved, Lock::ledger_damaged})
        if (name_of(lock) == kept->fact("lock"))
            return Gate{lock, std::string(kept->fact("path")), {}};
    return std::nullopt;
}

}  // namespace

Gate gate_now(const mail::MessageRow& row, const mail::MessageState& state,
              const mail::Error* kept) {
    Gate gate = gate_of(row, state);
    if (gate.lock == Gate::Lock::open)
        gate = lock_in(kept).value_or(std::move(gate));
    return gate;
}

bool has_gate(mail::Status status) {
    using mail::Status;
    return !is_removed(status) && status != Status::gone && status != Status::held &&
           status != Status::taken_elsewhere && status != Status::queued &&
           status != Status::taking;
}

std::string gate_words(const Gate& gate, text::Language language) {
    return gate.lock == Gate::Lock::open
               ? std::string(text::gate_open.in(language))
               : text::fill(text::gate_locked, language, {{"why", text::words_of(gate, language)}});
}

std::string why_kept(const mail::Error& error, text::Language language) {
    using Lock = Gate::Lock;
    if (error.cause == mail::Cause::gate_locked)
        for (const Lock lock : {Lock::not_taken, Lock::part_wanted, Lock::part_needs_you,
                                Lock::no_attachments, Lock::file_missing, Lock::file_changed,
                                Lock::file_unreadable, Lock::part_not_saved, Lock::ledger_damaged})
            if (name_of(lock) == error.fact("lock"))
                return text::words_of(Gate{lock, std::string(error.fact("path")), {}}, language);
    return text::words_of(error, language).cause;
}

std::vector<Gate::Lock> locks_of(const mail::PointView& point,
                                 const std::vector<std::uint32_t>& uids,
                                 const std::function<const mail::Error*(std::uint32_t)>& kept) {
    std::vector<Gate::Lock> locks;
    if (!point.mailbox)
        return locks;
    std::vector<std::uint32_t> wanted = uids;
    std::sort(wanted.begin(), wanted.end());
    for (const auto& chunk : point.mailbox->chunks)
        for (const mail::MessageRow& row : *chunk) {
            if (!std::binary_search(wanted.begin(), wanted.end(), row.uid))
                continue;
            locks.push_back(gate_now(row, point.mailbox->state_of(row), kept(row.uid)).lock);
        }
    return locks;
}

}  // namespace gui
