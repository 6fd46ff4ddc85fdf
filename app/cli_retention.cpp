#include "app/cli_retention.h"

#include "app/json_values.h"
#include "gui/text/plurals.h"
#include "gui/text/retention.h"

namespace app {

namespace text = gui::text;

std::string retention_text(const mail::point::Retention& retention, text::Language language) {
    const auto line = [&](const text::Text& name, const std::string& value) {
        return std::string(name.in(language)) + ": " + value + "\n";
    };
    const auto in_days = [&](int days) {
        return text::counted(text::day, language, static_cast<std::uint64_t>(days));
    };
    return line(text::log_kept, in_days(retention.log_days)) +
           line(text::lists_kept, retention.list_days == 0
                                      ? std::string(text::no_lists_kept.in(language))
                                      : in_days(retention.list_days));
}

std::string retention_json(const mail::point::Retention& retention) {
    const Json value = {
        {"retention",
         {{"log_kept_days", retention.log_days}, {"lists_kept_days", retention.list_days}}}};
    return text_of(value);
}

}  // namespace app
