#pragma once
// Rows of mailbox ↔ MailboxId, and how the other tables are asked for those of a mailbox.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mail/store/database.h"
#include "mail/store/ledger.h"

namespace mail::store {

/// The row's number, or nothing where the mailbox was never written.
[[nodiscard]] Result<std::optional<std::int64_t>> find_mailbox(Database& database,
                                                               const MailboxId& mailbox);
[[nodiscard]] Result<std::int64_t> find_or_add_mailbox(Database& database,
                                                       const MailboxId& mailbox);

/// With its "@", as `account` begins; "" without one.
[[nodiscard]] std::string login_of(const MailboxId& mailbox);

/// Four columns of a row, from `column` on: point, account, folder, uid_validity.
[[nodiscard]] MailboxId mailbox_in(const Statement& row, int column);

/// Rows of `table` for which `condition` holds: under no UID of the mailbox any more, found by
/// their marks only.
[[nodiscard]] Result<void> set_aside(Database& database, const MailboxId& mailbox,
                                     const std::vector<std::uint32_t>& uids,
                                     const std::string& table, const std::string& condition);
/// Says that rows beside the mailbox are these messages now: `sql` of each table has ?1 mailbox, ?2
/// to ?5 what the message is now, ?6 to ?8 point, login_of() and folder, ?9 to ?12 what it was.
[[nodiscard]] Result<void> adopt_rows(Database& database, const MailboxId& mailbox,
                                      const std::vector<Ledger::Moved>& moved,
                                      const std::string& sql);

/// ?1 to ?4 are point, account, folder, UIDVALIDITY; ?5 is login_of(). Here: this mailbox. Beside:
/// the same login, on whichever server, since servers are renamed and mailboxes moved; and the same
/// folder, under another UIDVALIDITY or there.
inline constexpr std::string_view here_condition =
    "point = ?1 AND account = ?2 AND mailbox.folder = ?3 AND uid_validity = ?4";
inline constexpr std::string_view beside_condition =
    "point = ?1 AND mailbox.folder = ?3 AND NOT (account = ?2 AND uid_validity = ?4) "
    "AND substr(account, 1, length(?5)) = ?5 AND instr(substr(account, length(?5) + 1), '@') = 0";

}  // namespace mail::store
