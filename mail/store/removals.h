#pragma once
// Who may take a message off the list or out of the mailbox, and when: stages, leases, and the log
// of them. Within a transaction of the caller.

#include <chrono>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "mail/store/action_rows.h"
#include "mail/store/database.h"
#include "mail/store/instances.h"
#include "mail/store/ledger.h"
#include "mail/store/removal_rows.h"

namespace mail::store {

/// `database` and `instance` are the ledger's and outlive it. The functions do what those of Ledger
/// say, and add whom they refuse to `refused`.
class Removals {
public:
    using Entries = std::vector<RemovalEntry>;
    using Refused = std::vector<Ledger::Refusal>;

    Removals(Database& database, const Instance& instance)
        : database_(&database), instance_(&instance) {}

    [[nodiscard]] Result<void> hide(const MailboxId& mailbox, const Entries& messages,
                                    Refused& refused);
    [[nodiscard]] Result<void> show(const MailboxId& mailbox,
                                    const std::vector<std::uint32_t>& uids, const std::string& who);
    [[nodiscard]] Result<void> begin_removing(const MailboxId& mailbox, const Entries& messages,
                                              Refused& refused);
    [[nodiscard]] Result<void> removed(const MailboxId& mailbox, const Entries& messages);
    [[nodiscard]] Result<void> not_removed(const MailboxId& mailbox, const Entries& messages,
                                           Action::What what, const std::string& result);
    [[nodiscard]] Result<void> begin_restoring(const MailboxId& mailbox,
                                               const std::vector<RemovalKey>& keys,
                                               const std::string& who, const NextUid& next,
                                               Refused& refused);
    [[nodiscard]] Result<void> restored(const std::vector<Ledger::Restored>& messages,
                                        const MailboxId& mailbox_now, const std::string& who);
    [[nodiscard]] Result<void> not_restored(const MailboxId& mailbox, RemovalKey key,
                                            const std::string& result);
    [[nodiscard]] Result<void> purged(const MailboxId& mailbox, RemovalKey key,
                                      const std::string& who);
    /// Of the point: removing or restoring, and nobody else who lives holds them.
    [[nodiscard]] Result<std::vector<std::pair<MailboxId, RemovalEntry>>>
    abandoned(const std::string& point);

private:
    struct Writing {
        Living living;
        RemovalWriter rows;
        ActionWriter log;
    };
    [[nodiscard]] Result<Writing> open_for_writing(const MailboxId& mailbox);
    using Found = std::optional<RemovalRow>;
    /// What is on record of this message now: nothing where the UID had another one's entry.
    [[nodiscard]] static Result<Found> make_room(Writing& writing, const Found& found,
                                                 const MessageId& id);
    [[nodiscard]] Result<void> hide_one(const MailboxId& mailbox, Writing& writing,
                                        RemovalEntry entry, const Found& found, Refused& refused);
    /// `wishes`: prepare_unmet_wishes().
    [[nodiscard]] Result<void> drop_wishes(const MailboxId& mailbox, Writing& writing,
                                           Statement& wishes, const RemovalEntry& entry);
    [[nodiscard]] static Result<void> stay(Writing& writing, RemovalEntry entry, Action::What what);
    [[nodiscard]] Result<void> restored_one(Writing& writing, const Ledger::Restored& message,
                                            const std::optional<RemovalRow>& found,
                                            const MailboxId& mailbox_now, const std::string& who);
    /// `step(writing, item, found)` for each item and what is on record of its UID.
    template <class Items, class Step>
    [[nodiscard]] Result<void> each(const MailboxId& mailbox, const Items& items, const Step& step);

    Database* database_;
    const Instance* instance_;
};

}  // namespace mail::store
