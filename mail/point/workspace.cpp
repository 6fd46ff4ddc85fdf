#include "mail/point/workspace.h"

#include <algorithm>

#include "mail/base/hash.h"
#include "mail/base/utf8.h"
#include "mail/point/point_file.h"
#include "mail/point/validate.h"
#include "mail/point/workspace_places.h"

namespace mail::point {

namespace {

constexpr std::string_view portable_folder = "mailpoint-data";
constexpr std::size_t max_slug_letters = 40;

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

/// A file name that is one everywhere: "Faktury – Łódź" becomes "faktury-lodz".
std::string slug_of(std::string_view name) {
    std::string slug;
    for (const char c : utf8::unaccented(name)) {
        const bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        if (plain && slug.size() < max_slug_letters)
            slug += c;
        else if (!plain && !slug.empty() && slug.back() != '-')
            slug += '-';
    }
    while (!slug.empty() && slug.back() == '-')
        slug.pop_back();
    return slug.empty() ? "point" : slug;
}

bool looks_like_path(Disk& disk, const std::string& text) {
    return text.find_first_of("/\\") != std::string::npos || text.ends_with(".json") ||
           disk.look(absolute_path(text)).has_value();
}

/// The one whose name is `name`; else the only one whose name is it but for the case of letters.
const StoredPoint* named(const std::vector<StoredPoint>& points, const std::string& name) {
    const StoredPoint* similar = nullptr;
    bool several = false;
    const std::string folded = utf8::folded(name);
    for (const StoredPoint& stored : points) {
        if (!stored.point)
            continue;
        if (stored.point->name == name)
            return &stored;
        if (utf8::folded(stored.point->name) == folded) {
            several = similar != nullptr;
            similar = &stored;
        }
    }
    return several ? nullptr : similar;
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

/// A found point is one to work with.
Result<StoredPoint> if_usable(StoredPoint stored) {
    const bool other_work = stored.point->type != Type::mailbox;
    const auto obstacle = first_obstacle(*stored.point);
    if (!other_work && !obstacle)
        return stored;
    const std::string_view key = other_work ? "type" : key_of(obstacle->field);
    return fail(Cause::point_invalid, Layer::point, Reach::point,
                {{"field", std::string(key)}, {"file", stored.path}});
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

std::string Workspace::settings_path() const {
    return join_path(folder_, "settings.json");
}

Result<std::vector<StoredPoint>> Workspace::points() const {
    const std::string folder = join_path(folder_, "points");
    auto entries = disk_->list(folder);
    if (!entries)
        return unusable(folder_, std::string(entries.error().fact("reason")));
    std::vector<std::pair<std::string, StoredPoint>> sorted;
    for (const Entry& entry : *entries) {
        const bool hidden = entry.name.starts_with(".");
        if (entry.kind != Entry::Kind::file || hidden || !entry.name.ends_with(".json"))
            continue;
        const std::string path = join_path(folder, entry.name);
        auto point = load_point(*disk_, path);
        std::string key = utf8::sort_key(point ? point->name : entry.name);
        sorted.emplace_back(std::move(key), StoredPoint{path, std::move(point)});
    }
    // The path after the name: two of one name must not change places from call to call.
    std::sort(sorted.begin(), sorted.end(), [](const auto& a, const auto& b) {
        return std::tie(a.first, a.second.path) < std::tie(b.first, b.second.path);
    });
    std::vector<StoredPoint> points;
    for (auto& [key, stored] : sorted)
        points.push_back(std::move(stored));
    return points;
}

Result<StoredPoint> Workspace::find(const std::string& name_or_path) const {
    const auto known = points();
    if (!known)
        return tl::unexpected(known.error());
    if (const StoredPoint* stored = named(*known, name_or_path))
        return if_usable(*stored);
    if (!looks_like_path(*disk_, name_or_path))
        return not_found(name_or_path, *known);
    const std::string path = absolute_path(name_or_path);
    if (is_folder(*disk_, path))
        return not_found(name_or_path, *known);
    auto point = load_point(*disk_, path);
    if (!point && point.error().cause == Cause::file_not_found)
        return not_found(name_or_path, *known);
    if (!point)
        return tl::unexpected(std::move(point).error());
    return if_usable({path, std::move(point)});
}

Result<StoredPoint> Workspace::save(Point point) const {
    const auto known = points();
    if (!known)
        return tl::unexpected(known.error());
    if (point.id.empty())
        point.id = random_uuid();
    std::string path;
    for (const StoredPoint& stored : *known)
        if (stored.point && stored.point->id == point.id)
            path = stored.path;
    // A damaged file may have the name that would be ours: it is somebody's point, too.
    const std::string stem = slug_of(point.name) + "-" + slug_of(point.id).substr(0, 8);
    for (unsigned number = 1; path.empty(); ++number) {
        const std::string name = stem + (number == 1 ? "" : "-" + std::to_string(number));
        std::string free = join_path(join_path(folder_, "points"), name + ".json");
        const auto there = disk_->look(free);
        if (!there && there.error().cause != Cause::file_not_found)
            return tl::unexpected(there.error());
        if (!there)
            path = std::move(free);
    }
    if (auto saved = save_point(*disk_, path, point); !saved)
        return tl::unexpected(std::move(saved).error());
    return StoredPoint{path, std::move(point)};
}

}  // namespace mail::point
