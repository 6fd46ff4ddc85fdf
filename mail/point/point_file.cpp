#include "mail/point/point_file.h"

#include <limits>

#include "mail/base/hash.h"
#include "mail/point/json_lines.h"
#include "mail/point/point_fields.h"

namespace mail::point {

namespace {

constexpr std::uint64_t max_file_octets = 1U << 20;

/// Takes the known keys out of an object: what is left is unknown. Keeps the first fault and goes
/// on, as a cursor does, so that the list of fields stays a list.
class PointReader {
public:
    struct Fault {
        std::string field, reason;
    };

    PointReader(Json object, std::string path, std::optional<Fault>& fault)
        : object_(std::move(object)), path_(std::move(path)), fault_(fault) {}

    void text(std::string_view key, std::string& value) {
        if (const auto found = take(key))
            if (expect(key, found->is_string(), "must be a text"))
                value = found->get<std::string>();
    }

    void text(std::string_view key, std::optional<std::string>& value) {
        if (const auto found = take(key)) {
            if (found->is_null())
                value.reset();
            else if (expect(key, found->is_string(), "must be a text or null"))
                value = found->get<std::string>();
        }
    }

    void number(std::string_view key, int& value) {
        if (const auto found = take(key))
            if (expect(key, fits_int(*found), "must be a whole number"))
                value = found->get<int>();
    }

    void flag(std::string_view key, bool& value) {
        if (const auto found = take(key))
            if (expect(key, found->is_boolean(), "must be true or false"))
                value = found->get<bool>();
    }

    template <class T, std::size_t size>
    void choice(std::string_view key, T& value, const Choices<T, size>& choices) {
        const auto found = take(key);
        if (!found)
            return;
        std::string known;
        for (const auto& [name, meaning] : choices) {
            if (found->is_string() && found->get_ref<const std::string&>() == name) {
                value = meaning;
                return;
            }
            known.append(known.empty() ? "\"" : ", \"").append(name).append("\"");
        }
        expect(key, false, "must be one of " + known);
    }

    void texts(std::string_view key, std::vector<std::string>& values) {
        const auto found = take(key);
        if (!found || !expect(key, found->is_array(), "must be a list of texts"))
            return;
        values.clear();
        for (const Json& item : *found)
            if (expect(key, item.is_string(), "must be a list of texts"))
                values.push_back(item.get<std::string>());
    }

    template <class Visit>
    void object(std::string_view key, Visit visit) {
        const auto found = take(key);
        if (!found || !expect(key, found->is_object(), "must be an object"))
            return;
        PointReader inner(*found, field(key), fault_);
        visit(inner);
        if (!inner.object_.empty())
            object_[std::string(key)] = std::move(inner.object_);
    }

    void require(std::string_view key, bool there) { expect(key, there, "is missing"); }

    /// The unknown keys of this object and of those in it.
    [[nodiscard]] const Json& rest() const { return object_; }

private:
    static bool fits_int(const Json& value) {
        if (!value.is_number_integer())
            return false;
        if (value.is_number_unsigned())
            return value.get<std::uint64_t>() <= std::numeric_limits<int>::max();
        return value.get<std::int64_t>() >= std::numeric_limits<int>::min();
    }

    std::string field(std::string_view key) const {
        return (path_.empty() ? "" : path_ + ".").append(key);
    }

    std::optional<Json> take(std::string_view key) {
        const auto found = object_.find(std::string(key));
        if (found == object_.end())
            return std::nullopt;
        Json value = std::move(*found);
        object_.erase(found);
        return value;
    }

    bool expect(std::string_view key, bool holds, std::string reason) {
        if (!holds && !fault_)
            fault_ = Fault{field(key), std::move(reason)};
        return holds;
    }

    Json object_;
    std::string path_;
    std::optional<Fault>& fault_;
};

/// Writes all keys, also those that have their default, so that a file shows what can be set; then
/// the unknown ones, in the order they had.
class PointWriter {
public:
    explicit PointWriter(const Json& unknown) : unknown_(unknown) {}

    void text(std::string_view key, const std::string& value) { put(key, value); }
    void text(std::string_view key, const std::optional<std::string>& value) {
        put(key, value ? Json(*value) : Json(nullptr));
    }
    void number(std::string_view key, int value) { put(key, value); }
    void flag(std::string_view key, bool value) { put(key, value); }

    template <class T, std::size_t size>
    void choice(std::string_view key, T value, const Choices<T, size>& choices) {
        for (const auto& [name, meaning] : choices)
            if (meaning == value)
                put(key, name);
    }

    void texts(std::string_view key, const std::vector<std::string>& values) {
        put(key, Json(values));
    }

    template <class Visit>
    void object(std::string_view key, Visit visit) {
        const auto found = unknown_.find(std::string(key));
        const bool kept = found != unknown_.end() && found->is_object();
        PointWriter inner(kept ? *found : Json::object());
        visit(inner);
        put(key, std::move(inner).finish());
    }

    void put(std::string_view key, Json value) { object_[std::string(key)] = std::move(value); }

    [[nodiscard]] Json finish() && {
        for (const auto& [key, value] : unknown_.items())
            if (!object_.contains(key))
                object_[key] = value;
        return std::move(object_);
    }

private:
    Json unknown_;
    Json object_ = Json::object();
};

Json unknown_keys_of(const Point& point) {
    Json unknown = Json::parse(point.unknown_keys, nullptr, false);
    return unknown.is_object() ? unknown : Json::object();
}

/// In the order in which format_point() writes them: a load of what was saved gives the same text.
std::string unknown_text(const Json& rest) {
    if (rest.empty())
        return "";
    Json ordered = Json::object();
    if (const auto schema = rest.find("$schema"); schema != rest.end())
        ordered["$schema"] = *schema;
    for (const auto& [key, value] : rest.items())
        ordered[key] = value;
    return ordered.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Result<void> check_version(const JsonWithLines& parsed) {
    const auto found = parsed.value.find("version");
    if (found == parsed.value.end())
        return {};
    if (found->is_number_unsigned() && found->get<std::uint64_t>() > current_version)
        return fail(Cause::point_newer, Layer::point, Reach::point, {{"version", found->dump()}});
    if (!found->is_number_integer() || *found != current_version)
        return damaged(parsed.line_of("version"), "must be 1", "version");
    return {};
}

/// The same at every start, though the file holds none: what was taken is kept under the id.
std::string id_from_path(const std::string& path) {
    std::string id = sha256_hex(path).substr(0, 32);
    id[12] = '8';  // RFC 9562: version 8, made by a rule of one's own
    id[16] = "89ab"[static_cast<unsigned char>(id[16]) & 3U];
    for (const std::size_t at : {8U, 13U, 18U, 23U})
        id.insert(at, 1, '-');
    return id;
}

Error with_file(Error error, const std::string& path) {
    error.layer = Layer::point;
    error.reach = Reach::point;
    error.facts.emplace_back("file", path);
    return error;
}

}  // namespace

Result<Point> parse_point(std::string_view json) {
    auto parsed = parse_with_lines(json);
    if (!parsed)
        return tl::unexpected(std::move(parsed).error());
    if (!parsed->value.is_object())
        return damaged(1, "must be an object");
    if (auto version = check_version(*parsed); !version)
        return tl::unexpected(std::move(version).error());

    const bool typed = parsed->value.contains("type"), named = parsed->value.contains("name");
    Json object = parsed->value;
    object.erase("version");
    std::optional<PointReader::Fault> fault;
    PointReader reader(std::move(object), "", fault);
    Point point;
    visit_point(reader, point);
    reader.require("type", typed);
    reader.require("name", named);
    const auto connection = parsed->value.find("connection");
    const bool has_server = connection != parsed->value.end() && connection->contains("server");
    reader.require("connection.server", has_server || point.type != Type::mailbox);
    if (fault)
        return damaged(parsed->line_of(fault->field), fault->reason, fault->field);
    point.unknown_keys = unknown_text(reader.rest());
    return point;
}

std::string format_point(const Point& point) {
    Json unknown = unknown_keys_of(point);
    PointWriter writer(unknown);
    // "$schema" is the editor's business, but it belongs first.
    if (const auto schema = unknown.find("$schema"); schema != unknown.end())
        writer.put("$schema", *schema);
    writer.put("version", current_version);
    visit_point(writer, point);
    return std::move(writer).finish().dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

Result<Point> load_point(Disk& disk, const std::string& path) {
    auto content = read_file(disk, path, max_file_octets);
    if (!content) {
        if (content.error().cause == Cause::part_too_large)
            return tl::unexpected(with_file(damaged(1, "larger than 1 MiB").value(), path));
        return tl::unexpected(with_file(std::move(content).error(), path));
    }
    auto point = parse_point(*content);
    if (!point)
        return tl::unexpected(with_file(std::move(point).error(), path));
    if (point->id.empty())
        point->id = id_from_path(absolute_path(path));
    return point;
}

Result<void> save_point(Disk& disk, const std::string& path, const Point& point) {
    const auto before = load_point(disk, path);
    if (!before && before.error().cause == Cause::point_newer)
        return tl::unexpected(before.error());
    if (auto saved = replace_file(disk, path, format_point(point)); !saved)
        return tl::unexpected(with_file(std::move(saved).error(), path));
    return {};
}

}  // namespace mail::point
