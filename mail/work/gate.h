#pragma once
// The delete gate: whether a message may leave the mailbox without anybody's word.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "mail/base/disk.h"
#include "mail/base/wait.h"
#include "mail/work/message.h"

namespace mail::work {

/// Whether a message may leave the mailbox without anybody's word.
struct Gate {
    enum class Lock : std::uint8_t {
        open,
        not_taken,        ///< new, failed, partial, or under way
        part_needs_you,   ///< a wanted part waits for the operator
        no_attachments,   ///< there was nothing to take
        file_missing,     ///< a file is not in its folder any more (facts: path)
        file_changed,     ///< it is, with another content
        file_unreadable,  ///< error
        ledger_damaged,   ///< the ledger was not sound when it was opened
    } lock = Lock::open;
    std::string path;
    std::optional<Error> error;
};
[[nodiscard]] std::string_view name_of(Gate::Lock lock);
/// By what is known, without the disk: cheap, for each row.
[[nodiscard]] Gate gate_of(const MessageRow& row, const MessageState& state);
/// The same, and every file read back: size and SHA-256 are those of the ledger.
[[nodiscard]] Gate check_gate(Disk& disk, const MessageRow& row, const MessageState& state,
                              const Wait& wait);

}  // namespace mail::work
