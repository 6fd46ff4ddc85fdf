#pragma once
// Whole mails on their way into the quarantine: fetched without waiting between them, made durable
// and named in the ledger group by group, so that none lies there long without anybody knowing of
// it. Private to the removal.

#include <cstdint>
#include <utility>
#include <vector>

#include "mail/imap/fetch.h"
#include "mail/work/remove.h"
#include "mail/work/whole_mail.h"

namespace mail::work {

/// One message that is to leave.
struct Leaving {
    const MessageRow* row = nullptr;
    store::RemovalEntry entry;
};

/// What a message's copy is named with, so that nobody takes another mailbox's for a stray.
[[nodiscard]] std::string copy_prefix(const store::MailboxId& mailbox);

/// Used for one call of run().
class Copies final : public imap::PartSink {
public:
    /// `context.quarantine` may be null: no copies are kept then. `is_gated`: what has more in it
    /// than was taken stays (check_mail()).
    Copies(const RemoveContext& context, std::vector<Leaving> messages, bool is_gated);
    ~Copies() override;
    Copies(const Copies&) = delete;
    Copies& operator=(const Copies&) = delete;

    /// Error: it stopped; those in neither list have changed nothing.
    [[nodiscard]] Result<void> run(imap::Session& session, const Wait& wait);
    /// The ledger has them as removing, and their copies are whole and durable.
    [[nodiscard]] std::vector<store::RemovalEntry>& ready() { return ready_; }
    using Kept = std::vector<std::pair<std::uint32_t, Error>>;
    [[nodiscard]] Kept& kept() { return kept_; }

    Result<void> begin(std::size_t request, Form form) override;
    Result<void> data(std::size_t request, std::string_view raw) override;
    Result<void> end(std::size_t request, Result<void> outcome) override;

private:
    struct Arrived {
        std::size_t message = 0;
        Unsynced mail;
        CameWhole came;
    };
    /// What went wrong here, and not on the way from the server.
    [[nodiscard]] Result<void> broke(Error error);
    [[nodiscard]] Result<void> flush_if_due();
    [[nodiscard]] Result<void> flush();
    [[nodiscard]] Result<void> check(const Leaving& message, const std::string& path,
                                     const CameWhole& came) const;
    /// Those that are fit to leave, with their copies where such are kept.
    [[nodiscard]] Result<std::vector<store::RemovalEntry>> keep(std::vector<Arrived> arrived);
    [[nodiscard]] Result<std::vector<store::RemovalEntry>> judge(std::vector<Arrived> arrived);
    [[nodiscard]] Result<void> tell_ledger(const std::vector<store::RemovalEntry>& entries);
    /// Before the ledger named them, others might have taken them for strays.
    [[nodiscard]] Result<void> check_still_there(std::vector<store::RemovalEntry> named);
    void drop_all(const std::vector<store::RemovalEntry>& entries);
    void keep_out(std::uint32_t uid, const std::string& copy, Error why);

    const RemoveContext& context_;
    const Quarantine* folder_;  ///< where mails are read back; null: none is looked at
    bool is_gated_;
    std::vector<Leaving> messages_;
    std::optional<Incoming> incoming_;
    CameWhole came_;
    std::vector<Arrived> arrived_;
    std::uint64_t arrived_octets_ = 0;
    Wait wait_;                   ///< of run()
    Sizes sizes_ = Sizes::exact;  ///< of its server
    Clock::time_point flushed_at_;
    std::vector<store::RemovalEntry> ready_;
    Kept kept_;
    std::optional<Error> broke_;
};

}  // namespace mail::work
