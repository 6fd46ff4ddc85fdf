#pragma once
// Holds a mail that was read whole to what the list had said of it. Servers answer for a removed
// mail with another one or with one of their own making, and end a mail before its end. Pure.

#include <optional>

#include "mail/mime/message.h"
#include "mail/work/message.h"

namespace mail::work {

/// Whether `mail`, which came in so many octets, is the one that `row` lists: message_gone where it
/// is a substitute, wrong_message where it is another one. Both reach the message.
[[nodiscard]] Result<void> check_identity(const MessageRow& row, const mime::Message& mail,
                                          std::uint64_t octets);

/// The part at which the mail breaks off though it has more octets by the list: nothing of it may
/// count as an attachment. RFC822.SIZE alone proves nothing, servers are wrong by a few per cent.
[[nodiscard]] std::optional<std::size_t>
part_cut_off(const MessageRow& row, const mime::Structure& structure, std::uint64_t octets);

}  // namespace mail::work
