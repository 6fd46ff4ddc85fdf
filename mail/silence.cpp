#include "mail/silence.h"

#include <algorithm>

namespace mail {

namespace {

using std::chrono::sys_days;
using std::chrono::sys_seconds;
using namespace std::chrono_literals;

constexpr std::chrono::days looked_back{60};
constexpr std::size_t least_messages = 20;
constexpr std::chrono::seconds least_unusual = 1h;

bool is_weekend(sys_days day) {
    const std::chrono::weekday weekday(day);
    return weekday == std::chrono::Saturday || weekday == std::chrono::Sunday;
}

sys_seconds next_day(sys_seconds time) {
    return std::chrono::floor<std::chrono::days>(time) + std::chrono::days(1);
}

std::chrono::seconds working_time(sys_seconds from, sys_seconds until) {
    std::chrono::seconds passed{0};
    while (from < until) {
        const sys_seconds end = std::min(next_day(from), until);
        if (!is_weekend(std::chrono::floor<std::chrono::days>(from)))
            passed += end - from;
        from = end;
    }
    return passed;
}

sys_seconds after_working_time(sys_seconds from, std::chrono::seconds length) {
    for (;;) {
        const sys_seconds end = next_day(from);
        if (is_weekend(std::chrono::floor<std::chrono::days>(from))) {
            from = end;
            continue;
        }
        if (end - from >= length)
            return from + length;
        length -= end - from;
        from = end;
    }
}

}  // namespace

std::optional<Silence> silence_of(std::vector<sys_seconds> received, sys_seconds now) {
    // Some clocks are wrong.
    std::erase_if(received,
                  [&](sys_seconds time) { return time > now || time < now - looked_back; });
    if (received.size() < least_messages)
        return std::nullopt;
    std::ranges::sort(received);
    std::chrono::seconds longest{0};
    for (std::size_t i = 1; i < received.size(); ++i)
        if (received[i] - received[i - 1] > longest)
            longest = std::max(longest, working_time(received[i - 1], received[i]));
    const auto unusual = std::max(longest + longest / 4, least_unusual);
    return Silence{received.back(), after_working_time(received.back(), unusual)};
}

}  // namespace mail
