// parse_date(): the pieces of a date are told apart by what they look like, so that their order
// matters little: RFC 5322, asctime, ISO 8601 and what lies between.
#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <vector>

#include "mail/base/ascii.h"
#include "mail/mime/headers.h"

namespace mail::mime {
namespace {

struct Pieces {
    std::optional<int> day, month, year;
    std::optional<std::chrono::seconds> time;
    std::chrono::minutes zone{0};
};

std::optional<int> number(std::string_view text, std::size_t max_digits) {
    if (text.empty() || text.size() > max_digits ||
        !std::all_of(text.begin(), text.end(), is_digit))
        return std::nullopt;
    int value = 0;
    for (const char digit : text)
        value = value * 10 + (digit - '0');
    return value;
}

std::vector<std::string_view> split(std::string_view text, std::string_view separators) {
    std::vector<std::string_view> pieces;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find_first_of(separators), text.size());
        if (end > 0)
            pieces.push_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return pieces;
}

std::optional<int> month_of(std::string_view word) {
    static constexpr std::string_view months = "janfebmaraprmayjunjulaugsepoctnovdec";
    if (word.size() < 3 || !std::all_of(word.begin(), word.end(), is_letter))
        return std::nullopt;
    const std::size_t at = months.find(lower_case(word.substr(0, 3)));
    return at == std::string_view::npos || at % 3 != 0
               ? std::nullopt
               : std::optional(static_cast<int>(at / 3) + 1);
}

/// RFC 5322, 4.3: two digits are 1950 to 2049, three count from 1900.
int full_year(int year, std::size_t digits) {
    if (digits == 2)
        return year < 50 ? year + 2000 : year + 1900;
    return digits == 3 ? year + 1900 : year;
}

std::optional<std::chrono::seconds> time_of(std::string_view word) {
    const std::vector<std::string_view> pieces = split(word.substr(0, word.find('Z')), ":");
    if (pieces.size() < 2 || pieces.size() > 3)
        return std::nullopt;
    const auto hour = number(pieces[0], 2), minute = number(pieces[1], 2);
    // A fraction of a second is cut off.
    const auto second = pieces.size() == 3
                            ? number(pieces[2].substr(0, pieces[2].find_first_of(".,")), 2)
                            : std::optional(0);
    if (!hour || !minute || !second || *hour > 24 || *minute > 59 || *second > 60)
        return std::nullopt;
    return std::chrono::hours(*hour) + std::chrono::minutes(*minute) +
           std::chrono::seconds(*second);
}

std::optional<std::chrono::minutes> zone_of(std::string_view word) {
    struct Named {
        std::string_view name;
        int hours;
    };
    static constexpr Named names[] = {
        {"gmt", 0},  {"utc", 0},  {"ut", 0},   {"z", 0},    {"est", -5}, {"edt", -4}, {"cst", -6},
        {"cdt", -5}, {"mst", -7}, {"mdt", -6}, {"pst", -8}, {"pdt", -7}, {"cet", 1},  {"cest", 2},
        {"met", 1},  {"mest", 2}, {"eet", 2},  {"eest", 3}, {"bst", 1},  {"msk", 3}};
    if (word.size() > 1 && (word[0] == '+' || word[0] == '-')) {
        std::string digits(word.substr(1));
        std::erase(digits, ':');
        const auto value = number(digits, 4);
        if (!value)
            return std::nullopt;
        const int minutes = digits.size() <= 2 ? *value * 60 : *value / 100 * 60 + *value % 100;
        return std::chrono::minutes(word[0] == '-' ? -minutes : minutes);
    }
    const std::string lower = lower_case(word);
    for (const Named& row : names)
        if (row.name == lower)
            return std::chrono::hours(row.hours);
    return std::nullopt;
}

void take_number(Pieces& pieces, std::string_view word) {
    const auto value = number(word, 4);
    if (!value)
        return;
    if (!pieces.day && word.size() <= 2 && *value >= 1 && *value <= 31)
        pieces.day = value;
    else if (!pieces.year && word.size() >= 2)
        pieces.year = full_year(*value, word.size());
}

/// "2026-11-24" and "24-Nov-2026".
bool take_joined(Pieces& pieces, std::string_view word) {
    const std::vector<std::string_view> fields = split(word, "-/");
    if (fields.size() != 3)
        return false;
    const bool iso = fields[0].size() == 4;
    const auto month = month_of(fields[1]) ? month_of(fields[1]) : number(fields[1], 2);
    const auto year = number(fields[iso ? 0 : 2], 4);
    const auto day = number(fields[iso ? 2 : 0], 2);
    if (!month || !year || !day)
        return false;
    pieces.day = day;
    pieces.month = month;
    pieces.year = full_year(*year, fields[iso ? 0 : 2].size());
    return true;
}

void take_word(Pieces& pieces, std::string_view word) {
    if (is_digit(word[0]) && word.find(':') != std::string_view::npos) {
        // "10:30:00+0100" without a blank.
        const std::size_t sign = std::min(word.find_first_of("+-"), word.size());
        if (!pieces.time)
            pieces.time = time_of(word.substr(0, sign));
        pieces.zone = zone_of(word.substr(sign)).value_or(pieces.zone);
    } else if (take_joined(pieces, word)) {
        return;
    } else if (const auto month = month_of(word); month && !pieces.month) {
        pieces.month = month;
    } else if (const auto zone = zone_of(word); zone && pieces.time) {
        pieces.zone = *zone;
    } else {
        take_number(pieces, word);
    }
}

std::string without_comments(std::string_view raw) {
    std::string text;
    int depth = 0;
    for (const char octet : raw) {
        depth += octet == '(' ? 1 : 0;
        if (depth == 0)
            text += octet;
        depth -= octet == ')' && depth > 0 ? 1 : 0;
    }
    return text;
}

}  // namespace

std::optional<std::chrono::sys_seconds> parse_date(std::string_view raw) {
    std::string text = without_comments(raw.substr(0, 200));
    // ISO 8601 joins date and time with a T between digits.
    for (std::size_t i = 1; i + 1 < text.size(); ++i)
        if (text[i] == 'T' && is_digit(text[i - 1]) && is_digit(text[i + 1]))
            text[i] = ' ';
    Pieces pieces;
    for (const std::string_view word : split(text, " \t\r\n,"))
        take_word(pieces, word);
    if (!pieces.day || !pieces.month || !pieces.year)
        return std::nullopt;
    const std::chrono::year_month_day date{std::chrono::year(*pieces.year),
                                           std::chrono::month(static_cast<unsigned>(*pieces.month)),
                                           std::chrono::day(static_cast<unsigned>(*pieces.day))};
    if (!date.ok())
        return std::nullopt;
    return std::chrono::sys_days(date) + pieces.time.value_or(std::chrono::seconds(0)) -
           pieces.zone;
}

}  // namespace mail::mime
