#pragma once
// Holds a mail that was read whole to what the list had said of it. Servers answer for a removed
// mail with another one or with one of their own making, and end a mail before its end. Pure.

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "mail/mime/message.h"
#include "mail/work/message.h"

namespace mail::work {

/// What came of a mail that was read whole.
struct CameWhole {
    std::uint64_t octets = 0, line_ends = 0;
};

/// Whether `mail`, which came in so many octets, is the one that `row` lists: message_gone where it
/// is a substitute, wrong_message where it is another one. Both reach the message.
[[nodiscard]] Result<void> check_identity(const MessageRow& row, const mime::Message& mail,
                                          std::uint64_t octets);

/// The two are one Message-ID: blanks and angles aside, and as far as both go, since servers cut
/// long ones. False where one is empty.
[[nodiscard]] bool same_message_id(std::string_view listed, std::string_view read);

/// How the server tells sizes of whole mails (Mailutils 3.15: off by a line end for each line, and
/// lines of its own).
enum class Sizes : std::uint8_t { exact, rough };

/// The same, and that it came whole, for a mail that is to leave the mailbox: of a message that may
/// be another one, or less than all of it, nothing is taken away. A size that is a little off is
/// believed of a server that is known for it, and elsewhere where every part that was listed is
/// there with its octets; beyond that, or where a listed part is not there, it is part_incomplete.
[[nodiscard]] Result<void> check_copy(const MessageRow& row, const mime::Message& mail,
                                      const CameWhole& came, Sizes sizes);

/// That what was taken from it (MessageRow::initial) is in it, by content: part_incomplete. Only of
/// base64, which is the same however it is fetched.
[[nodiscard]] Result<void> check_taken_parts(const MessageRow& row, const mime::Message& mail);

/// The row with what the list did not tell of it, as the mail itself has it: date, sender, subject,
/// Message-ID, size.
[[nodiscard]] MessageRow filled_from(MessageRow row, const mime::Head& head, std::uint64_t octets);

/// The parts that are not there to their end: nothing of them may count as an attachment. A mail of
/// fewer octets than listed whose end is not to be seen breaks off in its last part, unless the
/// structure knew that part to be no longer; and a part shorter than the structure has it is cut
/// wherever the mail is. A mail that came in just as many octets as listed has none.
[[nodiscard]] std::vector<std::size_t>
parts_cut_off(const MessageRow& row, const mime::Structure& structure, const CameWhole& came);

/// Attachments that were listed and are not in it at all, though it came in fewer octets than
/// listed: the server kept them back.
[[nodiscard]] Parts parts_withheld(const MessageRow& row, const mime::Structure& structure,
                                   const CameWhole& came);

}  // namespace mail::work
