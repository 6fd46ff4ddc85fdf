#pragma once
// The work on one open point: its signed-in session, its list, its jobs. Everything here runs on
// the one thread of the point's worker.

#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "mail/back_off.h"
#include "mail/base/disk.h"
#include "mail/board.h"
#include "mail/imap/session.h"
#include "mail/secrets/secret_store.h"
#include "mail/store/ledger.h"
#include "mail/work/take.h"

namespace mail {

class PointDesk {
public:
    struct Setup {
        Board& board;
        Disk& disk;
        store::Ledger& ledger;
        SecretStore& secrets;
        std::string point;                     ///< id
        std::optional<Secret> given_password;  ///< before the store is asked
        std::string who;
        imap::TranscriptObserver transcript;
        const TimeSource* time = &real_time();  ///< for waiting between two tries
    };
    explicit PointDesk(Setup setup);

    /// Lists the mailbox, or brings the list up to date.
    [[nodiscard]] Result<void> open(JobId job, const StopToken& stop);
    [[nodiscard]] Result<void> take(JobId job, const Take& command, const StopToken& stop);
    [[nodiscard]] Result<void> give_password(const GivePassword& command, const StopToken& stop);
    /// The definition has changed: the next job signs in again.
    void forget_session();

private:
    class TakeProgress;
    [[nodiscard]] point::Point definition() const;
    /// A new job: whatever the server did to the one before.
    [[nodiscard]] Wait begin(JobId job, const StopToken& stop);
    /// Waits before another try. Where there should be none, `error` comes back.
    [[nodiscard]] Result<void> hold_off(const Error& error, const Wait& wait);
    [[nodiscard]] Result<Secret> password(const point::Point& point, const Wait& wait);
    /// A session with the folder opened (`opened_`); an old one is tried first.
    [[nodiscard]] Result<void> open_folder(const point::Point& point, const Wait& wait);
    [[nodiscard]] Result<void> note_opened(Result<imap::Mailbox> opened);
    /// The same, waiting and trying again where that may help.
    [[nodiscard]] Result<void> open_folder_patiently(const point::Point& point, const Wait& wait);
    [[nodiscard]] Result<void> list(const point::Point& point, JobId job, const Wait& wait);
    [[nodiscard]] Result<void> refresh(const point::Point& point, JobId job, const Wait& wait);
    [[nodiscard]] Result<void> list_if_needed(const point::Point& point, JobId job,
                                              const Wait& wait);
    /// Cleans up after runs that were cut off; what can't be for now is `blocked_`.
    [[nodiscard]] Result<void> recover(const point::Point& point);
    void show_blocked(const point::Point& point);
    void change_states(const std::vector<std::pair<std::uint32_t, MessageState>>& states);
    void show_queued(const std::vector<MessageRow>& rows);
    void queue(const std::vector<MessageRow>& rows, JobId job);
    void unqueue(const std::vector<MessageRow>& rows);
    /// Asks the server which messages without attachments may hold files in their texts: at most so
    /// many of those that `command` is about.
    [[nodiscard]] Result<void> find_text_files(const point::Point& point, const Take& command,
                                               std::size_t at_most, const Wait& wait);
    /// These rows say from now on that the whole mail must be read.
    void read_whole(const std::vector<std::uint32_t>& uids);
    /// What is open of it; what failed before comes last, so that it can't keep the others.
    [[nodiscard]] std::vector<MessageRow> rows_to_take(const Take& command) const;
    [[nodiscard]] Result<void> take_rows(const point::Point& point, std::vector<MessageRow> rows,
                                         const Take& command, TakeProgress& progress,
                                         const Wait& wait);
    /// Shows what the ledger says of these now: another program was there.
    [[nodiscard]] Result<void> show_as_recorded(const point::Point& point,
                                                const std::vector<std::uint32_t>& uids);
    /// Messages of `command` that somebody else holds, or that are blocked.
    [[nodiscard]] std::vector<std::uint32_t> held(const Take& command) const;
    /// Everything after the list is there.
    [[nodiscard]] Result<void> take_listed(const point::Point& point, JobId job,
                                           const Take& command, const Wait& wait);
    void show_health(const Result<void>& outcome);

    Setup setup_;
    std::unique_ptr<imap::Session> session_;
    std::optional<Secret> password_in_memory_;
    JobId job_ = 0;     ///< the running one
    BackOff back_off_;  ///< of the running job
    imap::Mailbox opened_;
    std::uint32_t listed_uid_validity_ = 0;
    std::unordered_map<std::uint32_t, Status> statuses_;  ///< of the listed messages, now
    std::vector<work::Blocked> blocked_;
};

}  // namespace mail
