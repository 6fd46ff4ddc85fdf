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

/// Parts of the message that are wanted and have no file: they may be in the mail alone. Part and
/// name are told.
[[nodiscard]] Result<Statement> prepare_unmet_wishes(Database& database);
[[nodiscard]] Result<std::vector<PartDecision>>
unmet_wishes(Statement& rows, const MailboxId& mailbox, const MessageId& message);

}  // namespace mail::store
