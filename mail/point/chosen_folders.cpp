#include "mail/point/chosen_folders.h"

#include <algorithm>
#include <array>
#include <set>

#include "mail/point/json_fields.h"
#include "mail/point/json_file.h"
#include "mail/point/operators.h"
#include "mail/point/slug.h"

namespace mail::point {

namespace {

constexpr int current_version = 1;
constexpr std::array<Migration, current_version - 1> steps{};
constexpr std::string_view prefix = "target-folders-", extension = ".json";

/// As visit_point(): read and written by the same list.
template <class Visitor, class Value>
void visit_folder(Visitor& visitor, Value& one) {
    visitor.text("point", one.point);
    visitor.text("folder", one.folder);
}

/// The first thing that the types of the values don't tell.
std::optional<FieldFault> fault_of(const std::vector<ChosenFolder>& folders) {
    std::set<std::string> points;
    for (std::size_t i = 0; i < folders.size(); ++i) {
        const std::string place = "folders." + std::to_string(i);
        if (folders[i].point.empty() || folders[i].folder.empty())
            return FieldFault{place + (folders[i].point.empty() ? ".point" : ".folder"),
                              JsonFault::missing};
        if (!points.insert(folders[i].point).second)
            return FieldFault{place + ".point", JsonFault::duplicate_id};
    }
    return std::nullopt;
}

bool belongs_to(const ChosenFolders& chosen, const SystemAccount& account) {
    Operator owner;
    owner.account = chosen.account;
    owner.account_name = chosen.account_name;
    return operator_of({owner}, account) != nullptr;
}

}  // namespace

std::string ChosenFolders::of(std::string_view point) const {
    const auto found = std::ranges::find(folders, point, &ChosenFolder::point);
    return found == folders.end() ? "" : found->folder;
}

void ChosenFolders::set(const std::string& point, const std::string& folder) {
    const auto found = std::ranges::find(folders, point, &ChosenFolder::point);
    if (found == folders.end() && !folder.empty())
        folders.push_back({point, folder});
    else if (found != folders.end() && folder.empty())
        folders.erase(found);
    else if (found != folders.end())
        found->folder = folder;
}

std::string chosen_folders_file(const SystemAccount& account) {
    // Two accounts may have one name: on two computers, or in two domains.
    return std::string(prefix) + slug_of(account.account_name, "operator") + "-" +
           slug_of(account.account, "0") + std::string(extension);
}

bool is_chosen_folders_file(std::string_view name) {
    return name.starts_with(prefix) && name.ends_with(extension);
}

Result<ChosenFolders> parse_chosen_folders(std::string_view json) {
    const auto parsed = parse_versioned(json, steps);
    if (!parsed)
        return tl::unexpected(parsed.error());
    ChosenFolders chosen;
    std::optional<FieldFault> fault;
    FieldReader reader(parsed->value, "", fault);
    reader.text("account", chosen.account);
    reader.text("account_name", chosen.account_name);
    reader.objects("folders", chosen.folders,
                   [](FieldReader& inner, ChosenFolder& one) { visit_folder(inner, one); });
    if (!fault)
        fault = fault_of(chosen.folders);
    if (fault)
        return damaged(parsed->line_of(fault->field), *fault);
    chosen.unknown_keys = unknown_text(reader.rest());
    return chosen;
}

std::string format_chosen_folders(const ChosenFolders& chosen) {
    FieldWriter writer(unknown_from(chosen.unknown_keys));
    writer.put("version", current_version);
    writer.text("account", chosen.account);
    writer.text("account_name", chosen.account_name);
    writer.objects("folders", chosen.folders,
                   [](FieldWriter& inner, const ChosenFolder& one) { visit_folder(inner, one); });
    return text_of(std::move(writer).finish());
}

Result<ChosenFolders> load_chosen_folders(Disk& disk, const std::string& path,
                                          const SystemAccount& account) {
    const ChosenFolders none{account.account, account.account_name, {}};
    const auto content = read_json_file(disk, path);
    if (!content && content.error().cause == Cause::file_not_found)
        return none;
    if (!content)
        return tl::unexpected(content.error());
    return parse_chosen_folders(*content)
        .map([&](ChosenFolders chosen) { return belongs_to(chosen, account) ? chosen : none; })
        .map_error([&](Error error) { return with_file(std::move(error), path); });
}

Result<void> save_chosen_folders(Disk& disk, const std::string& path, const ChosenFolders& chosen) {
    const std::string text = format_chosen_folders(chosen);
    return replace_json_file(disk, path, text,
                             parse_chosen_folders(text).map([](const ChosenFolders&) {}));
}

}  // namespace mail::point
