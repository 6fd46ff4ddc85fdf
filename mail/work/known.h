#pragma once
// What the ledger knows of a mailbox, found by message: by UID, and after a changed UIDVALIDITY by
// Message-ID, date and size.

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <vector>

#include "mail/point/point.h"
#include "mail/store/ledger.h"
#include "mail/work/message.h"
#include "mail/work/repeats.h"

namespace mail::work {

class Known {
public:
    enum class Numbers { last, may_move };
    /// `numbers`: whether a UID always means the same message (imap::quirks::keeps_its_numbers).
    [[nodiscard]] static Result<Known> load(store::Ledger& ledger, const store::MailboxId& mailbox,
                                            Numbers numbers = Numbers::last);

    /// Null where nothing is known. What is found by its other marks is adopted later. A UID that
    /// has come to mean a message of another Message-ID is no longer the one that is known.
    [[nodiscard]] const store::MessageEntry* find(const MessageRow& row) const;
    /// Null where it is on the list as usual.
    [[nodiscard]] const store::RemovalEntry* find_removal(const MessageRow& row) const;
    /// It was marked \\Deleted by us, and stays until somebody expunges.
    [[nodiscard]] bool is_marked(const MessageRow& row) const;
    /// What is on record under its UID, and is about this message: whatever it says. Or null.
    [[nodiscard]] const store::MessageEntry* entry_of(const MessageRow& row) const;
    [[nodiscard]] const store::RemovalEntry* removal_of(const MessageRow& row) const;
    /// Its mark in the mailbox is not ours, so that it is another Mailpoint's document.
    /// `entry`: what find() has of it.
    [[nodiscard]] bool is_claimed_elsewhere(const MessageRow& row,
                                            const store::MessageEntry* entry) const;
    /// What another message than this one became, of the same content as a file without a name.
    [[nodiscard]] std::optional<SavedFile> saved_before(const MessageRow& row,
                                                        const store::FileEntry& file) const;
    /// What was decided about parts of the message, as it is in the ledger; they live as long as
    /// this.
    [[nodiscard]] std::vector<const store::PartDecision*> decisions_of(const MessageRow& row) const;
    /// In place of what the ledger says of that part.
    void decide(const store::PartDecision& decision);
    /// Nothing is left to be done for what had this UID.
    [[nodiscard]] bool is_finished(std::uint32_t uid) const;
    /// Records the messages that were found under an older UIDVALIDITY, or under another UID that
    /// did not last, under their UIDs of now.
    [[nodiscard]] Result<void> adopt_moved(store::Ledger& ledger) const;

private:
    /// Of a message as decisions know it: Message-ID and date, and the UID where it has no
    /// Message-ID.
    using Named = std::tuple<std::string, std::int64_t, std::uint32_t>;
    [[nodiscard]] static Named name_of(const store::MessageId& id);
    [[nodiscard]] bool has_unmet_wish(const store::MessageEntry& entry) const;
    using Marks = std::tuple<std::string, std::int64_t, std::uint64_t>;
    [[nodiscard]] static Marks marks_of(const store::MessageId& id);
    void sort_by_content() const;
    /// Of the same mailbox, under the UID that it had before others were removed.
    [[nodiscard]] const store::MessageEntry* find_renumbered(const MessageRow& row) const;
    store::Ledger* ledger_ = nullptr;
    store::MailboxId mailbox_;
    std::unordered_map<std::uint32_t, store::MessageEntry> by_uid_;
    std::map<Marks, store::MessageEntry> elsewhere_;
    std::unordered_map<std::uint32_t, store::RemovalEntry> removals_;
    std::map<Marks, store::RemovalEntry> removals_elsewhere_;
    std::map<Named, std::vector<store::PartDecision>> decisions_;
    Numbers numbers_ = Numbers::last;
    /// Those of by_uid_ by their Message-ID; made when it is first asked for.
    mutable std::optional<std::unordered_multimap<std::string_view, const store::MessageEntry*>>
        by_message_id_;
    mutable std::vector<store::Ledger::Moved> moved_;
    mutable std::vector<std::uint32_t> strangers_;   ///< UIDs that mean other messages by now
    mutable std::vector<std::uint32_t> not_hidden_;  ///< likewise, of what is off the list
    struct Content {
        const store::MessageEntry* message;
        const store::FileEntry* file;
    };
    /// Of what is known here, the newest by SHA-256; made when it is first asked for.
    mutable std::optional<std::unordered_map<std::string_view, Content>> by_content_;
    mutable std::optional<std::vector<std::uint32_t>> claimed_by_other_points_;  ///< likewise
};

[[nodiscard]] store::MessageId id_of(const MessageRow& row);
/// A part that has its file; one that is saved before has none of its own.
[[nodiscard]] store::FileEntry file_of(const PartView& saved);
/// Those that might have become files and did not, or do not as long as nobody decides.
[[nodiscard]] std::vector<store::LeftOut> left_out_of(const Parts& parts);
/// The files that row.initial says were taken.
[[nodiscard]] std::vector<store::FileEntry> files_on_record(const MessageRow& row);
/// Tells of a content without a file of its own which other message's file has it.
using SavedBefore = std::function<std::optional<SavedFile>(const store::FileEntry& file)>;
/// A message that was thought to be taken, and has more in it: partial, to be read whole.
[[nodiscard]] store::MessageEntry reopened(const MessageRow& row, const std::string& who);
using Decided = std::vector<const store::PartDecision*>;
/// Of what has to be read whole none: it is judged when it is read, its parts may be others then.
[[nodiscard]] Decided decided_of(const MessageRow& row, const Known& known);
/// Writes into row.initial what the ledger says of the message.
/// `decided`: apply_decisions() comes afterwards.
void remember(MessageRow& row, const store::MessageEntry& entry, const point::General& general,
              const SavedBefore& saved_before = {}, const Decided& decided = {});
/// Likewise, afterwards: a message that is off the list.
void remember_removal(MessageRow& row, const store::RemovalEntry& entry);
/// Both, as far as there is something.
void remember(MessageRow& row, const Known& known, const point::General& general);

}  // namespace mail::work
