#pragma once
// What the ledger knows of a mailbox, found by message: by UID, and after a changed UIDVALIDITY by
// Message-ID, date and size.

#include <cstdint>
#include <map>
#include <string>
#include <tuple>
#include <unordered_map>
#include <vector>

#include "mail/point/point.h"
#include "mail/store/ledger.h"
#include "mail/work/message.h"

namespace mail::work {

class Known {
public:
    [[nodiscard]] static Result<Known> load(store::Ledger& ledger, const store::MailboxId& mailbox);

    /// Null where nothing is known. What is found by its other marks is adopted later. A UID that
    /// has come to mean a message of another Message-ID is no longer the one that is known.
    [[nodiscard]] const store::MessageEntry* find(const MessageRow& row) const;
    /// Nothing is left to be done for what had this UID.
    [[nodiscard]] bool is_finished(std::uint32_t uid) const;
    /// Records the messages that were found under an older UIDVALIDITY under their UIDs of now.
    [[nodiscard]] Result<void> adopt_moved(store::Ledger& ledger) const;

private:
    using Marks = std::tuple<std::string, std::int64_t, std::uint64_t>;
    store::MailboxId mailbox_;
    std::unordered_map<std::uint32_t, store::MessageEntry> by_uid_;
    std::map<Marks, store::MessageEntry> elsewhere_;
    mutable std::vector<store::Ledger::Moved> moved_;
};

[[nodiscard]] store::MessageId id_of(const MessageRow& row);
/// A part that has its file.
[[nodiscard]] store::FileEntry file_of(const PartView& taken);
/// The files that row.initial says were taken.
[[nodiscard]] std::vector<store::FileEntry> files_on_record(const MessageRow& row);
/// Writes into row.initial what the ledger says of the message.
void remember(MessageRow& row, const store::MessageEntry& entry, const point::General& general);

}  // namespace mail::work
