#pragma once
// The list of a point's mailbox: what the server has, joined with what the ledger knows. Rows come
// in chunks, newest first, so that the first are there before the list is complete.

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "mail/imap/claim.h"
#include "mail/imap/listing.h"
#include "mail/imap/session.h"
#include "mail/point/point.h"
#include "mail/store/ledger.h"
#include "mail/work/message.h"

namespace mail::work {

/// What broke the lists before this one, so that one message can't keep all others from being
/// listed.
struct Caution {
    imap::ListRequest::Portions portions = imap::ListRequest::Portions::large;
    /// These are not asked for. They become rows without subject, and this is why.
    std::map<std::uint32_t, Error> set_aside = {};
};

struct RefreshContext {
    store::Ledger& ledger;
    const point::Point& point;
    /// Which messages become rows. Whoever shows a list wants all; a taking that nobody watches
    /// only those that the ledger doesn't hold as finished.
    enum class Extent { all, unfinished } extent = Extent::all;
    std::vector<std::uint32_t> uids = {};  ///< of these only, sorted; none: of all
    Caution caution = {};
};

/// What there is to be listed.
struct Opened {
    imap::Contents contents;
    /// Of some of its messages, described as they are now: these are not asked for.
    std::vector<MessageRow> at_hand;

    Opened(imap::Contents opened, std::vector<MessageRow> rows = {})
        : contents(std::move(opened)), at_hand(std::move(rows)) {}
};

/// Told on the thread of refresh().
class RefreshObserver {
public:
    virtual ~RefreshObserver() = default;
    /// As the server told it, before the ledger is asked. Not of rows at hand.
    virtual void described(const MessageRow& row) { (void)row; }
    virtual void found(const store::MailboxId& mailbox, std::size_t messages) = 0;
    virtual void rows(std::vector<MessageRow> chunk) = 0;
    /// After found(): what it has of a listing that was cut off. Rows of these UIDs (ascending) it
    /// may keep, others it forgets. Result: those it keeps, ascending; their rows don't come again.
    [[nodiscard]] virtual std::vector<std::uint32_t> keep(const std::vector<std::uint32_t>& uids) {
        (void)uids;
        return {};
    }
};

/// Lists the folder that was opened with the session and held `opened` then. A message whose reply
/// is malformed becomes a row without subject, whose structure_error says why. Before an error the
/// observer has been told all rows that had come: called again with it, refresh() asks for the
/// rest.
[[nodiscard]] Result<void> refresh(imap::Session& session, const RefreshContext& context,
                                   Opened opened, RefreshObserver& observer, const Wait& wait);

/// describe(), with our own mark known as such.
[[nodiscard]] MessageRow describe_for(imap::Claimant us, imap::MessageData data,
                                      const point::General& general);
/// Of what imap::claimants_of() says.
[[nodiscard]] ClaimedBy claimed_by(const std::vector<imap::Claimant>& claimants, imap::Claimant us);

[[nodiscard]] store::MailboxId mailbox_of(const point::Point& point, const imap::Mailbox& opened);

}  // namespace mail::work
