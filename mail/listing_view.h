#pragma once
// Writes a listing into its point's view: chunk by chunk while it is the first one, later at once,
// so that an old list stays until the new one is whole. One for all tries of a job: what came
// before the server ended a try is kept. Private to mail/point_desk.

#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "mail/board.h"
#include "mail/work/refresh.h"

namespace mail {

class ListingView final : public work::RefreshObserver {
public:
    /// All must outlive it. `statuses` are those of the messages that are shown.
    ListingView(Board& board, const std::string& point, JobId job,
                std::unordered_map<std::uint32_t, Status>& statuses);
    void found(const store::MailboxId& mailbox, std::size_t messages) override;
    void rows(std::vector<MessageRow> chunk) override;
    [[nodiscard]] std::vector<std::uint32_t> keep(const std::vector<std::uint32_t>& uids) override;
    /// MailboxView::put_back, when it is whole.
    void put_back(std::set<std::uint32_t> uids);
    /// The listing is whole: of the mailbox, or of what was asked for.
    enum class Extent { all, some };
    void complete(Extent extent);
    [[nodiscard]] std::uint32_t uid_validity() const { return uid_validity_; }
    /// How many rows there were at most, in all tries.
    [[nodiscard]] std::size_t came() const { return came_; }

private:
    void show();
    void forget();
    void add(std::vector<MessageRow> chunk);
    void put_newest_first();

    Board& board_;
    const std::string& point_;
    JobId job_;
    MailboxView view_;
    std::size_t listed_ = 0;
    std::size_t came_ = 0;
    bool goes_on_ = false;  ///< some rows are of an earlier try
    std::uint32_t uid_validity_ = 0;
    std::unordered_map<std::uint32_t, Status>& statuses_;  ///< of what is shown
    std::unordered_map<std::uint32_t, Status> fresh_;      ///< of what is shown when it is whole
    bool first_ = true;
};

}  // namespace mail
