#include "mail/work/take_group.h"

#include <algorithm>

#include "mail/work/choose.h"
#include "mail/work/known.h"
#include "mail/work/take_lanes.h"

namespace mail::work {

namespace {

// So many messages, or octets of them, share the syncs and the commit of their last steps …
constexpr std::size_t messages_a_flush = 64;
constexpr std::uint64_t octets_a_flush = 32ULL << 20;
// … but over a slow line none is kept waiting longer than this.
constexpr auto time_a_flush = std::chrono::seconds(1);
// A system gives a program a thousand or so.
constexpr std::size_t most_open_files = 128;
// Oftener than this nobody sees progress.
constexpr auto time_a_progress = std::chrono::milliseconds(33);

}  // namespace

std::chrono::sys_seconds now() {
    return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
}

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
    entry.manifest = manifest_.name();
    entry.subject = delivery.row().subject;
    entry.claim = claims_.said(entry.id.uid);
    entry.is_due = context_.point.general.delete_after_document;
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
    for (const store::Ledger::Refusal& refusal : refused_)
        claims_.leave_out(refusal.uid);
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
    lane_of_.assign(deliveries_.size(), no_lane);
    ended_.assign(requests_.size(), false);
}

Result<void> Group::run(Lanes& lanes, const Wait& wait) {
    time_ = wait.time;
    flushed_at_ = time_->now();
    prepare_requests();
    // What was claimed by a group before this one stays so.
    auto fetched = !is_planned_ && Claims::possible(lanes.first()) ? fetch_claiming(lanes, wait)
                                                                   : lanes.fetch(*this, wait);
    // Where the connection broke, the messages that are complete are kept all the same.
    if (!fetched && fetched.error().layer >= Layer::target)
        return fetched;
    auto planned = fetched ? plan_once() : Result<void>();
    if (!planned)
        return planned;
    const auto flushed = flush_all();
    // Where that fails, the next run makes it: what is done is recorded all the same.
    const auto written = end_manifest();
    const auto recorded = flushed ? record() : Result<void>();
    return !fetched ? fetched : !flushed ? flushed : !written ? written : recorded;
}

bool Group::is_open(std::size_t request) const {
    return !finished_[addresses_[request].delivery] && !ended_[request];
}

bool Group::wants(std::size_t lane, std::size_t request) {
    const std::lock_guard lock(mutex_);
    std::size_t& owner = lane_of_[addresses_[request].delivery];
    if (!is_open(request) || (owner != no_lane && owner != lane))
        return false;
    owner = lane;
    return true;
}

Group::Unasked Group::unasked() const {
    const std::lock_guard lock(mutex_);
    const bool may_be_joined = is_answered_ && claims_.are_answered() && !failure_;
    Unasked unasked;
    for (std::size_t i = 0; may_be_joined && i < deliveries_.size(); ++i) {
        if (lane_of_[i] != no_lane || finished_[i])
            continue;
        ++unasked.messages;
        unasked.octets += deliveries_[i]->total_octets();
    }
    return unasked;
}

void Group::release(std::size_t lane) {
    const std::lock_guard lock(mutex_);
    std::ranges::replace(lane_of_, lane, no_lane);
}

/// Each lane meets it at its next part.
Result<void> Group::noting_failure(Result<void> outcome) {
    if (!failure_ && !outcome && outcome.error().reach > Reach::message)
        failure_ = outcome.error();
    return outcome;
}

Result<void> Group::begin(std::size_t request, Form form) {
    const std::lock_guard lock(mutex_);
    is_answered_ = true;
    return failure_ ? tl::unexpected(*failure_) : noting_failure(begin_part(request, form));
}

Result<void> Group::data(std::size_t request, std::string_view raw) {
    const std::lock_guard lock(mutex_);
    return failure_ ? tl::unexpected(*failure_) : noting_failure(take_data(request, raw));
}

Result<void> Group::end(std::size_t request, Result<void> outcome) {
    const std::lock_guard lock(mutex_);
    is_answered_ = true;
    return failure_ ? tl::unexpected(*failure_)
                    : noting_failure(end_part(request, std::move(outcome)));
}

Result<void> Group::begin_part(std::size_t request, Form form) {
    if (auto planned = plan_once(); !planned)
        return reaching_all(std::move(planned));
    if (!is_open(request))
        return {};
    Delivery& delivery = delivery_of(request);
    tell_progress(delivery);
    return delivery.begin(addresses_[request].slot, form);
}

Result<void> Group::take_data(std::size_t request, std::string_view raw) {
    if (!is_open(request))
        return {};
    Delivery& delivery = delivery_of(request);
    auto taken = delivery.data(addresses_[request].slot, raw);
    tell_progress(delivery);
    // While a large part comes, the finished ones before it need not wait for its end.
    return taken ? reaching_all(flush_if_due()) : taken;
}

Result<void> Group::end_part(std::size_t request, Result<void> outcome) {
    if (auto planned = plan_once(); !planned)
        return reaching_all(std::move(planned));
    if (!is_open(request))
        return {};
    const Address address = addresses_[request];
    Delivery& delivery = *deliveries_[address.delivery];
    ended_[request] = true;
    if (auto ended = delivery.end(address.slot, std::move(outcome)); !ended)
        return ended;
    ++open_files_;
    if (delivery.complete())
        held_back_.push_back(address.delivery);
    auto settled = settle_held_back();
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
    for (std::size_t i = 0; i < deliveries_.size(); ++i)
        if (!finished_[i] && deliveries_[i]->wants_whole()) {
            rows.push_back(deliveries_[i]->row());
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
    state.who = context_.who;
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
        // Taken again it keeps the document that it has, and does not leave for one that is not
        // made.
        if (const MessageState& before = delivery.row().initial; before.status == Status::taken) {
            entry.step = store::Step::stored;
            entry.files = files_on_record(delivery.row());
            entry.folder = before.folder;
            entry.is_due = false;
        }
        entries.push_back(std::move(entry));
    }
    // Of those that were finished before. Where it fails, the next run makes it.
    static_cast<void>(end_manifest());
    // If the ledger fails too, recover() of the next run finds the plan and comes to the same end.
    if (!context_.ledger.finished(context_.mailbox, entries))
        return left;
    for (const auto& delivery : deliveries_)
        delivery->settled();
    static_cast<void>(end_manifest());
    return left;
}

}  // namespace mail::work
