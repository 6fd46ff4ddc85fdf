#include "mail/engine.h"

#include <algorithm>

#include "mail/engine_state.h"
#include "mail/net/connection.h"

namespace mail {

namespace {

JobView::Kind kind_of(const Command& command) {
    struct Kinds {
        JobView::Kind operator()(const OpenPoint&) const { return JobView::Kind::open; }
        JobView::Kind operator()(const Take&) const { return JobView::Kind::take; }
        JobView::Kind operator()(const Decide&) const { return JobView::Kind::decide; }
        JobView::Kind operator()(const SetFolder&) const { return JobView::Kind::other; }
        JobView::Kind operator()(const GivePassword&) const { return JobView::Kind::password; }
        JobView::Kind operator()(const SavePoint&) const { return JobView::Kind::save; }
        JobView::Kind operator()(const DeletePoint&) const { return JobView::Kind::remove; }
        JobView::Kind operator()(const RestorePoint&) const { return JobView::Kind::restore; }
        JobView::Kind operator()(const ImportPoint&) const { return JobView::Kind::import; }
        JobView::Kind operator()(const ExportPoint&) const { return JobView::Kind::export_; }
        JobView::Kind operator()(const SaveOperators&) const { return JobView::Kind::operators; }
        JobView::Kind operator()(const ListFolders&) const { return JobView::Kind::folders; }
        JobView::Kind operator()(const WhatIf&) const { return JobView::Kind::what_if; }
        JobView::Kind operator()(const Diagnose&) const { return JobView::Kind::diagnose; }
        JobView::Kind operator()(const Propose&) const { return JobView::Kind::propose; }
        JobView::Kind operator()(const Authorize&) const { return JobView::Kind::authorize; }
        JobView::Kind operator()(const LookUpAccount&) const { return JobView::Kind::other; }
        JobView::Kind operator()(const SignOut&) const { return JobView::Kind::other; }
        JobView::Kind operator()(const HandOverAnswer&) const { return JobView::Kind::other; }
        JobView::Kind operator()(const ForgetClientSecret&) const { return JobView::Kind::other; }
        JobView::Kind operator()(const SaveOfficeClient&) const { return JobView::Kind::other; }
        JobView::Kind operator()(const SaveRetention&) const { return JobView::Kind::other; }
        JobView::Kind operator()(const OpenDemo&) const { return JobView::Kind::demo; }
        JobView::Kind operator()(const ReloadPoints&) const { return JobView::Kind::other; }
        JobView::Kind operator()(const ForgetPassword&) const { return JobView::Kind::other; }
        JobView::Kind operator()(const UnlockSecrets&) const { return JobView::Kind::other; }
        JobView::Kind operator()(const CheckFolder&) const { return JobView::Kind::other; }
        JobView::Kind operator()(const Remove&) const { return JobView::Kind::remove_messages; }
        JobView::Kind operator()(const Restore&) const { return JobView::Kind::restore_messages; }
        JobView::Kind operator()(const LookUpQuarantine&) const {
            return JobView::Kind::quarantine;
        }
        JobView::Kind operator()(const EmptyQuarantine&) const { return JobView::Kind::quarantine; }
        JobView::Kind operator()(const LookUpLog&) const { return JobView::Kind::log; }
        JobView::Kind operator()(const ExportLog&) const { return JobView::Kind::other; }
        JobView::Kind operator()(const MakeReport&) const { return JobView::Kind::report; }
        JobView::Kind operator()(const ExportReport&) const { return JobView::Kind::other; }
        JobView::Kind operator()(const Preview&) const { return JobView::Kind::preview; }
        JobView::Kind operator()(const SaveMessage&) const { return JobView::Kind::save_message; }
        JobView::Kind operator()(const LookInto&) const { return JobView::Kind::look_into; }
        JobView::Kind operator()(const SaveFiles&) const { return JobView::Kind::save_files; }
        JobView::Kind operator()(const PreviewInFile&) const { return JobView::Kind::preview; }
        JobView::Kind operator()(const RunOcr&) const { return JobView::Kind::ocr; }
        JobView::Kind operator()(const WatchOcr&) const { return JobView::Kind::ocr; }
        JobView::Kind operator()(const LookAtOcr&) const { return JobView::Kind::other; }
        JobView::Kind operator()(const AllowOcrCommand&) const { return JobView::Kind::other; }
        JobView::Kind operator()(const RetryOcr&) const { return JobView::Kind::other; }
        JobView::Kind operator()(const StopOcrFile&) const { return JobView::Kind::other; }
    };
    return std::visit(Kinds{}, command);
}

/// The point that the command works on; nothing where it changes definitions.
std::optional<std::string> worked_on(const Command& command) {
    return std::visit(
        [](const auto& one) -> std::optional<std::string> {
            using One = std::decay_t<decltype(one)>;
            constexpr bool defines =
                std::is_same_v<One, DeletePoint> || std::is_same_v<One, RestorePoint>;
            constexpr bool may_be_of_all = std::is_same_v<One, MakeReport>;
            if constexpr (!defines && !may_be_of_all && requires { std::string(one.point); })
                return one.point;
            // Without a point these are about all that the person may see.
            if constexpr (may_be_of_all)
                if (!one.point.empty())
                    return one.point;
            if constexpr (requires { std::string(one.report.point); })
                if (!one.report.point.empty())
                    return one.report.point;
            if constexpr (requires { std::string(one.query.point); })
                if (!one.query.point.empty())
                    return one.query.point;
            // A form of a point that is saved may use its password: that is work on it, too.
            if constexpr (requires { one.point.connection; } && !std::is_same_v<One, SavePoint>)
                if (!one.point.id.empty())
                    return one.point.id;
            return std::nullopt;
        },
        command);
}

std::string point_named_in(const Command& command) {
    return std::visit(
        [](const auto& one) -> std::string {
            if constexpr (requires { std::string(one.point); })
                return one.point;
            return {};
        },
        command);
}

}  // namespace

void Engine::State::forget_session(const std::string& point) {
    const std::scoped_lock lock(mutex);
    const auto found = desks.find(point);
    if (found == desks.end())
        return;
    Desk& desk = *found->second;
    desk.worker.post(0, [&desk](const StopToken&) { desk.work.forget_session(); });
    desk.look_worker.post(0, [&desk](const StopToken&) { desk.looks.sign_out(); });
}

RememberedList::Setup Engine::State::lists_of(const std::string& point) const {
    const auto view = board.point(point);
    if (setup.keeps_lists_of.empty() || (view && view->demo))
        return {};
    const auto kept_for = [this]() -> std::optional<std::chrono::days> {
        const auto retention = definitions.retention();
        return retention ? std::optional(std::chrono::days(retention->list_days)) : std::nullopt;
    };
    return {setup.workspace.lists_path(), setup.keeps_lists_of, kept_for};
}

Desk& Engine::State::desk(const std::string& point) {
    const std::scoped_lock lock(mutex);
    auto& desk = desks[point];
    if (!desk)
        desk = std::make_unique<Desk>(
            PointDesk::Setup{board,
                             setup.workspace.disk(),
                             *ledger,
                             *setup.secrets,
                             keeper,
                             point,
                             given_password(point),
                             [this, point] { return stored_key_of_shown(point); },
                             setup.operator_name,
                             setup.workspace.quarantine_folder(),
                             setup.workspace.documents_folder(),
                             [this](point::Connection connection) {
                                 return definitions.with_client(std::move(connection));
                             },
                             setup.transcript,
                             setup.time,
                             lists_of(point),
                             setup.keeps_live,
                             setup.takes_new,
                             setup.tries_again_after,
                             setup.checks_every,
                             setup.line_answers_in},
            [this](JobThread& worker, Command command) {
                static_cast<void>(post_to(worker, std::move(command)));
            });
    return *desk;
}

JobThread& Engine::State::worker_for(const Command& command) {
    if (const auto* open = std::get_if<OpenPoint>(&command))
        return desk(open->point).worker;
    if (const auto* take = std::get_if<Take>(&command))
        return desk(take->point).worker;
    if (const auto* decide = std::get_if<Decide>(&command))
        return desk(decide->point).worker;
    if (const auto* remove = std::get_if<Remove>(&command))
        return desk(remove->point).worker;
    if (const auto* restore = std::get_if<Restore>(&command))
        return desk(restore->point).worker;
    if (const auto* password = std::get_if<GivePassword>(&command))
        return desk(password->point).worker;
    if (const auto* forget = std::get_if<ForgetPassword>(&command))
        return desk(forget->point).worker;
    if (const auto* preview = std::get_if<Preview>(&command))
        return desk(preview->point).look_worker;
    if (const auto* save = std::get_if<SaveMessage>(&command))
        return desk(save->point).look_worker;
    if (std::holds_alternative<LookInto>(command) ||
        std::holds_alternative<PreviewInFile>(command) ||
        std::holds_alternative<SaveFiles>(command))
        return reader;
    if (const auto* ocr = std::get_if<RunOcr>(&command))
        return ocr_work(ocr->point).worker;
    if (const auto* ocr = std::get_if<WatchOcr>(&command))
        return ocr_work(ocr->point).worker;
    if (std::holds_alternative<Diagnose>(command) || std::holds_alternative<WhatIf>(command))
        return clinic;
    if (std::holds_alternative<Propose>(command) || std::holds_alternative<HandOverAnswer>(command))
        return enquiry;
    if (std::holds_alternative<Authorize>(command))
        return lobby;
    if (std::holds_alternative<CheckFolder>(command))
        return scout;
    return office;
}

Result<void> Engine::State::run(const OpenPoint& command, JobId job, const StopToken& stop) {
    return desk(command.point).work.open(job, command, stop);
}

Result<void> Engine::State::run(const Take& command, JobId job, const StopToken& stop) {
    Desk& desk = this->desk(command.point);
    if (command.by_itself)
        return desk.work.take_by_itself(job, command, stop, [&] { return desk.gives_way == job; });
    return desk.work.take(job, command, stop);
}

Result<void> Engine::State::run(const Decide& command, JobId job, const StopToken& stop) {
    return desk(command.point).work.decide(job, command, stop);
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

/// What works with a form's sign-in, with the office's client in it where the form names none.
Result<Command> Engine::State::with_client(Command command) const {
    const auto fill = [&](auto& one) -> Result<void> {
        using One = std::decay_t<decltype(one)>;
        if constexpr (requires { one.point.connection; } && !std::is_same_v<One, SavePoint>) {
            auto connection = definitions.with_client(one.point.connection);
            if (!connection)
                return tl::unexpected(std::move(connection).error());
            one.point.connection = *std::move(connection);
        }
        return {};
    };
    return std::visit(fill, command).map([&] { return std::move(command); });
}

void Engine::State::execute(const Command& command, JobId job, const StopToken& stop) {
    board.change_job(job, [](JobView& view) {
        view.state = JobView::State::running;
        view.started = std::chrono::steady_clock::now();
    });
    // Afterwards the point may be gone.
    const std::string name_before = name_of_point(point_named_in(command));
    const Result<void> outcome =
        stop.stop_requested()
            ? Result<void>(fail(Cause::cancelled, Layer::point, Reach::point))
            : allow(command)
                  .and_then([&] { return with_client(command); })
                  .and_then([&](const Command& whole) {
                      return std::visit([&](const auto& one) { return run(one, job, stop); },
                                        whole);
                  });
    if (outcome)
        note(command, job, name_before);
    if (!outcome && concerns_master_password(outcome.error()))
        show_secrets();
    if (!outcome)
        show_preview(job, tl::unexpected(outcome.error()));
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
        draft.workspace = state->setup.workspace.folder();
        if (!damaged.empty())
            draft.damaged_ledger_copy = damaged;
        draft.ledger_error = ledger_error;
    });
    state->load_chosen_folders();
    if (auto loaded = state->reload(); !loaded)
        return tl::unexpected(std::move(loaded.error()));
    state->board.publish_now();
    // The system may take its time to answer, and nobody should wait for that.
    state->office.post(0, [&state = *state](const StopToken&) {
        state.show_secrets();
        state.purge_expired();
        state.forget_old_actions();
        state.forget_lists_of_none();
    });
    return std::unique_ptr<Engine>(new Engine(std::move(state)));
}

Engine::Engine(std::unique_ptr<State> state) : state_(std::move(state)) {}

Engine::~Engine() {
    // All at once, so that the slowest decides how long it takes, not their sum.
    state_->office.request_stop();
    state_->clinic.request_stop();
    state_->enquiry.request_stop();
    state_->lobby.request_stop();
    state_->scout.request_stop();
    state_->reader.request_stop();
    state_->watch.request_stop();
    const std::scoped_lock lock(state_->mutex);
    for (auto& [point, desk] : state_->desks) {
        desk->worker.request_stop();
        desk->look_worker.request_stop();
    }
    for (auto& [point, work] : state_->ocr_works)
        work->worker.request_stop();
}

JobId Engine::State::post_to(JobThread& worker, Command command) {
    JobView view;
    view.kind = kind_of(command);
    view.point = point_named_in(command);
    if (const auto* remove = std::get_if<Remove>(&command)) {
        view.about = remove->uids;
        std::ranges::sort(view.about);
    }
    if (const auto* take = std::get_if<Take>(&command))
        view.by_itself = take->by_itself;
    const JobId job = board.add_job(std::move(view));
    if (auto look = loading_view(command, job))
        begin_preview(std::move(*look));
    worker.post(job, [this, job, command = std::move(command)](const StopToken& stop) {
        execute(command, job, stop);
    });
    return job;
}

JobId Engine::post(Command command) {
    JobThread& worker = state_->worker_for(command);
    state_->make_way(worker, point_named_in(command));
    return state_->post_to(worker, std::move(command));
}

void Engine::State::cancel(JobId job) {
    bool found = office.cancel(job) || clinic.cancel(job) || enquiry.cancel(job) ||
                 lobby.cancel(job) || scout.cancel(job) || reader.cancel(job);
    {
        const std::scoped_lock lock(mutex);
        for (auto& [point, desk] : desks)
            found = desk->worker.cancel(job) || desk->look_worker.cancel(job) || found;
        for (auto& [point, work] : ocr_works)
            found = work->worker.cancel(job) || found;
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
