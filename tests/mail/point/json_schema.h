#pragma once
// Checks a value against the part of JSON Schema (draft 2020-12) that the schemas in docs/ use. A
// keyword that it doesn't know is a fault of the schema, so that none is silently not checked.

#include <string>
#include <vector>

#include <nlohmann/json.hpp>

namespace mail::point {

/// What is wrong, each with its place, such as "connection.port: above the maximum".
[[nodiscard]] std::vector<std::string> faults_against_schema(const nlohmann::json& value,
                                                             const nlohmann::json& schema,
                                                             const std::string& place = "");

}  // namespace mail::point
