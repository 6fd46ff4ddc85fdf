#pragma once
// The jobs of one open point: list, take, remove. Its session is point_session.h, what is shown of
// it listed_rows.h, how messages leave removal_desk.h. Everything here runs on the one thread of
// the point's worker.

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "mail/base/disk.h"
#include "mail/board.h"
#include "mail/imap/idle.h"
#include "mail/listed_rows.h"
#include "mail/listing_care.h"
#include "mail/pace.h"
#include "mail/point_session.h"
#include "mail/remembered_list.h"
#include "mail/removal_desk.h"
#include "mail/store/ledger.h"
#include "mail/surroundings.h"
#include "mail/work/refresh.h"
#include "mail/work/take.h"

namespace mail {

class ListingView;
class TakeProgress;

// Servers drop idle sessions after half an hour or less; a session that nobody uses is given back
// sooner. A line that has held for so long is a good one.
inline constexpr auto session_kept = std::chrono::minutes(5);

class PointDesk {
public:
    struct Setup {
        Board& board;
        Disk& disk;
        store::Ledger& ledger;
        SecretStore& secrets;
        oauth::Keeper& keeper;
        std::string point;                          ///< id
        std::optional<Secret> given_password;       ///< before the store is asked
        std::function<std::string()> password_key;  ///< as PointSession has it
        std::string who;
        std::string quarantine;  ///< folder
        std::string documents;   ///< folder of the manifests
        /// Definitions::with_client().
        std::function<Result<point::Connection>(point::Connection)> with_client;
        imap::TranscriptObserver transcript;
        const TimeSource* time = &real_time();  ///< for waiting between two tries
        RememberedList::Setup lists = {};
        bool keeps_live = false;  ///< Engine::Setup has these five, too
        bool takes_new = false;
        Clock::duration tries_again_after = std::chrono::seconds(2);
        Clock::duration checks_every = std::chrono::minutes(5);
        Clock::duration line_answers_in = std::chrono::seconds(30);
    };
    explicit PointDesk(Setup setup);
    [[nodiscard]] const std::string& point() const { return setup_.point; }

    /// Lists the mailbox, or brings the list up to date.
    [[nodiscard]] Result<void> open(JobId job, const OpenPoint& command, const StopToken& stop);
    [[nodiscard]] Result<void> take(JobId job, const Take& command, const StopToken& stop);
    [[nodiscard]] Result<void> decide(JobId job, const Decide& command, const StopToken& stop);
    [[nodiscard]] Result<void> remove(JobId job, const Remove& command, const StopToken& stop);
    [[nodiscard]] Result<void> restore(JobId job, const Restore& command, const StopToken& stop);
    [[nodiscard]] Result<void> give_password(const GivePassword& command, const StopToken& stop);
    [[nodiscard]] Result<void> forget_password(const StopToken& stop);
    /// The one in memory only.
    void forget_typed_password() { session_.forget_typed_password(); }
    /// The definition has changed: the next job signs in again.
    void forget_session() { session_.sign_out(); }

    /// Shows what other programs have recorded since. True: messages have come back into the
    /// mailbox, which only listing it shows.
    [[nodiscard]] bool follow();

    /// The list was asked for, and is to be kept up to date.
    [[nodiscard]] bool is_watched() const;
    /// While nothing else is to be done: waits for the server to say that something has changed
    /// (IDLE). True: the list is old, or the line was lost. False: `stop`, or who waits for it has
    /// to ask from time to time, or comes back when `due`.
    [[nodiscard]] bool watch(const StopToken& stop);
    /// When something is to be done by itself, if nothing comes before; time_point::max(): never.
    [[nodiscard]] Clock::time_point due() const;
    /// The list is to be brought up to date by itself: true once.
    [[nodiscard]] bool due_to_look();

    void surroundings_changed(Surroundings::Change change);

    // point_desk_by_itself.cpp
    /// What is to be taken by itself now; nothing most of the time.
    [[nodiscard]] std::optional<Take> due_to_take();
    /// `gives_way`, asked where it was cancelled: for another job, after which it goes on.
    [[nodiscard]] Result<void> take_by_itself(JobId job, const Take& command, const StopToken& stop,
                                              const std::function<bool()>& gives_way);
    /// Another target folder is in use now.
    void target_changed();

private:
    // point_desk_watch.cpp
    enum class After { lost_line, failed_job };
    void plan_next_look(After after, const Error* why = nullptr);
    /// When the list is to be looked at, whoever waits for news meanwhile.
    [[nodiscard]] Clock::time_point next_look() const;
    /// The server has answered over the line that tells all news: the list is as it was.
    void note_checked();
    [[nodiscard]] bool can_wait_for_news() const;
    bool put_off_flags();
    /// A line was lost within an IDLE, after so long.
    void note_lost_idle(const Error& error, Clock::duration after);
    // point_desk_by_itself.cpp
    [[nodiscard]] bool takes_by_itself() const;
    /// Those that are to be tried now; of others `take_at_` is when.
    [[nodiscard]] std::vector<std::uint32_t> due_messages();
    void note_tried(std::uint32_t uid, const std::optional<Error>& error);
    void list_is_new();
    void show_not_taken(const std::optional<Error>& error);
    // point_desk_follow.cpp
    /// What the ledger has as out of the mailbox, by UID.
    [[nodiscard]] std::set<std::uint32_t> out_of(const store::MailboxId& mailbox) const;
    [[nodiscard]] std::set<std::uint32_t> put_back_since_opened() const;

    [[nodiscard]] point::Point definition() const;
    void show_health(const Result<void>& outcome);
    void note_habit();  ///< PointView::silence
    /// Messages of the mailbox that the ledger has as ended or off the list since then.
    [[nodiscard]] std::vector<store::MessageId>
    taken_or_removed(std::chrono::sys_seconds since) const;

    [[nodiscard]] Result<void> refresh(const work::RefreshContext& context, JobId job,
                                       const Wait& wait);
    [[nodiscard]] Result<void> list(work::RefreshContext context, work::Opened opened,
                                    ListingView& listing, ListKeeper& keeper, const Wait& wait);
    // point_desk_remembered.cpp
    /// The list as it is kept, before the server is asked. Nothing of it is taken or removed: it is
    /// not complete, and `listed_uid_validity_` stays nothing.
    void show_remembered(const point::Point& point, const StopToken& stop);
    /// These are read whole, which their structure does not tell.
    void keep_read_whole(const point::Point& point, const std::vector<std::uint32_t>& uids);
    /// What is to be listed, without what is remembered and has not changed.
    [[nodiscard]] Result<work::Opened> open_to_list(const point::Point& point, ListKeeper& keeper,
                                                    const Wait& wait);
    /// After a whole list.
    void keep_list(const point::Point& point, ListKeeper& keeper);
    /// What `command` needs to know. Where nobody looks at a list, no more than that.
    [[nodiscard]] Result<void> list_for(const point::Point& point, const Take& command, JobId job,
                                        const Wait& wait);
    /// The same; what a run that was cut off had begun to remove or put back is ended before.
    [[nodiscard]] Result<void> finish_and_list_for(const point::Point& point, const Take& command,
                                                   JobId job, const Wait& wait);
    /// The same for a job that counts other things than rows.
    [[nodiscard]] Result<void> list_to_change(const point::Point& point, const Take& about,
                                              JobId job, const Wait& wait);
    /// Cleans up after runs that were cut off; what can't be for now is `blocked_`.
    [[nodiscard]] Result<void> recover(const point::Point& point);
    void show_blocked(const point::Point& point);
    /// Shows what the ledger says of these now: another program was there.
    [[nodiscard]] Result<void> show_as_recorded(const point::Point& point,
                                                const std::vector<std::uint32_t>& uids);

    /// Where the server numbers the messages anew meanwhile, and `command` names none, twice.
    [[nodiscard]] Result<void> list_and_take(const point::Point& point, JobId job,
                                             const Take& command, const Wait& wait);
    /// Everything after the list is there.
    [[nodiscard]] Result<void> take_listed(const point::Point& point, TakeProgress& progress,
                                           const Take& command, const Wait& wait);
    /// What the point says is to leave the mailbox after its document.
    [[nodiscard]] Result<void> remove_taken(const point::Point& point, JobId job,
                                            const Take& command,
                                            const std::vector<MessageRow>& rows, const Wait& wait);
    /// That it stays, and why.
    void tell_staying(JobId job, const MessageRow& row, const MessageState& now);
    /// Which are to leave as well: their documents were made lately, by a run that was cut off
    /// before it removed them. Never one that was put back, or taken while the point did not say
    /// that it is to leave.
    [[nodiscard]] Result<std::vector<std::uint32_t>>
    left_by_earlier_runs(const store::MailboxId& mailbox,
                         const std::vector<MessageRow>& but_not) const;
    /// Those of them that are in the mailbox, and may go.
    [[nodiscard]] Result<std::vector<MessageRow>>
    rows_left_by_earlier_runs(const point::Point& point, const std::vector<MessageRow>& but_not,
                              const Wait& wait);
    /// What is listed under these numbers now, by number.
    using Meant = std::map<std::uint32_t, store::MessageId>;
    [[nodiscard]] Meant meant_by(const Take& about) const;
    /// Those that can't be removed, or were not meant, are told (JobView::kept).
    [[nodiscard]] std::vector<MessageRow> rows_to_remove(const Take& about, const Meant& meant,
                                                         JobId job) const;
    /// Ends what a run that was cut off had begun to remove or put back; then the list is old.
    [[nodiscard]] bool finish_removals(const point::Point& point, JobId job, const Wait& wait);
    /// Nobody may hold any more what was held when it was listed.
    [[nodiscard]] Result<void> ask_for_held(const point::Point& point, const Take& command);
    /// Asks the server which of these hold files in their texts, and has them read whole.
    [[nodiscard]] Result<void> find_text_files(const point::Point& point,
                                               const std::vector<const MessageRow*>& candidates,
                                               const Wait& wait);
    /// The same once the list is there, as far as that doesn't keep anybody waiting.
    void find_text_files_in_list(const point::Point& point, const Wait& wait);
    /// The same before they are taken: where the server can't search, all are read whole.
    [[nodiscard]] Result<void> find_text_files_patiently(const point::Point& point,
                                                         const Take& command, const Wait& wait);
    [[nodiscard]] Result<void> take_rows(const point::Point& point, std::vector<MessageRow> rows,
                                         const Take& command, TakeProgress& progress,
                                         const Wait& wait);
    /// The listed message, with its state of now. Errors as Decide has them.
    [[nodiscard]] Result<MessageRow> row_to_decide(const Decide& command) const;
    // point_desk_claims.cpp
    void note_listed(const imap::Mailbox& opened);
    /// That another Mailpoint has claimed them meanwhile.
    void show_lost(const std::vector<store::Ledger::Refusal>& refused);
    /// Of messages of which nothing came, so that others can take them.
    void give_back_claims(const point::Point& point, const Result<void>& outcome);
    [[nodiscard]] Result<work::TakeOutcome> take_once(const work::TakeContext& context,
                                                      const std::vector<MessageRow>& rows,
                                                      TakeProgress& progress, const Wait& wait);

    /// What the last check that came to its end has found.
    struct Found {
        PointHealth health = PointHealth::never;
        std::optional<Error> error;
    };

    Setup setup_;
    const std::chrono::sys_seconds begun_ =
        std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    Found found_;
    std::set<std::uint32_t> out_when_listed_, out_;  ///< out_of(), at the list, at the last look
    PointSession session_;
    ListedRows rows_;
    RemovalDesk removals_;
    ListingCare care_;
    RememberedList lists_;
    imap::IdlePeriod idle_period_;
    std::uint64_t changes_seen_ = 0;       ///< Session::changes_seen() of the list
    std::uint64_t listed_at_opening_ = 0;  ///< PointSession::openings() of the list
    /// In IDLE the server did not answer, so often in a short time, and when last.
    int silences_ = 0;
    Clock::time_point last_silence_{};
    Clock::time_point no_idle_before_{};  ///< the list is asked for from time to time till then
    bool is_opened_ = false;              ///< somebody has asked for the list
    Clock::time_point checked_{};         ///< PointView::checked_at, or when that was tried
    Clock::time_point line_since_{};      ///< of the line that the list came over
    Pace line_pace_, take_pace_;
    Clock::time_point not_before_{};  ///< no other line: the server wants to be left alone
    /// When that is to be done by itself.
    std::optional<Clock::time_point> look_at_, take_at_;
    std::optional<Clock::time_point> flags_due_;  ///< flags have changed; looked at then at latest
    struct Tried {
        int times = 0;
        Clock::time_point not_before{};
    };
    std::map<std::uint32_t, Tried> tried_;   ///< by itself
    std::optional<std::uint32_t> tried_of_;  ///< the UIDVALIDITY of these
    /// Nothing: the numbers of the list are void.
    std::optional<std::uint32_t> listed_uid_validity_;
    /// TakeContext::listed_mod_sequence, of all tries of the list.
    std::uint64_t listed_mod_sequence_ = 0;
    bool keeps_its_numbers_ = false;  ///< the server, as far as quirks.h knows
    std::optional<Take> listed_for_;  ///< the rows are what this needs; nothing: all, for a list
    std::vector<work::Blocked> blocked_;
    std::set<std::string> delivered_;  ///< TakeOutcome::delivered, of this job
    std::optional<Error> refused_;     ///< why something was not taken that looks as new as before
};

}  // namespace mail
