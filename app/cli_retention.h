#pragma once
// What the command retention prints: text, each line ending with a line feed; and JSON
// (docs/output.schema.json).

#include <string>

#include "gui/text/text.h"
#include "mail/point/office.h"

namespace app {

[[nodiscard]] std::string retention_text(const mail::point::Retention& retention,
                                         gui::text::Language language);
[[nodiscard]] std::string retention_json(const mail::point::Retention& retention);

}  // namespace app
