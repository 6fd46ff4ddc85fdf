#include "gui/text/forecast.h"

#include "gui/text/format.h"
#include "gui/text/plurals.h"
#include "gui/text/what_if.h"

namespace gui::text {

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
    return words;
}

}  // namespace gui::text
