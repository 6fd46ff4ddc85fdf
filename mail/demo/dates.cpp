#include "mail/demo/dates.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdio>

#include "mail/demo/letters.h"

namespace mail::demo {
namespace {

constexpr std::array<std::string_view, 12> months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                  "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

std::optional<int> number_in(std::string_view digits) {
    int value = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (digits.empty() || error != std::errc() || end != digits.data() + digits.size())
        return std::nullopt;
    return value;
}

/// "+0130" as minutes.
std::optional<int> zone_minutes(std::string_view zone) {
    if (zone.size() != 5 || (zone[0] != '+' && zone[0] != '-'))
        return std::nullopt;
    const auto hours = number_in(zone.substr(1, 2));
    const auto minutes = number_in(zone.substr(3, 2));
    if (!hours || !minutes)
        return std::nullopt;
    return (zone[0] == '-' ? -1 : 1) * (*hours * 60 + *minutes);
}

}  // namespace

std::string internal_date(std::chrono::sys_seconds time) {
    const auto day = std::chrono::floor<std::chrono::days>(time);
    const std::chrono::year_month_day date(day);
    const std::chrono::hh_mm_ss clock(time - day);
    std::array<char, 40> text{};
    const auto month = months[static_cast<unsigned>(date.month()) - 1];
    const int size = std::snprintf(
        text.data(), text.size(), "%2u-%s-%04d %02d:%02d:%02d +0000",
        static_cast<unsigned>(date.day()), month.data(), static_cast<int>(date.year()),
        static_cast<int>(clock.hours().count()), static_cast<int>(clock.minutes().count()),
        static_cast<int>(clock.seconds().count()));
    return std::string(text.data(), static_cast<std::size_t>(size));
}

std::optional<std::chrono::sys_days> parse_search_date(std::string_view text) {
    const std::size_t first = text.find('-');
    const std::size_t second = first == std::string_view::npos ? first : text.find('-', first + 1);
    if (second == std::string_view::npos)
        return std::nullopt;
    const std::string_view name = text.substr(first + 1, second - first - 1);
    const auto month = std::find_if(months.begin(), months.end(),
                                    [name](auto m) { return same_letters(m, name); });
    const auto day = number_in(text.substr(0, first));
    const auto year = number_in(text.substr(second + 1));
    if (month == months.end() || !day || !year || *day < 1)
        return std::nullopt;
    const std::chrono::year_month_day date(
        std::chrono::year(*year),
        std::chrono::month(static_cast<unsigned>(month - months.begin()) + 1),
        std::chrono::day(static_cast<unsigned>(*day)));
    return date.ok() ? std::optional(std::chrono::sys_days(date)) : std::nullopt;
}

std::optional<std::chrono::sys_seconds> parse_internal_date(std::string_view text) {
    const std::size_t first = std::min(text.find_first_not_of(' '), text.size());
    text.remove_prefix(first);
    const std::size_t blank = text.find(' ');
    if (blank == std::string_view::npos || text.size() != blank + 15)
        return std::nullopt;
    const std::string_view clock = text.substr(blank + 1, 8);
    const auto day = parse_search_date(text.substr(0, blank));
    const auto hours = number_in(clock.substr(0, 2));
    const auto minutes = number_in(clock.substr(3, 2));
    const auto seconds = number_in(clock.substr(6, 2));
    const auto zone = zone_minutes(text.substr(blank + 10));
    if (!day || !hours || !minutes || !seconds || !zone)
        return std::nullopt;
    return *day + std::chrono::hours(*hours) + std::chrono::minutes(*minutes - *zone) +
           std::chrono::seconds(*seconds);
}

}  // namespace mail::demo
