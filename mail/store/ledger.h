#pragma once
// What happened to every message and file, in state.db, durable (synchronous=FULL) before and after
// each outside effect. The functions say what happened, not how it is kept; the order of the steps
// and the tables are in docs/ledger.md. One object behind one lock: any thread; calls may wait for
// the disk.

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "mail/base/result.h"

namespace mail::store {

/// A folder of an account as one point sees it. What was taken is kept per point.
struct MailboxId {
    std::string point;    ///< the point's id
    std::string account;  ///< login@server
    std::string folder;
    std::uint32_t uid_validity = 0;
    bool operator==(const MailboxId&) const = default;
};

/// A message within that folder. After a changed UIDVALIDITY it is matched again by the other
/// three.
struct MessageId {
    std::uint32_t uid = 0;
    std::string message_id;     ///< of the header, octets; may be empty
    std::int64_t received = 0;  ///< INTERNALDATE, seconds since 1970
    std::uint64_t size_octets = 0;
};

/// How far a message has come. `planned` and `placing` are left by a run that was cut off.
enum class Step { planned, placing, stored, partial, none, failed };

struct FileEntry {
    std::string part;  ///< path of the part
    std::string name;  ///< as the mail says it
    std::string type;  ///< by content
    std::uint64_t size_octets = 0;
    std::string sha256;     ///< hex
    std::string temporary;  ///< path it was written under; "" where the file was there already
    std::string file;       ///< path of the final name
};

struct MessageEntry {
    MessageId id;
    Step step = Step::planned;
    std::vector<FileEntry> files;
    std::string folder;  ///< target folder of the document
    std::string cause;   ///< of a failed one: name_of(Cause)
    std::chrono::sys_seconds when{};
    std::string who;  ///< operator
};

class Ledger {
public:
    /// Creates or opens; checks the file. A damaged one is set aside (renamed, never deleted) and a
    /// new one begun: `damaged_copy()` names it then. Errors: ledger_failed, point_newer for a
    /// newer schema.
    [[nodiscard]] static Result<std::unique_ptr<Ledger>> open(const std::string& path);
    /// One that could not be opened: every question gets this answer.
    [[nodiscard]] static std::unique_ptr<Ledger> closed(Error why);
    virtual ~Ledger() = default;

    [[nodiscard]] virtual std::string damaged_copy() const = 0;

    /// Everything known of the mailbox. Rows of an older UIDVALIDITY of the same folder, or of
    /// the same login on another server, are listed by `messages_elsewhere`, for matching by
    /// Message-ID, date and size.
    [[nodiscard]] virtual Result<std::vector<MessageEntry>> messages(const MailboxId& mailbox) = 0;
    [[nodiscard]] virtual Result<std::vector<MessageEntry>>
    messages_elsewhere(const MailboxId& mailbox) = 0;
    /// Says that entries of an older UIDVALIDITY are these messages now.
    struct Moved {
        MessageId now;
        MessageEntry before;
    };
    [[nodiscard]] virtual Result<void> adopt(const MailboxId& mailbox,
                                             const std::vector<Moved>& moved) = 0;

    struct Refusal {
        std::uint32_t uid = 0;
        Error error;  ///< busy_elsewhere: another holds it. taken_elsewhere: see planned().
    };
    /// Step 1: these will be taken, into these temporary files (FileEntry::temporary), and belong
    /// to this process from now on. One commit for all but the refused, of which nothing changes:
    /// those that another holds (if it is dead, recovery comes first), and those of which a file is
    /// on record that `files` does not name, since whoever plans has not seen that it was taken.
    [[nodiscard]] virtual Result<std::vector<Refusal>>
    planned(const MailboxId& mailbox, const std::vector<MessageEntry>& messages) = 0;
    /// Step 2: the temporary files are whole and synced; now they get their final names. In the
    /// same commit `done` come to step 3.
    [[nodiscard]] virtual Result<void> placing(const MailboxId& mailbox,
                                               const std::vector<MessageEntry>& messages,
                                               const std::vector<MessageEntry>& done) = 0;
    /// Step 3: the final names are durable (stored, partial, none), or it failed and nothing is
    /// there.
    [[nodiscard]] virtual Result<void> finished(const MailboxId& mailbox,
                                                const std::vector<MessageEntry>& messages) = 0;

    /// planned and placing entries whose process is gone, or that this one has left behind: to be
    /// cleaned up before the point works again, so not while it does.
    [[nodiscard]] virtual Result<std::vector<std::pair<MailboxId, MessageEntry>>>
    unfinished(const std::string& point) = 0;
};

}  // namespace mail::store
