#pragma once
// Fields of a table for a spreadsheet (RFC 4180).

#include <string>

#include "app/json_values.h"

namespace app {

/// null is an empty field. What a spreadsheet would take for a formula is text: mails are not to be
/// trusted.
[[nodiscard]] std::string csv_field(const Json& value);
/// The values of an object, in their order, and the end of the line.
[[nodiscard]] std::string csv_line(const Json& object);
/// Its keys.
[[nodiscard]] std::string csv_titles(const Json& object);

}  // namespace app
