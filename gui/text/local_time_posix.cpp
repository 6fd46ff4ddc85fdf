#include "gui/text/local_time.h"

#include <ctime>

namespace gui::text {

LocalTime local_time(std::chrono::sys_seconds when) {
    const auto seconds = static_cast<std::time_t>(when.time_since_epoch().count());
    std::tm parts{};
    // An instant whose year does not fit leaves `parts` as it is; the epoch is shown then.
    if (localtime_r(&seconds, &parts) == nullptr)
        parts.tm_mday = 1, parts.tm_year = 70;
    using namespace std::chrono;
    return {year{parts.tm_year + 1900} / month{static_cast<unsigned>(parts.tm_mon + 1)} /
                day{static_cast<unsigned>(parts.tm_mday)},
            parts.tm_hour, parts.tm_min, parts.tm_sec, static_cast<int>(parts.tm_gmtoff / 60)};
}

}  // namespace gui::text
