#include "mail/point/point_file.h"

#include <array>

#include "mail/base/hash.h"
#include "mail/point/json_fields.h"
#include "mail/point/json_file.h"
#include "mail/point/point_fields.h"
#include "mail/point/secrets_in.h"

namespace mail::point {

namespace {

constexpr std::array<Migration, current_version - 1> steps{};

/// The same at every start, though the file holds none: what was taken is kept under the id.
std::string id_from_path(const std::string& path) {
    std::string id = sha256_hex(path).substr(0, 32);
    id[12] = '8';  // RFC 9562: version 8, made by a rule of one's own
    id[16] = "89ab"[static_cast<unsigned char>(id[16]) & 3U];
    for (const std::size_t at : {8U, 13U, 18U, 23U})
        id.insert(at, 1, '-');
    return id;
}

}  // namespace

Result<Point> parse_point(std::string_view json) {
    auto parsed = parse_versioned(json, steps);
    if (!parsed)
        return tl::unexpected(std::move(parsed).error());
    const bool typed = parsed->value.contains("type"), named = parsed->value.contains("name");
    std::optional<FieldFault> fault;
    FieldReader reader(parsed->value, "", fault);
    Point point;
    visit_point(reader, point);
    reader.require("type", typed);
    reader.require("name", named);
    const auto connection = parsed->value.find("connection");
    const bool has_server = connection != parsed->value.end() && connection->contains("server");
    reader.require("connection.server", has_server || point.type != Type::mailbox);
    if (fault)
        return damaged(parsed->line_of(fault->field), *fault);
    point.unknown_keys = unknown_text(reader.rest());
    return point;
}

std::string format_point(const Point& point) {
    Json unknown = unknown_from(point.unknown_keys);
    FieldWriter writer(unknown);
    // "$schema" is the editor's business, but it belongs first.
    if (const auto schema = unknown.find("$schema"); schema != unknown.end())
        writer.put("$schema", *schema);
    writer.put("version", current_version);
    visit_point(writer, point);
    return text_of(std::move(writer).finish());
}

Result<Point> point_of_file(std::string_view content, const std::string& path) {
    auto point = parse_point(content);
    if (!point)
        return tl::unexpected(with_file(std::move(point).error(), path));
    if (point->id.empty())
        point->id = id_from_path(absolute_path(path));
    return point;
}

Result<Point> load_point(Disk& disk, const std::string& path) {
    return read_json_file(disk, path).and_then([&](const std::string& content) {
        return point_of_file(content, path);
    });
}

Result<void> save_point(Disk& disk, const std::string& path, const Point& point) {
    // What can't be read can't be known to be worth less than what would be written over it.
    const auto before = load_point(disk, path);
    if (!before && before.error().cause != Cause::file_not_found)
        return tl::unexpected(before.error());
    const std::string text = format_point(point);
    // A secret that somebody wrote there and now takes out must not live on in the copy.
    const auto previous = before && !field_with_secret(*before).empty() ? PreviousVersion::dropped
                                                                        : PreviousVersion::kept;
    return replace_json_file(disk, path, text, parse_point(text).map([](const Point&) {}),
                             previous);
}

}  // namespace mail::point
