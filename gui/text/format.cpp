#include "gui/text/format.h"

#include <array>
#include <cmath>
#include <cstdio>

#include "gui/text/local_time.h"

namespace gui::text {

namespace {

constexpr std::string_view no_break_space = "\u00A0";

constexpr Text today{"today {time}", "dziś {time}"};
constexpr Text yesterday{"yesterday {time}", "wczoraj {time}"};
constexpr Text about_seconds{"about {n}\u00A0s", "ok. {n}\u00A0s"};
constexpr Text about_minutes{"about {n}\u00A0min", "ok. {n}\u00A0min"};
constexpr Text about_hours{"about {h}\u00A0h", "ok. {h}\u00A0godz."};
constexpr Text about_hours_minutes{"about {h}\u00A0h {n}\u00A0min",
                                   "ok. {h}\u00A0godz. {n}\u00A0min"};
constexpr std::array<std::string_view, 12> english_months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                          "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

std::string two_digits(int n) {
    std::string text = std::to_string(n);
    return text.size() < 2 ? "0" + text : text;
}

std::string time_of(const LocalTime& at) {
    return two_digits(at.hour) + ":" + two_digits(at.minute);
}

/// The month is a word in English, so that nobody takes 11/24 for the other way round.
std::string date_of(const LocalTime& at, Language language) {
    const auto month = static_cast<unsigned>(at.date.month());
    const std::string year = std::to_string(static_cast<int>(at.date.year()));
    const auto day = static_cast<unsigned>(at.date.day());
    if (language == Language::en)
        return std::to_string(day) + " " + std::string(english_months.at((month - 1) % 12)) + " " +
               year;
    return two_digits(static_cast<int>(day)) + "." + two_digits(static_cast<int>(month)) + "." +
           year;
}

}  // namespace

std::string number(std::uint64_t n, Language language) {
    std::string digits = std::to_string(n);
    if (n < 10'000)
        return digits;
    const std::string_view separator = language == Language::pl ? no_break_space : ",";
    for (std::size_t at = digits.size(); at > 3; at -= 3)
        digits.insert(at - 3, separator);
    return digits;
}

std::string size(std::uint64_t octets, Language language) {
    constexpr std::array<std::string_view, 5> units{"B", "KB", "MB", "GB", "TB"};
    auto value = static_cast<double>(octets);
    std::size_t unit = 0;
    // Compared after rounding: 1023.6 KB is shown as 1 MB, not as 1024 KB.
    while (std::round(value) >= 1024.0 && unit + 1 < units.size()) {
        value /= 1024.0;
        ++unit;
    }
    const auto tenths = static_cast<std::uint64_t>(std::llround(value * 10.0));
    std::string text = number(
        tenths >= 100 ? static_cast<std::uint64_t>(std::llround(value)) : tenths / 10, language);
    if (tenths < 100 && tenths % 10 != 0)
        text += (language == Language::pl ? "," : ".") + std::to_string(tenths % 10);
    return text + std::string(no_break_space) + std::string(units.at(unit));
}

std::chrono::sys_seconds local_midnight(std::chrono::sys_days date) {
    using std::chrono::minutes;
    // By the offset of noon, then by that of the midnight so found: clocks are changed at night.
    const auto offset = [](std::chrono::sys_seconds when) {
        return minutes(local_time(when).minutes_east);
    };
    const std::chrono::sys_seconds guess = date - offset(date + std::chrono::hours(12));
    const std::chrono::sys_seconds midnight = date - offset(guess);
    // A day may begin later than at midnight.
    return local_time(midnight).date < std::chrono::year_month_day(date) ? guess : midnight;
}

std::string clock_time(std::chrono::sys_seconds when) {
    return time_of(local_time(when));
}

std::string date_and_time(std::chrono::sys_seconds when, Language language) {
    const LocalTime at = local_time(when);
    return date_of(at, language) + " " + time_of(at);
}

std::string moment(std::chrono::sys_seconds when, std::chrono::sys_seconds now, Language language) {
    const LocalTime at = local_time(when);
    // Wherever the clock is set back or forth, what is older than this was before yesterday.
    if (now - when > std::chrono::days{3})
        return date_of(at, language) + " " + time_of(at);
    const auto day = std::chrono::sys_days{at.date};
    const auto current = std::chrono::sys_days{local_time(now).date};
    if (day == current)
        return fill(today, language, {{"time", time_of(at)}});
    if (day + std::chrono::days{1} == current)
        return fill(yesterday, language, {{"time", time_of(at)}});
    return date_of(at, language) + " " + time_of(at);
}

std::string exact_moment(std::chrono::sys_seconds when, Language language) {
    const LocalTime at = local_time(when);
    const int east = std::abs(at.minutes_east);
    return date_of(at, language) + " " + time_of(at) + ":" + two_digits(at.second) + " " +
           (at.minutes_east < 0 ? "-" : "+") + two_digits(east / 60) + ":" + two_digits(east % 60);
}

std::string iso_date(std::chrono::sys_seconds when) {
    const LocalTime at = local_time(when);
    return std::to_string(static_cast<int>(at.date.year())) + "-" +
           two_digits(static_cast<int>(static_cast<unsigned>(at.date.month()))) + "-" +
           two_digits(static_cast<int>(static_cast<unsigned>(at.date.day())));
}

std::string time_left(std::chrono::seconds left, Language language) {
    const auto seconds = left.count() < 1 ? 1 : left.count();
    if (seconds < 60)
        return fill(about_seconds, language, {{"n", std::to_string(seconds)}});
    const auto minutes = (seconds + 30) / 60;
    if (minutes < 60)
        return fill(about_minutes, language, {{"n", std::to_string(minutes)}});
    const Text& form = minutes % 60 == 0 ? about_hours : about_hours_minutes;
    return fill(form, language,
                {{"h", std::to_string(minutes / 60)}, {"n", std::to_string(minutes % 60)}});
}

std::string fill(std::string_view text, Holes holes) {
    std::string filled;
    filled.reserve(text.size() + 32);
    // One pass, so that a value which holds braces itself (a subject, say) is never filled again.
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t open = text.find('{', at);
        const std::size_t close = open == std::string_view::npos ? open : text.find('}', open);
        if (close == std::string_view::npos)
            return filled.append(text.substr(at));
        filled.append(text.substr(at, open - at));
        const std::string_view name = text.substr(open + 1, close - open - 1);
        const std::string_view whole = text.substr(open, close - open + 1);
        std::string_view value = whole;
        for (const auto& [key, words] : holes)
            if (key == name)
                value = words;
        filled.append(value);
        at = close + 1;
    }
    return filled;
}

std::string counted(const Plural& plural, Language language, std::uint64_t n) {
    return number(n, language) + std::string(no_break_space) + std::string(plural.in(language, n));
}

}  // namespace gui::text
