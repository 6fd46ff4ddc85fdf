#include "mail/take_progress.h"

#include <algorithm>
#include <utility>

namespace mail {

namespace {

bool has_ended(Status status) {
    return status != Status::queued && status != Status::taking && status != Status::new_;
}

}  // namespace

void TakeProgress::begins(std::size_t messages, std::uint64_t octets) {
    // The same numbers may be those of other messages now.
    for (const auto& [uid, counts] : std::exchange(counted_, {}))
        done_before_ += counts.done;
    octets_.clear();
    board_.change_job(job_, [&](JobView& job) {
        job.messages_total = done_before_ + messages;
        job.messages_done = done_before_;
        job.octets_total = job.octets_done + octets;
    });
}

void TakeProgress::changed(std::uint32_t uid, const MessageState& state) {
    rows_.change({{uid, state}});
    const std::uint64_t before = std::exchange(octets_[uid], state.done_octets);
    board_.change_job(job_, [&](JobView& job) {
        job.octets_done += state.done_octets;
        job.octets_done -= std::min(job.octets_done, before);
        // A message that is put back and tried again counts once.
        uncount(job, counted_[uid]);
        counted_[uid] = state.parts && has_ended(state.status) ? counts_of(state) : Counts{};
        count(job, counted_[uid]);
    });
}

TakeProgress::Counts TakeProgress::counts_of(const MessageState& state) {
    const bool failed = state.status == Status::failed || state.status == Status::partial ||
                        state.status == Status::gone;
    Counts counts{1, failed ? 1U : 0U, state.status == Status::check ? 1U : 0U};
    for (const PartView& part : state.parts.unpack())
        if (part.reason == Reason::already_there || part.reason == Reason::saved_before)
            ++counts.files_there;
        else if (part.verdict == Verdict::taken)
            ++counts.files;
    counts.documents = counts.files > 0 ? 1 : 0;
    return counts;
}

void TakeProgress::count(JobView& job, const Counts& counts) {
    job.messages_done += counts.done;
    job.messages_failed += counts.failed;
    job.messages_check += counts.check;
    job.documents += counts.documents;
    job.files += counts.files;
    job.files_there += counts.files_there;
}

void TakeProgress::uncount(JobView& job, const Counts& counts) {
    job.messages_done -= counts.done;
    job.messages_failed -= counts.failed;
    job.messages_check -= counts.check;
    job.documents -= counts.documents;
    job.files -= counts.files;
    job.files_there -= counts.files_there;
}

}  // namespace mail
