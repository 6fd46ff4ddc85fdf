#pragma once
// One group of messages on their way: planned together, filed as each is complete. take_group.cpp
// has what arrives, take_flush.cpp the steps from whole temporary files to what is recorded.
// Private to take.h.

#include <deque>
#include <memory>
#include <vector>

#include "mail/imap/fetch.h"
#include "mail/work/manifest.h"
#include "mail/work/repeats.h"
#include "mail/work/take.h"

namespace mail::work {

[[nodiscard]] std::chrono::sys_seconds now();

/// One group of messages: asks for all their parts at once, files each message as soon as it is
/// complete.
class Group : public imap::PartSink {
public:
    /// What the groups of a run have in common.
    struct Run {
        const TakeContext& context;
        TargetFolder& target;
        Repeats& repeats;
        TakeObserver& observer;
        std::set<std::string>& delivered;
    };
    /// `is_planned`: the ledger holds a plan of ours for these messages from before.
    Group(const Run& run, bool is_planned)
        : context_(run.context), target_(run.target), repeats_(run.repeats),
          observer_(run.observer), delivered_(run.delivered), is_planned_(is_planned),
          manifest_(run.context.disk, run.context.documents, run.context.point,
                    run.context.mailbox) {}

    void add(const MessageRow& row);
    [[nodiscard]] Result<void> run(imap::Session& session, const Wait& wait);
    /// Messages that have to be read whole after all: nothing of them is on the disk.
    [[nodiscard]] std::deque<MessageRow> mistrusted() const;
    [[nodiscard]] std::vector<store::Ledger::Refusal>& refused() { return refused_; }
    /// After an error: removes what is not finished, and names those messages.
    [[nodiscard]] std::vector<std::uint32_t> abandon(const Error& error);

    bool wants(std::size_t request) override { return !finished_[addresses_[request].delivery]; }
    Result<void> begin(std::size_t request, Form form) override;
    Result<void> data(std::size_t request, std::string_view raw) override;
    Result<void> end(std::size_t request, Result<void> outcome) override;

private:
    struct Address {
        std::size_t delivery = 0, slot = 0;
    };
    [[nodiscard]] Delivery& delivery_of(std::size_t request) {
        return *deliveries_[addresses_[request].delivery];
    }
    void prepare_requests();
    /// Before the first file: plans all, and leaves out what the ledger refuses. Parts have been
    /// asked for by then, and the commit costs no time of its own while they are on their way.
    [[nodiscard]] Result<void> plan_once();
    [[nodiscard]] Result<void> plan();
    [[nodiscard]] Result<void> settle_empty_ones();
    [[nodiscard]] store::MessageEntry entry_of(const Delivery& delivery, store::Step step) const;
    [[nodiscard]] static Result<void> reaching_all(Result<void> outcome);
    [[nodiscard]] static Result<void> unless_own(Delivery& delivery, Result<void> outcome);
    [[nodiscard]] Result<void> settle(std::size_t index);
    [[nodiscard]] Result<void> flush_if_due();
    [[nodiscard]] Result<void> flush();
    [[nodiscard]] Result<void> flush_all();
    [[nodiscard]] Result<std::vector<std::size_t>> choose_names();
    [[nodiscard]] Result<void> read_back(const std::vector<std::size_t>& named);
    [[nodiscard]] Result<void> place(const std::vector<std::size_t>& named);
    [[nodiscard]] Result<void> sync_files();
    [[nodiscard]] Result<void> begin_manifest(const std::vector<std::size_t>& named);
    void finish(std::size_t index);
    [[nodiscard]] Result<void> record();
    void tell_progress(const Delivery& delivery);
    void tell_end(const Delivery& delivery, store::Step step);

    const TakeContext& context_;
    TargetFolder& target_;
    Repeats& repeats_;
    TakeObserver& observer_;
    std::set<std::string>& delivered_;
    std::deque<std::unique_ptr<Delivery>> deliveries_;
    std::vector<bool> finished_;  ///< or refused: nothing more is to be done for it
    std::vector<imap::PartRequest> requests_;
    std::vector<Address> addresses_;
    std::vector<store::Ledger::Refusal> refused_;
    std::vector<std::size_t> ready_;
    std::uint64_t ready_octets_ = 0;
    const TimeSource* time_ = &real_time();  ///< of run()
    Clock::time_point flushed_at_;
    std::vector<store::MessageEntry> to_record_;  ///< finished, and durable in all but the ledger
    std::size_t open_files_ = 0;                  ///< at most; those that are not yet durable
    bool is_planned_;                             ///< the ledger holds a plan of ours
    bool planning_begun_ = false;
    Manifest manifest_;
    Clock::time_point told_at_ = Clock::time_point::min();
};

}  // namespace mail::work
