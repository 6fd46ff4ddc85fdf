#include "mail/engine.h"

#include <algorithm>
#include <map>
#include <mutex>

#include "mail/board.h"
#include "mail/job_thread.h"
#include "mail/net/connection.h"
#include "mail/point_desk.h"

namespace mail {

namespace {

// Servers drop idle sessions after half an hour or less; a session that nobody uses is given back
// sooner.
constexpr auto session_kept = std::chrono::minutes(5);

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
        JobView::Kind operator()(const ListFolders&) const { return JobView::Kind::folders; }
        JobView::Kind operator()(const OpenDemo&) const { return JobView::Kind::demo; }
        JobView::Kind operator()(const ReloadPoints&) const { return JobView::Kind::other; }
    };
    return std::visit(Kinds{}, command);
}

}  // namespace

struct Engine::State {
    State(Setup given, std::unique_ptr<store::Ledger> opened, std::function<void()> on_change)
        : setup(std::move(given)), ledger(std::move(opened)), board(std::move(on_change)) {}

    [[nodiscard]] std::shared_ptr<const PointView> view_of(const point::StoredPoint& stored) const;
    [[nodiscard]] std::shared_ptr<const PointView> view_of(const Guest& guest) const;
    [[nodiscard]] std::string target_folder(const std::string& point,
                                            const std::string& folder) const;
    [[nodiscard]] Result<void> reload();
    [[nodiscard]] Desk& desk(const std::string& point);
    [[nodiscard]] std::optional<Secret> given_password(const std::string& point) const;

    [[nodiscard]] Result<void> run(const OpenPoint& command, JobId job, const StopToken& stop);
    [[nodiscard]] Result<void> run(const Take& command, JobId job, const StopToken& stop);
    [[nodiscard]] Result<void> run(const SetFolder& command, JobId job, const StopToken& stop);
    [[nodiscard]] Result<void> run(const GivePassword& command, JobId job, const StopToken& stop);
    [[nodiscard]] Result<void> run(const SavePoint& command, JobId job, const StopToken& stop);
    [[nodiscard]] Result<void> run(const ListFolders& command, JobId job, const StopToken& stop);
    [[nodiscard]] Result<void> run(const ReloadPoints& command, JobId job, const StopToken& stop);
    [[nodiscard]] Result<void> run(const OpenDemo& command, JobId job, const StopToken& stop);
    void execute(const Command& command, JobId job, const StopToken& stop);
    [[nodiscard]] JobThread& worker_for(const Command& command);

    Setup setup;
    std::unique_ptr<store::Ledger> ledger;
    Board board;
    std::mutex mutex;  ///< of desks, and of setup.guests, which only `office` changes
    std::map<std::string, std::unique_ptr<Desk>> desks;
    JobThread office;  ///< definitions, folders of a form: what is no open point's work
};

std::string Engine::State::target_folder(const std::string& point,
                                         const std::string& folder) const {
    if (const auto given = setup.target_folders.find(point); given != setup.target_folders.end())
        return given->second;
    if (folder.empty() || is_absolute_path(folder))
        return folder;
    return join_path(setup.workspace.folder(), folder);
}

std::shared_ptr<const PointView> Engine::State::view_of(const point::StoredPoint& stored) const {
    auto view = std::make_shared<PointView>();
    view->path = stored.path;
    if (stored.point) {
        view->definition = std::make_shared<const point::Point>(*stored.point);
        view->target_folder = target_folder(stored.point->id, stored.point->general.folder);
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
    view->target_folder =
        target_folder(guest.point.id, guest.target_folder.empty() ? guest.point.general.folder
                                                                  : guest.target_folder);
    return view;
}

Result<void> Engine::State::reload() {
    auto stored = setup.workspace.points();
    if (!stored)
        return tl::unexpected(std::move(stored.error()));
    board.change([&](Snapshot& draft) {
        std::vector<std::shared_ptr<const PointView>> views;
        for (const Guest& guest : setup.guests)
            views.push_back(view_of(guest));
        for (const point::StoredPoint& point : *stored)
            views.push_back(view_of(point));
        // What is known of a point stays: its list, its health, the folder of this run.
        for (auto& view : views)
            if (const PointView* before = draft.point(view->definition->id)) {
                auto merged = std::make_shared<PointView>(*before);
                if (*before->definition != *view->definition)
                    merged->target_folder = view->target_folder;
                merged->definition = view->definition;
                merged->path = view->path;
                merged->file_error = view->file_error;
                view = std::move(merged);
            }
        draft.points = std::move(views);
    });
    return {};
}

std::optional<Secret> Engine::State::given_password(const std::string& point) const {
    for (const Guest& guest : setup.guests)
        if (guest.point.id == point && guest.password)
            return guest.password;
    return setup.password;
}

Desk& Engine::State::desk(const std::string& point) {
    const std::scoped_lock lock(mutex);
    auto& desk = desks[point];
    if (!desk)
        desk = std::make_unique<Desk>(PointDesk::Setup{
            board, setup.workspace.disk(), *ledger, *setup.secrets, point, given_password(point),
            setup.operator_name, setup.transcript, setup.time});
    return *desk;
}

JobThread& Engine::State::worker_for(const Command& command) {
    if (const auto* open = std::get_if<OpenPoint>(&command))
        return desk(open->point).worker;
    if (const auto* take = std::get_if<Take>(&command))
        return desk(take->point).worker;
    if (const auto* password = std::get_if<GivePassword>(&command))
        return desk(password->point).worker;
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
    const auto saved = setup.workspace.save(command.point);
    if (!saved)
        return tl::unexpected(saved.error());
    if (!saved->point)
        return tl::unexpected(saved->point.error());
    const std::string id = saved->point->id;
    board.change_job(job, [&](JobView& view) { view.saved_point = id; });
    if (auto reloaded = reload(); !reloaded)
        return reloaded;
    Desk& changed = desk(id);
    changed.worker.post(0, [&changed](const StopToken&) { changed.work.forget_session(); });
    if (!command.password)
        return {};
    const auto wait = Wait::for_at_most(std::chrono::seconds(60), stop);
    return setup.secrets->put(password_key(id), *command.password, wait);
}

Result<void> Engine::State::run(const ListFolders& command, JobId job, const StopToken& stop) {
    const auto wait = Wait::for_at_most(std::chrono::seconds(90), stop);
    imap::Credentials credentials;
    credentials.login = command.point.connection.login;
    if (command.password) {
        credentials.secret = *command.password;
    } else {
        const auto stored = setup.secrets->get(password_key(command.point.id), wait);
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

void Engine::State::execute(const Command& command, JobId job, const StopToken& stop) {
    board.change_job(job, [](JobView& view) {
        view.state = JobView::State::running;
        view.started = std::chrono::steady_clock::now();
    });
    const Result<void> outcome =
        stop.stop_requested()
            ? Result<void>(fail(Cause::cancelled, Layer::point, Reach::point))
            : std::visit([&](const auto& one) { return run(one, job, stop); }, command);
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
    auto ledger = store::Ledger::open(setup.workspace.ledger_path());
    if (!ledger)
        return tl::unexpected(std::move(ledger.error()));
    const std::string damaged = (*ledger)->damaged_copy();
    auto state =
        std::make_unique<State>(std::move(setup), std::move(*ledger), std::move(on_change));
    state->board.change([&](Snapshot& draft) {
        if (!damaged.empty())
            draft.damaged_ledger_copy = damaged;
    });
    if (auto loaded = state->reload(); !loaded)
        return tl::unexpected(std::move(loaded.error()));
    state->board.publish_now();
    // The system may take its time to answer, and nobody should wait for that.
    state->office.post(0, [&state = *state](const StopToken&) {
        const bool memory = state.setup.secrets->kind() == SecretStore::Kind::memory;
        state.board.change([&](Snapshot& draft) { draft.secrets_in_memory_only = memory; });
    });
    return std::unique_ptr<Engine>(new Engine(std::move(state)));
}

Engine::Engine(std::unique_ptr<State> state) : state_(std::move(state)) {}

Engine::~Engine() {
    // All at once, so that the slowest decides how long it takes, not their sum.
    state_->office.request_stop();
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

void Engine::cancel(JobId job) {
    bool found = state_->office.cancel(job);
    {
        const std::scoped_lock lock(state_->mutex);
        for (auto& [point, desk] : state_->desks)
            found = desk->worker.cancel(job) || found;
    }
    if (found)
        state_->board.change_job(job, [](JobView& view) {
            const bool open =
                view.state == JobView::State::waiting || view.state == JobView::State::running;
            view.state = open ? JobView::State::stopping : view.state;
        });
}

std::shared_ptr<const Snapshot> Engine::snapshot() const {
    return state_->board.snapshot();
}

}  // namespace mail
