#include "app/cli_ocr.h"

#include <chrono>

#include "app/json_values.h"
#include "app/table.h"
#include "gui/text/format.h"
#include "gui/text/ocr.h"
#include "mail/base/utf8.h"

namespace app {

namespace {

namespace text = gui::text;
using mail::store::OcrJob;

std::string outcome_of(const OcrJob& job, text::Language language) {
    return job.state == OcrJob::State::failed ? text::why_failed(job, language)
           : job.state == OcrJob::State::done ? job.result
                                              : std::string();
}

}  // namespace

std::string ocr_table(const mail::OcrView& view, const OutputStyle& style) {
    const auto language = style.language;
    Table table({{std::string(text::ocr_file.in(language)), Table::Side::left, true},
                 {std::string(text::ocr_state.in(language))},
                 {std::string(text::ocr_since.in(language))},
                 {std::string(text::ocr_result.in(language)), Table::Side::left, true}});
    const auto at = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    for (const mail::OcrView::File& file : view.files) {
        std::string state = text::words_of(file.job.state, language);
        if (file.lies_long)
            state += ", " + std::string(text::ocr_lies_long.in(language));
        table.add({mail::utf8::one_line(file.job.file), std::move(state),
                   text::moment(file.job.when, at, language),
                   mail::utf8::one_line(outcome_of(file.job, language))});
    }
    return table.text(style.columns);
}

std::string ocr_json(const mail::OcrView& view) {
    Json files = Json::array();
    for (const mail::OcrView::File& file : view.files) {
        const OcrJob& job = file.job;
        const bool failed = job.state == OcrJob::State::failed;
        files.push_back(
            {{"file", mail::utf8::one_line(job.file)},
             {"state", std::string(mail::store::name_of(job.state))},
             {"reason", failed ? Json(std::string(mail::store::name_of(job.reason))) : Json()},
             {"code", failed ? Json(job.code) : Json()},
             {"said", text_or_null(mail::utf8::one_line(job.words))},
             {"result", text_or_null(mail::utf8::one_line(job.result))},
             {"size", job.size_octets},
             {"pages", job.pages ? Json(*job.pages) : Json()},
             {"since", iso_time(job.since)},
             {"when", iso_time(job.when)},
             {"lies_long", file.lies_long}});
    }
    return document({{"folder_error", view.fault ? error_value(*view.fault) : Json()},
                     {"files", std::move(files)}});
}

}  // namespace app
