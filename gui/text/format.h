#pragma once
// Numbers, sizes, dates and durations as people of a language write them.

#include <chrono>
#include <cstdint>
#include <string>

#include "gui/text/text.h"

namespace gui::text {

/// 9 999, and from 10 000 on grouped: no-break space in Polish, comma in English.
[[nodiscard]] std::string number(std::uint64_t n, Language language);
/// 1024-based: "184 KB", "2,4 MB" / "2.4 MB"; one decimal under 10; no-break space.
[[nodiscard]] std::string size(std::uint64_t octets, Language language);
/// "dziś 09:12", "wczoraj 16:40", "24.11.2026 09:12" / "today 09:12", "24 Nov 2026 09:12", in the
/// computer's time zone.
[[nodiscard]] std::string moment(std::chrono::sys_seconds when, std::chrono::sys_seconds now,
                                 Language language);
/// "24.11.2026 09:12" / "24 Nov 2026 09:12", whenever it is read.
[[nodiscard]] std::string date_and_time(std::chrono::sys_seconds when, Language language);
/// "24.11.2026 09:12:05 +01:00", for tooltips.
[[nodiscard]] std::string exact_moment(std::chrono::sys_seconds when, Language language);
/// "2026-11-24", for names of files: they sort by it.
[[nodiscard]] std::string iso_date(std::chrono::sys_seconds when);
/// "09:14"
[[nodiscard]] std::string clock_time(std::chrono::sys_seconds when);
/// "ok. 6 s", "ok. 2 min" / "about 6 s".
[[nodiscard]] std::string time_left(std::chrono::seconds left, Language language);

}  // namespace gui::text
