#pragma once
// The delete gate: whether a message may leave the mailbox without anybody's word.

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "mail/base/disk.h"
#include "mail/base/wait.h"
#include "mail/mime/message.h"
#include "mail/point/point.h"
#include "mail/work/message.h"

namespace mail::work {

/// Whether a message may leave the mailbox without anybody's word.
struct Gate {
    enum class Lock : std::uint8_t {
        open,
        not_taken,        ///< new, failed, partial, or under way
        part_wanted,      ///< all but what somebody wants against the rules (facts: path, its name)
        part_needs_you,   ///< a wanted part waits for the operator
        no_attachments,   ///< there was nothing to take
        file_missing,     ///< a file is not in its folder any more (facts: path)
        file_changed,     ///< it is, with another content
        file_unreadable,  ///< error
        part_not_saved,   ///< the mail has more in it than was taken (facts: path, the part's name)
        ledger_damaged,   ///< the ledger was not sound when it was opened
    } lock = Lock::open;
    std::string path;
    std::optional<Error> error;
};
[[nodiscard]] std::string_view name_of(Gate::Lock lock);
/// By what is known, without the disk: cheap, for each row.
[[nodiscard]] Gate gate_of(const MessageRow& row, const MessageState& state);
/// The same, and every file read back: size and SHA-256 are those of the ledger. One of `delivered`
/// (TakeOutcome::delivered) may have been taken away.
[[nodiscard]] Gate check_gate(Disk& disk, const MessageRow& row, const MessageState& state,
                              const Wait& wait, const std::set<std::string>& delivered = {});
/// The mail itself, read whole, against what is on record of it (MessageRow::initial): each part
/// that would become a file is one that was seen when it was taken. Servers keep parts back, and
/// leave them out of their lists. Errors: the wait's.
[[nodiscard]] Result<Gate> check_mail(const MessageRow& row, const mime::Message& mail,
                                      const point::General& general, const Wait& wait);
/// gate_locked with the facts "lock", "path" and "cause".
[[nodiscard]] Error error_of(std::uint32_t uid, Gate gate);
/// Whether it is what error_of() makes of a mail with more in it than was taken: the next taking
/// reads such a message whole.
[[nodiscard]] bool has_more_than_taken(const std::optional<Error>& error);

}  // namespace mail::work
