#include "mail/engine.h"

#include <algorithm>
#include <map>
#include <mutex>

#include "mail/board.h"
#include "mail/definitions.h"
#include "mail/diagnose/ladder.h"
#include "mail/job_thread.h"
#include "mail/net/connection.h"
#include "mail/point/export.h"
#include "mail/point/way.h"
#include "mail/point_desk.h"

namespace mail {

namespace {

// Servers drop idle sessions after half an hour or less; a session that nobody uses is given back
// sooner.
constexpr auto session_kept = std::chrono::minutes(5);
// Somebody may have to unlock the store.
constexpr auto store_keeps_in = std::chrono::seconds(60);
// All that is asked together; each has a limit of its own.
constexpr auto proposal_takes = std::chrono::seconds(20);

/// For what has a deadline of its own.
Wait until(const StopToken& stop) {
    return Wait{Clock::time_point::max(), stop};
}

struct Desk {
    explicit Desk(PointDesk::Setup setup)
        : work(std::move(setup)), worker(session_kept, [this] { work.forget_session(); }) {}
    PointDesk work;
    JobThread worker;  ///< last, so that it ends before `work` goes
};

JobView::Kind kind_of(const Command& command) {
    struct Kinds {
        JobView::Kind operator()(const OpenPoint&) const { return JobView::Kind::open; }
        JobView::Kind operator()(const Take&) const { return JobView::Kind::take; }
        JobView::Kind operator()(const SetFolder&) const { return JobView::Kind::other; }
        JobView::Kind operator()(const GivePassword&) const { return JobView::Kind::password; }
        JobView::Kind operator()(const SavePoint&) const { return JobView::Kind::save; }
        JobView::Kind operator()(const DeletePoint&) const { return JobView::Kind::remove; }
        JobView::Kind operator()(const RestorePoint&) const { return JobView::Kind::restore; }
        JobView::Kind operator()(const ImportPoint&) const { return JobView::Kind::import; }
        JobView::Kind operator()(const ExportPoint&) const { return JobView::Kind::export_; }
        JobView::Kind operator()(const SaveOperators&) const { return JobView::Kind::operators; }
        JobView::Kind operator()(const ListFolders&) const { return JobView::Kind::folders; }
        JobView::Kind operator()(const Diagnose&) const { return JobView::Kind::diagnose; }
        JobView::Kind operator()(const Propose&) const { return JobView::Kind::propose; }
        JobView::Kind operator()(const OpenDemo&) const { return JobView::Kind::demo; }
        JobView::Kind operator()(const ReloadPoints&) const { return JobView::Kind::other; }
        JobView::Kind operator()(const ForgetPassword&) const { return JobView::Kind::other; }
        JobView::Kind operator()(const UnlockSecrets&) const { return JobView::Kind::other; }
    };
    return std::visit(Kinds{}, command);
}

SecretsView view_of(const SecretStore& store) {
    using Kind = SecretsView::Kind;
    using Wants = SecretsView::Wants;
    const auto access = store.access();
    const auto wants = access == SecretStore::Access::open ? Wants::nothing
                       : access == SecretStore::Access::master_password
                           ? Wants::master_password
                           : Wants::new_master_password;
    switch (store.kind()) {
    case SecretStore::Kind::system:
        return {Kind::system, wants};
    case SecretStore::Kind::file:
        return {Kind::file, wants};
    case SecretStore::Kind::memory:
        break;
    }
    return {Kind::memory, wants};
}

bool concerns_master_password(const Error& error) {
    return error.cause == Cause::master_password_needed ||
           error.cause == Cause::master_password_wrong;
}

/// The point that the command works on; nothing where it changes definitions.
std::optional<std::string> worked_on(const Command& command) {
    return std::visit(
        [](const auto& one) -> std::optional<std::string> {
            using One = std::decay_t<decltype(one)>;
            constexpr bool defines =
                std::is_same_v<One, DeletePoint> || std::is_same_v<One, RestorePoint>;
            if constexpr (!defines && requires { std::string(one.point); })
                return one.point;
            // A form of a point that is saved may use its password: that is work on it, too.
            if constexpr (std::is_same_v<One, ListFolders> || std::is_same_v<One, Diagnose>)
                if (!one.point.id.empty())
                    return one.point.id;
            return std::nullopt;
        },
        command);
}

/// What is known of a point stays: its list, its health, the folder of this run.
std::shared_ptr<const PointView> merged(const PointView& before, const PointView& now) {
    auto merged = std::make_shared<PointView>(before);
    if (before.defined_folder != now.defined_folder)
        merged->target_folder = now.target_folder;
    merged->defined_folder = now.defined_folder;
    merged->definition = now.definition;
    merged->path = now.path;
    merged->content_sha256 = now.content_sha256;
    merged->file_error = now.file_error;
    merged->read_only = now.read_only;
    return merged;
}

}  // namespace

struct Engine::State {
    State(Setup given, std::unique_ptr<store::Ledger> opened, std::function<void()> on_change)
        : setup(std::move(given)), ledger(std::move(opened)), board(std::move(on_change)),
          definitions(setup.workspace, setup.account) {}

    [[nodiscard]] std::shared_ptr<const PointView> view_of(const point::StoredPoint& stored) const;
    [[nodiscard]] std::shared_ptr<const PointView> view_of(const Guest& guest) const;
    /// That of its OCR point, where it has one that is there; else its own. Absolute, or "".
    [[nodiscard]] std::string defined_folder(const point::Point& point) const;
    /// The one that the command line gave for that point, or this one.
    [[nodiscard]] std::string given_folder_or(const std::string& point, std::string folder) const;
    [[nodiscard]] std::string absolute_in_workspace(const std::string& folder) const;
    [[nodiscard]] Result<void> reload();
    void cancel(JobId job);
    /// Cancels what runs or waits for that point.
    void stop_work(const std::string& point);
    /// The next job of that point signs in again.
    void forget_session(const std::string& point);
    [[nodiscard]] Desk& desk(const std::string& point);
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
    [[nodiscard]] Result<void> run(const SetFolder& command, JobId job, const StopToken& stop);
    [[nodiscard]] Result<void> run(const GivePassword& command, JobId job, const StopToken& stop);
    [[nodiscard]] Result<void> run(const SavePoint& command, JobId job, const StopToken& stop);
    [[nodiscard]] Result<void> run(const DeletePoint& command, JobId job, const StopToken& stop);
    [[nodiscard]] Result<void> run(const RestorePoint& command, JobId job, const StopToken& stop);
    [[nodiscard]] Result<void> run(const ImportPoint& command, JobId job, const StopToken& stop);
    [[nodiscard]] Result<void> run(const ExportPoint& command, JobId job, const StopToken& stop);
    [[nodiscard]] Result<void> run(const SaveOperators& command, JobId job, const StopToken& stop);
    [[nodiscard]] Result<void> run(const ListFolders& command, JobId job, const StopToken& stop);
    [[nodiscard]] Result<void> run(const Diagnose& command, JobId job, const StopToken& stop);
    [[nodiscard]] Result<imap::Credentials> credentials_for(const Diagnose& command,
                                                            const Wait& wait) const;
    [[nodiscard]] std::string target_folder_of(const point::Point& form) const;
    [[nodiscard]] Result<void> run(const ReloadPoints& command, JobId job, const StopToken& stop);
    [[nodiscard]] Result<void> run(const OpenDemo& command, JobId job, const StopToken& stop);
    [[nodiscard]] Result<void> run(const Propose& command, JobId job, const StopToken& stop);
    /// Work on a point of the workspace needs the right to it. Definitions asks for changes itself.
    [[nodiscard]] Result<void> allow(const Command& command);
    [[nodiscard]] Result<void> run(const ForgetPassword& command, JobId job, const StopToken& stop);
    [[nodiscard]] Result<void> run(const UnlockSecrets& command, JobId job, const StopToken& stop);
    void show_password(JobId job, const Result<void>& outcome);
    [[nodiscard]] Result<void> delete_password(const std::string& point, const StopToken& stop);
    /// May block as the store does.
    void show_secrets();
    void execute(const Command& command, JobId job, const StopToken& stop);
    [[nodiscard]] JobThread& worker_for(const Command& command);

    Setup setup;
    std::unique_ptr<store::Ledger> ledger;
    Board board;
    Definitions definitions;                          ///< changed on `office` only
    std::map<std::string, Secret> deleted_passwords;  ///< by point, for RestorePoint; `office`
    mutable std::mutex mutex;  ///< of desks, and of setup.guests, which only `office` changes
    std::map<std::string, std::unique_ptr<Desk>> desks;
    JobThread office;   ///< definitions, folders of a form: what is no open point's work
    JobThread clinic;   ///< diagnoses: each may take a minute, and saving must go on
    JobThread enquiry;  ///< proposals: somebody waits for each with a form half filled in
};

std::string Engine::State::absolute_in_workspace(const std::string& folder) const {
    if (folder.empty() || is_absolute_path(folder))
        return folder;
    return join_path(setup.workspace.folder(), folder);
}

std::string Engine::State::given_folder_or(const std::string& point, std::string folder) const {
    if (const auto given = setup.target_folders.find(point); given != setup.target_folders.end())
        return given->second;
    return folder;
}

std::string Engine::State::defined_folder(const point::Point& point) const {
    const auto known = definitions.known();
    if (point.general.ocr_point)
        for (const point::StoredPoint& stored : known->points)
            if (stored.point && stored.point->id == *point.general.ocr_point &&
                stored.point->type == point::Type::ocr && !stored.point->general.folder.empty())
                return absolute_in_workspace(stored.point->general.folder);
    return absolute_in_workspace(point.general.folder);
}

std::shared_ptr<const PointView> Engine::State::view_of(const point::StoredPoint& stored) const {
    auto view = std::make_shared<PointView>();
    view->path = stored.path;
    view->content_sha256 = stored.content_sha256;
    if (stored.point) {
        view->definition = std::make_shared<const point::Point>(*stored.point);
        view->defined_folder = defined_folder(*stored.point);
        view->target_folder = given_folder_or(stored.point->id, view->defined_folder);
        return view;
    }
    // A file that can't be read still shows, under its own name and with the reason.
    point::Point unreadable;
    unreadable.id = stored.path;
    unreadable.name = stored.path.substr(parent_path(stored.path).size() + 1);
    view->definition = std::make_shared<const point::Point>(std::move(unreadable));
    view->file_error = stored.point.error();
    view->read_only = true;
    return view;
}

std::shared_ptr<const PointView> Engine::State::view_of(const Guest& guest) const {
    auto view = std::make_shared<PointView>();
    view->path = guest.path;
    view->demo = guest.demo;
    view->read_only = true;
    view->definition = std::make_shared<const point::Point>(guest.point);
    view->defined_folder = guest.target_folder.empty() ? defined_folder(guest.point)
                                                       : absolute_in_workspace(guest.target_folder);
    view->target_folder = given_folder_or(guest.point.id, view->defined_folder);
    return view;
}

Result<void> Engine::State::reload() {
    if (auto read = definitions.reload(); !read)
        return read;
    const auto known = definitions.known();
    std::vector<std::string> changed;
    board.change([&](Snapshot& draft) {
        std::vector<std::shared_ptr<const PointView>> views;
        for (const Guest& guest : setup.guests)
            views.push_back(view_of(guest));
        for (const point::StoredPoint& stored : known->points)
            if (known->may_see(stored))
                views.push_back(view_of(stored));
        for (const auto& before : draft.points) {
            const auto same_id = [&](const auto& view) {
                return view->definition->id == before->definition->id;
            };
            const auto now = std::ranges::find_if(views, same_id);
            if (now == views.end() || *(*now)->definition != *before->definition)
                changed.push_back(before->definition->id);
            if (now != views.end())
                *now = merged(*before, **now);
        }
        draft.points = std::move(views);
        draft.operators = known->operators;
        draft.me = known->me;
        draft.may_define = known->may_define();
        draft.may_see_points = known->may_see_points();
        draft.operators_error = known->operators_error;
    });
    for (const std::string& point : changed)
        forget_session(point);
    return {};
}

void Engine::State::forget_session(const std::string& point) {
    const std::scoped_lock lock(mutex);
    const auto found = desks.find(point);
    if (found == desks.end())
        return;
    Desk& desk = *found->second;
    desk.worker.post(0, [&desk](const StopToken&) { desk.work.forget_session(); });
}

std::optional<Secret> Engine::State::given_password(const std::string& point) const {
    for (const Guest& guest : setup.guests)
        if (guest.point.id == point && guest.password)
            return guest.password;
    return setup.password;
}

std::optional<std::string> Engine::State::stored_key(const point::Point& point) const {
    const auto known = definitions.known();
    const auto is_it = [&](const point::StoredPoint& stored) {
        return stored.point && stored.point->id == point.id && known->may_see(stored) &&
               point::same_way(stored.point->connection, point.connection);
    };
    if (std::ranges::any_of(known->points, is_it))
        return password_key(point.id);
    const std::scoped_lock lock(mutex);
    for (const Guest& guest : setup.guests) {
        if (guest.point.id != point.id)
            continue;
        const bool ours = guest.demo || setup.workspace.owns(guest.path);
        return password_key(ours ? point.id : point.id + "/" + point::way_sha256(point.connection));
    }
    return known->may_define() ? std::optional(password_key(point.id)) : std::nullopt;
}

std::string Engine::State::stored_key_of_shown(const std::string& id) const {
    const auto view = board.point(id);
    return (view ? stored_key(*view->definition) : std::nullopt).value_or(password_key(id));
}

Result<std::optional<Secret>> Engine::State::stored_password(const point::Point& form,
                                                             const Wait& wait) const {
    const auto key = stored_key(form);
    return key ? setup.secrets->get(*key, wait) : std::optional<Secret>();
}

Desk& Engine::State::desk(const std::string& point) {
    const std::scoped_lock lock(mutex);
    auto& desk = desks[point];
    if (!desk)
        desk = std::make_unique<Desk>(PointDesk::Setup{
            board, setup.workspace.disk(), *ledger, *setup.secrets, point, given_password(point),
            [this, point] { return stored_key_of_shown(point); }, setup.operator_name,
            setup.transcript, setup.time});
    return *desk;
}

JobThread& Engine::State::worker_for(const Command& command) {
    if (const auto* open = std::get_if<OpenPoint>(&command))
        return desk(open->point).worker;
    if (const auto* take = std::get_if<Take>(&command))
        return desk(take->point).worker;
    if (const auto* password = std::get_if<GivePassword>(&command))
        return desk(password->point).worker;
    if (const auto* forget = std::get_if<ForgetPassword>(&command))
        return desk(forget->point).worker;
    if (std::holds_alternative<Diagnose>(command))
        return clinic;
    if (std::holds_alternative<Propose>(command))
        return enquiry;
    return office;
}

Result<void> Engine::State::run(const OpenPoint& command, JobId job, const StopToken& stop) {
    return desk(command.point).work.open(job, stop);
}

Result<void> Engine::State::run(const Take& command, JobId job, const StopToken& stop) {
    return desk(command.point).work.take(job, command, stop);
}

Result<void> Engine::State::run(const GivePassword& command, JobId, const StopToken& stop) {
    return desk(command.point).work.give_password(command, stop);
}

Result<void> Engine::State::run(const SetFolder& command, JobId, const StopToken&) {
    const std::string folder = absolute_path(command.folder);
    Disk& disk = setup.workspace.disk();
    const auto entry = disk.look(folder);
    if (!entry || entry->kind != Entry::Kind::folder)
        return fail(entry ? Cause::not_a_folder : Cause::folder_not_found, Layer::target,
                    Reach::point, {{"path", folder}});
    board.change_point(command.point, [&](PointView& view) { view.target_folder = folder; });
    return {};
}

Result<void> Engine::State::run(const SavePoint& command, JobId job, const StopToken& stop) {
    const auto saved = definitions.save(command.point, command.based_on, until(stop));
    if (!saved)
        return tl::unexpected(saved.error());
    const std::string id = saved->point->id;
    board.change_job(job, [&](JobView& view) { view.saved_point = id; });
    auto reloaded = reload();
    forget_session(id);
    if (command.password) {
        const auto wait = Wait::for_at_most(store_keeps_in, stop);
        show_password(job, setup.secrets->put(password_key(id), *command.password, wait));
    }
    return reloaded;
}

/// The definition is what was asked for first. What became of its password is told beside, so that
/// nobody saves or deletes twice for its sake.
void Engine::State::show_password(JobId job, const Result<void>& outcome) {
    if (outcome)
        return;
    board.change_job(job, [&](JobView& view) { view.password_error = outcome.error(); });
    if (concerns_master_password(outcome.error()))
        show_secrets();
}

Result<void> Engine::State::delete_password(const std::string& point, const StopToken& stop) {
    const auto wait = Wait::for_at_most(store_keeps_in, stop);
    auto password = setup.secrets->get(password_key(point), wait);
    if (!password)
        return tl::unexpected(std::move(password).error());
    if (!*password)
        return {};
    deleted_passwords.insert_or_assign(point, **std::move(password));
    return setup.secrets->remove(password_key(point), wait);
}

Result<void> Engine::State::run(const DeletePoint& command, JobId job, const StopToken& stop) {
    const auto removed = definitions.remove(command.point, until(stop));
    if (!removed)
        return tl::unexpected(removed.error());
    stop_work(command.point);
    auto reloaded = reload();
    show_password(job, delete_password(command.point, stop).map_error([&](Error error) {
        error.facts.emplace_back("deleted", *removed);
        return error;
    }));
    return reloaded;
}

Result<void> Engine::State::run(const RestorePoint& command, JobId job, const StopToken& stop) {
    if (auto restored = definitions.restore(command.point, until(stop)); !restored)
        return restored;
    auto reloaded = reload();
    const auto password = deleted_passwords.find(command.point);
    if (password == deleted_passwords.end())
        return reloaded;
    const auto wait = Wait::for_at_most(store_keeps_in, stop);
    const auto put = setup.secrets->put(password_key(command.point), password->second, wait);
    if (put)
        deleted_passwords.erase(password);
    show_password(job, put);
    return reloaded;
}

Result<void> Engine::State::run(const ImportPoint& command, JobId job, const StopToken& stop) {
    const auto imported = definitions.import(absolute_path(command.path), until(stop));
    if (!imported)
        return tl::unexpected(imported.error());
    board.change_job(job, [&](JobView& view) { view.saved_point = imported->point->id; });
    return reload();
}

Result<void> Engine::State::run(const ExportPoint& command, JobId, const StopToken&) {
    const auto view = board.point(command.point);
    if (!view)
        return fail(Cause::point_not_found, Layer::workspace, Reach::point,
                    {{"name", command.point}});
    if (view->file_error)
        return tl::unexpected(*view->file_error);
    const std::string content = point::export_point(*view->definition);
    Disk& disk = setup.workspace.disk();
    const std::string path = absolute_path(command.path);
    return command.replace ? replace_file(disk, path, content)
                           : write_new_file(disk, path, content);
}

Result<void> Engine::State::run(const SaveOperators& command, JobId, const StopToken& stop) {
    if (auto saved = definitions.save_operators(command.operators, command.based_on, until(stop));
        !saved)
        return saved;
    return reload();
}

Result<void> Engine::State::run(const ListFolders& command, JobId job, const StopToken& stop) {
    // A stored password would go to whatever server the form names.
    if (auto allowed = definitions.allow_definition(command.point.id); !allowed)
        return allowed;
    const auto wait = Wait::for_at_most(std::chrono::seconds(90), stop);
    imap::Credentials credentials;
    credentials.login = command.point.connection.login;
    if (command.password) {
        credentials.secret = *command.password;
    } else {
        const auto stored = stored_password(command.point, wait);
        if (!stored)
            return tl::unexpected(stored.error());
        if (!*stored)
            return fail(Cause::password_needed, Layer::auth, Reach::point,
                        {{"login", credentials.login}});
        credentials.secret = **stored;
    }
    const auto session = imap::Session::open(point::endpoint_of(command.point.connection),
                                             credentials, setup.transcript, wait);
    if (!session)
        return tl::unexpected(session.error());
    const auto folders = (*session)->folders(wait);
    if (!folders)
        return tl::unexpected(folders.error());
    (*session)->sign_out(wait);
    board.change_job(job, [&](JobView& view) {
        for (const imap::Folder& folder : *folders)
            if (folder.selectable)
                view.folders.push_back(folder.name);
    });
    return {};
}

Result<void> Engine::State::run(const ForgetPassword& command, JobId, const StopToken& stop) {
    return desk(command.point).work.forget_password(stop);
}

Result<void> Engine::State::run(const UnlockSecrets& command, JobId, const StopToken& stop) {
    const auto wait = Wait::for_at_most(std::chrono::seconds(60), stop);
    auto unlocked = setup.secrets->unlock(command.master_password, wait);
    show_secrets();
    return unlocked;
}

void Engine::State::show_secrets() {
    const SecretsView view = mail::view_of(*setup.secrets);
    board.change([&](Snapshot& draft) { draft.secrets = view; });
}

/// As PointSession takes them; but a password that is in the form goes before all others.
Result<imap::Credentials> Engine::State::credentials_for(const Diagnose& command,
                                                         const Wait& wait) const {
    const point::Connection& connection = command.point.connection;
    if (connection.authentication == point::Authentication::oauth2)
        return fail(Cause::signin_needed, Layer::oauth, Reach::point,
                    {{"login", connection.login}});
    if (connection.shared_mailbox)
        return fail(Cause::point_invalid, Layer::auth, Reach::point,
                    {{"field", "connection.shared_mailbox"}});
    std::optional<Secret> secret = command.password;
    if (!secret) {
        const std::scoped_lock lock(mutex);
        secret = given_password(command.point.id);
    }
    if (!secret) {
        auto stored = stored_password(command.point, wait);
        if (!stored)
            return fail(stored.error().cause, Layer::auth, Reach::point, stored.error().facts);
        secret = std::move(*stored);
    }
    if (!secret)
        return fail(Cause::password_needed, Layer::auth, Reach::point,
                    {{"login", connection.login}});
    return imap::Credentials{imap::Credentials::Kind::password, connection.login,
                             std::move(*secret)};
}

/// The folder that work would use now, where the form names no other.
std::string Engine::State::target_folder_of(const point::Point& form) const {
    const auto shown = board.point(form.id);
    const bool unchanged = shown && shown->definition->general.folder == form.general.folder &&
                           shown->definition->general.ocr_point == form.general.ocr_point;
    return unchanged ? shown->target_folder : given_folder_or(form.id, defined_folder(form));
}

Result<void> Engine::State::run(const Diagnose& command, JobId job, const StopToken& stop) {
    const auto store_answers_in = std::chrono::seconds(30);
    const diagnose::Plan plan{point::endpoint_of(command.point.connection),
                              credentials_for(command, Wait::for_at_most(store_answers_in, stop)),
                              command.point.connection.folder, target_folder_of(command.point),
                              command.point.general.set_folder_while_working
                                  ? diagnose::Plan::Target::chosen_at_work
                                  : diagnose::Plan::Target::fixed};
    const auto show = [&](const Diagnosis& now) {
        board.change_job(
            job, [&](JobView& view) { view.diagnosis = std::make_shared<const Diagnosis>(now); });
    };
    const Diagnosis found = diagnose::climb(plan, setup.workspace.disk(), setup.transcript, show,
                                            Wait{Clock::time_point::max(), stop});
    if (found.state == Diagnosis::State::cancelled)
        return fail(Cause::cancelled, Layer::point, Reach::point);
    return {};
}

Result<void> Engine::State::run(const Propose& command, JobId job, const StopToken& stop) {
    auto found = proposal::propose(command.address, setup.proposals,
                                   Wait::for_at_most(proposal_takes, stop));
    if (!found)
        return tl::unexpected(std::move(found.error()));
    board.change_job(job, [&](JobView& view) {
        view.proposal = std::make_shared<const Proposal>(std::move(*found));
    });
    return {};
}

Result<void> Engine::State::run(const ReloadPoints&, JobId, const StopToken&) {
    return reload();
}

Result<void> Engine::State::run(const OpenDemo&, JobId job, const StopToken&) {
    auto demo = std::ranges::find(setup.guests, true, &Guest::demo);
    if (demo == setup.guests.end()) {
        if (!setup.make_demo)
            return fail(Cause::point_not_found, Layer::point, Reach::point, {{"point", "demo"}});
        auto made = setup.make_demo();
        if (!made)
            return tl::unexpected(std::move(made.error()));
        const std::scoped_lock lock(mutex);
        demo = setup.guests.insert(setup.guests.end(), std::move(*made));
    }
    const std::string id = demo->point.id;
    board.change_job(job, [&](JobView& view) { view.saved_point = id; });
    return reload();
}

Result<void> Engine::State::allow(const Command& command) {
    const auto point = worked_on(command);
    if (!point)
        return {};
    {
        // A guest is there by the rights of its file.
        const std::scoped_lock lock(mutex);
        if (std::ranges::any_of(setup.guests,
                                [&](const Guest& guest) { return guest.point.id == *point; }))
            return {};
    }
    if (auto allowed = definitions.allow_work(*point); !allowed)
        return allowed;
    // Another program may have deleted it.
    if (!board.point(*point))
        return fail(Cause::point_not_found, Layer::workspace, Reach::point, {{"name", *point}});
    return {};
}

void Engine::State::stop_work(const std::string& point) {
    std::vector<JobId> jobs;
    board.change([&](const Snapshot& draft) {
        for (const auto& job : draft.jobs)
            if (job->point == point && job->kind != JobView::Kind::remove)
                jobs.push_back(job->id);
    });
    for (const JobId job : jobs)
        cancel(job);
}

void Engine::State::execute(const Command& command, JobId job, const StopToken& stop) {
    board.change_job(job, [](JobView& view) {
        view.state = JobView::State::running;
        view.started = std::chrono::steady_clock::now();
    });
    const Result<void> outcome =
        stop.stop_requested()
            ? Result<void>(fail(Cause::cancelled, Layer::point, Reach::point))
            : allow(command).and_then([&] {
                  return std::visit([&](const auto& one) { return run(one, job, stop); }, command);
              });
    if (!outcome && concerns_master_password(outcome.error()))
        show_secrets();
    board.change_job(job, [&](JobView& view) {
        view.ended = std::chrono::steady_clock::now();
        if (outcome) {
            view.state = JobView::State::done;
            return;
        }
        const bool cancelled = outcome.error().cause == Cause::cancelled;
        view.state = cancelled ? JobView::State::cancelled : JobView::State::failed;
        view.error = outcome.error();
    });
}

Result<std::unique_ptr<Engine>> Engine::start(Setup setup, std::function<void()> on_change) {
    net::initialise();
    setup.workspace.tidy();
    auto ledger = store::Ledger::open(setup.workspace.ledger_path());
    // Definitions can be seen and mended without it.
    std::optional<Error> ledger_error;
    if (!ledger) {
        ledger_error = ledger.error();
        ledger = store::Ledger::closed(*ledger_error);
    }
    const std::string damaged = (*ledger)->damaged_copy();
    auto state =
        std::make_unique<State>(std::move(setup), std::move(*ledger), std::move(on_change));
    state->board.change([&](Snapshot& draft) {
        if (!damaged.empty())
            draft.damaged_ledger_copy = damaged;
        draft.ledger_error = ledger_error;
    });
    if (auto loaded = state->reload(); !loaded)
        return tl::unexpected(std::move(loaded.error()));
    state->board.publish_now();
    // The system may take its time to answer, and nobody should wait for that.
    state->office.post(0, [&state = *state](const StopToken&) { state.show_secrets(); });
    return std::unique_ptr<Engine>(new Engine(std::move(state)));
}

Engine::Engine(std::unique_ptr<State> state) : state_(std::move(state)) {}

Engine::~Engine() {
    // All at once, so that the slowest decides how long it takes, not their sum.
    state_->office.request_stop();
    state_->clinic.request_stop();
    state_->enquiry.request_stop();
    const std::scoped_lock lock(state_->mutex);
    for (auto& [point, desk] : state_->desks)
        desk->worker.request_stop();
}

JobId Engine::post(Command command) {
    JobView view;
    view.kind = kind_of(command);
    std::visit(
        [&](const auto& one) {
            if constexpr (requires { std::string(one.point); })
                view.point = one.point;
        },
        command);
    const JobId job = state_->board.add_job(std::move(view));
    State* state = state_.get();
    JobThread& worker = state->worker_for(command);
    worker.post(job, [state, job, command = std::move(command)](const StopToken& stop) {
        state->execute(command, job, stop);
    });
    return job;
}

void Engine::State::cancel(JobId job) {
    bool found = office.cancel(job) || clinic.cancel(job) || enquiry.cancel(job);
    {
        const std::scoped_lock lock(mutex);
        for (auto& [point, desk] : desks)
            found = desk->worker.cancel(job) || found;
    }
    if (found)
        board.change_job(job, [](JobView& view) {
            const bool open =
                view.state == JobView::State::waiting || view.state == JobView::State::running;
            view.state = open ? JobView::State::stopping : view.state;
        });
}

void Engine::cancel(JobId job) {
    state_->cancel(job);
}

std::shared_ptr<const Snapshot> Engine::snapshot() const {
    return state_->board.snapshot();
}

}  // namespace mail
