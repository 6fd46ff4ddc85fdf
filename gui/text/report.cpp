#include "gui/text/report.h"

#include "gui/text/format.h"
#include "gui/text/plurals.h"

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

}  // namespace gui::text
