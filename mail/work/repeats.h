#pragma once
// Whether a content that has arrived is a file already, because another message of the point
// brought it: by SHA-256 and size, in the ledger and among what this run has placed, which the
// ledger does not know as finished yet. docs/attachments.md says what is done then.

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "mail/point/point.h"
#include "mail/store/ledger.h"
#include "mail/work/filing.h"
#include "mail/work/message.h"

namespace mail::work {

/// The file that another message became.
struct SavedFile {
    std::string path;
    std::chrono::sys_seconds when{};
};

/// One for all messages of a run.
class Repeats {
public:
    /// `save`: nothing is looked for.
    Repeats(store::Ledger& ledger, store::MailboxId mailbox, point::RepeatedFiles rule)
        : ledger_(&ledger), mailbox_(std::move(mailbox)), rule_(rule) {}

    [[nodiscard]] bool matter() const { return rule_ != point::RepeatedFiles::save; }
    [[nodiscard]] point::RepeatedFiles rule() const { return rule_; }
    /// Nothing where only the message itself has such a file. Errors: the ledger's.
    [[nodiscard]] Result<std::optional<SavedFile>> find(std::uint32_t uid,
                                                        const Arrival& arrival) const;
    /// This message's file has its final name.
    void placed(std::uint32_t uid, const PartView& part, std::chrono::sys_seconds when);

private:
    struct Placed {
        std::uint32_t uid = 0;
        SavedFile file;
    };
    store::Ledger* ledger_;
    store::MailboxId mailbox_;
    point::RepeatedFiles rule_;
    std::unordered_map<std::string, Placed> placed_;  ///< by SHA-256
};

/// A part that was will_be_taken, and whose content is that file: skipped or needs_you.
void judge_repeat(PartView& part, SavedFile saved, point::RepeatedFiles rule);

}  // namespace mail::work
