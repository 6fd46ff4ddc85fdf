#pragma once
// A JSON text with the line of every key, so that a fault can be shown where it is. Apart from
// point_file, because the library tells positions of syntax errors only.

#include <map>
#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

#include "mail/base/result.h"
#include "mail/point/json_fault.h"

namespace mail::point {

using Json = nlohmann::ordered_json;

struct JsonWithLines {
    Json value;
    std::map<std::string, int> lines;  ///< of "/connection/port" (RFC 6901), from 1
    int last_line = 1;

    /// The line of the field, or of the nearest object around it: "connection.port",
    /// "operators.0.id". Of keys without dots, slashes and tildes, as those of our formats are.
    [[nodiscard]] int line_of(std::string field) const;
};

/// Errors: point_damaged with facts "line" and "reason" (a JsonFault's name), "field" where it is
/// known, and those of the fault. Nesting deeper than 64 is refused, because what cannot be written
/// back safely must not be read.
[[nodiscard]] Result<JsonWithLines> parse_with_lines(std::string_view text);

/// What is wrong with a field.
struct FieldFault {
    std::string field;
    JsonFault fault{};
    Facts more = {};  ///< facts of the fault
};
[[nodiscard]] JsonKind kind_of(const Json& value);
[[nodiscard]] tl::unexpected<Error> damaged(int line, const FieldFault& fault);
[[nodiscard]] tl::unexpected<Error> damaged(int line, JsonFault fault, Facts more = {});

}  // namespace mail::point
