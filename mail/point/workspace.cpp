#include "mail/point/workspace.h"

#include <algorithm>
#include <map>

#include "mail/base/hash.h"
#include "mail/base/same_file.h"
#include "mail/base/utf8.h"
#include "mail/point/chosen_folders.h"
#include "mail/point/json_file.h"
#include "mail/point/operators.h"
#include "mail/point/point_file.h"
#include "mail/point/secrets_in.h"
#include "mail/point/slug.h"
#include "mail/point/validate.h"
#include "mail/point/workspace_places.h"

namespace mail::point {

namespace {

constexpr std::string_view portable_folder = "mailpoint-data";
constexpr std::string_view extension = ".json";
constexpr std::string_view operators_file = "operators.json";
constexpr std::string_view office_file = "workspace.json";
constexpr std::string_view settings_file = "settings.json";
constexpr std::string_view secrets_file = "secrets.sealed";  ///< mail/secrets writes it

tl::unexpected<Error> unusable(const std::string& folder, std::string reason) {
    return fail(Cause::workspace_unusable, Layer::workspace, Reach::point,
                {{"folder", folder}, {"reason", std::move(reason)}});
}

bool is_folder(Disk& disk, const std::string& path) {
    const auto entry = disk.look(path);
    return entry && entry->kind == Entry::Kind::folder;
}

Result<std::string> find_folder(Disk& disk, const std::optional<std::string>& asked_for) {
    if (asked_for)
        return absolute_path(*asked_for);
    if (const auto beside = executable_folder()) {
        std::string portable = join_path(*beside, portable_folder);
        if (is_folder(disk, portable))
            return portable;
    }
    if (auto own = user_data_folder())
        return *std::move(own);
    return unusable("", "no folder for the data of this user");
}

bool looks_like_path(Disk& disk, const std::string& text) {
    return text.find_first_of("/\\") != std::string::npos || text.ends_with(".json") ||
           disk.look(absolute_path(text)).has_value();
}

/// What the account may see. Where the rules can't be read, that is nothing.
std::vector<StoredPoint> seen_by(const SystemAccount& account, Disk& disk,
                                 const std::string& operators_path,
                                 std::vector<StoredPoint> points) {
    const auto file = load_operators(disk, operators_path);
    if (!file)
        return {};
    const Operator* me = operator_of(file->operators, account);
    std::erase_if(points, [&](const StoredPoint& stored) {
        return stored.point ? !may_see(*stored.point, file->operators, me)
                            : !may_define(file->operators, me);
    });
    return points;
}

/// Those whose name is `name`; where there are none, those whose name is it but for the case of
/// letters.
std::vector<StoredPoint> named(const std::vector<StoredPoint>& points, const std::string& name) {
    std::vector<StoredPoint> same, similar;
    const std::string folded = utf8::folded(name);
    for (const StoredPoint& stored : points) {
        if (!stored.point)
            continue;
        if (stored.point->name == name)
            same.push_back(stored);
        else if (utf8::folded(stored.point->name) == folded)
            similar.push_back(stored);
    }
    return same.empty() ? similar : same;
}

/// None of several: the wrong mailbox would be worse than none.
tl::unexpected<Error> ambiguous(const std::string& name, const std::vector<StoredPoint>& points) {
    std::string paths;
    for (const StoredPoint& stored : points)
        paths += (paths.empty() ? "" : ", ") + stored.path;
    return fail(Cause::point_not_found, Layer::workspace, Reach::point,
                {{"name", name}, {"files", paths}});
}

tl::unexpected<Error> not_found(const std::string& name, const std::vector<StoredPoint>& points) {
    std::string known, damaged;
    for (const StoredPoint& stored : points) {
        std::string& names = stored.point ? known : damaged;
        names += (names.empty() ? "" : ", ") + (stored.point ? stored.point->name : stored.path);
    }
    Facts facts{{"name", name}};
    if (!known.empty())
        facts.emplace_back("known", known);
    if (!damaged.empty())
        facts.emplace_back("damaged", damaged);
    return fail(Cause::point_not_found, Layer::workspace, Reach::point, std::move(facts));
}

std::string id_of(const StoredPoint& stored) {
    return stored.point ? stored.point->id : stored.path;
}

/// The last component of a path.
std::string name_of_file(const std::string& path) {
    return path.substr(parent_path(path).size() + 1);
}

bool is_definition_name(std::string_view name) {
    return !name.starts_with(".") && name.ends_with(extension);
}

bool is_definition(const Entry& entry) {
    return entry.kind == Entry::Kind::file && is_definition_name(entry.name);
}

/// "Faktury" or, if that is there, "Faktury (2)" …
std::string free_name(const std::string& name, const std::vector<StoredPoint>& points) {
    const auto is_there = [&](const std::string& wanted) {
        return std::ranges::any_of(points, [&](const StoredPoint& stored) {
            return stored.point && utf8::folded(stored.point->name) == utf8::folded(wanted);
        });
    };
    std::string free = name;
    for (unsigned number = 2; is_there(free); ++number)
        free = name + " (" + std::to_string(number) + ")";
    return free;
}

/// Of files with one id the first keeps it ("a.json" before "a-2.json"): whatever is done to the
/// point is done to that file and to no other.
void refuse_shared_ids(Disk& disk, std::vector<StoredPoint>& points) {
    const auto before = [](const StoredPoint& a, const StoredPoint& b) {
        return std::pair(a.path.size(), a.path) < std::pair(b.path.size(), b.path);
    };
    std::map<std::string, StoredPoint*> first;
    for (StoredPoint& stored : points) {
        if (!stored.point)
            continue;
        auto [found, is_new] = first.emplace(stored.point->id, &stored);
        if (is_new)
            continue;
        StoredPoint* later = &stored;
        if (before(stored, *found->second))
            std::swap(later, found->second);
        const auto content = read_json_file(disk, later->path);
        const auto parsed = content ? parse_with_lines(*content) : Result<JsonWithLines>();
        later->point = tl::unexpected(with_file(
            damaged(parsed ? parsed->line_of("id") : 1,
                    FieldFault{"id", JsonFault::duplicate_id, {{"other", found->second->path}}})
                .value(),
            later->path));
        // Not to be taken for known: the other file may go.
        later->content_sha256.clear();
    }
}

Result<void> refuse_secrets(const Point& point) {
    const std::string field = field_with_secret(point);
    if (field.empty())
        return {};
    return fail(Cause::point_invalid, Layer::point, Reach::point,
                {{"field", field}, {"secret", "yes"}});
}

/// What could be put right in a form only by whoever notices it.
Result<void> refuse_wrong_values(const Point& point) {
    const auto wrong = first_wrong_value(point);
    return wrong ? Result<void>(tl::unexpected(error_of(*wrong))) : Result<void>();
}

/// A found point is one to work with.
Result<StoredPoint> if_usable(StoredPoint stored) {
    if (!stored.point)
        return tl::unexpected(stored.point.error());
    const bool other_work = stored.point->type != Type::mailbox;
    const auto obstacle = first_obstacle(*stored.point);
    if (!other_work && !obstacle)
        return stored;
    if (other_work)
        return fail(Cause::point_invalid, Layer::point, Reach::point,
                    {{"field", "type"}, {"file", stored.path}});
    return tl::unexpected(with_file(error_of(*obstacle), stored.path));
}

}  // namespace

Result<Workspace> Workspace::open(Disk& disk, const std::optional<std::string>& asked_for) {
    auto folder = find_folder(disk, asked_for);
    if (!folder)
        return tl::unexpected(std::move(folder).error());
    const std::string points = join_path(*folder, "points");
    if (auto made = disk.make_folder(points, Disk::Access::owner_only); !made)
        return unusable(*folder, std::string(made.error().fact("reason")));
    return Workspace(disk, *std::move(folder));
}

std::string Workspace::ledger_path() const {
    return join_path(folder_, "state.db");
}

std::string Workspace::lists_path() const {
    return join_path(folder_, "lists.db");
}

std::string Workspace::settings_path() const {
    return join_path(folder_, settings_file);
}

std::string Workspace::operators_path() const {
    return join_path(folder_, operators_file);
}

std::string Workspace::office_path() const {
    return join_path(folder_, office_file);
}

std::string Workspace::quarantine_folder() const {
    return join_path(folder_, "quarantine");
}

std::string Workspace::documents_folder() const {
    return join_path(folder_, "documents");
}

std::string Workspace::chosen_folders_path(const SystemAccount& account) const {
    return join_path(folder_, chosen_folders_file(account));
}

std::string Workspace::lock_path() const {
    return join_path(folder_, "definitions.lock");
}

std::string Workspace::points_folder() const {
    return join_path(folder_, "points");
}

std::string Workspace::deleted_folder() const {
    return join_path(folder_, "deleted");
}

bool Workspace::owns(const std::string& path) const {
    const std::string folder = parent_path(path);
    return folder == points_folder() || folder == deleted_folder();
}

void Workspace::tidy() const {
    remove_strays(*disk_, folder_, [](std::string_view name) {
        return name == operators_file || name == office_file || name == settings_file ||
               name == secrets_file || is_chosen_folders_file(name);
    });
    remove_strays(*disk_, points_folder(), is_definition_name);
}

Result<std::vector<StoredPoint>> Workspace::points(const std::vector<StoredPoint>& known) const {
    const std::string folder = points_folder();
    auto entries = disk_->list(folder);
    if (!entries)
        return unusable(folder_, std::string(entries.error().fact("reason")));
    std::vector<std::pair<std::string, StoredPoint>> sorted;
    for (const Entry& entry : *entries) {
        if (!is_definition(entry))
            continue;
        StoredPoint stored = load(join_path(folder, entry.name), known);
        std::string key = utf8::sort_key(stored.point ? stored.point->name : entry.name);
        sorted.emplace_back(std::move(key), std::move(stored));
    }
    // The path after the name: two of one name must not change places from call to call.
    std::sort(sorted.begin(), sorted.end(), [](const auto& a, const auto& b) {
        return std::tie(a.first, a.second.path) < std::tie(b.first, b.second.path);
    });
    std::vector<StoredPoint> points;
    for (auto& [key, stored] : sorted)
        points.push_back(std::move(stored));
    refuse_shared_ids(*disk_, points);
    return points;
}

StoredPoint Workspace::load(const std::string& path, const std::vector<StoredPoint>& known) const {
    const auto content = read_json_file(*disk_, path);
    if (!content)
        return {path, tl::unexpected(content.error())};
    std::string sha256 = sha256_hex(*content);
    for (const StoredPoint& stored : known)
        if (stored.path == path && stored.content_sha256 == sha256)
            return stored;
    return {path, point_of_file(*content, path), std::move(sha256)};
}

Result<StoredPoint> Workspace::find(const std::string& name_or_path, For use,
                                    const SystemAccount& account) const {
    const auto known = points();
    if (!known)
        return tl::unexpected(known.error());
    const auto not_found_here = [&] {
        return not_found(name_or_path, seen_by(account, *disk_, operators_path(), *known));
    };
    auto candidates = named(*known, name_or_path);
    if (candidates.size() > 1) {
        // Whom none of them concerns gets one, and is told so by whoever asks for permission.
        const auto seen = seen_by(account, *disk_, operators_path(), candidates);
        if (seen.size() > 1)
            return ambiguous(name_or_path, seen);
        if (!seen.empty())
            candidates = seen;
    }
    if (!candidates.empty())
        return use == For::work ? if_usable(candidates.front()) : candidates.front();
    if (!looks_like_path(*disk_, name_or_path))
        return not_found_here();
    std::string path = absolute_path(name_or_path);
    if (is_folder(*disk_, path))
        return not_found_here();
    // One of ours is what it is among the others, however its path is spelt: else the rules for
    // the workspace's points would end at a "..".
    auto ours = std::ranges::find(*known, path, &StoredPoint::path);
    if (ours == known->end())
        ours = std::ranges::find_if(
            *known, [&](const StoredPoint& stored) { return same_file(stored.path, path); });
    if (ours != known->end())
        path = ours->path;
    auto point = ours != known->end() ? ours->point : load_point(*disk_, path);
    if (!point && point.error().cause == Cause::file_not_found)
        return not_found_here();
    if (!point)
        return tl::unexpected(std::move(point).error());
    StoredPoint stored{path, std::move(point)};
    return use == For::work ? if_usable(std::move(stored)) : stored;
}

Result<std::string> Workspace::free_path(const std::string& folder, const std::string& stem) const {
    for (unsigned number = 1;; ++number) {
        const std::string name = stem + (number == 1 ? "" : "-" + std::to_string(number));
        std::string path = join_path(folder, name + std::string(extension));
        const auto there = disk_->look(path);
        if (!there && there.error().cause == Cause::file_not_found)
            return path;
        if (!there)
            return tl::unexpected(there.error());
    }
}

Result<StoredPoint> Workspace::save(Point point, const std::optional<std::string>& based_on) const {
    if (auto without = refuse_secrets(point); !without)
        return tl::unexpected(without.error());
    const auto known = points();
    if (!known)
        return tl::unexpected(known.error());
    const auto before = std::ranges::find_if(*known, [&](const StoredPoint& stored) {
        return stored.point && !point.id.empty() && stored.point->id == point.id;
    });
    if (based_on && (before == known->end() || before->content_sha256 != *based_on))
        return fail(Cause::point_changed, Layer::point, Reach::point,
                    {{"name", point.name},
                     {"file", before == known->end() ? points_folder() : before->path}});
    std::string path = before == known->end() ? "" : before->path;
    if (point.id.empty())
        point.id = random_uuid();
    if (path.empty()) {
        // A damaged file may have the name that would be ours: it is somebody's point, too.
        auto free = free_path(points_folder(), slug_of(point.name, "point") + "-" +
                                                   slug_of(point.id, "point").substr(0, 8));
        if (!free)
            return tl::unexpected(std::move(free).error());
        path = *std::move(free);
    }
    if (auto saved = save_point(*disk_, path, point); !saved)
        return tl::unexpected(std::move(saved).error());
    std::string sha256 = sha256_hex(format_point(point));
    return StoredPoint{path, std::move(point), std::move(sha256)};
}

Result<std::string> Workspace::move(const std::string& path, const std::string& folder) const {
    const std::string name = name_of_file(path);
    auto free = free_path(folder, name.substr(0, name.size() - extension.size()));
    if (!free)
        return tl::unexpected(std::move(free).error());
    if (auto moved = disk_->rename_new(path, *free); !moved)
        return tl::unexpected(with_file(std::move(moved).error(), path));
    // Of the backup nothing depends: one that is not there, or stays, does no harm.
    static_cast<void>(disk_->rename_over(path + ".bak", *free + ".bak"));
    return disk_->sync_folder(folder)
        .and_then([&] { return disk_->sync_folder(parent_path(path)); })
        .map([&] { return *free; });
}

Result<std::string> Workspace::remove(const std::string& id) const {
    const auto known = points();
    if (!known)
        return tl::unexpected(known.error());
    const auto found = std::ranges::find(*known, id, id_of);
    if (found == known->end())
        return fail(Cause::point_not_found, Layer::workspace, Reach::point, {{"name", id}});
    if (auto made = disk_->make_folder(deleted_folder(), Disk::Access::owner_only); !made)
        return tl::unexpected(with_file(std::move(made).error(), found->path));
    return move(found->path, deleted_folder());
}

Result<void> Workspace::restore(const std::string& id) const {
    const auto entries = disk_->list(deleted_folder());
    if (!entries && entries.error().cause != Cause::folder_not_found)
        return tl::unexpected(entries.error());
    std::string last;
    for (const Entry& entry : entries.value_or(std::vector<Entry>())) {
        if (!is_definition(entry))
            continue;
        // A file without an id has that of the path where it was.
        const std::string path = join_path(deleted_folder(), entry.name);
        const std::string was = join_path(points_folder(), entry.name);
        const auto content = read_json_file(*disk_, path);
        const bool same = content && id_of({was, point_of_file(*content, was)}) == id;
        // "a-2.json" went after "a.json".
        if (same && std::pair(path.size(), path) > std::pair(last.size(), last))
            last = path;
    }
    if (last.empty())
        return fail(Cause::point_not_found, Layer::workspace, Reach::point, {{"name", id}});
    const auto known = points();
    if (!known)
        return tl::unexpected(known.error());
    if (const auto there = std::ranges::find(*known, id, id_of); there != known->end())
        return fail(Cause::file_exists, Layer::point, Reach::point, {{"path", there->path}});
    // No second one of its name: `--point NAME` must find one.
    auto point = read_json_file(*disk_, last).and_then([&](const std::string& content) {
        return point_of_file(content, join_path(points_folder(), name_of_file(last)));
    });
    if (std::string name = point ? free_name(point->name, *known) : "";
        point && name != point->name) {
        point->name = std::move(name);
        if (auto renamed = save_point(*disk_, last, *point); !renamed)
            return renamed;
    }
    return move(last, points_folder()).map([](const std::string&) {});
}

Result<StoredPoint> Workspace::import(const std::string& path) const {
    const auto content = read_json_file(*disk_, path);
    if (!content)
        return tl::unexpected(content.error());
    auto point = parse_point(*content);
    if (!point)
        return tl::unexpected(with_file(std::move(point).error(), path));
    if (auto good = refuse_secrets(*point).and_then([&] { return refuse_wrong_values(*point); });
        !good)
        return tl::unexpected(with_file(std::move(good).error(), path));
    const auto known = points();
    if (!known)
        return tl::unexpected(known.error());
    // The id is that of the record, and of the stored password: only what was this workspace's
    // own comes back to them.
    const bool was_ours = owns(absolute_path(path));
    if (!was_ours || std::ranges::find(*known, point->id, id_of) != known->end())
        point->id.clear();
    point->name = free_name(point->name, *known);
    return save(*std::move(point));
}

}  // namespace mail::point
