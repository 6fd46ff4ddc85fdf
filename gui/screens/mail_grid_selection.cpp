// What is selected in the mail grid, and what that comes to; the rest of the class is
// mail_grid.cpp's.

#include <algorithm>
#include <iterator>
#include <utility>

#include <imgui_internal.h>

#include "gui/screens/mail_grid.h"

namespace gui {
namespace {

using mail::Status;

/// Which of them, once shown, have left for good, and not because of the filter: off the list or
/// back on it, whatever is shown, or out of the mailbox. Ascending, as they are.
std::vector<std::uint32_t> left_of(const Arrangement& now, std::vector<std::uint32_t> uids) {
    const bool hidden_ones = now.wanted.shown == Shown::hidden;
    std::vector<std::uint32_t> left, unchanged;
    for (const std::uint32_t uid : uids) {
        const mail::MessageState* state = now.mailbox->changes.find(uid);
        if (state == nullptr)
            unchanged.push_back(uid);
        else if (hidden_ones ? state->status != Status::hidden : is_removed(state->status))
            left.push_back(uid);
    }
    if (unchanged.empty())
        return left;
    // Only such as were listed anew: all rows have to be looked at, once.
    std::vector<std::uint32_t> there;
    for (const auto& chunk : now.mailbox->chunks)
        for (const mail::MessageRow& row : *chunk)
            if (std::binary_search(unchanged.begin(), unchanged.end(), row.uid) &&
                (row.initial.status == Status::hidden) == hidden_ones &&
                row.initial.status != Status::quarantined)
                there.push_back(row.uid);
    std::sort(there.begin(), there.end());
    std::set_difference(unchanged.begin(), unchanged.end(), there.begin(), there.end(),
                        std::back_inserter(left));
    std::sort(left.begin(), left.end());
    return left;
}

}  // namespace

void MailGrid::apply(const ImGuiMultiSelectIO& io) {
    for (const ImGuiSelectionRequest& request : io.Requests) {
        if (request.Type == ImGuiSelectionRequestType_SetAll) {
            selection_.clear();
            if (request.Selected)
                select_all();
        } else if (request.Type == ImGuiSelectionRequestType_SetRange) {
            select_range(static_cast<std::uint32_t>(request.RangeFirstItem),
                         static_cast<std::uint32_t>(request.RangeLastItem), request.Selected);
        }
    }
}

void MailGrid::select_all() {
    if (!order_->order.rows.empty())
        select_range(message(0).uid, message(order_->order.rows.size() - 1).uid, true);
}

void MailGrid::select_range(std::uint32_t first, std::uint32_t last, bool selected) {
    const auto one = index_of(first), two = index_of(last);
    if (!one || !two)
        return;
    std::vector<std::uint32_t> uids;
    for (std::size_t i = std::min(*one, *two); i <= std::max(*one, *two); ++i)
        uids.push_back(message(i).uid);
    if (selected)
        selection_.add(uids);
    else
        selection_.remove(uids);
}

/// What was removed is not selected any more, and the focus goes on to the row that has come into
/// its place.
void MailGrid::let_go(const Arrangement& before) {
    const auto has_gone = [&](std::uint32_t uid) {
        return place_of(before.order, uid) && !index_of(uid);
    };
    std::vector<std::uint32_t> gone;
    std::copy_if(selection_.uids().begin(), selection_.uids().end(), std::back_inserter(gone),
                 has_gone);
    if (!gone.empty())
        selection_.remove(left_of(*order_, gone));
    const auto place = place_of(before.order, focused_);
    if (!place || !has_gone(focused_) || left_of(*order_, {focused_}).empty())
        return;
    const auto uid_at = [&before](std::size_t index) {
        return row_at(*before.mailbox, before.order.rows[index]).uid;
    };
    std::optional<std::size_t> next;
    for (std::size_t i = *place + 1; i < before.order.rows.size() && !next; ++i)
        next = index_of(uid_at(i));
    for (std::size_t i = *place; i > 0 && !next; --i)
        next = index_of(uid_at(i - 1));
    if (!next)
        return;
    focused_ = message(*next).uid;
    if (!focused_window_)
        return;
    jump_ = next;
    if (selection_.empty())
        select_only(focused_);
}

void MailGrid::count_removable(Status status, std::uint32_t uid) {
    switch (status) {
    case Status::queued:
    case Status::taking:
        ++facts_.being_taken;
        return;
    case Status::held:
    case Status::taken_elsewhere:
        ++facts_.held;
        return;
    case Status::hidden:
        facts_.off_list.push_back(uid);
        return;
    case Status::quarantined:
    case Status::gone:
        return;
    case Status::new_:
    case Status::taken:
    case Status::partial:
    case Status::check:
    case Status::failed:
    case Status::none:
        facts_.on_list.push_back(uid);
        return;
    }
}

void MailGrid::count_selection() {
    const std::uint64_t states = mailbox_ ? mailbox_->states_version : 0;
    if (counted_selection_ == selection_.version() && counted_order_ == order_->number &&
        counted_states_ == states)
        return;
    counted_selection_ = selection_.version();
    counted_order_ = order_->number;
    counted_states_ = states;
    facts_ = {};
    facts_.selected = selection_.uids().size();
    std::vector<std::pair<std::size_t, std::uint32_t>> take, again;  // place, UID
    for (const std::uint32_t uid : selection_.uids()) {
        const auto index = index_of(uid);
        if (!index) {
            ++facts_.hidden;
            continue;
        }
        const mail::MessageRow& row = message(*index);
        facts_.attachments += row.attachments;
        facts_.octets += row.size_octets;
        const mail::MessageState& state = mailbox_->state_of(row);
        ++facts_.left_out[static_cast<std::size_t>(state.status)];
        if (mail::is_open(state))
            take.emplace_back(*index, uid);
        // What another Mailpoint has is taken only by somebody who means that very message.
        else if (state.status == Status::taken ||
                 (mail::is_claimed_elsewhere(state) && facts_.selected == 1))
            again.emplace_back(*index, uid);
        else if (mail::is_claimed_elsewhere(state))
            ++facts_.held;
        // Nobody is at work on it: off this list it may go.
        if (mail::is_claimed_elsewhere(state))
            facts_.on_list.push_back(uid);
        else
            count_removable(state.status, uid);
    }
    facts_.again = take.empty() && !again.empty();
    auto& chosen = facts_.again ? again : take;
    std::sort(chosen.begin(), chosen.end());
    for (const auto& [index, uid] : chosen) {
        facts_.take.push_back(uid);
        --facts_.left_out[static_cast<std::size_t>(mailbox_->state_of(message(index)).status)];
    }
}

}  // namespace gui
