#pragma once
// Dates of IMAP (RFC 3501, 9: date-time and date). Pure.

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace mail::demo {

/// " 5-Nov-2026 07:15:07 +0000"
[[nodiscard]] std::string internal_date(std::chrono::sys_seconds time);
/// What APPEND may say, in any zone.
[[nodiscard]] std::optional<std::chrono::sys_seconds> parse_internal_date(std::string_view text);
/// "5-Nov-2026", as in SEARCH.
[[nodiscard]] std::optional<std::chrono::sys_days> parse_search_date(std::string_view text);

}  // namespace mail::demo
