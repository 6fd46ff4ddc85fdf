#pragma once
// The one door to the mail side, for the window and for the commands. All functions: any thread,
// none blocks.

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "mail/commands.h"
#include "mail/imap/transcript.h"
#include "mail/net/default_route.h"
#include "mail/point/workspace.h"
#include "mail/proposal/propose.h"
#include "mail/secrets/secret_store.h"
#include "mail/snapshot.h"

namespace mail {

class Engine {
public:
    /// Points that are not of the workspace: the demo's, or a definition given by its path.
    struct Guest {
        point::Point point;
        std::string path;
        bool demo = false;
        std::optional<Secret> password;
        std::string target_folder;  ///< in place of the definition's
    };
    struct Setup {
        point::Workspace workspace;  ///< on a disk that outlives the engine by the slowest answer
                                     ///< of a folder, as the real one does
        std::unique_ptr<SecretStore> secrets;
        std::vector<Guest> guests = {};
        std::string operator_name = {};
        /// The person's own folder on this computer, for what no workspace may say: which commands
        /// of OCR points may run. Those commands work in it. "": nothing is remembered.
        std::string own_folder = {};
        /// For any point, before the store is asked (MAILPOINT_PASSWORD).
        std::optional<Secret> password = {};
        /// Target folders by point id that go before those of the definitions (--out).
        std::map<std::string, std::string> target_folders = {};
        /// What SetFolder chooses is the person's until he changes it. Else (and of the demo) it
        /// holds for this engine: a script's target must not change because somebody clicked.
        bool remembers_chosen_folders = false;
        /// Makes the sample mailbox when it is asked for (OpenDemo); called on a worker thread.
        std::function<Result<Guest>()> make_demo = {};
        /// Sees the conversation with every server; called on worker threads.
        imap::TranscriptObserver transcript = {};
        /// For waiting between two tries; must outlive the engine.
        const TimeSource* time = &real_time();
        /// Where settings for an address are asked for.
        proposal::Setup proposals = {};
        /// Opens the person's browser there and doesn't wait for it; false: it surely did not
        /// open. Called on a worker thread, as is the next.
        std::function<bool(const std::string& address)> open_browser = {};
        /// The page that a sign-in ends on, as HTML: of success without an error.
        std::function<std::string(const Error* error, const std::string& language)> sign_in_page =
            {};
        /// The file of an exported log.
        std::function<std::string(const std::vector<store::Action>& actions, ExportLog::Form form)>
            log_text = {};
        /// The file of an exported report.
        std::function<std::string(const DayReport& report, ExportLog::Form form)> report_text = {};
        /// How long a deleted point can come back with its password; then that is wiped.
        std::chrono::milliseconds deleted_kept = std::chrono::minutes(5);
        /// Then a folder that is asked for is folder_silent.
        std::chrono::milliseconds folder_answers_in = std::chrono::seconds(10);
        /// How often copies and lines of the log whose time is over are deleted, and lists that
        /// nobody looks at: first at the start.
        std::chrono::milliseconds tidies_every = std::chrono::hours(24);
        /// How often the ledger is looked at for what other programs have done; 0: only when a
        /// point is opened or worked on.
        std::chrono::milliseconds follows_ledger_every = {};
        /// How often points and rules are looked at for what others have changed in them; 0: only
        /// by ReloadPoints, and for what changes them.
        std::chrono::milliseconds follows_definitions_every = {};
        /// The version of the program that makes the rows of lists, which are then kept between two
        /// runs and shown before the server has answered; never those of the demo. "": not kept.
        std::string keeps_lists_of = {};
        /// Points that are opened are kept up to date from then on: what is new shows by itself,
        /// and a line that was lost is made again. Where they say so (General::take_by_itself),
        /// what is new is taken.
        bool keeps_live = false;
        /// Then that is taken whatever the point says.
        bool takes_new = false;
        /// Looked at while they are: what tells that the computer has slept, or is in another
        /// network. Then lines are made anew at once.
        std::chrono::milliseconds looks_around_every = std::chrono::seconds(5);
        std::function<std::chrono::system_clock::time_point()> wall_time =
            &std::chrono::system_clock::now;
        std::function<std::string()> network = &net::default_routes;
        /// What failed by itself is tried again after that, then later and later (pace.h).
        std::chrono::milliseconds tries_again_after = std::chrono::seconds(2);
        /// Lists that are kept up to date are checked so often at least, over the open line or by
        /// asking anew; a line over which a server doesn't answer in that time is lost.
        std::chrono::milliseconds checks_every = std::chrono::minutes(5);
        std::chrono::milliseconds line_answers_in = std::chrono::seconds(30);
        /// Who is at work: what the rules of operators.json are asked for.
        point::SystemAccount account = point::system_account();
    };
    /// `on_change` is called from worker threads when a new snapshot is there; it must not block.
    /// A ledger that can't be opened is no error: Snapshot::ledger_error. Errors: those of
    /// Workspace::points().
    [[nodiscard]] static Result<std::unique_ptr<Engine>> start(Setup setup,
                                                               std::function<void()> on_change);
    /// Stops all jobs (within 2 s, all invariants kept) and waits for the workers.
    ~Engine();
    Engine(const Engine&) = delete;
    Engine& operator=(const Engine&) = delete;

    JobId post(Command command);
    void cancel(JobId job);  ///< takes effect within 100 ms, wherever the job waits
    [[nodiscard]] std::shared_ptr<const Snapshot> snapshot() const;  ///< never null; never changes

private:
    struct State;
    explicit Engine(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace mail
