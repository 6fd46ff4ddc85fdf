// The engine's work on target folders: which one is in use, and whether one will do.

#include "mail/base/ask_folder.h"
#include "mail/diagnose/target.h"
#include "mail/engine_state.h"
#include "mail/point/validate.h"

namespace mail {

namespace {

/// The highest that is not there, of the folder and those above it; "" if it is there.
std::string first_missing(Disk& disk, std::string folder) {
    std::string missing;
    for (;;) {
        const auto there = disk.look(folder);
        if (there || (there.error().cause != Cause::file_not_found &&
                      there.error().cause != Cause::folder_not_found))
            return missing;
        missing = folder;
        folder = parent_path(folder);
        if (folder.empty() || folder == missing)
            return missing;
    }
}

/// Asked on a thread that nobody may be waiting for any more: of a network share that has gone the
/// system says nothing for minutes.
struct FolderQuestion {
    Disk& disk;
    std::string folder;
    bool make;
    Wait wait;
    Result<Facts> found;

    void ask() {
        found = ready()
                    .and_then([&] { return diagnose::try_target(disk, folder, wait); })
                    .map(little_room);
    }

private:
    [[nodiscard]] Result<void> ready() const {
        const std::string missing = first_missing(disk, folder);
        if (missing.empty())
            return {};
        if (missing != folder)
            return fail(Cause::folder_not_found, Layer::target, Reach::point,
                        {{"path", folder}, {"missing", missing}});
        if (!make)
            return fail(Cause::folder_not_found, Layer::target, Reach::point, {{"path", folder}});
        // Who has given up must not find it made later.
        return wait.check(Layer::target, Reach::point).and_then([&] {
            return disk.make_folder(folder, Disk::Access::usual);
        });
    }

    static Facts little_room(const Facts& tried) {
        for (const auto& [key, value] : tried)
            if (key == "free_octets" && std::stoull(value) < diagnose::little_room_octets)
                return {{key, value}};
        return {};
    }
};

/// What a choice is remembered under: an id that a file elsewhere names may be another point's,
/// too.
std::string key_of_choice(const PointView& view) {
    const bool is_guest = view.read_only && !view.demo;
    return is_guest ? view.path : view.definition->id;
}

/// What no folder's name can have.
Result<void> refuse_name(const PointView& view, const std::string& folder) {
    point::Point form = *view.definition;
    form.general.folder = folder;
    for (const point::Finding& finding : point::validate(form, {}))
        if (finding.field == point::Field::target_folder &&
            finding.severity == point::Severity::error)
            return tl::unexpected(point::error_of(finding));
    return {};
}

}  // namespace

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

/// The folder that work would use now, where the form names no other.
std::string Engine::State::target_folder_of(const point::Point& form) const {
    const auto shown = board.point(form.id);
    if (!shown)
        return given_folder_or(form.id, defined_folder(form));
    const point::General &now = shown->definition->general, &then = form.general;
    const bool unchanged = now.folder == then.folder && now.ocr_point == then.ocr_point &&
                           now.set_folder_while_working == then.set_folder_while_working;
    // What was chosen goes before what the form says.
    const bool stays =
        shown->folder_from == PointView::FolderFrom::chosen && then.set_folder_while_working;
    return unchanged || stays ? shown->target_folder
                              : given_folder_or(form.id, defined_folder(form));
}

/// The name of another point that files into that folder, or "".
std::string Engine::State::other_user_of(const std::string& folder,
                                         const std::string& form_of) const {
    const auto whole = [](const std::string& path) { return join_path(absolute_path(path), ""); };
    const auto known = definitions.known();
    for (const point::StoredPoint& stored : known->points) {
        if (!stored.point || stored.point->id == form_of || !known->may_see(stored))
            continue;
        const point::General& general = stored.point->general;
        if (!general.folder.empty() && !general.ocr_point &&
            whole(absolute_in_workspace(general.folder)) == whole(folder))
            return stored.point->name;
    }
    return "";
}

void Engine::State::load_chosen_folders() {
    chosen.account = setup.account.account;
    chosen.account_name = setup.account.account_name;
    if (!setup.remembers_chosen_folders)
        return;
    const std::string path = setup.workspace.chosen_folders_path(setup.account);
    auto loaded = point::load_chosen_folders(setup.workspace.disk(), path, setup.account);
    if (loaded)
        chosen = *std::move(loaded);
    else
        chosen_error = std::move(loaded.error());
}

void Engine::State::show_target(PointView& view) const {
    using From = PointView::FolderFrom;
    const point::Point& point = *view.definition;
    view.target_folder = view.defined_folder;
    view.folder_from = From::definition;
    if (setup.target_folders.contains(point.id)) {
        view.target_folder = given_folder_or(point.id, "");
        view.folder_from = From::given;
    } else if (point.general.set_folder_while_working) {
        // Which one was chosen is not known: better none than another firm's.
        if (chosen_error && !view.demo)
            view.target_folder.clear();
        else if (std::string folder = chosen.of(key_of_choice(view)); !folder.empty()) {
            view.target_folder = std::move(folder);
            view.folder_from = From::chosen;
        }
    }
}

/// Remembers it first: what is shown as set holds.
Result<void> Engine::State::choose_folder(const PointView& view, const std::string& folder) {
    point::ChosenFolders now = chosen;
    if (setup.remembers_chosen_folders && !view.demo) {
        // Not over what can't be read, nor over what was chosen on another computer meanwhile.
        const std::string path = setup.workspace.chosen_folders_path(setup.account);
        auto kept = point::load_chosen_folders(setup.workspace.disk(), path, setup.account);
        if (!kept)
            return tl::unexpected(std::move(kept.error()));
        kept->set(key_of_choice(view), folder);
        if (auto saved = point::save_chosen_folders(setup.workspace.disk(), path, *kept); !saved)
            return saved;
        chosen_error.reset();
        now = *std::move(kept);
    }
    now.set(key_of_choice(view), folder);
    chosen = std::move(now);
    return {};
}

Result<Facts> Engine::State::try_folder(const std::string& folder, bool make,
                                        const std::string& form_of, const StopToken& stop) {
    const auto wait = Wait::for_at_most(setup.folder_answers_in, stop);
    const auto question = std::make_shared<FolderQuestion>(
        FolderQuestion{setup.workspace.disk(), folder, make, wait, Facts()});
    auto asked = ask_folder(
        folder, [question] { question->ask(); }, wait);
    if (!asked)
        return tl::unexpected(std::move(asked.error()));
    if (!question->found)
        return tl::unexpected(question->found.error());
    Facts facts = std::move(*question->found);
    if (std::string other = other_user_of(folder, form_of); !other.empty())
        facts.emplace_back("used_by", std::move(other));
    return facts;
}

Result<void> Engine::State::hand_out(const std::string& path, bool replace,
                                     const std::string& content, const StopToken& stop) {
    const std::string whole = absolute_path(path), folder = parent_path(whole);
    Disk& disk = setup.workspace.disk();
    auto answers = ask_folder(
        folder, [&disk, folder] { static_cast<void>(disk.look(folder)); },
        Wait::for_at_most(setup.folder_answers_in, stop));
    if (!answers)
        return answers;
    return replace ? replace_file(disk, whole, content) : write_new_file(disk, whole, content);
}

Result<void> Engine::State::run(const SetFolder& command, JobId job, const StopToken& stop) {
    const auto view = board.point(command.point);
    if (!view)
        return fail(Cause::point_not_found, Layer::workspace, Reach::point,
                    {{"name", command.point}});
    const bool given = view->folder_from == PointView::FolderFrom::given;
    if (given || !view->definition->general.set_folder_while_working)
        return fail(Cause::folder_choice_not_allowed, Layer::target, Reach::point,
                    given ? Facts{{"given", view->target_folder}} : Facts{});
    std::string folder;
    if (!command.folder.empty()) {
        if (auto named = refuse_name(*view, command.folder); !named)
            return named;
        folder = absolute_path(absolute_in_workspace(command.folder));
        auto facts = try_folder(folder, command.make, command.point, stop);
        if (!facts)
            return tl::unexpected(std::move(facts.error()));
        board.change_job(job, [&](JobView& shown) { shown.folder_facts = *std::move(facts); });
    }
    if (auto remembered = choose_folder(*view, folder); !remembered)
        return remembered;
    board.change_point(command.point, [&](PointView& shown) { show_target(shown); });
    target_changed(command.point);
    return {};
}

Result<void> Engine::State::run(const CheckFolder& command, JobId job, const StopToken& stop) {
    // As was read last: to read it anew is for the thread that changes definitions.
    if (const auto known = definitions.known(); !known->may_define())
        return fail(Cause::no_permission, Layer::workspace, Reach::point,
                    {{"administrators", point::administrators_of(*known->operators)}});
    auto facts =
        try_folder(absolute_in_workspace(command.folder), command.make, command.form_of, stop);
    if (!facts)
        return tl::unexpected(std::move(facts.error()));
    board.change_job(job, [&](JobView& view) { view.folder_facts = *std::move(facts); });
    return {};
}

}  // namespace mail
