#pragma once
// Holds a mail that was read whole to what the list had said of it. Servers answer for a removed
// mail with another one or with one of their own making, and end a mail before its end. Pure.

#include <cstddef>
#include <cstdint>
#include <vector>

#include "mail/mime/message.h"
#include "mail/work/message.h"

namespace mail::work {

/// Whether `mail`, which came in so many octets, is the one that `row` lists: message_gone where it
/// is a substitute, wrong_message where it is another one. Both reach the message.
[[nodiscard]] Result<void> check_identity(const MessageRow& row, const mime::Message& mail,
                                          std::uint64_t octets);

/// The row with what the list did not tell of it, as the mail itself has it: date, sender, subject,
/// Message-ID, size.
[[nodiscard]] MessageRow filled_from(MessageRow row, const mime::Head& head, std::uint64_t octets);

/// What came of a mail that was read whole.
struct CameWhole {
    std::uint64_t octets = 0, line_ends = 0;
};

/// The parts that are not there to their end: nothing of them may count as an attachment. A mail of
/// fewer octets than listed whose end is not to be seen breaks off in its last part, unless the
/// structure knew that part to be no longer; and a part shorter than the structure has it is cut
/// wherever the mail is. A mail that came in just as many octets as listed has none.
[[nodiscard]] std::vector<std::size_t>
parts_cut_off(const MessageRow& row, const mime::Structure& structure, const CameWhole& came);

}  // namespace mail::work
