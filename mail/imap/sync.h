#pragma once
// Bringing a list that is remembered up to date: what came, what went, what got other flags, in one
// wait: of a few hundred octets where the server can tell (QRESYNC, RFC 7162), of forty for each
// message where it has no mod-sequences, so that the flags of all are asked for. What is told is
// held against the number of messages that exist; where they don't agree, or the server is odd, all
// UIDs are compared.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "mail/imap/claim.h"
#include "mail/imap/listing.h"
#include "mail/imap/session.h"
#include "mail/imap/uid_set.h"

namespace mail::imap {

/// A list as it was when it was up to date. By default: nothing is remembered.
struct Remembered {
    std::uint32_t uid_validity = 0;
    Uid uid_next = 0;
    std::uint64_t highest_mod_sequence = 0;
    UidSet uids;
};

struct SyncRequest {
    std::string folder;  ///< UTF-8
    /// As Session::examine() or open_to_claim() would open it.
    enum class Access : std::uint8_t { to_read, to_claim } access = Access::to_read;
    Remembered remembered;
};

struct Synced {
    /// To be remembered with the list: uid_validity, uid_next, highest_mod_sequence.
    Mailbox mailbox;
    /// UIDs may mean other messages now, or the server does not know the list's state any more: all
    /// that was remembered is forgotten, and `added` is all there is.
    bool is_anew = false;
    UidSet vanished;         ///< of those remembered
    std::vector<Uid> added;  ///< ascending
    /// Those of `added` that came at once; the others are to be asked for (list_messages).
    std::vector<MessageData> arrived;
    /// Of those remembered that are still there: whose flags have changed, or all where nobody can
    /// say that (`tells_all_flags`), and what of them counts for us. Ascending.
    struct Flagged {
        Uid uid = 0;
        std::vector<Claimant> claimants;  ///< whose marks it has (claimants_of)
        bool is_deleted = false;          ///< has the flag \\Deleted
    };
    std::vector<Flagged> flagged;
    /// Without CONDSTORE nobody says whose flags have changed. What is not in `flagged` then, was
    /// not told: it is to be asked for anew, or is gone by now. mailbox.highest_mod_sequence is 0.
    bool tells_all_flags = false;
    /// False: the server does not tell them, and what is remembered of marks may be old.
    bool flags_are_known = true;
};

/// Errors: those of Session::examine_with_uids(). As Session::sync(), which is to be used.
[[nodiscard]] Result<Synced> sync_folder(Pipeline& pipeline, const Capabilities& capabilities,
                                         const SyncRequest& request, const Wait& wait);
/// As it was asked for, and as the server's UIDs allow (Session::open_to_claim).
[[nodiscard]] bool is_to_claim(const SyncRequest& request, const Capabilities& capabilities);

}  // namespace mail::imap
