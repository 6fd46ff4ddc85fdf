#include "mail/work/take.h"

#include <algorithm>
#include <deque>
#include <memory>
#include <span>

#include "mail/imap/fetch.h"
#include "mail/work/choose.h"
#include "mail/work/known.h"

namespace mail::work {

namespace {

// One commit plans this many messages; between two such groups the pipeline runs empty once.
constexpr std::size_t messages_a_group = 256;
// So many messages, or octets of them, share the syncs and the commit of their last steps …
constexpr std::size_t messages_a_flush = 64;
constexpr std::uint64_t octets_a_flush = 32ULL << 20;
// … but over a slow line none is kept waiting longer than this.
constexpr auto time_a_flush = std::chrono::seconds(1);
// A system gives a program a thousand or so.
constexpr std::size_t most_open_files = 128;
// Oftener than this nobody sees progress.
constexpr auto time_a_progress = std::chrono::milliseconds(33);

std::chrono::sys_seconds now() {
    return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
}

/// One group of messages: asks for all their parts at once, files each message as soon as it is
/// complete.
class Group : public imap::PartSink {
public:
    /// `is_planned`: the ledger holds a plan of ours for these messages from before.
    Group(const TakeContext& context, TargetFolder& target, TakeObserver& observer, bool is_planned)
        : context_(context), target_(target), observer_(observer), is_planned_(is_planned) {}

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
    [[nodiscard]] Result<void> sync_files();
    [[nodiscard]] Result<void> record();
    void tell_progress(const Delivery& delivery);
    void tell_end(const Delivery& delivery, store::Step step);

    const TakeContext& context_;
    TargetFolder& target_;
    TakeObserver& observer_;
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
    Clock::time_point told_at_ = Clock::time_point::min();
};

void Group::add(const MessageRow& row) {
    deliveries_.push_back(std::make_unique<Delivery>(target_.disk(), context_.folder, row,
                                                     context_.point.general, context_.order));
    finished_.push_back(false);
}

store::MessageEntry Group::entry_of(const Delivery& delivery, store::Step step) const {
    store::MessageEntry entry = delivery.entry();
    entry.step = step;
    entry.when = now();
    entry.who = context_.who;
    if (const auto error = delivery.error())
        entry.cause = name_of(error->cause);
    else if (is_incomplete(delivery.parts()))
        entry.cause = name_of(Cause::too_many_parts);
    return entry;
}

Result<void> Group::plan() {
    std::vector<store::MessageEntry> entries;
    for (const auto& delivery : deliveries_)
        entries.push_back(entry_of(*delivery, store::Step::planned));
    auto refused = context_.ledger.planned(context_.mailbox, entries);
    if (!refused)
        return tl::unexpected(std::move(refused.error()));
    is_planned_ = true;
    refused_ = std::move(*refused);
    for (std::size_t i = 0; i < deliveries_.size(); ++i)
        finished_[i] = std::ranges::find(refused_, deliveries_[i]->row().uid,
                                         &store::Ledger::Refusal::uid) != refused_.end();
    return {};
}

/// Messages without a wanted part are done at once.
Result<void> Group::settle_empty_ones() {
    for (std::size_t i = 0; i < deliveries_.size(); ++i)
        if (!finished_[i] && deliveries_[i]->complete())
            if (auto settled = settle(i); !settled)
                return settled;
    return {};
}

Result<void> Group::plan_once() {
    if (std::exchange(planning_begun_, true))
        return {};
    return plan().and_then([this] { return settle_empty_ones(); });
}

void Group::prepare_requests() {
    for (std::size_t i = 0; i < deliveries_.size(); ++i) {
        std::size_t slot = 0;
        for (imap::PartRequest& request : deliveries_[i]->requests()) {
            requests_.push_back(std::move(request));
            addresses_.push_back({i, slot++});
        }
    }
}

Result<void> Group::run(imap::Session& session, const Wait& wait) {
    time_ = wait.time;
    flushed_at_ = time_->now();
    prepare_requests();
    auto fetched = imap::fetch_parts(session, requests_, *this, wait);
    // Where the connection broke, the messages that are complete are kept all the same.
    if (!fetched && fetched.error().layer >= Layer::target)
        return fetched;
    auto planned = fetched ? plan_once() : Result<void>();
    if (!planned)
        return planned;
    auto flushed = flush().and_then([this] { return record(); });
    return fetched ? flushed : fetched;
}

Result<void> Group::begin(std::size_t request, Form form) {
    if (auto planned = plan_once(); !planned)
        return reaching_all(std::move(planned));
    if (!wants(request))
        return {};
    Delivery& delivery = delivery_of(request);
    tell_progress(delivery);
    return delivery.begin(addresses_[request].slot, form);
}

Result<void> Group::data(std::size_t request, std::string_view raw) {
    if (!wants(request))
        return {};
    Delivery& delivery = delivery_of(request);
    auto taken = delivery.data(addresses_[request].slot, raw);
    tell_progress(delivery);
    // While a large part comes, the finished ones before it need not wait for its end.
    return taken ? reaching_all(flush_if_due()) : taken;
}

Result<void> Group::end(std::size_t request, Result<void> outcome) {
    if (auto planned = plan_once(); !planned)
        return reaching_all(std::move(planned));
    if (!wants(request))
        return {};
    const Address address = addresses_[request];
    Delivery& delivery = *deliveries_[address.delivery];
    if (auto ended = delivery.end(address.slot, std::move(outcome)); !ended)
        return ended;
    ++open_files_;
    auto settled = delivery.complete() ? settle(address.delivery) : Result<void>();
    if (settled && open_files_ >= most_open_files)
        settled = sync_files();
    return reaching_all(std::move(settled));
}

/// What gets here is more than the message's: whoever fetches has to stop.
Result<void> Group::reaching_all(Result<void> outcome) {
    if (!outcome)
        outcome.error().reach = std::max(outcome.error().reach, Reach::folder);
    return outcome;
}

/// A trouble of one message must not stop the others: a scanner that took away its file, say.
Result<void> Group::unless_own(Delivery& delivery, Result<void> outcome) {
    if (outcome || outcome.error().reach > Reach::message)
        return outcome;
    delivery.give_up(outcome.error());
    return {};
}

std::deque<MessageRow> Group::mistrusted() const {
    std::deque<MessageRow> rows;
    for (const auto& delivery : deliveries_)
        if (delivery->wants_whole()) {
            rows.push_back(delivery->row());
            rows.back().whole_needed = true;
        }
    return rows;
}

Result<void> Group::settle(std::size_t index) {
    Delivery& delivery = *deliveries_[index];
    if (delivery.wants_whole()) {
        delivery.abandon();
        return {};
    }
    if (delivery.is_whole()) {
        if (auto found = unless_own(delivery, delivery.find_parts()); !found)
            return found;
        const auto entry = entry_of(delivery, store::Step::planned);
        const auto refused = context_.ledger.planned(context_.mailbox, {entry});
        if (!refused)
            return tl::unexpected(refused.error());
        // Only who was asleep for long loses what it holds.
        if (!refused->empty())
            return tl::unexpected(refused->front().error);
        if (auto decoded = unless_own(delivery, delivery.decode_parts()); !decoded)
            return decoded;
        open_files_ += delivery.unsynced().size();
    }
    ready_.push_back(index);
    ready_octets_ += delivery.done_octets();
    return flush_if_due();
}

Result<void> Group::flush_if_due() {
    const bool many = ready_.size() >= messages_a_flush || ready_octets_ >= octets_a_flush;
    const bool due = !ready_.empty() && time_->now() - flushed_at_ >= time_a_flush;
    return many || due ? flush() : Result<void>();
}

store::Step step_of(const Delivery& delivery) {
    if (delivery.error())
        return delivery.any_taken() ? store::Step::partial : store::Step::failed;
    const bool any_counts =
        std::ranges::any_of(delivery.parts(), [](const PartView& part) { return part.counts; });
    return delivery.any_taken() || any_counts ? store::Step::stored : store::Step::none;
}

/// Of all messages, so that no server can make us hold more files open than the system allows.
Result<void> Group::sync_files() {
    std::vector<NewFile*> files;
    for (const auto& delivery : deliveries_)
        std::ranges::copy(delivery->unsynced(), std::back_inserter(files));
    const std::vector<Result<void>> outcomes = context_.disk.sync_all(files);
    std::size_t first = 0;
    for (const auto& delivery : deliveries_) {
        const std::size_t count = delivery->unsynced().size();
        auto noted = delivery->note_synced(std::span(outcomes).subspan(first, count));
        if (!noted)
            return noted;
        first += count;
    }
    open_files_ = 0;
    return {};
}

// Steps 3 to 7 of docs/ledger.md, for all messages that are complete.
Result<void> Group::flush() {
    if (ready_.empty())
        return {};
    if (auto synced = sync_files(); !synced)
        return synced;
    std::vector<store::MessageEntry> entries;
    for (const std::size_t index : ready_) {
        Delivery& delivery = *deliveries_[index];
        auto named =
            delivery.choose_names(target_, context_.point.name, context_.point.general.naming);
        if (auto go_on = unless_own(delivery, std::move(named)); !go_on)
            return go_on;
        entries.push_back(entry_of(delivery, store::Step::placing));
    }
    if (auto synced = target_.sync(); !synced)
        return synced;
    if (auto placing = context_.ledger.placing(context_.mailbox, entries, to_record_); !placing)
        return placing;
    to_record_.clear();
    for (const std::size_t index : ready_) {
        Delivery& delivery = *deliveries_[index];
        if (auto placed = unless_own(delivery, delivery.place(target_)); !placed)
            return placed;
    }
    if (auto synced = target_.sync(); !synced)
        return synced;
    // Everything is durable by now. That it is finished goes into the next commit: after a stop
    // before that the next run finds nothing left to do.
    for (const std::size_t index : ready_) {
        const store::Step step = step_of(*deliveries_[index]);
        to_record_.push_back(entry_of(*deliveries_[index], step));
        finished_[index] = true;
        tell_end(*deliveries_[index], step);
    }
    ready_.clear();
    ready_octets_ = 0;
    flushed_at_ = time_->now();
    return {};
}

Result<void> Group::record() {
    auto recorded = context_.ledger.finished(context_.mailbox, to_record_);
    if (recorded)
        to_record_.clear();
    return recorded;
}

void Group::tell_progress(const Delivery& delivery) {
    const Clock::time_point at = time_->now();
    if (at < told_at_ + time_a_progress)
        return;
    told_at_ = at;
    MessageState state;
    state.status = Status::taking;
    state.total_octets = delivery.total_octets();
    state.done_octets = std::min(delivery.done_octets(), state.total_octets);
    observer_.changed(delivery.row().uid, state);
}

void Group::tell_end(const Delivery& delivery, store::Step step) {
    MessageState state;
    state.parts = PartList(delivery.parts());
    state.error = delivery.error();
    state.folder = context_.folder;
    state.taken_at = now();
    state.total_octets = state.done_octets = delivery.done_octets();
    if (step == store::Step::failed)
        state.status = state.error && state.error->cause == Cause::message_gone ? Status::gone
                                                                                : Status::failed;
    else
        state.status = step == store::Step::partial ? Status::partial : status_of(delivery.parts());
    observer_.changed(delivery.row().uid, state);
}

std::vector<std::uint32_t> Group::abandon(const Error& error) {
    std::vector<std::uint32_t> left;
    std::vector<store::MessageEntry> entries = std::move(to_record_);
    for (std::size_t i = 0; i < deliveries_.size(); ++i) {
        if (finished_[i])
            continue;
        Delivery& delivery = *deliveries_[i];
        delivery.abandon();
        left.push_back(delivery.row().uid);
        observer_.changed(delivery.row().uid, delivery.row().initial);
        if (!is_planned_)
            continue;
        auto entry =
            entry_of(delivery, delivery.any_taken() ? store::Step::partial : store::Step::failed);
        entry.cause = name_of(error.cause);
        entries.push_back(std::move(entry));
    }
    // If the ledger fails too, recover() of the next run finds the plan and comes to the same end.
    static_cast<void>(context_.ledger.finished(context_.mailbox, entries));
    return left;
}

}  // namespace

Result<void> give_up(const TakeContext& context, const std::vector<const MessageRow*>& rows,
                     const Error& why, TakeObserver& observer) {
    std::vector<store::MessageEntry> entries;
    for (const MessageRow* row : rows) {
        store::MessageEntry entry;
        entry.id = id_of(*row);
        entry.files = files_on_record(*row);
        entry.step = entry.files.empty() ? store::Step::failed : store::Step::partial;
        entry.cause = name_of(why.cause);
        entry.folder = context.folder;
        entry.when = now();
        entry.who = context.who;
        MessageState state = row->initial;
        state.status = entry.files.empty() ? Status::failed : Status::partial;
        entries.push_back(std::move(entry));
        state.error = why;
        state.taken_at = now();
        Parts parts = parts_of(*row, state).unpack();
        for (PartView& part : parts)
            if (part.verdict == Verdict::will_be_taken) {
                part.verdict = Verdict::needs_you;
                part.reason = Reason::failed;
                part.error = why;
            }
        state.parts = PartList(parts);
        observer.changed(row->uid, state);
    }
    // Planned first: who has taken one of them meanwhile keeps the last word.
    const auto refused = context.ledger.planned(context.mailbox, entries);
    if (!refused)
        return tl::unexpected(refused.error());
    std::erase_if(entries, [&](const store::MessageEntry& entry) {
        return std::ranges::find(*refused, entry.id.uid, &store::Ledger::Refusal::uid) !=
               refused->end();
    });
    return context.ledger.finished(context.mailbox, entries);
}

TakeOutcome take(imap::Session& session, const TakeContext& context,
                 const std::vector<const MessageRow*>& rows, TakeObserver& observer,
                 const Wait& wait) {
    TakeOutcome outcome;
    const auto leave_from = [&](std::size_t first, const Error& error) {
        for (std::size_t i = first; i < rows.size(); ++i) {
            outcome.left.push_back(rows[i]->uid);
            observer.changed(rows[i]->uid, rows[i]->initial);
        }
        outcome.error = error;
    };
    auto target = TargetFolder::open_or_make(context.disk, context.folder);
    if (!target) {
        leave_from(0, target.error());
        return outcome;
    }
    for (std::size_t first = 0; first < rows.size(); first += messages_a_group) {
        const std::size_t last = std::min(rows.size(), first + messages_a_group);
        Group group(context, *target, observer, false);
        for (std::size_t i = first; i < last; ++i)
            group.add(*rows[i]);
        const auto done = group.run(session, wait);
        const std::deque<MessageRow> mistrusted = group.mistrusted();
        Group whole(context, *target, observer, true);
        for (const MessageRow& row : mistrusted)
            whole.add(row);
        const auto all_done = done && !mistrusted.empty() ? whole.run(session, wait) : done;
        for (Group* one : {&group, &whole})
            std::ranges::move(one->refused(), std::back_inserter(outcome.refused));
        if (!all_done) {
            outcome.left = done ? whole.abandon(all_done.error()) : group.abandon(all_done.error());
            leave_from(last, all_done.error());
            return outcome;
        }
    }
    return outcome;
}

}  // namespace mail::work
