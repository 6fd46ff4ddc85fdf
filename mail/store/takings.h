#pragma once
// Who may say what of a message's document, and when: leases, steps, and the log of them. Within a
// transaction of the caller.

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "mail/store/database.h"
#include "mail/store/instances.h"
#include "mail/store/ledger.h"
#include "mail/store/message_rows.h"

namespace mail::store {

/// `database` and `instance` are the ledger's and outlive it.
class Takings {
public:
    Takings(Database& database, const Instance& instance)
        : database_(&database), instance_(&instance) {}

    /// Adds those that may not be planned to `refused`, and plans the others.
    [[nodiscard]] Result<void> plan(const MailboxId& mailbox,
                                    const std::vector<MessageEntry>& messages,
                                    std::vector<Ledger::Refusal>& refused);
    [[nodiscard]] Result<void> place(const MailboxId& mailbox,
                                     const std::vector<MessageEntry>& messages);
    /// Each comes to the step it has; its lease ends, and it is logged.
    [[nodiscard]] Result<void> finish(const MailboxId& mailbox,
                                      const std::vector<MessageEntry>& messages);
    /// Ledger::decide().
    [[nodiscard]] Result<void> decide(const MailboxId& mailbox, const PartDecision& decision,
                                      const Ledger::Standing& document);
    /// Of the point: planned or placing, and nobody else who lives holds them.
    [[nodiscard]] Result<std::vector<std::pair<MailboxId, MessageEntry>>>
    abandoned(const std::string& point);

private:
    struct Writing {
        Living living;
        MessageWriter writer;
    };
    [[nodiscard]] Result<Writing> open_for_writing(const MailboxId& mailbox);
    [[nodiscard]] Result<std::optional<Error>> why_not_plan(Writing& writing,
                                                            const MessageEntry& message) const;

    Database* database_;
    const Instance* instance_;
};

}  // namespace mail::store
