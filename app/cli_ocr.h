#pragma once
// What the command ocr prints: a table, each line ending with a line feed, and JSON
// (docs/output.schema.json).

#include <string>

#include "app/cli_output.h"

namespace app {

[[nodiscard]] std::string ocr_table(const mail::OcrView& view, const OutputStyle& style);
[[nodiscard]] std::string ocr_json(const mail::OcrView& view);

}  // namespace app
