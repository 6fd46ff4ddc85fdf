#pragma once
// The rows of one point as they are shown: which are asked for, and every change of their states.
// What is shown changes in the point's view only, a new one at each change. Everything here runs on
// the one thread of the point's worker.

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "mail/board.h"
#include "mail/commands.h"

namespace mail {

/// `command.uids` must be sorted, here and below; none stands for all.
[[nodiscard]] bool is_about(const Take& command, std::uint32_t uid);

class ListedRows {
public:
    using States = std::vector<std::pair<std::uint32_t, MessageState>>;

    ListedRows(Board& board, std::string point) : board_(board), point_(std::move(point)) {}

    /// By UID, of all that are listed; a new listing begins with none.
    [[nodiscard]] std::unordered_map<std::uint32_t, Status>& statuses() { return statuses_; }
    [[nodiscard]] bool has(std::uint32_t uid) const { return statuses_.contains(uid); }
    [[nodiscard]] std::size_t size() const { return statuses_.size(); }
    [[nodiscard]] bool complete() const;
    /// A list was begun, complete or not.
    [[nodiscard]] bool any() const { return mailbox() != nullptr; }

    void change(const States& states);
    /// As long as they wait for their turn; what has not had it then goes back.
    void show_queued(const std::vector<MessageRow>& rows);
    void unqueue(const std::vector<MessageRow>& rows);
    /// What the list knows as done since then counts as done after the list.
    void show_taken_since(std::chrono::sys_seconds since);
    /// These say from now on that the whole mail must be read.
    void read_whole(const std::vector<std::uint32_t>& uids);

    void each(const std::function<void(const MessageRow&)>& take) const;
    void each_now(const std::function<void(const MessageRow&, const MessageState&)>& take) const;
    /// Rows that `command` is about and nothing has changed, and that `wanted` is true of: at most
    /// so many. They live as long as no row changes.
    [[nodiscard]] std::vector<const MessageRow*>
    unchanged(const Take& command, std::size_t at_most,
              const std::function<bool(const MessageRow&)>& wanted) const;
    /// With their states of now. What failed before comes last, so that it can't keep the others.
    [[nodiscard]] std::vector<MessageRow> to_take(const Take& command) const;
    /// Messages of `command` that somebody else holds, or that are blocked; sorted.
    [[nodiscard]] std::vector<std::uint32_t> held(const Take& command) const;
    /// The same without those that another Mailpoint has claimed (taken_elsewhere), which are its
    /// business at every run.
    [[nodiscard]] std::vector<std::uint32_t> held_for_now(const Take& command) const;
    /// As it is now. One that is not listed: as if nothing were known of it.
    [[nodiscard]] MessageState state_of(std::uint32_t uid) const;
    /// Why the message is as it is now, if it has a reason.
    [[nodiscard]] std::optional<Error> error_of(std::uint32_t uid) const;

    /// As it is shown; null: no list is, or the point has gone from the board.
    [[nodiscard]] std::shared_ptr<const MailboxView> mailbox() const;

private:
    Board& board_;
    std::string point_;
    std::unordered_map<std::uint32_t, Status> statuses_;
};

}  // namespace mail
