#pragma once
// A JSON text with the line of every key, so that a fault can be shown where it is. Apart from
// point_file, because the library tells positions of syntax errors only.

#include <map>
#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

#include "mail/base/result.h"

namespace mail::point {

using Json = nlohmann::ordered_json;

struct JsonWithLines {
    Json value;
    std::map<std::string, int> lines;  ///< of "connection.port", "operators.0.id"; from 1
    int last_line = 1;

    /// The line of the field, or of the nearest object around it.
    [[nodiscard]] int line_of(std::string field) const;
};

/// Errors: point_damaged with facts "line" and "reason", and "field" for a key that is there twice.
/// Nesting deeper than 64 is refused, because what cannot be written back safely must not be read.
[[nodiscard]] Result<JsonWithLines> parse_with_lines(std::string_view text);

[[nodiscard]] tl::unexpected<Error> damaged(int line, std::string reason, std::string field = "");

}  // namespace mail::point
