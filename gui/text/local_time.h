#pragma once
// An instant in the computer's time zone. Apart from format.cpp, because each system has its own
// thread-safe call for it.

#include <chrono>

namespace gui::text {

struct LocalTime {
    std::chrono::year_month_day date{};
    int hour = 0, minute = 0, second = 0;
    int minutes_east = 0;  ///< of UTC, at that instant
};
[[nodiscard]] LocalTime local_time(std::chrono::sys_seconds when);

/// When that day begins there.
[[nodiscard]] std::chrono::sys_seconds local_midnight(std::chrono::sys_days date);

}  // namespace gui::text
