#pragma once
// A secret whose name stands beside it. Apart from secrets_in.h, which others may include, too.

#include <string_view>

#include "mail/point/json_lines.h"

namespace mail::point {

/// Of {"name": "password", "value": "…"}, as other programs write it: its key "value".
[[nodiscard]] bool labels_secret(const Json& object, std::string_view key);

}  // namespace mail::point
