#include "mail/point/json_file.h"

namespace mail::point {

namespace {

constexpr std::uint64_t max_file_octets = 1U << 20;

/// The file's version; 1 where it says none.
Result<std::size_t> version_of(const JsonWithLines& file, std::size_t newest) {
    const auto found = file.value.find("version");
    if (found == file.value.end())
        return 1;
    const std::uint64_t version = found->is_number_unsigned() ? found->get<std::uint64_t>() : 0;
    if (version > newest)
        return fail(Cause::point_newer, Layer::point, Reach::point, {{"version", found->dump()}});
    if (version == 0) {
        const std::string to = newest == 1 ? "" : "–" + std::to_string(newest);
        const JsonKind kind = kind_of(*found);
        return damaged(
            file.line_of("version"),
            {"version",
             JsonFault::wrong_version,
             {{"expected", "1" + to},
              {"seen", kind == JsonKind::number ? found->dump() : std::string(name_of(kind))}}});
    }
    return static_cast<std::size_t>(version);
}

/// The new text lies whole under the backup's name before it takes its place: whenever that ends,
/// the previous one is nowhere but in `path`.
Result<void> replace_without_backup(Disk& disk, const std::string& path, std::string_view text) {
    const std::string aside = path + ".bak";
    if (auto removed = disk.remove(aside);
        !removed && removed.error().cause != Cause::file_not_found)
        return removed;
    return write_new_file(disk, aside, text)
        .and_then([&] { return disk.rename_over(aside, path); })
        .and_then([&] { return disk.sync_folder(parent_path(path)); });
}

}  // namespace

Result<JsonWithLines> parse_versioned(std::string_view text, Migrations migrations) {
    auto file = parse_with_lines(text);
    if (!file)
        return file;
    if (!file->value.is_object())
        return damaged(1, JsonFault::must_be_object,
                       {{"seen", std::string(name_of(kind_of(file->value)))}});
    const auto version = version_of(*file, migrations.size() + 1);
    if (!version)
        return tl::unexpected(version.error());
    file->value.erase("version");
    for (const Migration step : migrations.subspan(*version - 1))
        step(file->value);
    return file;
}

Result<std::string> read_json_file(Disk& disk, const std::string& path) {
    auto content = read_file(disk, path, max_file_octets);
    if (!content && content.error().cause == Cause::part_too_large)
        return tl::unexpected(
            with_file(damaged(1, JsonFault::too_large, {{"limit", "1 MiB"}}).value(), path));
    return std::move(content).map_error(
        [&](Error error) { return with_file(std::move(error), path); });
}

Result<void> replace_json_file(Disk& disk, const std::string& path, const std::string& text,
                               const Result<void>& read_back, PreviousVersion previous) {
    const auto refuse = [](std::string fact, std::string value) {
        return fail(Cause::point_invalid, Layer::point, Reach::point,
                    {{std::move(fact), std::move(value)}});
    };
    if (text.size() > max_file_octets)
        return refuse("limit", "1 MiB");
    if (!read_back)
        return refuse("field", std::string(read_back.error().fact("field")));
    const auto replace =
        previous == PreviousVersion::dropped ? replace_without_backup : replace_file;
    return replace(disk, path, text).map_error([&](Error error) {
        return with_file(std::move(error), path);
    });
}

Error with_file(Error error, const std::string& path) {
    error.layer = Layer::point;
    error.reach = Reach::point;
    error.facts.emplace_back("file", path);
    return error;
}

std::string text_of(const Json& file) {
    return file.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace mail::point
