#pragma once
// All that can be seen of the mail side, immutable. A new snapshot shares what has not changed with
// the one before: a tick of progress copies no rows. Text from mails is UTF-8 and made safe for one
// line.

#include <array>
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "mail/base/result.h"
#include "mail/commands.h"
#include "mail/day_report.h"
#include "mail/diagnose/diagnosis.h"
#include "mail/point/office.h"
#include "mail/point/operators.h"
#include "mail/point/point.h"
#include "mail/preview/preview.h"
#include "mail/proposal/proposal.h"
#include "mail/silence.h"
#include "mail/store/action.h"
#include "mail/store/ocr_job.h"
#include "mail/work/forecast.h"
#include "mail/work/message.h"

namespace mail {

using diagnose::Diagnosis;
using preview::NoPreview;
using preview::Picture;
using preview::Text;
using proposal::Proposal;
using work::is_claimed_elsewhere;
using work::is_open;
using work::MessageRow;
using work::MessageState;
using work::name_of;
using work::Parts;
using work::PartView;
using work::Reason;
using work::Status;
using work::Verdict;

struct MailboxView {
    /// Chunks, so that the first rows show before all are there and nothing is copied as more come.
    std::vector<std::shared_ptr<const std::vector<MessageRow>>> chunks;
    work::StateMap changes;          ///< since the rows were listed
    std::uint64_t rows_version = 0;  ///< changes when rows come or go: sort and filter again
    std::uint64_t states_version = 0;
    std::uint32_t uid_validity = 0;  ///< of the rows
    std::size_t expected = 0;        ///< messages in the folder, while listing
    bool complete = false;
    /// UIDs of messages that were put back while the point was open: new to the mailbox only.
    std::shared_ptr<const std::set<std::uint32_t>> put_back;

    /// The message's state now.
    [[nodiscard]] const MessageState& state_of(const MessageRow& row) const;
    /// How many of the listed messages have that status now.
    [[nodiscard]] std::size_t count_of(Status status) const;
    std::array<std::size_t, work::status_count> counts{};  ///< by Status
};

/// The files of an OCR point, the first seen first.
struct OcrView {
    struct File {
        store::OcrJob job;
        bool lies_long = false;  ///< it waits for longer than the point says
    };
    std::vector<File> files;
    bool is_running = false;     ///< by this program
    std::optional<Error> fault;  ///< what keeps it from the folder or the ledger at present
};

enum class PointHealth : std::uint8_t { never, checking, ok, signin, down };

struct PointView {
    std::shared_ptr<const point::Point> definition;
    std::string path;            ///< of its file; "" for the demo
    std::string content_sha256;  ///< of its file as read; "" for a guest
    bool demo = false;
    bool read_only = false;  ///< given by a path, or the demo: not edited here
    std::optional<Error>
        file_error;            ///< the definition could not be read; `definition` has just a name
    std::string secret_field;  ///< where somebody wrote a secret into the file (point/secrets_in.h)
    PointHealth health = PointHealth::never;
    std::optional<Error> error;  ///< why signin or down
    /// Why new messages are not taken by themselves at present (General::take_by_itself).
    std::optional<Error> not_taken;
    std::chrono::system_clock::time_point checked_at{};
    std::optional<Silence> silence;  ///< of the list; nothing where it has no habit
    std::string defined_folder;  ///< the definition's target, or that of its OCR point; absolute
    /// In use now; "" if none is. Empty, too, where a choice was made that can't be read.
    std::string target_folder;
    enum class FolderFrom : std::uint8_t {
        definition,
        chosen,  ///< by SetFolder
        given    ///< to this program: Engine::Setup::target_folders
    } folder_from = FolderFrom::definition;
    std::shared_ptr<const MailboxView> mailbox;  ///< null until opened
    std::shared_ptr<const OcrView> ocr;          ///< of an OCR point; null until it was looked at
};

/// How far a sign-in at a provider has come. No secret but what is of use for this one sign-in.
struct AuthorizationView {
    enum class Stage : std::uint8_t {
        preparing,
        browser,    ///< waiting for the person at `address`
        device,     ///< waiting for the person, who types `user_code` at `address`
        redeeming,  ///< the answer is there
        mailbox     ///< trying whether the mailbox opens
    } stage = Stage::preparing;
    std::string address;
    std::string complete_address;  ///< device: with the code in it; "" where there is none
    std::string user_code;
    std::chrono::system_clock::time_point ends{};  ///< of waiting for the person
    bool browser_opened = false;                   ///< nobody said that it could not be
};

/// A message that left the mailbox.
struct QuarantineView {
    std::uint32_t uid = 0, uid_validity = 0;
    std::uint32_t number = 0;  ///< as of Restore::Which
    bool is_marked = false;    ///< \\Deleted was set only: it left, or will, when somebody expunges
    std::string message_id;    ///< with its angle brackets; "" where it had none
    std::string subject, sender, who;
    std::chrono::sys_seconds removed{}, keep_until{};
    std::uint64_t size_octets = 0;
};

/// Who has signed in at a provider, and how that stands.
struct AccountView {
    std::string login;          ///< that it was for
    std::string person;         ///< as the provider calls the account; "" where it doesn't tell
    bool other_person = false;  ///< that is another name than the login
    std::string issuer, scopes;
    std::chrono::system_clock::time_point signed_in{}, expires{}, refreshed{};
    bool renewable = false;      ///< goes on by itself when it expires
    std::optional<Error> error;  ///< of the last refresh, where that failed
    std::chrono::system_clock::time_point error_since{};
};

/// A look at a part of a message of a point, or of a mail in a file. Loading as long as there is
/// neither content nor error.
struct PreviewView {
    std::string point;  ///< "": of a file
    std::uint32_t uid = 0, uid_validity = 0;
    std::string path;  ///< of the file
    std::string part;  ///< as it was asked for
    JobId job = 0;     ///< that was asked for it
    std::optional<preview::Preview> content;
    std::optional<Error> error;
};

/// A mail in a file.
struct LetterView {
    std::string path;
    std::string subject, sender_name, sender_address;
    std::optional<std::chrono::sys_seconds> sent;
    std::uint64_t size_octets = 0;
    Parts parts;  ///< as judged for a point without wishes
};

struct JobView {
    JobId id = 0;
    enum class Kind : std::uint8_t {
        open,
        take,
        decide,
        password,
        save,
        remove,
        restore,
        import,
        export_,
        operators,
        folders,
        diagnose,
        what_if,
        demo,
        propose,
        authorize,
        remove_messages,
        restore_messages,
        quarantine,
        log,
        report,
        preview,
        save_message,
        look_into,
        save_files,
        ocr,
        other
    } kind = Kind::other;
    std::string point;
    enum class State : std::uint8_t {
        waiting,
        running,
        stopping,
        done,
        failed,
        cancelled
    } state = State::waiting;
    bool by_itself = false;  ///< Take::by_itself; it gives way to what a person asks for
    std::optional<Error> error;
    std::optional<Error> held_up;  ///< why it waits now before it tries again
    std::size_t messages_done = 0, messages_total = 0;
    std::size_t documents = 0, files = 0;  ///< of Take: made by it; files of SaveFiles, too
    std::size_t files_there = 0;           ///< of both: had that content already
    std::size_t messages_failed = 0, messages_check = 0;
    std::size_t parts_failed = 0;  ///< of SaveFiles: could not be written
    std::uint64_t octets_done = 0, octets_total = 0;
    std::chrono::steady_clock::time_point started{}, ended{};
    std::vector<std::string> folders;                        ///< outcome of ListFolders
    std::shared_ptr<const Diagnosis> diagnosis;              ///< of Diagnose, as far as it has come
    std::shared_ptr<const work::Forecast> forecast;          ///< outcome of WhatIf
    std::shared_ptr<const Proposal> proposal;                ///< outcome of Propose
    std::shared_ptr<const AuthorizationView> authorization;  ///< of Authorize, as far as it is
    /// Outcome of Authorize and LookUpAccount; null: nobody is signed in.
    std::shared_ptr<const AccountView> account;
    /// Outcome of CheckFolder: "free_octets", where little is left; "used_by", the name of another
    /// point with that target folder.
    Facts folder_facts;
    /// Of Remove: what stayed and why; of Restore: what could not be put back. By UID.
    std::vector<std::pair<std::uint32_t, Error>> kept;
    std::vector<std::uint32_t> about;  ///< of Remove: the UIDs that it was asked to remove
    /// Of Restore: so many were in the mailbox already, the same in every octet, and were not put
    /// beside those.
    std::size_t were_there = 0;
    /// Of Remove: these left, or were marked, or are off the list. For an undo.
    std::vector<Restore::Which> removed;
    std::size_t marked = 0;  ///< of Remove: so many of `removed` are marked \\Deleted only
    std::vector<std::uint32_t> marked_uids;  ///< these
    struct TakenAlong {
        std::uint32_t uid = 0;
        std::string subject, message_id;
    };
    /// Of Remove: not asked for, and deleted by the server with the others, since somebody had
    /// marked them (Remove::Others::take_along). In the quarantine, too.
    std::vector<TakenAlong> taken_along;
    std::shared_ptr<const std::vector<QuarantineView>> quarantine;  ///< of LookUpQuarantine
    std::shared_ptr<const std::vector<store::Action>> log;          ///< of LookUpLog: newest first
    std::shared_ptr<const DayReport> report;                        ///< outcome of MakeReport
    std::int64_t log_older = 0;      ///< older ones are to be looked up before that; 0: none
    std::size_t log_total = 0;       ///< in all, as asked for; 0: not told
    bool has_client_secret = false;  ///< outcome of LookUpAccount: one is stored for the client
    std::string saved_point;         ///< outcome of SavePoint, ImportPoint, OpenDemo: its id
    std::string saved_path;          ///< of SaveMessage and SaveFiles: absolute
    /// Of SaveMessage: it is the message, but may not be all of it.
    std::optional<Error> doubt;
    std::shared_ptr<const LetterView> letter;  ///< outcome of LookInto and SaveFiles
    /// The definition was saved, deleted or restored, but not its password: why. Of a deleted one
    /// the fact "deleted" is the file with whose path `mailpoint password --delete` can do it.
    std::optional<Error> password_error;

    /// Done, failed or cancelled: nothing of it changes any more.
    [[nodiscard]] bool has_ended() const;
};

/// Where passwords are kept, and what it wants before it gives any.
struct SecretsView {
    enum class Kind : std::uint8_t { unknown, system, file, memory } kind = Kind::unknown;
    /// new: there is no file yet, the next one given by UnlockSecrets becomes its master password.
    /// longer: the same; one was given from outside, and is too short for a new file.
    enum class Wants : std::uint8_t {
        nothing,
        master_password,
        new_master_password,
        longer_master_password
    } wants = Wants::nothing;
};

struct Snapshot {
    std::uint64_t version = 0;
    std::string workspace;  ///< its folder; a relative target folder begins there
    std::vector<std::shared_ptr<const PointView>> points;  ///< those that the operator may see
    std::vector<std::shared_ptr<const JobView>> jobs;  ///< running and recently ended, oldest first
    std::shared_ptr<const PreviewView> preview;        ///< the last that was asked for, or null
    SecretsView secrets;  ///< unknown until the system has answered, which may take seconds
    std::optional<std::string> damaged_ledger_copy;
    std::optional<Error> ledger_error;  ///< why no point can be opened; all else goes on
    /// Never null; empty: there are no rules yet.
    std::shared_ptr<const point::Operators> operators = std::make_shared<point::Operators>();
    /// Never null.
    std::shared_ptr<const point::Office> office = std::make_shared<point::Office>();
    std::optional<Error> office_error;  ///< why its file can't be read
    std::string me;                     ///< id of the current operator; "" if not among them
    bool may_define = true, may_see_points = true;
    /// operators.json can't be read: until it can, nobody works with the workspace's points.
    std::optional<Error> operators_error;

    [[nodiscard]] const PointView* point(std::string_view id) const;
    [[nodiscard]] const JobView* job(JobId id) const;
};

}  // namespace mail
