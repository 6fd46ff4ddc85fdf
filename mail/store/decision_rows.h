#pragma once
// Rows of decision ↔ PartDecision. Within a transaction of the caller.

#include <vector>

#include "mail/store/database.h"
#include "mail/store/ledger.h"

namespace mail::store {

/// Ledger::decisions().
[[nodiscard]] Result<std::vector<PartDecision>> decisions_of(Database& database,
                                                             const MailboxId& mailbox);
/// In place of what was decided of the part before.
[[nodiscard]] Result<void> write_decision(Database& database, const MailboxId& mailbox,
                                          const PartDecision& decision);

/// Whether a part of the message is wanted that has no file: it may be in the mail alone.
[[nodiscard]] Result<Statement> prepare_unmet_wishes(Database& database);
[[nodiscard]] Result<bool> has_unmet_wish(Statement& rows, const MailboxId& mailbox,
                                          const MessageId& message);

}  // namespace mail::store
