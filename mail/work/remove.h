#pragma once
// Takes messages out of the mailbox and puts them back. Order and what a stop leaves behind:
// docs/ledger.md. A message leaves only when (1) it may: the gate, or the operator's word; (2) its
// copy is in the quarantine, durable and read back, unless none is kept; (3) the ledger says so,
// durably; (4) the server still has the same message under its UID.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "mail/base/disk.h"
#include "mail/imap/session.h"
#include "mail/point/point.h"
#include "mail/store/ledger.h"
#include "mail/work/gate.h"
#include "mail/work/message.h"
#include "mail/work/others.h"
#include "mail/work/quarantine.h"

namespace mail::work {

struct RemoveContext {
    Disk& disk;
    store::Ledger& ledger;
    const Quarantine* quarantine;  ///< null: no copy is kept (0 days)
    store::MailboxId mailbox;
    std::string point_name;
    std::string who;  ///< operator
    int quarantine_days = 30;
    bool ledger_sound = true;
    bool may_remove = true;       ///< false: what was begun to be removed is rolled back, not ended
    point::General general = {};  ///< which parts become files
    /// Where mails are looked at of which no copy is kept. Null: they leave as they are on record.
    const Quarantine* spool = nullptr;
    /// So many more octets of mails have come, or gone back.
    std::function<void(std::uint64_t octets)> moved = [](std::uint64_t) {};
};

struct RemoveOrder {
    /// What the gate holds back goes as well: the operator was asked.
    bool despite_gate = false;
    using Others = work::Others;
    Others others = Others::ask;
    std::set<std::string> delivered = {};  ///< TakeOutcome::delivered, of the run that removes
};

/// Told on the thread of remove().
class RemoveObserver {
public:
    virtual ~RemoveObserver() = default;
    /// It is out of the mailbox.
    virtual void removed(std::uint32_t uid) = 0;
    /// So is this one, which somebody else had marked and nobody asked for. Its copy is kept as
    /// those of the others are.
    virtual void taken_along(const store::RemovalEntry& message) = 0;
    /// It stays, and why: gate_locked with the fact "lock", message_changed, the disk's, …
    virtual void kept(std::uint32_t uid, const Error& why) = 0;
    /// Marked \Deleted, and left to whoever expunges. Its copy stays.
    virtual void marked(std::uint32_t uid) = 0;
};

struct RemoveOutcome {
    std::optional<Error> error;       ///< why it stopped before all were done
    std::vector<std::uint32_t> left;  ///< it did not come to these: unchanged
    /// The server was told, and the connection went before it answered: the ledger has them as
    /// removing, and finish_removals() finds out.
    std::vector<std::uint32_t> unknown;
    /// The server would take along so many others: ask, or some that can't be copied. Nothing was
    /// done.
    std::size_t others_marked = 0;
};

/// `context.mailbox` must have been opened for writing with `session`: uidvalidity_changed where it
/// is another one by now. MessageRow::initial must be what is known of each message now: the gate
/// goes by it, and reads the files. Where the server lacks UIDPLUS the session can do nothing
/// afterwards that opens a folder: drop it (Session::must_be_dropped).
[[nodiscard]] RemoveOutcome remove(imap::Session& session, const RemoveContext& context,
                                   const std::vector<const MessageRow*>& rows,
                                   const RemoveOrder& order, RemoveObserver& observer,
                                   const Wait& wait);

/// Ends what a run that was cut off had begun: what was being removed is looked for on the server
/// and removed if it is the same message still; what was being restored is looked for by its
/// Message-ID, and put back only where it is not there. Where EXPUNGE would take along others, or a
/// copy is not what it was, the message stays. The mailbox must have been opened for writing, and
/// nobody else in this program be removing from it. Nothing to do costs one look into the ledger
/// and one into the quarantine: drop_strays() is part of it.
[[nodiscard]] Result<void> finish_removals(imap::Session& session, const RemoveContext& context,
                                           RemoveObserver& observer, const Wait& wait);
/// Whether there is anything for finish_removals().
[[nodiscard]] Result<bool> any_unfinished_removal(store::Ledger& ledger,
                                                  const store::MailboxId& mailbox);

/// Half copies that a run which was cut off has left, and whole ones of this mailbox that no entry
/// of the ledger knows, once they are as old as a copy gets.
[[nodiscard]] Result<void> drop_strays(const RemoveContext& context);

struct RestoreOutcome {
    std::vector<std::uint32_t> restored;  ///< by their UIDs of before
    std::vector<store::Ledger::Refusal> failed;
    std::optional<Error> error;  ///< why it stopped before all were done
    std::size_t were_there = 0;  ///< of `restored`: nothing was put beside them
};
/// Puts removed messages back by APPEND, with their flags and dates. Restored is what the folder
/// shows under a new UID afterwards, with its Message-ID and size, or else its content. One that
/// somebody has put back already, or that a folder which was made anew has, the same in every
/// octet, is not put there twice. `entries` are of any UIDVALIDITY of the folder that is open. The
/// copy has no entry from then on, and stays till its time. Where the connection goes before the
/// server has said what became of it, the ledger has it as restoring, and finish_removals() finds
/// out.
[[nodiscard]] RestoreOutcome
restore(imap::Session& session, const RemoveContext& context,
        const std::vector<std::pair<store::MailboxId, store::RemovalEntry>>& entries,
        const Wait& wait);

}  // namespace mail::work
