#pragma once
// Rows of message and file ↔ MessageEntry. Apart from the ledger, which knows only who may write
// what when. Within a transaction of the caller, for reading, too: a message and its files are read
// one after the other.

#include <array>
#include <optional>
#include <vector>

#include "mail/store/database.h"
#include "mail/store/ledger.h"

namespace mail::store {

/// The row's number, or nothing where the mailbox was never written.
[[nodiscard]] Result<std::optional<std::int64_t>> find_mailbox(Database& database,
                                                               const MailboxId& mailbox);
[[nodiscard]] Result<std::int64_t> find_or_add_mailbox(Database& database,
                                                       const MailboxId& mailbox);

/// A message with what only the ledger needs of it.
struct MessageRow {
    std::int64_t number = 0;
    MailboxId mailbox;
    MessageEntry entry;
    std::string instance;  ///< "" where nobody holds it
};

/// With its "@", as `account` begins; "" without one.
[[nodiscard]] std::string login_of(const MailboxId& mailbox);
/// All of this mailbox / of the same login and folder under another UIDVALIDITY or on another
/// server / of this point that somebody holds; by UID.
[[nodiscard]] Result<std::vector<MessageRow>> messages_of(Database& database,
                                                          const MailboxId& mailbox);
[[nodiscard]] Result<std::vector<MessageRow>> messages_beside(Database& database,
                                                              const MailboxId& mailbox);
[[nodiscard]] Result<std::vector<MessageRow>> held_messages_of(Database& database,
                                                               const std::string& point);

/// Writes messages of one mailbox, prepared once for many.
class MessageWriter {
public:
    [[nodiscard]] static Result<MessageWriter> on(Database& database, std::int64_t mailbox);

    struct Lease {
        Step step;
        std::string instance;
    };
    /// Who holds the message, if it is there and somebody does.
    [[nodiscard]] Result<std::optional<Lease>> lease(std::uint32_t uid);
    /// Files that an earlier taking gave their final names, as far as `part` and `file` go.
    /// None where the UID belongs to another message by now.
    [[nodiscard]] Result<std::vector<FileEntry>> taken_files(const MessageId& id);
    /// Replaces what was said of this message before.
    [[nodiscard]] Result<void> write(const MessageEntry& entry, Step step,
                                     const std::optional<std::string>& instance);

private:
    MessageWriter(std::int64_t mailbox, std::array<Statement, 6> statements);
    std::int64_t mailbox_;
    Statement lease_, taken_, message_, number_, forget_, file_;
};

}  // namespace mail::store
