#include "gui/text/forecast.h"

#include <algorithm>

#include "gui/text/format.h"
#include "gui/text/plurals.h"
#include "gui/text/what_if.h"

namespace gui::text {

std::size_t only_if_graphic(const mail::work::Forecast& forecast) {
    const auto is_one = [](const mail::work::Forecast::File& found) {
        return found.verdict == mail::Verdict::will_be_taken &&
               found.reason == mail::Reason::not_graphic;
    };
    std::size_t count = 0;
    for (const mail::work::Forecast::Message& one : forecast.messages)
        count += static_cast<std::size_t>(std::ranges::count_if(one.files, is_one));
    return count;
}

std::string summary_of(const mail::work::Forecast& forecast, Language language) {
    if (forecast.messages.empty())
        return std::string(what_if_empty.in(language));
    std::string words = fill(what_if_summary, language,
                             {{"k", number(forecast.messages.size(), language)},
                              {"n", counted(message_genitive, language, forecast.in_folder)},
                              {"files", counted(file, language, forecast.files)},
                              {"size", size(forecast.octets, language)},
                              {"skipped", number(forecast.skipped, language)},
                              {"open", number(forecast.need_you, language)}});
    if (forecast.have_to_be_read > 0)
        words += ". " + fill(what_if_to_read, language,
                             {{"n", counted(message, language, forecast.have_to_be_read)}});
    if (const std::size_t count = only_if_graphic(forecast); count > 0)
        words += ". " + fill(what_if_graphic, language, {{"n", number(count, language)}});
    return words;
}

}  // namespace gui::text
