#pragma once
// The mark by which Mailpoints that share nothing but a mailbox keep out of each other's way
// (docs/ledger.md, "Claims"): a keyword that a message gets before its document is made, and keeps.
// With CONDSTORE (RFC 7162) exactly one of two sets it. The folder must have been opened with
// Session::open_to_claim().

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mail/imap/session.h"

namespace mail::imap {

/// Behind it "-" and who has set it: eight hexadecimal digits (store::Ledger::claimant).
inline constexpr std::string_view claim_keyword = "$MailpointTaken";
using Claimant = std::uint32_t;
/// 0: the keyword alone, of nobody known.
[[nodiscard]] std::string keyword_of(Claimant claimant);
/// Whose the message is; nothing where it has no mark. Of several marks, which some servers let two
/// set in one moment, the lowest counts. Keywords are the same in any case of letters.
[[nodiscard]] std::optional<Claimant> claimant_of(const std::vector<std::string>& flags);
[[nodiscard]] bool has_claim(const std::vector<std::string>& flags);
/// So many of the keywords with a number a folder gets: Cyrus has room for 128 of all kinds, and
/// keeps those that nobody uses any more.
inline constexpr std::size_t most_claimants = 16;
/// Under which number `own` sets its marks in this folder, opened to claim: its own, or 0 where
/// that would be one keyword too many.
[[nodiscard]] Claimant claimant_in(const Mailbox& folder, Claimant own);
/// Of all flags that a folder knows: Mailbox::claimants.
[[nodiscard]] std::vector<Claimant> claimants_of(const std::vector<std::string>& flags);

/// What is to be marked, and who is told how that went.
struct Claim {
    std::vector<Uid> uids;   ///< those that had no mark when they were listed
    std::vector<Uid> owned;  ///< these whatever they have: ours from before, or asked for by name
    /// Mailbox::highest_mod_sequence of when the folder was opened for that list; 0: not known, so
    /// that `uids` are all contested.
    std::uint64_t unchanged_since = 0;
    /// Those of `uids` that have changed since, or have the mark of another: see settle_claims().
    /// Ascending. Told once more, perhaps behind `answered`, of those where it shows only later.
    std::function<void(const std::vector<Uid>&)> contested;
    /// The server lets nobody mark them, whatever it said before: nothing is claimed.
    std::function<void()> refused;
    /// Nothing more will be said. Parts may have come before: Dovecot 2.3 goes on to the next
    /// FETCH while it still ends a STORE.
    std::function<void()> answered = [] {};
    Claimant claimant = 0;  ///< we
};

/// Each of those asked for is in one of the lists, both ascending.
struct ClaimsSettled {
    std::vector<Uid> ours;  ///< marked by us; or gone, which whoever asks for it is told
    std::vector<Uid> lost;  ///< marked by another before
};
/// Looks at the flags of contested messages, and marks those that have no mark; where the server
/// lets nobody, they are ours without it. Errors: those that end the session.
[[nodiscard]] Result<ClaimsSettled> settle_claims(Session& session, std::vector<Uid> uids,
                                                  Claimant claimant, const Wait& wait);
/// Takes this one's mark back. Errors: server_refused, and those that end the session.
[[nodiscard]] Result<void> give_back_claims(Session& session, std::vector<Uid> uids,
                                            Claimant claimant, const Wait& wait);

}  // namespace mail::imap
