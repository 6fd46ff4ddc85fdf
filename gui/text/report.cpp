#include "gui/text/report.h"

#include "gui/text/format.h"
#include "gui/text/plurals.h"
#include "gui/text/reasons.h"
#include "mail/base/utf8.h"

namespace gui::text {

std::vector<std::string> sums_of(const mail::DayReport& report, Language language) {
    std::vector<std::string> sums{fill(report_sum_taken, language,
                                       {{"n", counted(message, language, report.taken)},
                                        {"files", counted(file, language, report.files)},
                                        {"size", size(report.octets, language)}})};
    const auto add = [&](const Text& words, std::size_t count) {
        if (count > 0)
            sums.push_back(fill(words, language, {{"n", number(count, language)}}));
    };
    add(report_sum_there, report.saved_before);
    add(report_sum_partial, report.partial);
    add(report_sum_failed, report.failed);
    add(report_sum_left_out, report.left_out);
    add(report_sum_hidden, report.hidden);
    add(report_sum_removed, report.removed);
    add(report_sum_restored, report.restored);
    add(report_sum_open, report.open.size());
    return sums;
}

std::string why_left_out(mail::Reason reason, const std::string& who, Language language) {
    const std::string why(words_of(reason, language));
    return who.empty() ? why
                       : fill(report_decided_by, language,
                              {{"why", why}, {"who", mail::utf8::one_line(who)}});
}

}  // namespace gui::text
