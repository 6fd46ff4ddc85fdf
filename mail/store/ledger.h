#pragma once
// What happened to every message and file, in state.db, durable (synchronous=FULL) before and after
// each outside effect. The functions say what happened, not how it is kept; the order of the steps
// and the tables are in docs/ledger.md. One object behind one lock: any thread; calls may wait for
// the disk.

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "mail/base/result.h"
#include "mail/store/action.h"
#include "mail/store/decision.h"
#include "mail/store/ocr_job.h"

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
    /// Its content was a file already: of this one or of another name. Not kept: for the activity
    /// log.
    bool was_there = false;
};

/// A part that did not become a file.
struct LeftOut {
    std::string name = {};    ///< as the mail says it; "" if it has none
    std::string reason = {};  ///< a word of the caller's: work::name_of(Reason)
    bool needs_you = false;   ///< somebody has to decide
    bool operator==(const LeftOut&) const = default;
};

struct MessageEntry {
    MessageId id;
    Step step = Step::planned;
    std::vector<FileEntry> files;
    std::string folder;  ///< target folder of the document
    std::string cause;   ///< of a failed one: name_of(Cause)
    std::chrono::sys_seconds when{};
    std::string who;  ///< operator
    std::string subject =
        {};  ///< UTF-8, of one line: for the activity log, read from it only by actions()
    /// Whether the message has our mark in the mailbox, or may have it. What is read has it or not;
    /// what is written as_before leaves it as it is.
    enum class Claim : std::uint8_t { as_before, ours, none } claim = Claim::as_before;
    /// To leave the mailbox after its document: the point said so when it was taken. Not of one
    /// that was put back.
    bool is_due = false;
    /// Name of the manifest that says what it became (work/manifest.h); "": of none.
    std::string manifest = {};
    std::vector<LeftOut> left_out = {};
};

/// What somebody decided about a part of a message.
struct PartDecision {
    MessageId message;  ///< read: its size is not known, nor, where it has a Message-ID, its UID
    std::string part;   ///< path
    std::string name;   ///< as the mail says it; "" if it has none
    Decision decision = Decision::by_rules;
    std::string who;  ///< operator
    std::chrono::sys_seconds when{};
    std::string subject = {};  ///< as MessageEntry::subject
};

/// Which messages of a point were brought to an end, well or not, and when.
struct DocumentQuery {
    std::string point = {};                                                     ///< id; "": all
    std::chrono::sys_seconds since{}, until = std::chrono::sys_seconds::max();  ///< before that
    /// Those only of which something is still to be taken, or waits for a decision, and which are
    /// on the list.
    bool open_only = false;
};

/// Which UIDs a folder gives from now on; 0: not known, or they don't last.
struct NextUid {
    std::uint32_t uid_validity = 0, uid = 0;
};

/// A message that the operator took off the list, or out of the mailbox, too. One that was put back
/// has no such entry any more. Independent of Step: whatever became of its document stays on
/// record.
struct RemovalEntry {
    /// hidden: off the list only. marked: \\Deleted was set and a copy is kept; whoever expunges
    /// removes it. removing: its copy is durable and the server is being told. removed: out of the
    /// mailbox. restoring: the copy is being put back. Somebody holds removing and restoring ones,
    /// or a run that was cut off has left them.
    enum class Stage { hidden, removing, removed, restoring, marked };
    MessageId id;
    Stage stage = Stage::hidden;
    /// Off the list as well, where it is marked or comes to stay in the mailbox after all. The
    /// ledger sets it.
    bool is_hidden_too = false;
    /// 0, or else the UID has come to mean another message, which has the entry of number 0. The
    /// ledger sets it.
    std::uint32_t number = 0;
    std::string copy;  ///< name of its file in the quarantine; "" where none is kept
    std::uint64_t copy_octets = 0;
    std::string copy_sha256;                ///< hex
    std::string flags;                      ///< to be set again: "\\Seen $Label"
    std::string subject, sender;            ///< UTF-8, of one line
    std::chrono::sys_seconds when{};        ///< of hiding or removal
    std::chrono::sys_seconds keep_until{};  ///< the copy; nothing is purged before
    std::string who;  ///< operator who hid or removed it; of a restoring one, who puts it back
    /// What has a UID from this one on came after the removal; of a restoring one, after that had
    /// begun.
    NextUid next = {};
    /// Of a removing one: the connection went while it was marked, so that the mark may have come
    /// on another message, if the server gave out new numbers then.
    bool may_be_astray = false;
    /// To be removed although a part that somebody wants has no file. Not kept: only asked of what
    /// begins to be removed.
    bool despite_wish = false;
    /// Of a removing one: its operator stopped it. Who ends it takes the mark back, unless the
    /// message is gone.
    bool is_stopped = false;
};
/// An entry of a mailbox.
struct RemovalKey {
    RemovalKey(std::uint32_t of, std::uint32_t n = 0) : uid(of), number(n) {}
    RemovalKey(const RemovalEntry& entry) : RemovalKey(entry.id.uid, entry.number) {}
    std::uint32_t uid;
    std::uint32_t number;
    bool operator==(const RemovalKey&) const = default;
};

/// Somebody else had marked it \\Deleted, and it is taken along by the removal of others: its flags
/// say so. Of those that were asked for that flag is not kept.
[[nodiscard]] bool was_marked(const RemovalEntry& entry);

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

    /// Another number than before: another program has written since. Costs next to nothing.
    [[nodiscard]] virtual Result<std::int64_t> version_of_others() = 0;

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
        bool is_of_this_mailbox = false;  ///< it has changed its UID within the mailbox
    };
    /// UIDs that mean other messages by now than those of which there is a document, or which are
    /// hidden. What is known under them waits to be found by its marks, among messages_elsewhere().
    struct Strangers {
        std::vector<std::uint32_t> messages, hidden;
    };
    [[nodiscard]] virtual Result<void> adopt(const MailboxId& mailbox,
                                             const std::vector<Moved>& moved,
                                             const Strangers& strangers) = 0;

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
    /// there. Of what was only listed (none, without files and without anybody) it is noted where
    /// nothing is on record, and else nothing.
    [[nodiscard]] virtual Result<void> finished(const MailboxId& mailbox,
                                                const std::vector<MessageEntry>& messages) = 0;

    /// Marks in the mailbox (MessageEntry::claim), all by UID, ascending. Those of `uids`
    /// (ascending) that any point of this ledger has claimed in this folder; all that other points
    /// have; those of this point of which nothing came, so that the mark is to be taken back; that
    /// it was.
    [[nodiscard]] virtual Result<std::vector<std::uint32_t>>
    claimed(const MailboxId& mailbox, const std::vector<std::uint32_t>& uids) = 0;
    [[nodiscard]] virtual Result<std::vector<std::uint32_t>>
    claimed_by_others(const MailboxId& mailbox) = 0;
    [[nodiscard]] virtual Result<std::vector<std::uint32_t>>
    claimed_in_vain(const MailboxId& mailbox) = 0;
    [[nodiscard]] virtual Result<void> gave_back(const MailboxId& mailbox,
                                                 const std::vector<std::uint32_t>& uids) = 0;

    /// Decisions about parts of messages of this point, by_rules among them. decide() notes one,
    /// and in the same commit what it makes of the message's document, where there is one on
    /// record. Logged. Error busy_elsewhere: somebody who lives is at work on the message.
    [[nodiscard]] virtual Result<std::vector<PartDecision>> decisions(const MailboxId& mailbox) = 0;
    struct Standing {
        Step step = Step::stored;  ///< neither planned nor placing
        std::vector<LeftOut> left_out = {};
    };
    [[nodiscard]] virtual Result<void>
    decide(const MailboxId& mailbox, const PartDecision& decision, const Standing& document) = 0;

    /// Removal. Entries are known by their UID within `mailbox`.
    [[nodiscard]] virtual Result<std::vector<RemovalEntry>> removals(const MailboxId& mailbox) = 0;
    /// Those of an older UIDVALIDITY or another server, as messages_elsewhere(); adopt() moves
    /// hidden ones, too, where the marks of `Moved::before` are theirs.
    [[nodiscard]] virtual Result<std::vector<RemovalEntry>>
    removals_elsewhere(const MailboxId& mailbox) = 0;
    /// All of the point that are removed, marked, or being put back, and have a copy, newest first.
    [[nodiscard]] virtual Result<std::vector<std::pair<MailboxId, RemovalEntry>>>
    quarantined(const std::string& point) = 0;
    /// hidden, and back. Both are logged (Action::hidden, shown). Refused: held by somebody.
    [[nodiscard]] virtual Result<std::vector<Refusal>>
    hide(const MailboxId& mailbox, const std::vector<RemovalEntry>& messages) = 0;
    [[nodiscard]] virtual Result<void> show(const MailboxId& mailbox,
                                            const std::vector<std::uint32_t>& uids,
                                            const std::string& who) = 0;
    /// Before the server is told: these get the stage and belong to this process. One commit for
    /// all but the refused: those that somebody else is taking, removing or restoring, and those of
    /// which a part is wanted that has no file (gate_locked), unless they say that they go all the
    /// same.
    [[nodiscard]] virtual Result<std::vector<Refusal>>
    removing(const MailboxId& mailbox, const std::vector<RemovalEntry>& messages) = 0;
    /// They are out of the mailbox; logged. Those in removing or hidden become removed. Nobody
    /// wants a part of them any more: what was wanted and has no file is by_rules in the same
    /// commit, and logged so.
    [[nodiscard]] virtual Result<void> removed(const MailboxId& mailbox,
                                               const std::vector<RemovalEntry>& messages) = 0;
    /// They stay in the mailbox after all, and on the list unless they were off it before; `result`
    /// is logged with What::removed. With What::marked and "" they become marked, and their copies
    /// stay on record.
    [[nodiscard]] virtual Result<void> not_removed(const MailboxId& mailbox,
                                                   const std::vector<RemovalEntry>& messages,
                                                   Action::What what,
                                                   const std::string& result) = 0;
    /// Before copies are put back: removed and marked ones become restoring and belong to this
    /// process. `next` of the folder that they are put into. One commit for all but the refused.
    [[nodiscard]] virtual Result<std::vector<Refusal>>
    restoring(const MailboxId& mailbox, const std::vector<RemovalKey>& keys, const std::string& who,
              const NextUid& next = {}) = 0;
    struct Restored {
        MailboxId mailbox;  ///< of the entry
        RemovalKey key;
        MessageId now;  ///< UID 0: not known which; then it will be matched by its marks
    };
    /// They are in the mailbox again: their entries go, and what is known of their documents
    /// belongs to `now` in `mailbox_now`. Logged. One commit.
    [[nodiscard]] virtual Result<void> restored(const std::vector<Restored>& messages,
                                                const MailboxId& mailbox_now,
                                                const std::string& who) = 0;
    [[nodiscard]] Result<void> restored(const MailboxId& mailbox, RemovalKey key,
                                        const MailboxId& mailbox_now, const MessageId& now,
                                        const std::string& who) {
        return restored({{mailbox, key, now}}, mailbox_now, who);
    }
    /// It could not be put back: removed again.
    [[nodiscard]] virtual Result<void> not_restored(const MailboxId& mailbox, RemovalKey key,
                                                    const std::string& result) = 0;
    /// removing and restoring entries whose process is gone, as unfinished().
    [[nodiscard]] virtual Result<std::vector<std::pair<MailboxId, RemovalEntry>>>
    unfinished_removals(const std::string& point) = 0;
    /// Removed ones of all points whose copy need not be kept any more, by the clock and by the log
    /// (docs/ledger.md). Where the clock has leapt ahead that is logged. purged() forgets the copy
    /// (the entry stays, without it), after the file is gone; logged.
    [[nodiscard]] virtual Result<std::vector<std::pair<MailboxId, RemovalEntry>>>
    expired(std::chrono::sys_seconds now) = 0;
    [[nodiscard]] virtual Result<void> purged(const MailboxId& mailbox, RemovalKey key,
                                              const std::string& who) = 0;

    /// Copies that lie in a quarantine under names with this prefix: those that no entry names, and
    /// that need not be kept any more. That takes `kept` from when a program first asked about
    /// them, by the log as in expired(): what dates the files have says nothing.
    [[nodiscard]] virtual Result<std::vector<std::string>>
    strays_over(const std::string& prefix, const std::vector<std::string>& copies,
                std::chrono::seconds kept, std::chrono::sys_seconds now) = 0;

    /// The activity log. What became of messages is logged by the functions above, in the commit
    /// that says it; all else is noted here.
    [[nodiscard]] virtual Result<void> note(const Action& action) = 0;
    /// Lines that are older go, but for those by which the time of a copy in a quarantine is
    /// counted (docs/ledger.md): they stay for up to 400 days.
    [[nodiscard]] virtual Result<void> forget_actions(std::chrono::days kept,
                                                      std::chrono::sys_seconds now) = 0;
    /// Newest first.
    [[nodiscard]] virtual Result<std::vector<Action>> actions(const ActionQuery& query) = 0;
    /// How many of them there are in all, however few are asked for.
    [[nodiscard]] virtual Result<std::size_t> action_count(const ActionQuery& query) = 0;

    /// By the time; of nobody who still holds one.
    [[nodiscard]] virtual Result<std::vector<std::pair<MailboxId, MessageEntry>>>
    documents(const DocumentQuery& query) = 0;

    /// A file with that content which another message of the point became, and when; the newest.
    struct EarlierFile {
        MailboxId mailbox;
        MessageId message;
        FileEntry file;
        std::chrono::sys_seconds when{};
    };
    [[nodiscard]] virtual Result<std::optional<EarlierFile>>
    earlier_file(const MailboxId& mailbox, std::uint32_t but_not_of, const std::string& sha256) = 0;

    /// Files of OCR points (docs/ocr.md). All of a point's folder, the first seen first; what any
    /// point knows of a file.
    [[nodiscard]] virtual Result<std::vector<OcrJob>> ocr_jobs(const std::string& point,
                                                               const std::string& folder) = 0;
    [[nodiscard]] virtual Result<std::vector<OcrJob>> ocr_jobs_of_file(const std::string& folder,
                                                                       const std::string& file) = 0;
    /// These lie in the folder, queued or failed already. What is known of a file of that size and
    /// date stays, and what somebody runs.
    [[nodiscard]] virtual Result<void> ocr_seen(const std::vector<OcrJob>& jobs) = 0;
    /// It becomes running and this process's, with its scratch; false where it is not queued any
    /// more, or another file.
    [[nodiscard]] virtual Result<bool> ocr_begin(const OcrJob& job) = 0;
    /// Of a running one of this process: its result's place, or its end. busy_elsewhere where it is
    /// another's by now.
    [[nodiscard]] virtual Result<void> ocr_write(const OcrJob& job) = 0;
    /// Those that are still as they say, and nobody runs: gone, or to be looked at anew.
    [[nodiscard]] virtual Result<void> ocr_forget(const std::vector<OcrJob>& jobs) = 0;

    /// planned and placing entries whose process is gone, or that this one has left behind: to be
    /// cleaned up before the point works again, so not while it does.
    [[nodiscard]] virtual Result<std::vector<std::pair<MailboxId, MessageEntry>>>
    unfinished(const std::string& point) = 0;

    /// What the marks of this workspace say of whose they are; never 0. As long as the file lives.
    [[nodiscard]] virtual Result<std::uint32_t> claimant() = 0;
};

}  // namespace mail::store
