#pragma once
// One group of messages on their way: planned together, filed as each is complete. take_group.cpp
// has what arrives, take_flush.cpp the steps from whole temporary files to what is recorded.
// Private to take.h.

#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "mail/imap/fetch.h"
#include "mail/work/claims.h"
#include "mail/work/manifest.h"
#include "mail/work/repeats.h"
#include "mail/work/take.h"

namespace mail::work {

[[nodiscard]] std::chrono::sys_seconds now();

class Lanes;

/// One group of messages: asks for all their parts at once, files each message as soon as it is
/// complete.
class Group {
public:
    using Form = imap::PartSink::Form;
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
                    run.context.mailbox),
          claims_(run.context) {}

    void add(const MessageRow& row);
    [[nodiscard]] Result<void> run(Lanes& lanes, const Wait& wait);
    /// Messages that have to be read whole after all: nothing of them is on the disk.
    [[nodiscard]] std::deque<MessageRow> mistrusted() const;
    [[nodiscard]] std::vector<store::Ledger::Refusal>& refused() { return refused_; }
    /// After an error: removes what is not finished, and names those messages.
    [[nodiscard]] std::vector<std::uint32_t> abandon(const Error& error);

    /// For take_lanes.h, while run() runs: any thread, one call at a time. A message belongs to the
    /// lane that asks for the first part of it.
    static constexpr std::size_t first_lane = 0;
    [[nodiscard]] const std::vector<imap::PartRequest>& requests() const { return requests_; }
    [[nodiscard]] bool wants(std::size_t lane, std::size_t request);
    [[nodiscard]] Result<void> begin(std::size_t request, Form form);
    [[nodiscard]] Result<void> data(std::size_t request, std::string_view raw);
    [[nodiscard]] Result<void> end(std::size_t request, Result<void> outcome);
    struct Unasked {
        std::size_t messages = 0;
        std::uint64_t octets = 0;
    };
    /// What no lane has asked for. Nothing before the first part has come, and the answer to the
    /// claim: all is planned by then.
    [[nodiscard]] Unasked unasked() const;
    /// The lane broke: what it has begun is anybody's again.
    void release(std::size_t lane);
    /// What has to stop all lanes.
    [[nodiscard]] const std::optional<Error>& failure() const { return failure_; }

private:
    struct Address {
        std::size_t delivery = 0, slot = 0;
    };
    static constexpr std::size_t no_lane = static_cast<std::size_t>(-1);
    [[nodiscard]] Delivery& delivery_of(std::size_t request) {
        return *deliveries_[addresses_[request].delivery];
    }
    void prepare_requests();
    /// Plans and claims first.
    [[nodiscard]] Result<void> fetch_claiming(Lanes& lanes, const Wait& wait);
    [[nodiscard]] Result<void> settle_claims(Lanes& lanes, const Wait& wait);
    /// What is told of it comes as one of the calls of the lanes.
    [[nodiscard]] imap::Claim claim_between_calls();
    /// Its files have their names, or are about to.
    [[nodiscard]] bool is_decided(std::uint32_t uid) const;
    /// Another Mailpoint has it.
    void lose(std::uint32_t uid);
    [[nodiscard]] Result<void> prepare_claims(const imap::Session& session);
    /// Of those that are complete and waited for their claim, what is ours.
    [[nodiscard]] Result<void> settle_held_back();
    /// Before the first file: plans all, and leaves out what the ledger refuses. Parts have been
    /// asked for by then, and the commit costs no time of its own while they are on their way.
    [[nodiscard]] Result<void> plan_once();
    [[nodiscard]] Result<void> plan();
    [[nodiscard]] Result<void> settle_empty_ones();
    [[nodiscard]] store::MessageEntry entry_of(const Delivery& delivery, store::Step step) const;
    /// It has not ended, and neither has its message.
    [[nodiscard]] bool is_open(std::size_t request) const;
    [[nodiscard]] Result<void> noting_failure(Result<void> outcome);
    [[nodiscard]] Result<void> begin_part(std::size_t request, Form form);
    [[nodiscard]] Result<void> take_data(std::size_t request, std::string_view raw);
    [[nodiscard]] Result<void> end_part(std::size_t request, Result<void> outcome);
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
    /// Not while others may become documents, too: then the next run makes it.
    [[nodiscard]] Result<void> end_manifest();
    void finish(std::size_t index);
    [[nodiscard]] Result<void> record();
    /// The ledger has all that was to be recorded.
    void note_recorded();
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
    mutable std::mutex mutex_;          ///< of all that the lanes call
    std::vector<std::size_t> lane_of_;  ///< by delivery
    std::vector<bool> ended_;           ///< by request
    bool is_answered_ = false;
    std::optional<Error> failure_;
    std::vector<store::Ledger::Refusal> refused_;
    std::vector<std::size_t> held_back_;  ///< complete; whether they are ours is not known yet
    std::vector<std::size_t> ready_;
    std::uint64_t ready_octets_ = 0;
    const TimeSource* time_ = &real_time();  ///< of run()
    Clock::time_point flushed_at_;
    std::vector<store::MessageEntry> to_record_;  ///< finished, and durable in all but the ledger
    std::size_t open_files_ = 0;                  ///< at most; those that are not yet durable
    bool is_planned_;                             ///< the ledger holds a plan of ours
    bool planning_begun_ = false;
    Manifest manifest_;
    Claims claims_;
    Clock::time_point told_at_ = Clock::time_point::min();
};

}  // namespace mail::work
