#include "mail/listed_rows.h"

#include <algorithm>

namespace mail {

bool is_about(const Take& command, std::uint32_t uid) {
    return command.uids.empty() || std::ranges::binary_search(command.uids, uid);
}

namespace {

/// Those of one view: the next may have others, or none.
void each_of(const MailboxView* mailbox, const std::function<void(const MessageRow&)>& take) {
    if (mailbox == nullptr)
        return;
    for (const auto& chunk : mailbox->chunks)
        for (const MessageRow& row : *chunk)
            take(row);
}

}  // namespace

std::shared_ptr<const MailboxView> ListedRows::mailbox() const {
    const auto view = board_.point(point_);
    return view ? view->mailbox : nullptr;
}

bool ListedRows::complete() const {
    const auto now = mailbox();
    return now && now->complete;
}

void ListedRows::change(const States& states) {
    board_.change_point(point_, [&](PointView& view) {
        if (!view.mailbox)
            return;
        auto mailbox = std::make_shared<MailboxView>(*view.mailbox);
        mailbox->changes = mailbox->changes.with(states);
        ++mailbox->states_version;
        for (const auto& [uid, state] : states) {
            Status& status = statuses_[uid];
            --mailbox->counts.at(static_cast<std::size_t>(status));
            ++mailbox->counts.at(static_cast<std::size_t>(state.status));
            status = state.status;
        }
        view.mailbox = std::move(mailbox);
    });
}

void ListedRows::show_queued(const std::vector<MessageRow>& rows) {
    States queued;
    for (const MessageRow& row : rows) {
        queued.emplace_back(row.uid, row.initial);
        queued.back().second.status = Status::queued;
    }
    change(queued);
}

void ListedRows::unqueue(const std::vector<MessageRow>& rows) {
    const auto now = mailbox();
    States back;
    for (const MessageRow& row : rows)
        if (now && now->state_of(row).status == Status::queued)
            back.emplace_back(row.uid, row.initial);
    change(back);
}

void ListedRows::show_taken_since(std::chrono::sys_seconds since) {
    States states;
    each([&](const MessageRow& row) {
        if (row.initial.taken_at >= since)
            states.emplace_back(row.uid, row.initial);
    });
    change(states);
}

void ListedRows::read_whole(const std::vector<std::uint32_t>& uids) {
    const auto is_one = [&](const MessageRow& row) {
        return std::ranges::binary_search(uids, row.uid);
    };
    board_.change_point(point_, [&](PointView& view) {
        if (!view.mailbox)
            return;
        auto mailbox = std::make_shared<MailboxView>(*view.mailbox);
        for (auto& chunk : mailbox->chunks) {
            if (std::ranges::none_of(*chunk, is_one))
                continue;
            auto changed = std::make_shared<std::vector<MessageRow>>(*chunk);
            for (MessageRow& row : *changed) {
                if (!is_one(row))
                    continue;
                row.whole_needed = true;
                if (row.initial.status != Status::none)
                    continue;
                --mailbox->counts.at(static_cast<std::size_t>(Status::none));
                row.initial.status = statuses_[row.uid] = Status::new_;
                ++mailbox->counts.at(static_cast<std::size_t>(Status::new_));
            }
            chunk = std::move(changed);
        }
        ++mailbox->rows_version;
        ++mailbox->states_version;
        view.mailbox = std::move(mailbox);
    });
}

void ListedRows::each(const std::function<void(const MessageRow&)>& take) const {
    each_of(mailbox().get(), take);
}

void ListedRows::each_now(
    const std::function<void(const MessageRow&, const MessageState&)>& take) const {
    const auto now = mailbox();
    each_of(now.get(), [&](const MessageRow& row) { take(row, now->state_of(row)); });
}

std::vector<const MessageRow*>
ListedRows::unchanged(const Take& command, std::size_t at_most,
                      const std::function<bool(const MessageRow&)>& wanted) const {
    const auto now = mailbox();
    std::vector<const MessageRow*> rows;
    each_of(now.get(), [&](const MessageRow& row) {
        if (rows.size() < at_most && is_about(command, row.uid) && wanted(row) &&
            now->changes.find(row.uid) == nullptr)
            rows.push_back(&row);
    });
    return rows;
}

std::vector<MessageRow> ListedRows::to_take(const Take& command) const {
    std::vector<MessageRow> rows;
    each_now([&](const MessageRow& row, const MessageState& state) {
        // By name also what another Mailpoint says it has taken.
        const bool blocked = state.status == Status::held && !work::is_claimed_elsewhere(state);
        const bool wanted = is_open(state) || (command.again && !blocked);
        if (!is_about(command, row.uid) || !wanted)
            return;
        rows.push_back(row);
        rows.back().initial = state;
    });
    std::stable_partition(rows.begin(), rows.end(), [](const MessageRow& row) {
        return row.initial.status != Status::failed;
    });
    return rows;
}

std::vector<std::uint32_t> ListedRows::held(const Take& command) const {
    std::vector<std::uint32_t> uids;
    for (const auto& [uid, status] : statuses_)
        if ((status == Status::held || status == Status::taken_elsewhere) && is_about(command, uid))
            uids.push_back(uid);
    std::ranges::sort(uids);
    return uids;
}

std::vector<std::uint32_t> ListedRows::held_for_now(const Take& command) const {
    std::vector<std::uint32_t> uids = held(command);
    if (uids.empty())
        return uids;
    std::vector<std::uint32_t> claimed;
    each_now([&](const MessageRow& row, const MessageState& now) {
        if (work::is_claimed_elsewhere(now))
            claimed.push_back(row.uid);
    });
    std::ranges::sort(claimed);
    std::erase_if(uids,
                  [&](std::uint32_t uid) { return std::ranges::binary_search(claimed, uid); });
    return uids;
}

MessageState ListedRows::state_of(std::uint32_t uid) const {
    MessageState state;
    each_now([&](const MessageRow& row, const MessageState& now) {
        if (row.uid == uid)
            state = now;
    });
    return state;
}

std::optional<Error> ListedRows::error_of(std::uint32_t uid) const {
    return state_of(uid).error;
}

}  // namespace mail
