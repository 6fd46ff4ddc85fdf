#include "mail/point/allowed_commands.h"

#include <array>
#include <vector>

#include "mail/base/hash.h"
#include "mail/point/json_fields.h"
#include "mail/point/json_file.h"

namespace mail::point {

namespace {

constexpr int current_version = 1;
constexpr std::array<Migration, current_version - 1> steps{};

/// No command stands in the file: it may hold what is nobody's business.
std::string hash_of(std::string_view point, std::string_view command) {
    std::string both(point);
    both += '\0';
    both += command;
    return sha256_hex(both);
}

Result<std::vector<std::string>> parse(std::string_view json) {
    const auto parsed = parse_versioned(json, steps);
    if (!parsed)
        return tl::unexpected(parsed.error());
    std::vector<std::string> hashes;
    std::optional<FieldFault> fault;
    FieldReader reader(parsed->value, "", fault);
    reader.texts("allowed", hashes);
    if (fault)
        return damaged(parsed->line_of(fault->field), *fault);
    return hashes;
}

}  // namespace

Result<AllowedCommands::Hashes> AllowedCommands::load() {
    if (path_.empty())
        return Hashes();
    const auto content = read_json_file(*disk_, path_);
    if (!content && content.error().cause == Cause::file_not_found)
        return Hashes();
    if (!content)
        return tl::unexpected(content.error());
    return parse(*content)
        .map([](const std::vector<std::string>& all) { return Hashes(all.begin(), all.end()); })
        .map_error([&](Error error) { return with_file(std::move(error), path_); });
}

bool AllowedCommands::has(std::string_view point, std::string_view command) {
    const std::string hash = hash_of(point, command);
    const std::scoped_lock lock(mutex_);
    if (now_.contains(hash))
        return true;
    // Another program of this person may have added it.
    const auto kept = load();
    return kept && kept->contains(hash);
}

Result<void> AllowedCommands::add(std::string_view point, std::string_view command) {
    const std::scoped_lock lock(mutex_);
    now_.insert(hash_of(point, command));
    auto kept = load();
    if (!kept)
        return tl::unexpected(std::move(kept.error()));
    if (path_.empty() || !kept->insert(hash_of(point, command)).second)
        return {};
    FieldWriter writer(Json::object());
    writer.put("version", current_version);
    writer.texts("allowed", std::vector<std::string>(kept->begin(), kept->end()));
    const std::string text = text_of(std::move(writer).finish());
    if (auto made = disk_->make_folder(parent_path(path_), Disk::Access::owner_only); !made)
        return made;
    return replace_json_file(*disk_, path_, text,
                             parse(text).map([](const std::vector<std::string>&) {}));
}

}  // namespace mail::point
