#include <utility>

#include "mail/store/ledger.h"

namespace mail::store {

namespace {

class ClosedLedger final : public Ledger {
public:
    explicit ClosedLedger(Error why) : why_(std::move(why)) {}

    std::string damaged_copy() const override { return {}; }
    Result<std::int64_t> version_of_others() override { return refusal(); }
    Result<std::uint32_t> claimant() override { return refusal(); }
    Result<std::vector<MessageEntry>> messages(const MailboxId&) override { return refusal(); }
    Result<std::vector<MessageEntry>> messages_elsewhere(const MailboxId&) override {
        return refusal();
    }
    Result<void> adopt(const MailboxId&, const std::vector<Moved>&, const Strangers&) override {
        return refusal();
    }
    Result<std::vector<Refusal>> planned(const MailboxId&,
                                         const std::vector<MessageEntry>&) override {
        return refusal();
    }
    Result<void> placing(const MailboxId&, const std::vector<MessageEntry>&,
                         const std::vector<MessageEntry>&) override {
        return refusal();
    }
    Result<void> finished(const MailboxId&, const std::vector<MessageEntry>&) override {
        return refusal();
    }
    Result<std::vector<PartDecision>> decisions(const MailboxId&) override { return refusal(); }
    Result<void> decide(const MailboxId&, const PartDecision&, const Standing&) override {
        return refusal();
    }
    Result<std::vector<std::uint32_t>> claimed(const MailboxId&,
                                               const std::vector<std::uint32_t>&) override {
        return refusal();
    }
    Result<std::vector<std::uint32_t>> claimed_by_others(const MailboxId&) override {
        return refusal();
    }
    Result<std::vector<std::uint32_t>> claimed_in_vain(const MailboxId&) override {
        return refusal();
    }
    Result<void> gave_back(const MailboxId&, const std::vector<std::uint32_t>&) override {
        return refusal();
    }
    Result<std::vector<std::pair<MailboxId, MessageEntry>>>
    unfinished(const std::string&) override {
        return refusal();
    }
    Result<std::vector<RemovalEntry>> removals(const MailboxId&) override { return refusal(); }
    Result<std::vector<RemovalEntry>> removals_elsewhere(const MailboxId&) override {
        return refusal();
    }
    Result<std::vector<std::pair<MailboxId, RemovalEntry>>>
    quarantined(const std::string&) override {
        return refusal();
    }
    Result<std::vector<std::string>> strays_over(const std::string&,
                                                 const std::vector<std::string>&,
                                                 std::chrono::seconds,
                                                 std::chrono::sys_seconds) override {
        return refusal();
    }
    Result<std::vector<Refusal>> hide(const MailboxId&, const std::vector<RemovalEntry>&) override {
        return refusal();
    }
    Result<void> show(const MailboxId&, const std::vector<std::uint32_t>&,
                      const std::string&) override {
        return refusal();
    }
    Result<std::vector<Refusal>> removing(const MailboxId&,
                                          const std::vector<RemovalEntry>&) override {
        return refusal();
    }
    Result<void> removed(const MailboxId&, const std::vector<RemovalEntry>&) override {
        return refusal();
    }
    Result<void> not_removed(const MailboxId&, const std::vector<RemovalEntry>&, Action::What,
                             const std::string&) override {
        return refusal();
    }
    Result<std::vector<Refusal>> restoring(const MailboxId&, const std::vector<RemovalKey>&,
                                           const std::string&, const NextUid&) override {
        return refusal();
    }
    Result<void> restored(const std::vector<Restored>&, const MailboxId&,
                          const std::string&) override {
        return refusal();
    }
    Result<void> not_restored(const MailboxId&, RemovalKey, const std::string&) override {
        return refusal();
    }
    Result<std::vector<std::pair<MailboxId, RemovalEntry>>>
    unfinished_removals(const std::string&) override {
        return refusal();
    }
    Result<std::vector<std::pair<MailboxId, RemovalEntry>>>
    expired(std::chrono::sys_seconds) override {
        return refusal();
    }
    Result<void> purged(const MailboxId&, RemovalKey, const std::string&) override {
        return refusal();
    }
    Result<void> note(const Action&) override { return refusal(); }
    Result<void> forget_actions(std::chrono::days, std::chrono::sys_seconds) override {
        return refusal();
    }
    Result<std::vector<Action>> actions(const ActionQuery&) override { return refusal(); }
    Result<std::size_t> action_count(const ActionQuery&) override { return refusal(); }
    Result<std::vector<std::pair<MailboxId, MessageEntry>>>
    documents(const DocumentQuery&) override {
        return refusal();
    }
    Result<std::optional<EarlierFile>> earlier_file(const MailboxId&, std::uint32_t,
                                                    const std::string&) override {
        return refusal();
    }
    Result<std::vector<OcrJob>> ocr_jobs(const std::string&, const std::string&) override {
        return refusal();
    }
    Result<std::vector<OcrJob>> ocr_jobs_of_file(const std::string&, const std::string&) override {
        return refusal();
    }
    Result<void> ocr_seen(const std::vector<OcrJob>&) override { return refusal(); }
    Result<bool> ocr_begin(const OcrJob&) override { return refusal(); }
    Result<void> ocr_write(const OcrJob&) override { return refusal(); }
    Result<void> ocr_forget(const std::vector<OcrJob>&) override { return refusal(); }

private:
    [[nodiscard]] tl::unexpected<Error> refusal() const { return tl::unexpected<Error>(why_); }

    const Error why_;
};

}  // namespace

std::unique_ptr<Ledger> Ledger::closed(Error why) {
    return std::make_unique<ClosedLedger>(std::move(why));
}

}  // namespace mail::store
