#include "gui/text/local_time.h"

#include <ctime>

namespace gui::text {

LocalTime local_time(std::chrono::sys_seconds when) {
    const auto seconds = static_cast<__time64_t>(when.time_since_epoch().count());
    std::tm parts{};
    // The C library of Windows refuses instants before 1970 and after 3000; the epoch is shown
    // then.
    if (_localtime64_s(&parts, &seconds) != 0)
        parts = std::tm{}, parts.tm_mday = 1, parts.tm_year = 70;
    std::tm as_if_utc = parts;
    const __time64_t shifted = _mkgmtime64(&as_if_utc);
    using namespace std::chrono;
    return {year{parts.tm_year + 1900} / month{static_cast<unsigned>(parts.tm_mon + 1)} /
                day{static_cast<unsigned>(parts.tm_mday)},
            parts.tm_hour, parts.tm_min, parts.tm_sec, static_cast<int>((shifted - seconds) / 60)};
}

}  // namespace gui::text
