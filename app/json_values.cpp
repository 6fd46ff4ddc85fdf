#include "app/json_values.h"

#include <algorithm>
#include <array>
#include <cstdio>

#include "gui/text/causes.h"
#include "mail/base/utf8.h"

namespace app {

Json text_or_null(const std::string& text) {
    return text.empty() ? Json(nullptr) : Json(mail::utf8::repaired(text));
}

std::string iso_time(std::chrono::sys_seconds when) {
    const auto day = std::chrono::floor<std::chrono::days>(when);
    const std::chrono::year_month_day date{day};
    const std::chrono::hh_mm_ss time{when - day};
    std::array<char, 32> text{};
    std::snprintf(text.data(), text.size(), "%04d-%02u-%02uT%02d:%02d:%02dZ",
                  static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                  static_cast<unsigned>(date.day()), static_cast<int>(time.hours().count()),
                  static_cast<int>(time.minutes().count()),
                  static_cast<int>(time.seconds().count()));
    return text.data();
}

Json facts_value(const mail::Facts& facts) {
    Json values = Json::object();
    for (const auto& [key, value] : facts)
        values[mail::utf8::repaired(key)] = mail::utf8::repaired(value);
    return values;
}

Json error_value(const mail::Error& error) {
    const auto words = [&](gui::text::Language language) {
        const auto said = gui::text::words_of(error, language);
        return Json{{"cause", said.cause}, {"next_step", said.next_step}};
    };
    return {{"cause", name_of(error.cause)},
            {"layer", name_of(error.layer)},
            {"facts", facts_value(error.facts)},
            {"pl", words(gui::text::Language::pl)},
            {"en", words(gui::text::Language::en)}};
}

Json removed_value(const mail::JobView& job) {
    Json removed = Json::array();
    for (const auto& which : job.removed)
        if (std::ranges::find(job.marked_uids, which.uid) == job.marked_uids.end())
            removed.push_back(which.uid);
    return removed;
}

Json kept_value(const mail::JobView& job) {
    Json kept = Json::array();
    for (const auto& [uid, error] : job.kept)
        kept.push_back({{"uid", uid}, {"error", error_value(error)}});
    return kept;
}

std::string text_of(const Json& json) {
    return json.dump(2, ' ', false, Json::error_handler_t::replace);
}

std::string indented(const Json& json, std::string_view indent) {
    std::string lines(indent);
    for (const char c : text_of(json)) {
        lines += c;
        if (c == '\n')
            lines += indent;
    }
    return lines;
}

std::string document(const Json& json) {
    return text_of(json) + "\n";
}

}  // namespace app
