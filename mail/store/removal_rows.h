#pragma once
// Rows of removal ↔ RemovalEntry. Apart from removals.h, which knows who may write what when.
// Within a transaction of the caller.

#include <array>
#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "mail/store/database.h"
#include "mail/store/ledger.h"

namespace mail::store {

struct RemovalRow {
    MailboxId mailbox;
    RemovalEntry entry;
    std::string instance;  ///< "" where nobody holds it
};

/// All of this mailbox / of those beside it, by UID.
[[nodiscard]] Result<std::vector<RemovalRow>> removals_of(Database& database,
                                                          const MailboxId& mailbox);
[[nodiscard]] Result<std::vector<RemovalRow>> removals_beside(Database& database,
                                                              const MailboxId& mailbox);
/// Of this point: removed ones and those being put back, with a copy, newest first / those that
/// somebody holds.
[[nodiscard]] Result<std::vector<RemovalRow>> kept_removals_of(Database& database,
                                                               const std::string& point);
[[nodiscard]] Result<std::vector<RemovalRow>> held_removals_of(Database& database,
                                                               const std::string& point);
/// Removed ones of all points with a copy that may go.
[[nodiscard]] Result<std::vector<RemovalRow>> expired_removals(Database& database,
                                                               std::chrono::sys_seconds now);

/// As adopt_messages(), of those that are only hidden: one that was removed is not the message that
/// is there now, however alike they are.
[[nodiscard]] Result<void> adopt_hidden(Database& database, const MailboxId& mailbox,
                                        const std::vector<Ledger::Moved>& moved);

/// Reads and writes single ones of one mailbox, prepared once for many.
class RemovalWriter {
public:
    [[nodiscard]] static Result<RemovalWriter> on(Database& database, std::int64_t mailbox);

    [[nodiscard]] Result<std::optional<RemovalRow>> find(RemovalKey key);
    /// Which instance plans or places the message's document; "" where none does.
    [[nodiscard]] Result<std::string> taker(std::uint32_t uid);
    /// Replaces what was said of this message before. `instance` is "" for nobody.
    [[nodiscard]] Result<void> write(const RemovalEntry& entry, const std::string& instance);
    /// removed → restoring, by `who`; and back, for nobody.
    [[nodiscard]] Result<void> restoring(RemovalKey key, const std::string& who,
                                         const NextUid& next, const std::string& instance);
    [[nodiscard]] Result<void> not_restored(RemovalKey key);
    [[nodiscard]] Result<void> forget(RemovalKey key);
    /// What has number 0 makes room for another message.
    [[nodiscard]] Result<void> give_up_its_uid(std::uint32_t uid);

private:
    RemovalWriter(std::int64_t mailbox, std::array<Statement, 6> statements);
    std::int64_t mailbox_;
    Statement find_, taker_, write_, stage_, forget_, give_up_;
};

}  // namespace mail::store
