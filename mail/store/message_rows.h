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

/// A message with what only the ledger needs of it.
struct MessageRow {
    std::int64_t number = 0;
    MailboxId mailbox;
    MessageEntry entry;
    std::string instance;  ///< "" where nobody holds it
};

/// All of this mailbox / of the same login and folder under another UIDVALIDITY or on another
/// server / of this point that somebody holds; by UID.
[[nodiscard]] Result<std::vector<MessageRow>> messages_of(Database& database,
                                                          const MailboxId& mailbox);
[[nodiscard]] Result<std::vector<MessageRow>> messages_beside(Database& database,
                                                              const MailboxId& mailbox);
[[nodiscard]] Result<std::vector<MessageRow>> held_messages_of(Database& database,
                                                               const std::string& point);

/// Ledger::documents().
[[nodiscard]] Result<std::vector<MessageRow>> documents_of(Database& database,
                                                           const DocumentQuery& query);

/// Says that an entry beside the mailbox is this message now: the newest that fits, and not one
/// that is under way. A row that the message has by now says more than the old one and stays.
[[nodiscard]] Result<void> adopt_messages(Database& database, const MailboxId& mailbox,
                                          const std::vector<Ledger::Moved>& moved);
/// What is known of the document of a message that was put back belongs to `now`, unless `now` has
/// a document already. With UID 0 it goes where messages_beside() finds it, whatever the mailbox's
/// UIDVALIDITY is.
[[nodiscard]] Result<void> move_message(Database& database, const MailboxId& mailbox,
                                        std::uint32_t uid, const MailboxId& mailbox_now,
                                        const MessageId& now);
/// Ledger::earlier_file(), asked for each file that arrives: prepared once.
[[nodiscard]] Result<Statement> prepare_earlier_file(Database& database);
[[nodiscard]] Result<std::optional<Ledger::EarlierFile>> earlier_file_of(Statement& rows,
                                                                         const MailboxId& mailbox,
                                                                         std::uint32_t but_not_of,
                                                                         const std::string& sha256);

/// What is on record of the message's document, if anything is, and nobody holds it, becomes that.
[[nodiscard]] Result<void> restate(Database& database, std::int64_t mailbox, const MessageId& id,
                                   const Ledger::Standing& document);

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
    /// Something is on record under that UID, but for a taking that was stopped before it had
    /// anything.
    [[nodiscard]] Result<bool> is_known(std::uint32_t uid);
    /// Files that an earlier taking gave their final names, as far as `part` and `file` go.
    /// None where the UID belongs to another message by now.
    [[nodiscard]] Result<std::vector<FileEntry>> taken_files(const MessageId& id);
    /// Who removes the message or puts it back ("" for nobody), if it is not in the mailbox or will
    /// not be: so not for one that is only hidden, or where the UID belongs to another by now. Of
    /// what has left a mailbox that is told by all its marks where it has no Message-ID: what is
    /// there now can hardly be the same.
    [[nodiscard]] Result<std::optional<std::string>> remover(const MessageId& id);
    /// Replaces what was said of this message before.
    [[nodiscard]] Result<void> write(const MessageEntry& entry, Step step,
                                     const std::optional<std::string>& instance);

private:
    MessageWriter(std::int64_t mailbox, std::array<Statement, 8> statements);
    std::int64_t mailbox_;
    Statement lease_, taken_, remover_, message_, number_, forget_, file_, known_;
};

}  // namespace mail::store
