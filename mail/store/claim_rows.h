#pragma once
// Which messages have our mark in the mailbox (docs/ledger.md, "Claims"), apart from what became of
// them. Within a transaction of the caller.

#include <cstdint>
#include <vector>

#include "mail/store/database.h"
#include "mail/store/ledger.h"

namespace mail::store {

/// As Ledger::claimed(), claimed_by_others(), claimed_in_vain() and gave_back().
[[nodiscard]] Result<std::vector<std::uint32_t>>
claimed_of(Database& database, const MailboxId& mailbox, const std::vector<std::uint32_t>& uids);
[[nodiscard]] Result<std::vector<std::uint32_t>> claimed_beside(Database& database,
                                                                const MailboxId& mailbox);
[[nodiscard]] Result<std::vector<std::uint32_t>> claimed_in_vain_of(Database& database,
                                                                    const MailboxId& mailbox);
[[nodiscard]] Result<void> forget_claims(Database& database, const MailboxId& mailbox,
                                         const std::vector<std::uint32_t>& uids);

}  // namespace mail::store
