#pragma once
// What an Engine is made of. What its commands do stands in engine_points.cpp (definitions),
// engine_secrets.cpp (passwords), engine_forms.cpp (what is in a form, saved or not),
// engine_folders.cpp (target folders), engine_activity.cpp (log and quarantine) and
// engine_looks.cpp (looks that take nothing); engine.cpp takes them in and hands them to threads.
// Private to the engine.

#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "mail/board.h"
#include "mail/definitions.h"
#include "mail/engine.h"
#include "mail/job_thread.h"
#include "mail/look_desk.h"
#include "mail/oauth/keeper.h"
#include "mail/ocr_desk.h"
#include "mail/point/allowed_commands.h"
#include "mail/point/chosen_folders.h"
#include "mail/point_desk.h"
#include "mail/surroundings.h"

namespace mail {

// Somebody may have to unlock the store.
inline constexpr auto store_keeps_in = std::chrono::seconds(60);

[[nodiscard]] bool concerns_master_password(const Error& error);

// Somebody who looks from message to message; the server is to have it back soon.
inline constexpr auto look_session_kept = std::chrono::minutes(1);

/// One point's work and the thread that does it; looks have their own, so that none waits for a
/// taking, nor a taking for them.
struct Desk {
    /// Has this thread do that, as a job of its own.
    using Post = std::function<void(JobThread&, Command)>;
    Desk(PointDesk::Setup setup, Post post)
        : work(setup), looks(std::move(setup)), post_(std::move(post)),
          worker({[this] { return due(); }, [this] { when_due(); }},
                 [this](const StopToken& stop) { meanwhile(stop); }),
          look_worker(look_session_kept, [this] { looks.sign_out(); }) {}

    PointDesk work;
    LookDesk looks;
    std::atomic<bool> follows = false;  ///< PointDesk::follow() waits for its turn
    std::atomic<JobId> gives_way = 0;   ///< the job that was stopped only for another's sake
    /// What `worker` does just now is no use of the session.
    void passes_by() { passed_by_ = true; }

private:
    // engine_watch.cpp; all on `worker`
    [[nodiscard]] Clock::time_point due();
    void when_due();
    void meanwhile(const StopToken& stop);
    [[nodiscard]] bool take_what_is_due();
    void look_again();

    Post post_;
    bool passed_by_ = false;
    Clock::time_point unused_from_{};  ///< the session was of no use for session_kept by then

public:
    JobThread worker;  ///< last, so that they end before what they work on goes
    JobThread look_worker;
};

struct OcrWork {
    explicit OcrWork(OcrDesk::Setup setup) : work(std::move(setup)) {}
    OcrDesk work;
    JobThread worker;  ///< last, so that it ends before `work` goes
};

struct Engine::State {
    State(Setup given, std::unique_ptr<store::Ledger> opened, std::function<void()> on_change)
        : setup(std::move(given)), ledger(std::move(opened)), board(std::move(on_change)),
          definitions(setup.workspace, setup.account),
          keeper({*setup.secrets, [this] { return sign_in_locks(); }}),
          allowed_commands(
              setup.workspace.disk(),
              setup.own_folder.empty() ? "" : join_path(setup.own_folder, "ocr-commands.json")) {}

    [[nodiscard]] std::shared_ptr<const PointView> view_of(const point::StoredPoint& stored) const;
    [[nodiscard]] std::shared_ptr<const PointView> view_of(const Guest& guest) const;
    /// That of its OCR point, where it has one that is there; else its own. Absolute, or "".
    [[nodiscard]] std::string defined_folder(const point::Point& point) const;
    /// The one that the command line gave for that point, or this one.
    /// Fills in which target is in use.
    void show_target(PointView& view) const;
    void load_chosen_folders();
    [[nodiscard]] Result<void> choose_folder(const PointView& view, const std::string& folder);
    [[nodiscard]] std::string given_folder_or(const std::string& point, std::string folder) const;
    [[nodiscard]] std::string absolute_in_workspace(const std::string& folder) const;
    [[nodiscard]] Result<void> reload();
    void show_definitions();
    /// On its thread, whoever that is: `desks` is not looked at.
    JobId post_to(JobThread& worker, Command command);
    void cancel(JobId job);
    /// Cancels what runs or waits for that point.
    void stop_work(const std::string& point);
    /// The next job of that point signs in again.
    void forget_session(const std::string& point);
    [[nodiscard]] Desk& desk(const std::string& point);
    // engine_ocr.cpp
    [[nodiscard]] OcrWork& ocr_work(const std::string& point);
    [[nodiscard]] Result<OcrDesk::Place> ocr_place(const std::string& point) const;
    [[nodiscard]] Result<void> run(const RunOcr& command, JobId job, const StopToken& stop);
    [[nodiscard]] Result<void> run(const WatchOcr& command, JobId job, const StopToken& stop);
    [[nodiscard]] Result<void> run(const LookAtOcr& command, JobId job, const StopToken& stop);
    [[nodiscard]] Result<void> run(const AllowOcrCommand& command, JobId job,
                                   const StopToken& stop);
    [[nodiscard]] Result<void> run(const RetryOcr& command, JobId job, const StopToken& stop);
    [[nodiscard]] Result<void> run(const StopOcrFile& command, JobId job, const StopToken& stop);
    /// Of the stored password that may be used for it. A stored password goes where the definition
    /// in the workspace says; for one that lies elsewhere, only to where it said when the password
    /// was stored. Nothing: for a form that is neither, of somebody who may not define.
    [[nodiscard]] std::optional<std::string> stored_key(const point::Point& point) const;
    [[nodiscard]] std::string stored_key_of_shown(const std::string& id) const;
    [[nodiscard]] Result<std::optional<Secret>> stored_password(const point::Point& form,
                                                                const Wait& wait) const;
    [[nodiscard]] std::optional<Secret> given_password(const std::string& point) const;

    [[nodiscard]] Result<void> run(const OpenPoint& command, JobId job, const StopToken& stop);
    [[nodiscard]] Result<void> run(const Take& command, JobId job, const StopToken& stop);
    [[nodiscard]] Result<void> run(const Decide& command, JobId job, const StopToken& stop);
    [[nodiscard]] Result<void> run(const SetFolder& command, JobId job, const StopToken& stop);
    [[nodiscard]] Result<void> run(const GivePassword& command, JobId job, const StopToken& stop);
    [[nodiscard]] Result<void> run(const SavePoint& command, JobId job, const StopToken& stop);
    [[nodiscard]] Result<void> run(const DeletePoint& command, JobId job, const StopToken& stop);
    [[nodiscard]] Result<void> run(const RestorePoint& command, JobId job, const StopToken& stop);
    [[nodiscard]] Result<void> run(const ImportPoint& command, JobId job, const StopToken& stop);
    [[nodiscard]] Result<void> run(const ExportPoint& command, JobId job, const StopToken& stop);
    [[nodiscard]] Result<void> run(const SaveOperators& command, JobId job, const StopToken& stop);
    [[nodiscard]] Result<void> run(const SaveOfficeClient& command, JobId job,
                                   const StopToken& stop);
    [[nodiscard]] Result<void> run(const SaveRetention& command, JobId job, const StopToken& stop);
    [[nodiscard]] Result<void> run(const ListFolders& command, JobId job, const StopToken& stop);
    [[nodiscard]] Result<void> run(const WhatIf& command, JobId job, const StopToken& stop);
    [[nodiscard]] Result<void> run(const Diagnose& command, JobId job, const StopToken& stop);
    [[nodiscard]] Result<imap::Credentials>
    credentials_for(const point::Point& form, const std::optional<Secret>& typed, const Wait& wait);
    [[nodiscard]] Result<std::unique_ptr<imap::Session>>
    session_for(const point::Point& form, const std::optional<Secret>& typed, const Wait& wait);
    [[nodiscard]] std::string target_folder_of(const point::Point& form) const;
    [[nodiscard]] Result<void> run(const ReloadPoints& command, JobId job, const StopToken& stop);
    [[nodiscard]] Result<void> run(const OpenDemo& command, JobId job, const StopToken& stop);
    [[nodiscard]] Result<void> run(const Propose& command, JobId job, const StopToken& stop);
    [[nodiscard]] std::string other_user_of(const std::string& folder,
                                            const std::string& form_of) const;
    /// A file for somebody who has named its place: on a share that has gone, folder_silent.
    [[nodiscard]] Result<void> hand_out(const std::string& path, bool replace,
                                        const std::string& content, const StopToken& stop);
    /// What CheckFolder has as folder_facts.
    [[nodiscard]] Result<Facts> try_folder(const std::string& folder, bool make,
                                           const std::string& form_of, const StopToken& stop);
    [[nodiscard]] Result<void> run(const CheckFolder& command, JobId job, const StopToken& stop);
    /// Work on a point of the workspace needs the right to it. Definitions asks for changes itself.
    [[nodiscard]] Result<void> allow(const Command& command);
    [[nodiscard]] Result<void> run(const ForgetPassword& command, JobId job, const StopToken& stop);
    [[nodiscard]] Result<void> run(const UnlockSecrets& command, JobId job, const StopToken& stop);
    [[nodiscard]] Result<void> run(const Authorize& command, JobId job, const StopToken& stop);
    [[nodiscard]] Result<void> run(const LookUpAccount& command, JobId job, const StopToken& stop);
    [[nodiscard]] Result<void> run(const SignOut& command, JobId job, const StopToken& stop);
    [[nodiscard]] Result<void> run(const HandOverAnswer& command, JobId job, const StopToken& stop);
    [[nodiscard]] Result<void> run(const ForgetClientSecret& command, JobId job,
                                   const StopToken& stop);
    [[nodiscard]] Result<void> run(const Remove& command, JobId job, const StopToken& stop);
    [[nodiscard]] Result<void> run(const Restore& command, JobId job, const StopToken& stop);
    [[nodiscard]] Result<void> run(const LookUpQuarantine& command, JobId job,
                                   const StopToken& stop);
    [[nodiscard]] Result<void> run(const EmptyQuarantine& command, JobId job,
                                   const StopToken& stop);
    [[nodiscard]] Result<void> run(const LookUpLog& command, JobId job, const StopToken& stop);
    [[nodiscard]] Result<void> run(const ExportLog& command, JobId job, const StopToken& stop);
    // engine_looks.cpp
    [[nodiscard]] Result<void> run(const Preview& command, JobId job, const StopToken& stop);
    [[nodiscard]] Result<void> run(const SaveMessage& command, JobId job, const StopToken& stop);
    [[nodiscard]] Result<void> run(const LookInto& command, JobId job, const StopToken& stop);
    [[nodiscard]] Result<void> run(const PreviewInFile& command, JobId job, const StopToken& stop);
    [[nodiscard]] Result<void> run(const SaveFiles& command, JobId job, const StopToken& stop);
    /// What is shown until a look that is asked for has its outcome; nothing of other commands.
    [[nodiscard]] static std::optional<PreviewView> loading_view(const Command& command, JobId job);
    /// In place of the one before, which is stopped.
    void begin_preview(PreviewView loading);
    /// Unless another one was asked for meanwhile.
    void show_preview(JobId job, Result<preview::Preview> outcome);
    [[nodiscard]] Result<void> run(const MakeReport& command, JobId job, const StopToken& stop);
    [[nodiscard]] Result<void> run(const ExportReport& command, JobId job, const StopToken& stop);
    [[nodiscard]] Result<DayReport> make_report(const MakeReport& command, const StopToken& stop);
    /// One reading of the log, newest first, and what of it the person may see.
    struct LogPage {
        std::vector<store::Action> actions;
        std::int64_t last = 0;  ///< smallest number that was read; 0: there are no more
    };
    [[nodiscard]] Result<LogPage> log_page(const store::ActionQuery& query);
    /// Pages of it until so many are there; LogPage::last of the last one.
    [[nodiscard]] Result<LogPage> read_log(store::ActionQuery query, std::size_t enough,
                                           const StopToken& stop);
    /// Where lists are kept, if that of this point is.
    [[nodiscard]] RememberedList::Setup lists_of(const std::string& point) const;
    /// Of a point that is shown; "" of others.
    [[nodiscard]] std::string name_of_point(const std::string& point) const;
    /// Writes into the activity log what a command that is done has changed. `name_before`: of its
    /// point, which may be gone.
    void note(const Command& command, JobId job, const std::string& name_before);
    [[nodiscard]] Result<void>
    drop_copies(const std::vector<std::pair<store::MailboxId, store::RemovalEntry>>& entries,
                const std::string& who);
    void purge_expired();
    /// All that has a time for which it is kept; `office` only, as is the next.
    void tidy();
    [[nodiscard]] Clock::time_point tidying_due() const;
    /// Those of the log that the workspace keeps for no longer.
    void forget_old_actions();
    /// What there still is where none is kept. Old ones are looked for after a list was written.
    void forget_lists_of_none();
    [[nodiscard]] Result<void> allow_account_of(const point::Point& form);
    /// The folder of the locks under which tokens are renewed: where the store is.
    [[nodiscard]] std::string sign_in_locks() const;
    [[nodiscard]] Result<oauth::Account> sign_in(const Authorize& command, JobId job,
                                                 const Wait& wait);
    void show_password(JobId job, const Result<void>& outcome);
    [[nodiscard]] Result<void> delete_password(const std::string& point, const StopToken& stop);
    /// Wipes what nobody can undo any more; `office` only, as is the next.
    void forget_deleted();
    [[nodiscard]] Clock::time_point deleted_due() const;  ///< when that has something to do
    /// May block as the store does.
    void show_secrets();
    [[nodiscard]] Result<Command> with_client(Command command) const;
    void execute(const Command& command, JobId job, const StopToken& stop);
    [[nodiscard]] JobThread& worker_for(const Command& command);

    Setup setup;
    std::unique_ptr<store::Ledger> ledger;
    Board board;
    Definitions definitions;  ///< changed on `office` only
    oauth::Keeper keeper;
    point::AllowedCommands allowed_commands;
    /// What a deleted point needs to come back as it was.
    struct Deleted {
        std::optional<Secret> password;
        Clock::time_point until;
    };
    std::map<std::string, Deleted> deleted;  ///< by point, for RestorePoint; `office`
    point::ChosenFolders chosen;             ///< by SetFolder; `office`, as is the next
    std::optional<Error> chosen_error;       ///< why they could not be read
    mutable std::mutex mutex;  ///< of desks, and of setup.guests, which only `office` changes
    std::map<std::string, std::unique_ptr<Desk>> desks;
    std::map<std::string, std::unique_ptr<OcrWork>> ocr_works;  ///< likewise, by OCR point
    Clock::time_point tidied_at = Clock::now();  ///< `office`; at the start by a job of its own
    /// Definitions, folders of a form: what is no open point's work.
    JobThread office{{[this] { return std::min(deleted_due(), tidying_due()); },
                      [this] {
                          forget_deleted();
                          if (Clock::now() >= tidying_due())
                              tidy();
                      }}};
    JobThread clinic;   ///< diagnoses: each may take a minute, and saving must go on
    JobThread enquiry;  ///< proposals: somebody waits for each with a form half filled in
    JobThread lobby;    ///< sign-ins: each waits for a person
    JobThread scout;    ///< folders of a form: a share that has gone answers late
    JobThread reader;   ///< mails in files
    // engine_watch.cpp
    [[nodiscard]] Clock::time_point ledger_due() const;
    void look_at_ledger();
    void follow(Desk& desk, const std::string& point);
    /// What the point does by itself on that thread is stopped: a person wants something of it.
    void make_way(const JobThread& worker, const std::string& point);
    void target_changed(const std::string& point);
    std::optional<std::int64_t> ledger_version;  ///< `watch`, as is the next
    Clock::time_point ledger_looked_at{};
    /// What other programs changed in the definitions and the rules, without anybody's asking.
    [[nodiscard]] Clock::time_point definitions_due() const;
    void look_at_definitions();
    Clock::time_point definitions_looked_at{};       ///< `watch`
    std::atomic<bool> definitions_are_read = false;  ///< on `office`, now or soon
    [[nodiscard]] Clock::time_point surroundings_due() const;
    void look_around();
    Surroundings surroundings;  ///< `watch`, as is the next
    Clock::time_point looked_around_at{};
    JobThread watch{{[this] {
                         return std::min({ledger_due(), definitions_due(), surroundings_due()});
                     },
                     [this] {
                         if (Clock::now() >= ledger_due())
                             look_at_ledger();
                         if (Clock::now() >= definitions_due())
                             look_at_definitions();
                         if (Clock::now() >= surroundings_due())
                             look_around();
                     }}};
};

}  // namespace mail
