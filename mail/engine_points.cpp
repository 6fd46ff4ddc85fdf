// The engine's work on definitions: what is shown of points, and what changes them.

#include <algorithm>

#include "mail/engine_state.h"
#include "mail/point/export.h"
#include "mail/point/secrets_in.h"

namespace mail {

namespace {

/// For what has a deadline of its own.
Wait until(const StopToken& stop) {
    return Wait{Clock::time_point::max(), stop};
}

/// What is known of a point stays: its list, its health.
std::shared_ptr<const PointView> merged(const PointView& before, const PointView& now) {
    auto merged = std::make_shared<PointView>(before);
    merged->defined_folder = now.defined_folder;
    merged->target_folder = now.target_folder;
    merged->folder_from = now.folder_from;
    merged->definition = now.definition;
    merged->path = now.path;
    merged->content_sha256 = now.content_sha256;
    merged->file_error = now.file_error;
    merged->secret_field = now.secret_field;
    merged->read_only = now.read_only;
    return merged;
}

/// A point whose file can't be read at the moment stays as it is known, and says so; null for
/// others.
std::shared_ptr<const PointView> kept_through_fault(const Snapshot& shown,
                                                    const point::StoredPoint& stored) {
    if (stored.point)
        return nullptr;
    const auto before = std::ranges::find_if(shown.points, [&](const auto& view) {
        return view->path == stored.path && view->definition->id != stored.path;
    });
    if (before == shown.points.end())
        return nullptr;
    auto kept = std::make_shared<PointView>(**before);
    kept->file_error = stored.point.error();
    kept->read_only = true;
    return kept;
}

}  // namespace

std::shared_ptr<const PointView> Engine::State::view_of(const point::StoredPoint& stored) const {
    auto view = std::make_shared<PointView>();
    view->path = stored.path;
    view->content_sha256 = stored.content_sha256;
    if (stored.point) {
        view->definition = std::make_shared<const point::Point>(*stored.point);
        view->defined_folder = defined_folder(*stored.point);
        show_target(*view);
        view->secret_field = point::field_with_secret(*stored.point);
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
    view->secret_field = point::field_with_secret(guest.point);
    view->defined_folder = guest.target_folder.empty() ? defined_folder(guest.point)
                                                       : absolute_in_workspace(guest.target_folder);
    show_target(*view);
    return view;
}

Result<void> Engine::State::reload() {
    return definitions.reload().map([&] { show_definitions(); });
}

void Engine::State::show_definitions() {
    const auto known = definitions.known();
    std::vector<std::string> changed, gone, back;
    board.change([&](Snapshot& draft) {
        std::vector<std::shared_ptr<const PointView>> views;
        for (const Guest& guest : setup.guests)
            views.push_back(view_of(guest));
        for (const point::StoredPoint& stored : known->points) {
            if (auto kept = kept_through_fault(draft, stored);
                kept && known->may_see(*kept->definition))
                views.push_back(std::move(kept));
            else if (known->may_see(stored))
                views.push_back(view_of(stored));
        }
        for (const auto& before : draft.points) {
            const auto same_id = [&](const auto& view) {
                return view->definition->id == before->definition->id;
            };
            const auto now = std::ranges::find_if(views, same_id);
            if (now == views.end())
                gone.push_back(before->definition->id);
            if (now == views.end() || *(*now)->definition != *before->definition)
                changed.push_back(before->definition->id);
            if (now != views.end())
                *now = merged(*before, **now);
        }
        for (const auto& view : views)
            if (std::ranges::find(draft.points, view->definition->id, [](const auto& before) {
                    return before->definition->id;
                }) == draft.points.end())
                back.push_back(view->definition->id);
        draft.points = std::move(views);
        draft.operators = known->operators;
        draft.office = known->office;
        draft.office_error = known->office_error;
        draft.me = known->me;
        draft.may_define = known->may_define();
        draft.may_see_points = known->may_see_points();
        draft.operators_error = known->operators_error;
    });
    // What is placed by then is in the ledger; the rest is nobody's here any more.
    for (const std::string& point : gone)
        stop_work(point);
    for (const std::string& point : changed) {
        forget_session(point);
        target_changed(point);
    }
    // Whoever watched one goes on.
    for (const std::string& point : back)
        target_changed(point);
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
    if (command.client_secret) {
        const auto wait = Wait::for_at_most(store_keeps_in, stop);
        show_password(job, definitions.with_client(saved->point->connection)
                               .and_then([&](const point::Connection& connection) {
                                   return setup.secrets->put(oauth::client_secret_key(connection),
                                                             *command.client_secret, wait);
                               }));
    }
    return reloaded;
}

Result<void> Engine::State::run(const DeletePoint& command, JobId job, const StopToken& stop) {
    const auto before = board.point(command.point);
    const auto removed = definitions.remove(command.point, until(stop));
    if (!removed)
        return tl::unexpected(removed.error());
    stop_work(command.point);
    if (before)
        forget_list(lists_of(command.point), *before->definition);
    auto reloaded = reload();
    deleted[command.point].until = Clock::now() + setup.deleted_kept;
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
    const auto found = deleted.find(command.point);
    if (found == deleted.end())
        return reloaded;
    const auto& password = found->second.password;
    const auto wait = Wait::for_at_most(store_keeps_in, stop);
    const auto put = password ? setup.secrets->put(password_key(command.point), *password, wait)
                              : Result<void>();
    if (put)
        deleted.erase(found);
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

Result<void> Engine::State::run(const ExportPoint& command, JobId, const StopToken& stop) {
    const auto view = board.point(command.point);
    if (!view)
        return fail(Cause::point_not_found, Layer::workspace, Reach::point,
                    {{"name", command.point}});
    if (view->file_error)
        return tl::unexpected(*view->file_error);
    const std::string content = point::export_point(*view->definition);
    return hand_out(command.path, command.replace, content, stop);
}

Result<void> Engine::State::run(const SaveOperators& command, JobId, const StopToken& stop) {
    if (auto saved = definitions.save_operators(command.operators, command.based_on, until(stop));
        !saved)
        return saved;
    return reload();
}

Result<void> Engine::State::run(const SaveOfficeClient& command, JobId, const StopToken& stop) {
    if (auto saved = definitions.save_client(command.settings, command.client_id, until(stop));
        !saved)
        return saved;
    // Whoever was signed in by another client signs in again.
    const auto shown = board.snapshot();
    for (const auto& view : shown->points)
        if (view->definition->connection.oauth.client_id.empty())
            forget_session(view->definition->id);
    return reload();
}

Result<void> Engine::State::run(const SaveRetention& command, JobId, const StopToken& stop) {
    const auto saved = definitions.save_retention(command.retention, command.based_on, until(stop));
    if (!saved)
        return saved;
    forget_lists(setup.workspace.disk(), setup.workspace.lists_path(),
                 std::chrono::days(command.retention.list_days));
    return reload();
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

}  // namespace mail
