#include "tests/mail/point/json_schema.h"

#include <algorithm>
#include <regex>
#include <set>

namespace mail::point {

namespace {

using nlohmann::json;

bool is_of_type(const json& value, const std::string& type) {
    if (type == "integer")
        return value.is_number_integer();
    return type == (value.is_number() ? "number" : value.type_name());
}

bool is_of_types(const json& value, const json& types) {
    if (types.is_string())
        return is_of_type(value, types);
    return std::any_of(types.begin(), types.end(),
                       [&](const json& type) { return is_of_type(value, type); });
}

class Check {
public:
    /// `root` is where "#/…" leads.
    Check(const json& value, const json& schema, const json& root, std::string place)
        : value_(value), schema_(schema), root_(root), place_(std::move(place)) {}

    std::vector<std::string> faults() {
        static const std::set<std::string> known{"$schema",    "title",    "description",
                                                 "default",    "examples", "type",
                                                 "enum",       "const",    "minimum",
                                                 "maximum",    "pattern",  "required",
                                                 "properties", "items",    "if",
                                                 "then",       "$defs",    "$ref",
                                                 "oneOf",      "anyOf",    "additionalProperties"};
        for (const auto& [keyword, rule] : schema_.items())
            if (!known.contains(keyword))
                fault("unknown keyword " + keyword);
        check_value();
        if (value_.is_object())
            check_object();
        if (value_.is_array() && schema_.contains("items"))
            for (const json& item : value_)
                append(within(item, schema_["items"], place_ + "[]"));
        check_combinations();
        return std::move(faults_);
    }

private:
    [[nodiscard]] std::vector<std::string> within(const json& value, const json& schema,
                                                  const std::string& place) const {
        return Check(value, schema, root_, place).faults();
    }

    void check_combinations() {
        if (schema_.contains("if") && within(value_, schema_["if"], place_).empty())
            append(within(value_, schema_["then"], place_));
        if (schema_.contains("$ref")) {
            const std::string pointer = schema_["$ref"].get<std::string>().substr(1);
            append(within(value_, root_.at(json::json_pointer(pointer)), place_));
        }
        if (schema_.contains("anyOf") &&
            std::ranges::none_of(schema_["anyOf"], [&](const json& one) {
                return within(value_, one, place_).empty();
            }))
            fault("fits none of the shapes");
        if (schema_.contains("oneOf")) {
            std::vector<std::string> of_all;
            int fit = 0;
            for (const json& one : schema_["oneOf"]) {
                const auto faults = within(value_, one, place_);
                fit += faults.empty() ? 1 : 0;
                of_all.insert(of_all.end(), faults.begin(), faults.end());
            }
            if (fit != 1)
                fault("fits " + std::to_string(fit) + " of the shapes, not one");
            if (fit == 0)
                append(of_all);
        }
    }

    void check_value() {
        if (schema_.contains("type") && !is_of_types(value_, schema_["type"]))
            fault("not of type " + schema_["type"].dump());
        if (schema_.contains("enum") && std::find(schema_["enum"].begin(), schema_["enum"].end(),
                                                  value_) == schema_["enum"].end())
            fault("not one of " + schema_["enum"].dump());
        if (schema_.contains("const") && value_ != schema_["const"])
            fault("not " + schema_["const"].dump());
        if (value_.is_number() && schema_.contains("minimum") && value_ < schema_["minimum"])
            fault("below the minimum");
        if (value_.is_number() && schema_.contains("maximum") && value_ > schema_["maximum"])
            fault("above the maximum");
        if (value_.is_string() && schema_.contains("pattern") &&
            !std::regex_search(value_.get<std::string>(),
                               std::regex(schema_["pattern"].get<std::string>())))
            fault("does not match the pattern");
    }

    void check_object() {
        for (const json& key : schema_.value("required", json::array()))
            if (!value_.contains(key))
                fault("lacks " + key.get<std::string>());
        const json properties = schema_.value("properties", json::object());
        for (const auto& [key, rule] : properties.items())
            if (value_.contains(key))
                append(within(value_[key], rule, place_.empty() ? key : place_ + "." + key));
        const bool closed = schema_.contains("additionalProperties");
        for (const auto& [key, value] : value_.items())
            if (closed && !properties.contains(key))
                fault("has the unknown key " + key);
    }

    void fault(const std::string& what) { faults_.push_back(place_ + ": " + what); }
    void append(const std::vector<std::string>& more) {
        faults_.insert(faults_.end(), more.begin(), more.end());
    }

    const json& value_;
    const json& schema_;
    const json& root_;
    std::string place_;
    std::vector<std::string> faults_;
};

}  // namespace

std::vector<std::string> faults_against_schema(const json& value, const json& schema,
                                               const std::string& place) {
    return Check(value, schema, schema, place).faults();
}

}  // namespace mail::point
