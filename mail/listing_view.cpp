#include "mail/listing_view.h"

#include <algorithm>
#include <functional>
#include <iterator>
#include <utility>

namespace mail {

namespace {

constexpr std::ptrdiff_t rows_a_chunk = 1000;

}  // namespace

ListingView::ListingView(Board& board, const std::string& point, JobId job,
                         std::unordered_map<std::uint32_t, Status>& statuses)
    : board_(board), point_(point), job_(job), statuses_(statuses) {
    const auto view = board.point(point);
    first_ = !view || !view->mailbox || view->mailbox->chunks.empty();
    if (view && view->mailbox) {
        view_.rows_version = view->mailbox->rows_version;
        view_.states_version = view->mailbox->states_version;
    }
    if (first_)
        statuses_.clear();
}

void ListingView::found(const store::MailboxId& mailbox, std::size_t messages) {
    if (mailbox.uid_validity != uid_validity_)
        forget();
    uid_validity_ = mailbox.uid_validity;
    view_.expected = messages;
    board_.change_job(job_, [&](JobView& job) { job.messages_total = messages; });
    if (first_)
        show();
}

void ListingView::rows(std::vector<MessageRow> chunk) {
    add(std::move(chunk));
    came_ = std::max(came_, listed_);
    board_.change_job(job_, [&](JobView& job) { job.messages_done = listed_; });
    if (first_)
        show();
}

std::vector<std::uint32_t> ListingView::keep(const std::vector<std::uint32_t>& uids) {
    std::vector<std::uint32_t> kept;
    const auto before = view_.chunks;
    forget();
    for (const auto& chunk : before) {
        std::vector<MessageRow> same;
        std::ranges::copy_if(*chunk, std::back_inserter(same), [&](const MessageRow& row) {
            return std::ranges::binary_search(uids, row.uid);
        });
        for (const MessageRow& row : same)
            kept.push_back(row.uid);
        if (!same.empty())
            add(std::move(same));
    }
    goes_on_ = !kept.empty();
    std::ranges::sort(kept);
    return kept;
}

void ListingView::forget() {
    view_.chunks.clear();
    view_.counts = {};
    listed_ = 0;
    (first_ ? statuses_ : fresh_).clear();
}

void ListingView::add(std::vector<MessageRow> chunk) {
    listed_ += chunk.size();
    auto& statuses = first_ ? statuses_ : fresh_;
    for (const MessageRow& row : chunk) {
        statuses[row.uid] = row.initial.status;
        ++view_.counts.at(static_cast<std::size_t>(row.initial.status));
    }
    view_.chunks.push_back(std::make_shared<const std::vector<MessageRow>>(std::move(chunk)));
}

/// The rows of each try are so, but not one try behind the other.
void ListingView::put_newest_first() {
    std::vector<MessageRow> all;
    all.reserve(listed_);
    for (const auto& chunk : std::exchange(view_.chunks, {}))
        all.insert(all.end(), chunk->begin(), chunk->end());
    std::ranges::sort(all, std::greater<>(), &MessageRow::uid);
    for (auto begin = all.begin(); begin != all.end();) {
        const auto end = begin + std::min(rows_a_chunk, all.end() - begin);
        view_.chunks.push_back(std::make_shared<const std::vector<MessageRow>>(begin, end));
        begin = end;
    }
}

void ListingView::put_back(std::set<std::uint32_t> uids) {
    view_.put_back = std::make_shared<const std::set<std::uint32_t>>(std::move(uids));
}

void ListingView::complete(Extent extent) {
    if (goes_on_)
        put_newest_first();
    view_.complete = extent == Extent::all;
    view_.expected = listed_;
    if (!first_)
        statuses_ = std::move(fresh_);
    show();
}

void ListingView::show() {
    ++view_.rows_version;
    ++view_.states_version;
    board_.change_point(point_, [&](PointView& point) {
        point.mailbox = std::make_shared<const MailboxView>(view_);
    });
}

}  // namespace mail
