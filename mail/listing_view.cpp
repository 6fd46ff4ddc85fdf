#include "mail/listing_view.h"

#include <utility>

namespace mail {

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
    uid_validity_ = mailbox.uid_validity;
    view_.expected = messages;
    board_.change_job(job_, [&](JobView& job) { job.messages_total = messages; });
    if (first_)
        show();
}

void ListingView::rows(std::vector<MessageRow> chunk) {
    listed_ += chunk.size();
    auto& statuses = first_ ? statuses_ : fresh_;
    for (const MessageRow& row : chunk) {
        statuses[row.uid] = row.initial.status;
        ++view_.counts.at(static_cast<std::size_t>(row.initial.status));
    }
    view_.chunks.push_back(std::make_shared<const std::vector<MessageRow>>(std::move(chunk)));
    board_.change_job(job_, [&](JobView& job) { job.messages_done = listed_; });
    if (first_)
        show();
}

void ListingView::complete(Extent extent) {
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
