#pragma once
// A known list of keys read from and written to a JSON object; the keys that are not in the list
// are kept. Shared by the files that people may write by hand (point_file, operators).

#include <array>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "mail/point/json_lines.h"

namespace mail::point {

template <class T, std::size_t size>
using Choices = std::array<std::pair<std::string_view, T>, size>;

/// Nothing but an object ever comes out, whatever the text is.
inline Json unknown_from(const std::string& text) {
    Json unknown = Json::parse(text, nullptr, false);
    return unknown.is_object() ? unknown : Json::object();
}

/// In the order in which they are written: a load of what was saved gives the same text.
inline std::string unknown_text(const Json& rest) {
    if (rest.empty())
        return "";
    Json ordered = Json::object();
    if (const auto schema = rest.find("$schema"); schema != rest.end())
        ordered["$schema"] = *schema;
    for (const auto& [key, value] : rest.items())
        ordered[key] = value;
    return ordered.dump(-1, ' ', false, Json::error_handler_t::replace);
}

/// Takes the known keys out of an object: what is left is unknown. Keeps the first fault and goes
/// on, as a cursor does, so that the list of fields stays a list.
class FieldReader {
public:
    FieldReader(Json object, std::string path, std::optional<FieldFault>& fault)
        : object_(std::move(object)), path_(std::move(path)), fault_(fault) {}

    void text(std::string_view key, std::string& value) {
        if (const auto found = take(key))
            if (expect(key, *found, found->is_string(), JsonFault::must_be_text))
                value = found->get<std::string>();
    }

    void text(std::string_view key, std::optional<std::string>& value) {
        if (const auto found = take(key)) {
            if (found->is_null())
                value.reset();
            else if (expect(key, *found, found->is_string(), JsonFault::must_be_text_or_null))
                value = found->get<std::string>();
        }
    }

    void number(std::string_view key, int& value) {
        if (const auto found = take(key))
            if (expect(key, *found, fits_int(*found), JsonFault::must_be_whole_number))
                value = found->get<int>();
    }

    void flag(std::string_view key, bool& value) {
        if (const auto found = take(key))
            if (expect(key, *found, found->is_boolean(), JsonFault::must_be_true_or_false))
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
        Facts more{{"expected", std::move(known)}};
        if (!found->is_string())
            more.emplace_back("seen", name_of(kind_of(*found)));
        keep(key, JsonFault::must_be_one_of, std::move(more));
    }

    /// A text that is one of these; it stays a text in the program.
    template <std::size_t size>
    void one_of(std::string_view key, std::string& value,
                const std::array<std::string_view, size>& names) {
        Choices<std::string_view, size> choices;
        for (std::size_t i = 0; i < size; ++i)
            choices.at(i) = {names.at(i), names.at(i)};
        std::string_view chosen = value;
        choice(key, chosen, choices);
        value = std::string(chosen);
    }

    void texts(std::string_view key, std::vector<std::string>& values) {
        const auto found = take(key);
        if (!found || !expect(key, *found, found->is_array(), JsonFault::must_be_list_of_texts))
            return;
        values.clear();
        for (const Json& item : *found)
            if (expect(key, item, item.is_string(), JsonFault::must_be_list_of_texts))
                values.push_back(item.get<std::string>());
    }

    template <class Visit>
    void object(std::string_view key, Visit visit) {
        const auto found = take(key);
        if (!found || !expect(key, *found, found->is_object(), JsonFault::must_be_object))
            return;
        FieldReader inner(*found, field(key), fault_);
        visit(inner);
        if (!inner.object_.empty())
            object_[std::string(key)] = std::move(inner.object_);
    }

    /// Of each object of a list: `visit(reader, element)`, and what is left of it as
    /// element.unknown_keys.
    template <class T, class Visit>
    void objects(std::string_view key, std::vector<T>& elements, Visit visit) {
        const auto found = take(key);
        if (!found || !expect(key, *found, found->is_array(), JsonFault::must_be_list_of_objects))
            return;
        elements.clear();
        for (const Json& item : *found) {
            if (!expect(key, item, item.is_object(), JsonFault::must_be_list_of_objects))
                return;
            FieldReader inner(item, field(key) + "." + std::to_string(elements.size()), fault_);
            visit(inner, elements.emplace_back());
            elements.back().unknown_keys = unknown_text(inner.object_);
        }
    }

    void require(std::string_view key, bool there) {
        if (!there)
            keep(key, JsonFault::missing);
    }

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

    /// `seen`: what must be so. Its kind is told, not its value: somebody may have written a
    /// secret there.
    bool expect(std::string_view key, const Json& seen, bool holds, JsonFault fault) {
        if (!holds)
            keep(key, fault, {{"seen", std::string(name_of(kind_of(seen)))}});
        return holds;
    }

    void keep(std::string_view key, JsonFault fault, Facts more = {}) {
        if (!fault_)
            fault_ = FieldFault{field(key), fault, std::move(more)};
    }

    Json object_;
    std::string path_;
    std::optional<FieldFault>& fault_;
};

/// Writes all keys, also those that have their default, so that a file shows what can be set; then
/// the unknown ones, in the order they had.
class FieldWriter {
public:
    explicit FieldWriter(Json unknown) : unknown_(std::move(unknown)) {}

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

    template <std::size_t size>
    void one_of(std::string_view key, const std::string& value,
                const std::array<std::string_view, size>&) {
        put(key, value);
    }

    void texts(std::string_view key, const std::vector<std::string>& values) {
        put(key, Json(values));
    }

    template <class Visit>
    void object(std::string_view key, Visit visit) {
        const auto found = unknown_.find(std::string(key));
        const bool kept = found != unknown_.end() && found->is_object();
        FieldWriter inner(kept ? *found : Json::object());
        visit(inner);
        put(key, std::move(inner).finish());
    }

    template <class T, class Visit>
    void objects(std::string_view key, const std::vector<T>& elements, Visit visit) {
        Json list = Json::array();
        for (const T& element : elements) {
            FieldWriter inner(unknown_from(element.unknown_keys));
            visit(inner, element);
            list.push_back(std::move(inner).finish());
        }
        put(key, std::move(list));
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

}  // namespace mail::point
