#include <algorithm>
#include <span>
#include <unordered_set>

#include "mail/work/take_group.h"

namespace mail::work {

namespace {

store::Step step_of(const Delivery& delivery) {
    if (delivery.error())
        return delivery.any_taken() ? store::Step::partial : store::Step::failed;
    const bool any_counts =
        std::ranges::any_of(delivery.parts(), [](const PartView& part) { return part.counts; });
    return delivery.any_taken() || any_counts ? store::Step::stored : store::Step::none;
}

}  // namespace

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

/// Of those that are ready: who has a content that is still to become another's file stays ready
/// until that is there, or is known not to come. The first of them never has to wait.
Result<std::vector<std::size_t>> Group::choose_names() {
    std::vector<std::size_t> named;
    std::vector<std::size_t> waiting;
    std::unordered_set<std::string> coming;
    for (const std::size_t index : ready_) {
        Delivery& delivery = *deliveries_[index];
        const auto is_coming = [&](const std::string& content) { return coming.contains(content); };
        if (repeats_.matter() && std::ranges::any_of(delivery.contents(), is_coming)) {
            waiting.push_back(index);
            continue;
        }
        auto chosen = delivery.choose_names(target_, context_.point.name,
                                            context_.point.general.naming, repeats_);
        if (auto go_on = unless_own(delivery, std::move(chosen)); !go_on)
            return tl::unexpected(std::move(go_on.error()));
        for (std::string& content : delivery.contents())
            coming.insert(std::move(content));
        named.push_back(index);
    }
    ready_ = std::move(waiting);
    ready_octets_ = 0;
    for (const std::size_t index : ready_)
        ready_octets_ += deliveries_[index]->done_octets();
    return named;
}

/// Only where the mail is to leave by it: some programs take a file away as soon as it has its
/// name.
Result<void> Group::read_back(const std::vector<std::size_t>& named) {
    if (!context_.point.general.delete_after_document)
        return {};
    for (const std::size_t index : named) {
        Delivery& delivery = *deliveries_[index];
        if (auto equal = unless_own(delivery, delivery.read_back()); !equal)
            return equal;
    }
    return {};
}

Result<void> Group::place(const std::vector<std::size_t>& named) {
    for (const std::size_t index : named) {
        Delivery& delivery = *deliveries_[index];
        if (auto placed = unless_own(delivery, delivery.place(target_)); !placed)
            return placed;
        for (const PartView& part : delivery.parts())
            if (part.verdict == Verdict::taken)
                repeats_.placed(delivery.row().uid, part, now());
        if (context_.point.general.delete_after_document)
            delivered_.merge(delivery.read_back_files());
    }
    return target_.sync();
}

// Steps 3 to 7 of docs/ledger.md, for the messages that are complete.
Result<void> Group::flush() {
    if (ready_.empty())
        return {};
    if (auto synced = sync_files(); !synced)
        return synced;
    const auto named = choose_names();
    if (!named)
        return tl::unexpected(named.error());
    if (auto equal = read_back(*named); !equal)
        return equal;
    std::vector<store::MessageEntry> entries;
    for (const std::size_t index : *named)
        entries.push_back(entry_of(*deliveries_[index], store::Step::placing));
    if (auto begun = begin_manifest(*named); !begun)
        return begun;
    if (auto synced = target_.sync(); !synced)
        return synced;
    for (const std::size_t index : *named)
        deliveries_[index]->note_placing();
    if (auto placing = context_.ledger.placing(context_.mailbox, entries, to_record_); !placing)
        return placing;
    note_recorded();
    if (auto placed = place(*named); !placed)
        return placed;
    // Everything is durable by now. That it is finished goes into the next commit: after a stop
    // before that the next run finds nothing left to do.
    for (const std::size_t index : *named)
        finish(index);
    flushed_at_ = time_->now();
    return {};
}

/// Once all are planned, so that others see by that who is at work on it.
Result<void> Group::begin_manifest(const std::vector<std::size_t>& named) {
    const bool anything_came = std::ranges::any_of(named, [&](std::size_t index) {
        return std::ranges::any_of(deliveries_[index]->parts(),
                                   [](const PartView& part) { return !part.sha256.empty(); });
    });
    if (!anything_came)
        return {};
    std::vector<const MessageRow*> rows;
    for (std::size_t i = 0; i < deliveries_.size(); ++i)
        if (!finished_[i])
            rows.push_back(&deliveries_[i]->row());
    return manifest_.begin(rows);
}

Result<void> Group::end_manifest() {
    for (std::size_t i = 0; i < deliveries_.size(); ++i)
        if (!finished_[i] && deliveries_[i]->may_be_placing())
            return {};
    return manifest_.end();
}

void Group::finish(std::size_t index) {
    const Delivery& delivery = *deliveries_[index];
    const store::Step step = step_of(delivery);
    to_record_.push_back(entry_of(delivery, step));
    finished_[index] = true;
    manifest_.add(delivery.row(), to_record_.back(), [&](const store::FileEntry& file) {
        const Arrival arrival{{}, file.size_octets, file.sha256, {}};
        return repeats_.find(delivery.row().uid, arrival).value_or(std::nullopt);
    });
    tell_end(delivery, step);
}

Result<void> Group::flush_all() {
    Result<void> flushed;
    while (flushed && !ready_.empty())
        flushed = flush();
    return flushed;
}

Result<void> Group::record() {
    auto recorded = context_.ledger.finished(context_.mailbox, to_record_);
    if (recorded)
        note_recorded();
    return recorded;
}

void Group::note_recorded() {
    to_record_.clear();
    for (std::size_t i = 0; i < deliveries_.size(); ++i)
        if (finished_[i])
            deliveries_[i]->settled();
}

}  // namespace mail::work
