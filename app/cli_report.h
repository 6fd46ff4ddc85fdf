#pragma once
// What the command report prints: text, each line ending with a line feed; JSON
// (docs/output.schema.json); and CSV, whose lines are told apart by their first field.

#include <string>

#include "app/cli_output.h"

namespace app {

[[nodiscard]] std::string report_text(const mail::DayReport& report, const OutputStyle& style);
[[nodiscard]] std::string report_json(const mail::DayReport& report);
[[nodiscard]] std::string report_csv(const mail::DayReport& report);

}  // namespace app
