#pragma once
// What messages became, in a file that can be read without this program: which attachments belong
// together, and to which mail. documents/<year>/<month>/<day-time-random>.json in the workspace,
// one for each group of messages that were taken together; made so that a stop at any moment leads
// to exactly one (docs/ledger.md).

#include <memory>
#include <string>
#include <vector>

#include "mail/base/disk.h"
#include "mail/point/point.h"
#include "mail/store/ledger.h"
#include "mail/work/known.h"
#include "mail/work/message.h"

namespace mail::work {

/// Of one group. Not thread-safe.
class Manifest {
public:
    /// `folder`: the workspace's documents, "" for none. Disk and point must outlive it.
    Manifest(Disk& disk, std::string folder, const point::Point& point, store::MailboxId mailbox);
    ~Manifest();
    Manifest(const Manifest&) = delete;
    Manifest& operator=(const Manifest&) = delete;

    /// What the plan of each of its messages says (store::MessageEntry::manifest).
    [[nodiscard]] const std::string& name() const { return name_; }
    /// Before the first of them gets a file, and after all are planned: durable, who these messages
    /// are. Nothing to do the second time.
    [[nodiscard]] Result<void> begin(const std::vector<const MessageRow*>& rows);
    /// What is to be recorded of one of them.
    void add(const MessageRow& row, const store::MessageEntry& entry,
             const SavedBefore& saved_before);
    /// Before the last of them is recorded as finished: the file is there, durable. Where it fails
    /// finish_manifests() makes it.
    [[nodiscard]] Result<void> end();

private:
    Disk* disk_;
    std::string folder_;
    const point::Point* point_;
    store::MailboxId mailbox_;
    std::chrono::sys_seconds when_;
    std::string name_;
    std::string begun_;  ///< path of what begin() wrote
    struct Content;
    std::unique_ptr<Content> content_;
};

/// Makes those that a run of the point which was cut off had begun; recover() comes first. Others
/// are at work on those of which a message is still planned or placing: they stay. Messages that
/// another has taken since are not in them: its own says what became of them.
[[nodiscard]] Result<void> finish_manifests(Disk& disk, const std::string& folder,
                                            store::Ledger& ledger, const std::string& point);

}  // namespace mail::work
