#pragma once
// Which messages of a group are claimed in the mailbox, and with what outcome (docs/ledger.md,
// "Claims"): the order of the ledger and the mark is kept here, what the mark is in imap/claim.h.
// Private to take.h.

#include <cstdint>
#include <unordered_map>
#include <vector>

#include "mail/imap/claim.h"
#include "mail/work/take.h"

namespace mail::work {

class Claims {
public:
    /// `context` must outlive it.
    explicit Claims(const TakeContext& context) : context_(context) {}

    /// The folder is open so that messages can be claimed.
    [[nodiscard]] static bool possible(const imap::Session& session);

    /// Before these are planned: finds out which of them are ours already. From now on said() is
    /// what the plan has to say.
    [[nodiscard]] Result<void> prepare(const std::vector<const MessageRow*>& rows,
                                       const imap::Session& session);
    /// The ledger has refused this one: it is not to be claimed.
    void leave_out(std::uint32_t uid) { outcomes_.erase(uid); }
    [[nodiscard]] bool any() const { return !outcomes_.empty(); }
    /// What the ledger is to say of the message from now on.
    [[nodiscard]] store::MessageEntry::Claim said(std::uint32_t uid) const;

    /// For the commands. It must outlive what is made.
    [[nodiscard]] imap::Claim order();
    /// The server has answered the order, or nothing is claimed.
    [[nodiscard]] bool are_answered() const { return outcomes_.empty() || answered_; }
    /// Nobody knows yet whether it is ours: nothing of it may get its name.
    [[nodiscard]] bool is_undecided(std::uint32_t uid) const;
    /// Ascending.
    [[nodiscard]] std::vector<std::uint32_t> contested() const;
    /// Afterwards each that was contested is ours, or is in the result.
    [[nodiscard]] Result<std::vector<std::uint32_t>> settle(imap::Session& session,
                                                            const Wait& wait);

private:
    enum class Outcome : std::uint8_t { owned, claimed, contested, lost, refused };
    [[nodiscard]] std::vector<std::uint32_t> those(Outcome outcome) const;
    [[nodiscard]] Result<imap::ClaimsSettled> ask_server(imap::Session& session,
                                                         const Wait& wait) const;

    const TakeContext& context_;
    imap::Claimant claimant_ = 0;  ///< we, in this folder
    std::unordered_map<std::uint32_t, Outcome> outcomes_;
    bool answered_ = false;  ///< the server has said which are contested
};

/// taken_elsewhere with the fact "mark".
[[nodiscard]] Error claimed_error(std::uint32_t uid);

/// Takes back the marks of messages of which nothing came (Ledger::claimed_in_vain). Errors: those
/// of the session, the ledger's.
[[nodiscard]] Result<void> give_back_claims(imap::Session& session, store::Ledger& ledger,
                                            const store::MailboxId& mailbox, const Wait& wait);

}  // namespace mail::work
