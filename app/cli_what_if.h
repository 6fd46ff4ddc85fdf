#pragma once
// What the command what-if prints: text, each line ending with a line feed, and JSON
// (docs/output.schema.json).

#include <string>

#include "app/cli_output.h"

namespace app {

[[nodiscard]] std::string what_if_text(const mail::work::Forecast& forecast,
                                       const OutputStyle& style);
[[nodiscard]] std::string what_if_json(const mail::work::Forecast& forecast);

}  // namespace app
