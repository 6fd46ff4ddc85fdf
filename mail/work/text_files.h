#pragma once
// Files that stand inside a message's text (uuencode): no structure tells of them, so the server is
// asked which of the messages without attachments may hold one; only those are read whole.

#include <vector>

#include "mail/imap/session.h"
#include "mail/store/ledger.h"
#include "mail/work/message.h"

namespace mail::work {

/// Of `rows`, those that look like it; and those that were taken in part or failed, of which the
/// server is not asked, since nothing else can have been read of them but the whole. Of the others,
/// those without attachments of which nothing is on record are recorded as such, so that no later
/// run asks again. An error with a reach up to message: the server
/// refuses to search, which does not mean that there is nothing.
[[nodiscard]] Result<std::vector<std::uint32_t>>
find_text_files(imap::Session& session, store::Ledger& ledger, const store::MailboxId& mailbox,
                const std::vector<const MessageRow*>& rows, const Wait& wait);

[[nodiscard]] std::vector<std::uint32_t> uids_of(const std::vector<const MessageRow*>& rows);

/// The structure and the ledger leave it open whether its text holds a file.
[[nodiscard]] bool may_hold_text_file(const MessageRow& row);
/// The same of a message with attachments that is to be taken: its text is long enough.
[[nodiscard]] bool may_hold_file_beside(const MessageRow& row);

}  // namespace mail::work
