#pragma once
// Turns messages into documents: their wanted parts become files, whole and exactly once. The steps
// and their order are docs/ledger.md; whatever moment the program ends at, recover() brings the
// next run to the same end.

#include <chrono>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "mail/base/disk.h"
#include "mail/base/wait.h"
#include "mail/imap/session.h"
#include "mail/point/point.h"
#include "mail/store/ledger.h"
#include "mail/work/delivery.h"
#include "mail/work/message.h"

namespace mail::work {

/// Makes further sessions for one taking, where one gives less than the line could.
class MoreSessions {
public:
    virtual ~MoreSessions() = default;
    /// Signed in, with the same folder opened. Called on threads of take(), perhaps on two at once.
    /// Error: there is to be none, and take() goes on without.
    [[nodiscard]] virtual Result<std::unique_ptr<imap::Session>> open(const Wait& wait) = 0;
};

struct More {
    MoreSessions* sessions = nullptr;  ///< nobody: one session takes all
    /// Once the taking has gone on for so long there may be a second one, after twice that a third.
    Clock::duration after = std::chrono::seconds(2);
};

struct TakeContext {
    Disk& disk;
    store::Ledger& ledger;
    const point::Point& point;
    store::MailboxId mailbox;
    std::string folder;  ///< target, absolute
    std::string who;     ///< operator
    Delivery::Order order = {};
    std::string documents = {};  ///< folder of the manifests (manifest.h), "" for none
    /// imap::Mailbox::highest_mod_sequence of when the folder was opened for the list that `rows`
    /// are of; 0: not known.
    std::uint64_t listed_mod_sequence = 0;
    More more = {};
};

/// Told by one thread at a time, of those of take().
class TakeObserver {
public:
    virtual ~TakeObserver() = default;
    /// The message's state: queued, taking with its progress, then the one it ends with.
    virtual void changed(std::uint32_t uid, const MessageState& state) = 0;
};

struct TakeOutcome {
    /// Why it stopped before all were done: the connection, the disk, the ledger, or cancelled.
    std::optional<Error> error;
    /// Messages it did not come to: nothing of them is on the disk, they are as before. In the
    /// order in which they were asked for: the first was under way when it stopped.
    std::vector<std::uint32_t> left;
    /// Files of this run that were read back and found equal before they had their names, where
    /// messages leave the mailbox after their documents: whoever takes such a one away has it.
    std::set<std::string> delivered;
    /// Messages that somebody else holds, or has taken or claimed since they were listed:
    /// unchanged.
    std::vector<store::Ledger::Refusal> refused;
};

/// The mailbox must have been opened with `session`; where that was Session::open_to_claim(), and
/// the server allows it, messages are claimed before anything of them is kept. `rows` must outlive
/// the call.
[[nodiscard]] TakeOutcome take(imap::Session& session, const TakeContext& context,
                               const std::vector<const MessageRow*>& rows, TakeObserver& observer,
                               const Wait& wait);

/// Records that these were given up, and why.
[[nodiscard]] Result<void> give_up(const TakeContext& context,
                                   const std::vector<const MessageRow*>& rows, const Error& why,
                                   TakeObserver& observer);

/// A message of a run that was cut off which can't be cleaned up now: its folder is out of reach,
/// say. Nobody can take it until it is.
struct Blocked {
    store::MailboxId mailbox;
    std::uint32_t uid = 0;
    Error error;
};

/// Ends what a run that was cut off had begun: files that were whole get their names, others go.
/// To be called before the point takes anything. Creates no folder. Errors: the ledger's.
[[nodiscard]] Result<std::vector<Blocked>> recover(Disk& disk, store::Ledger& ledger,
                                                   const std::string& point);

}  // namespace mail::work
