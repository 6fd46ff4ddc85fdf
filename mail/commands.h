#pragma once
// All that can be asked of the engine, as plain structs. Whoever posts one gets a JobId and sees
// the outcome in later snapshots.

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "mail/base/secret.h"
#include "mail/point/office.h"
#include "mail/point/operators.h"
#include "mail/point/point.h"
#include "mail/store/action.h"
#include "mail/store/decision.h"
#include "mail/work/others.h"

namespace mail {

using JobId = std::uint64_t;  ///< 0 is none

/// A point is named by its id everywhere.
struct OpenPoint {  ///< list its mailbox and show it; an open one is brought up to date
    std::string point;
    /// What a run that was cut off had begun to remove or put back is not ended.
    bool only_look = false;
};
struct Take {  ///< make documents of these messages
    std::string point;
    std::vector<std::uint32_t> uids;  ///< empty: all that are new
    bool again = false;               ///< also what was taken before
    bool by_itself = false;           ///< the engine's own: nobody has asked for it
};
/// Whether a part of a listed message becomes a file, whatever the rules of the point say; by_rules
/// takes such a decision back. Nothing is taken by it. Errors: nothing_to_decide, message_changed,
/// busy_elsewhere, no_such_message, message_gone.
struct Decide {
    std::string point;
    std::uint32_t uid = 0;
    std::uint32_t uid_validity = 0;  ///< MailboxView::uid_validity; 0: as it is listed now
    std::string part;                ///< mime::Part::path
    store::Decision decision = store::Decision::by_rules;
};
/// The target folder of the point for this person, where the point lets it be chosen
/// (folder_choice_not_allowed); a relative one starts at the workspace. A take under way ends in
/// the one it began with. Errors and facts: those of CheckFolder; nothing has changed then.
struct SetFolder {
    std::string point;
    std::string folder;  ///< "": that of the definition again
    bool make = false;   ///< as in CheckFolder
};
/// Takes messages off the list, or out of the mailbox, too (only where the point allows it:
/// removal_not_allowed). What stayed, and why, is JobView::kept.
struct Remove {
    std::string point;
    std::vector<std::uint32_t> uids;
    bool from_mailbox = false;
    bool despite_gate = false;  ///< the person was asked: also what the gate holds back
    /// A server without UIDPLUS takes along whatever is marked \\Deleted. ask: where there are
    /// such, the job fails with others_marked (fact "count"), and nothing was done.
    using Others = work::Others;
    Others others = Others::ask;
};
/// Back on the list, and into the mailbox where it left that.
struct Restore {
    std::string point;
    struct Which {
        std::uint32_t uid = 0;
        std::uint32_t uid_validity = 0;  ///< 0: as the folder is now
        std::uint32_t number = 0;        ///< store::RemovalEntry::number
    };
    std::vector<Which> messages;
};
struct LookUpQuarantine {  ///< JobView::quarantine
    std::string point;
};
struct EmptyQuarantine {  ///< of the point; can't be undone
    std::string point;
};
struct LookUpLog {  ///< JobView::log
    store::ActionQuery query;
};
/// All that LookUpLog would find, as a file; at_most: of one reading.
struct ExportLog {
    store::ActionQuery query;
    std::string path;
    enum class Form : std::uint8_t { csv, json } form = Form::csv;
    bool replace = false;  ///< as in ExportPoint
};
/// What became of messages in [since, until): JobView::report.
struct MakeReport {
    std::string point;  ///< id; "": of all
    std::chrono::sys_seconds since{}, until{};
};
/// The same as a file.
struct ExportReport {
    MakeReport report;
    std::string path;
    ExportLog::Form form = ExportLog::Form::csv;
    bool replace = false;  ///< as in ExportPoint
};
/// A look at one part of a listed message, which takes nothing: Snapshot::preview. The next look,
/// at whatever, ends the one under way.
struct Preview {
    std::string point;
    std::uint32_t uid = 0;
    std::uint32_t uid_validity = 0;  ///< MailboxView::uid_validity; 0: as it is listed now
    std::string part;                ///< mime::Part::path; "": the text of the message
};
/// A listed message as a file, whole or not at all. Errors: message_gone, message_changed,
/// file_exists, those of the folder and the disk.
struct SaveMessage {
    std::string point;
    std::uint32_t uid = 0;
    std::uint32_t uid_validity = 0;  ///< as in Preview
    std::string path;                ///< the job's saved_path
    bool replace = false;            ///< as in ExportPoint
};
struct LookInto {  ///< what the mail in a file holds; JobView::letter
    std::string path;
};
struct PreviewInFile {  ///< as Preview, of such a mail
    std::string path;
    std::string part;
};
/// The files that LookInto tells of, into a folder: each whole or not at all, none over another,
/// one that is there with that content not twice. JobView::files, files_there and letter, in which
/// a part that could not be written has its error. Errors: those of the folder and the disk.
struct SaveFiles {
    std::string path;
    std::string folder;  ///< made where it is not there; the job's saved_path
};
struct GivePassword {  ///< for a point that waits for one
    std::string point;
    Secret password;
    bool remember = true;
};
struct ForgetPassword {  ///< also the one that is stored
    std::string point;
};
/// For stored passwords that are locked. Where there is only memory it makes the encrypted file,
/// with this as its master password: see secrets/secret_store.h.
struct UnlockSecrets {
    Secret master_password;
};
struct SavePoint {
    point::Point point;
    std::optional<Secret> password;  ///< nothing: leave what is stored
    /// PointView::content_sha256 of when editing began: where the file has another content now,
    /// nothing is written (point_changed). Nothing: not asked.
    std::optional<std::string> based_on = {};
    std::optional<Secret> client_secret = {};  ///< as in Authorize
};
struct DeletePoint {  ///< to the workspace's folder deleted/, without its password
    std::string point;
};
struct RestorePoint {  ///< undoes that; with the password, if this program has deleted it just now
                       ///< (engine.h)
    std::string point;
};
struct ImportPoint {  ///< a copy of the file; the job's saved_point
    std::string path;
};
struct ExportPoint {  ///< the definition without any secret
    std::string point, path;
    bool replace = false;  ///< a file that is there; else error file_exists
};
/// A person without an account is looked up by the login name (account_unknown).
struct SaveOperators {  ///< all of them; an empty id is made from the account's name
    std::vector<point::Operator> operators;
    /// Snapshot::operators of when editing began: where they are others now, nothing is written
    /// (point_changed). Nothing: not asked.
    std::optional<std::vector<point::Operator>> based_on = {};
};
/// For all points of the provider in `settings` that name no client; "": no longer.
struct SaveOfficeClient {
    point::OAuth settings;
    std::string client_id;
};
/// For how long the workspace keeps its log and its lists; what is older goes at once. Errors:
/// no_permission, point_invalid for days beyond their limits (fact "field"), point_changed where
/// they are not those of `based_on` any more.
struct SaveRetention {
    point::Retention retention;
    std::optional<point::Retention> based_on = {};  ///< nothing: not asked
};
struct ListFolders {  ///< with what is in the form, saved or not
    point::Point point;
    std::optional<Secret> password;  ///< nothing: the stored one
};
/// What the point in the form, saved or not, would make of the messages that came last:
/// JobView::forecast. Nothing is taken, and no mark is set.
struct WhatIf {
    point::Point point;
    std::optional<Secret> password;  ///< as in ListFolders
    std::size_t last = 500;          ///< so many messages at most
};
/// With what is in the form, saved or not; the outcome grows in JobView::diagnosis. The job is done
/// also where the diagnosis has found a fault.
struct Diagnose {
    point::Point point;
    std::optional<Secret> password;  ///< nothing: the one that work would use
};
/// The settings for an e-mail address; the job's proposal. Asks the network where the program's own
/// table does not know the domain, so post it only for an address that is whole.
struct Propose {
    std::string address;
};
/// A target folder as it is in a form; a relative one starts at the workspace. A job that fails
/// says what is wrong: folder_not_found, with the fact "missing" where one above it is not there,
/// either; folder_silent; not_a_folder, no_permission_there, those of the disk. Else its
/// folder_facts. To know whether it can be written to, an empty file is made there and removed.
struct CheckFolder {
    std::string folder;
    bool make = false;         ///< first, in one that is there: it may be a share not mounted
    std::string form_of = {};  ///< the point; "": a new one
};
/// Signs in at the provider with what is in the form, saved or not; JobView::authorization grows.
/// Done once the mailbox has opened with the new token. An application without a person (flow app)
/// needs neither browser nor device.
struct Authorize {
    point::Point point;
    enum class By { browser, device } by = By::browser;
    std::string language = "en";  ///< BCP 47: for the provider's pages and for ours at their end
    /// Of the office's client, to be kept for all its points; nothing: what is stored, if any is.
    std::optional<Secret> client_secret = {};
};
/// Who is signed in for what is in the form; the job's account.
struct LookUpAccount {
    point::Point point;
};
/// The address on which a browser ended that could not reach the sign-in that waits for it (it runs
/// on another computer): handed over in its place. Whether it was right shows at the job of the
/// sign-in; error answer_not_ours where no sign-in of this computer waits for it.
struct HandOverAnswer {
    Secret address;
};
struct ForgetClientSecret {  ///< that of the client in the form: it is a public one
    point::Point point;
};
struct SignOut {  ///< revokes what was granted, and forgets it
    point::Point point;
};
/// Runs the command of an OCR point for each file in its folder (docs/ocr.md); PointView::ocr shows
/// how it goes. Errors: not_an_ocr_point; command_not_allowed until AllowOcrCommand (fact
/// "command"); those of ocr::Queue::run().
struct RunOcr {
    std::string point;
    /// stopped: until the job is cancelled. empty: until nothing is to be done by this program.
    enum class Until : std::uint8_t { stopped, empty } until = Until::stopped;
    bool retry_failed = false;  ///< those that failed before are run again
};
/// The same without running anything, until the job is cancelled: for as long as the command is not
/// allowed, or somebody has stopped the queue.
struct WatchOcr {
    std::string point;
};
struct LookAtOcr {  ///< PointView::ocr without running anything
    std::string point;
};
/// From now on the command may run, for this person on this computer. Error point_changed where the
/// definition has another one than was shown.
struct AllowOcrCommand {
    std::string point;
    std::string command;
};
struct RetryOcr {  ///< these files, if they failed
    std::string point;
    std::vector<std::string> files;
};
struct StopOcrFile {  ///< its command is ended; it fails as stopped
    std::string point, file;
};
struct ReloadPoints {};
struct OpenDemo {};  ///< adds the sample mailbox as a point; its id is the job's saved_point

using Command =
    std::variant<OpenPoint, Take, Decide, SetFolder, GivePassword, SavePoint, DeletePoint,
                 RestorePoint, ImportPoint, ExportPoint, SaveOperators, ListFolders, WhatIf,
                 Diagnose, OpenDemo, ReloadPoints, ForgetPassword, UnlockSecrets, Propose,
                 CheckFolder, Authorize, LookUpAccount, SignOut, HandOverAnswer, ForgetClientSecret,
                 SaveOfficeClient, SaveRetention, Remove, Restore, LookUpQuarantine,
                 EmptyQuarantine, LookUpLog, ExportLog, MakeReport, ExportReport, Preview,
                 SaveMessage, LookInto, PreviewInFile, SaveFiles, RunOcr, WatchOcr, LookAtOcr,
                 AllowOcrCommand, RetryOcr, StopOcrFile>;

}  // namespace mail
