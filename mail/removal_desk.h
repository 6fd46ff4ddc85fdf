#pragma once
// The jobs of one open point that take messages off its list or out of its mailbox, and bring them
// back. Session and rows are its point's; point_desk.h lists for it. Everything here runs on the
// one thread of the point's worker.

#include <functional>
#include <string>
#include <vector>

#include "mail/base/disk.h"
#include "mail/board.h"
#include "mail/listed_rows.h"
#include "mail/point_session.h"
#include "mail/store/ledger.h"
#include "mail/work/remove.h"

namespace mail {

class RemovalDesk {
public:
    struct Setup {
        Board& board;
        Disk& disk;
        store::Ledger& ledger;
        std::string who;
        std::string quarantine;  ///< folder
    };
    RemovalDesk(const Setup& setup, PointSession& session, ListedRows& rows)
        : setup_(setup), session_(session), rows_(rows) {}

    /// Off the list, of rows that are listed. Nothing is asked of the server.
    [[nodiscard]] Result<void> hide(JobId job, const store::MailboxId& mailbox,
                                    const std::vector<MessageRow>& rows);
    struct Leaving {
        std::uint32_t uid_validity = 0;  ///< of the list
        std::vector<MessageRow> rows;    ///< with their states of now
        work::RemoveOrder order = {};
        /// The job is about them. Else it takes them along: they don't count as its messages, and
        /// that others are marked (RemoveOrder::Others::ask) keeps them without failing it.
        bool is_asked_for = true;
    };
    /// Out of the mailbox.
    [[nodiscard]] Result<void> remove(JobId job, const point::Point& point, const Leaving& leaving,
                                      const Wait& wait);
    /// Back on the list; those that aren't hidden are left out.
    [[nodiscard]] Result<void> show(const store::MailboxId& mailbox,
                                    const std::vector<std::uint32_t>& uids);
    /// Back into the mailbox. Whoever has a list brings it up to date then.
    [[nodiscard]] Result<void> put_back(JobId job, const point::Point& point,
                                        const std::vector<Restore::Which>& messages,
                                        const Wait& wait);
    /// Whether a run that was cut off has left something of this mailbox.
    [[nodiscard]] Result<bool> any_unfinished(const store::MailboxId& mailbox) const;
    /// Ends that. What can't be now, is found again by the next.
    [[nodiscard]] Result<void> finish(JobId job, const point::Point& point, const Wait& wait);

private:
    [[nodiscard]] Result<void> open_as_listed(const point::Point& point, std::uint32_t uid_validity,
                                              const Wait& wait);
    [[nodiscard]] work::RemoveContext context(const point::Point& point,
                                              const work::Quarantine* quarantine) const;
    /// RemoveContext::moved: the job's octets, of so many more.
    [[nodiscard]] std::function<void(std::uint64_t)> moved_of(JobId job, std::uint64_t octets);
    using Entries = std::vector<std::pair<store::MailboxId, store::RemovalEntry>>;
    [[nodiscard]] Result<Entries> entries_of(const point::Point& point,
                                             const std::vector<Restore::Which>& messages) const;
    /// Those that can't be are told (JobView::kept).
    [[nodiscard]] Result<Entries> entries_to_put_back(JobId job, const point::Point& point,
                                                      const std::vector<Restore::Which>& messages);
    /// Of these the ledger still says that they are being removed.
    void tell_unknown(const point::Point& point, std::uint32_t uid_validity,
                      const std::vector<std::uint32_t>& uids, work::RemoveObserver& observer);
    [[nodiscard]] Result<void> remember_restored(const point::Point& point, const Entries& begun);

    const Setup setup_;
    PointSession& session_;
    ListedRows& rows_;
    /// finish() has put them back since the last put_back(): whoever asks for them has them.
    Entries restored_by_finish_;
};

}  // namespace mail
