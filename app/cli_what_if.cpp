#include "app/cli_what_if.h"

#include <chrono>

#include "app/json_values.h"
#include "app/table.h"
#include "gui/text/causes.h"
#include "gui/text/forecast.h"
#include "gui/text/format.h"
#include "gui/text/reasons.h"
#include "gui/text/screens.h"
#include "gui/text/what_if.h"
#include "mail/base/utf8.h"

namespace app {

namespace {

namespace text = gui::text;
using mail::work::Forecast;

/// The file's name in the folder, or else what the mail calls it.
const std::string& name_of(const Forecast::File& file) {
    return file.file.empty() ? file.name : file.file;
}

}  // namespace

std::string what_if_text(const Forecast& forecast, const OutputStyle& style) {
    const auto language = style.language;
    using Side = Table::Side;
    Table table({{std::string(text::column_received.in(language))},
                 {std::string(text::column_sender.in(language)), Side::left, true},
                 {std::string(text::column_subject.in(language)), Side::left, true},
                 {std::string(text::what_if_file.in(language)), Side::left, true},
                 {std::string(text::column_size.in(language)), Side::right},
                 {std::string(text::what_if_verdict.in(language)), Side::left, true}});
    const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    std::size_t lines = 0;
    const auto add = [&](const Forecast::Message& message, const std::string& file,
                         const std::string& size, const std::string& what) {
        ++lines;
        table.add({text::moment(message.received, now, language), message.sender, message.subject,
                   file, size, what});
    };
    for (const Forecast::Message& message : forecast.messages) {
        for (const Forecast::File& file : message.files)
            add(message, mail::utf8::one_line(name_of(file)),
                text::size(file.size_octets, language),
                text::words_of(file.verdict, file.reason, language));
        if (message.error)
            add(message, "", "", text::words_of(*message.error, language).cause);
        else if (message.has_to_be_read)
            add(message, "", "", std::string(text::what_if_read_first.in(language)));
    }
    const std::string summary = text::summary_of(forecast, language) + "\n";
    return (lines == 0 ? std::string() : table.text(style.columns)) + summary;
}

std::string what_if_json(const Forecast& forecast) {
    Json messages = Json::array();
    for (const Forecast::Message& message : forecast.messages) {
        Json files = Json::array();
        for (const Forecast::File& file : message.files)
            files.push_back({{"part", file.part},
                             {"name", text_or_null(file.name)},
                             {"file", text_or_null(file.file)},
                             {"type", file.type},
                             {"size", file.size_octets},
                             {"verdict", std::string(mail::work::name_of(file.verdict))},
                             {"reason", std::string(mail::work::name_of(file.reason))}});
        messages.push_back({{"uid", message.uid},
                            {"subject", message.subject},
                            {"sender", message.sender},
                            {"received", iso_time(message.received)},
                            {"has_to_be_read", message.has_to_be_read},
                            {"error", message.error ? error_value(*message.error) : Json()},
                            {"files", std::move(files)}});
    }
    return document({{"in_folder", forecast.in_folder},
                     {"files", forecast.files},
                     {"only_if_graphic", text::only_if_graphic(forecast)},
                     {"size", forecast.octets},
                     {"skipped", forecast.skipped},
                     {"need_you", forecast.need_you},
                     {"without", forecast.without},
                     {"have_to_be_read", forecast.have_to_be_read},
                     {"forecast", std::move(messages)}});
}

}  // namespace app
