#include "app/cli_report.h"

#include <chrono>

#include "app/csv.h"
#include "app/json_values.h"
#include "app/table.h"
#include "gui/text/format.h"
#include "gui/text/reasons.h"
#include "gui/text/removal.h"
#include "gui/text/report.h"
#include "gui/text/screens.h"
#include "mail/base/utf8.h"

namespace app {

namespace {

namespace text = gui::text;
using mail::DayReport;
using Side = Table::Side;

std::string title(const text::Text& words, text::Language language) {
    return std::string(words.in(language));
}

std::string one_line(const std::string& words) {
    return mail::utf8::one_line(words);
}

std::string documents_table(const DayReport& report, const OutputStyle& style) {
    const auto language = style.language;
    Table table({{title(text::log_when, language)},
                 {title(text::log_who, language), Side::left, true},
                 {title(text::log_point, language), Side::left, true},
                 {title(text::column_subject, language), Side::left, true},
                 {title(text::column_status, language)},
                 {title(text::report_files, language), Side::right},
                 {title(text::report_left_out, language), Side::right}});
    for (const DayReport::Document& one : report.documents)
        table.add({text::clock_time(one.when), one.who, one.point_name, one_line(one.subject),
                   std::string(text::words_of(one, language)),
                   text::number(one.files.size(), language),
                   text::number(one.left_out.size(), language)});
    return report.documents.empty() ? std::string() : table.text(style.columns);
}

std::string left_out_table(const DayReport& report, const OutputStyle& style) {
    const auto language = style.language;
    Table table({{title(text::log_when, language)},
                 {title(text::column_subject, language), Side::left, true},
                 {title(text::report_left_out, language), Side::left, true},
                 {title(text::report_reason, language), Side::left, true}});
    for (const DayReport::Document& document : report.documents)
        for (const DayReport::LeftOut& one : document.left_out)
            table.add({text::clock_time(document.when), one_line(document.subject),
                       one_line(one.name), text::why_left_out(one.reason, one.who, language)});
    for (const DayReport::Skipped& one : report.skipped)
        if (!one.is_in_document)
            table.add({text::clock_time(one.when), one_line(one.subject), one_line(one.name),
                       text::why_left_out(mail::Reason::not_wanted, one.who, language)});
    return report.left_out == 0 ? std::string() : "\n" + table.text(style.columns);
}

std::string open_table(const DayReport& report, const OutputStyle& style) {
    const auto language = style.language;
    Table table({{title(text::column_received, language)},
                 {title(text::log_point, language), Side::left, true},
                 {title(text::column_sender, language), Side::left, true},
                 {title(text::column_subject, language), Side::left, true},
                 {title(text::report_open, language)}});
    const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    for (const DayReport::Open& one : report.open)
        table.add({text::moment(one.received, now, language), one.point_name, one_line(one.sender),
                   one_line(one.subject), text::words_of(one.status, language)});
    return report.open.empty() ? std::string() : "\n" + table.text(style.columns);
}

Json files_value(const DayReport::Document& document) {
    Json files = Json::array();
    for (const DayReport::File& file : document.files)
        files.push_back({{"name", text_or_null(one_line(file.name))},
                         {"file", text_or_null(one_line(file.path))},
                         {"type", text_or_null(file.type)},
                         {"size", file.size_octets},
                         {"sha256", file.sha256}});
    return files;
}

Json left_out_value(const DayReport::Document& document) {
    Json parts = Json::array();
    for (const DayReport::LeftOut& one : document.left_out)
        parts.push_back({{"name", text_or_null(one_line(one.name))},
                         {"reason", std::string(mail::work::name_of(one.reason))},
                         {"needs_you", one.needs_you},
                         {"who", text_or_null(one.who)}});
    return parts;
}

Json skipped_value(const DayReport& report) {
    Json parts = Json::array();
    for (const DayReport::Skipped& one : report.skipped)
        parts.push_back({{"point", one.point},
                         {"point_name", one.point_name},
                         {"when", iso_time(one.when)},
                         {"who", text_or_null(one.who)},
                         {"uid", one.uid},
                         {"subject", text_or_null(one.subject)},
                         {"name", text_or_null(one_line(one.name))},
                         {"in_document", one.is_in_document}});
    return parts;
}

/// A line of the table; all have the same fields.
struct Line {
    const char* kind;
    const std::string& point;
    std::chrono::sys_seconds when;
    std::string who = {};
    std::uint32_t uid = 0;
    std::string subject = {}, status = {}, name = {}, file = {}, type = {};
    Json size = nullptr;
    std::string sha256 = {}, reason = {};
};

Json value_of(const Line& line) {
    return {{"kind", line.kind},
            {"point", line.point},
            {"when", iso_time(line.when)},
            {"who", text_or_null(line.who)},
            {"uid", line.uid},
            {"subject", text_or_null(line.subject)},
            {"status", text_or_null(line.status)},
            {"name", text_or_null(one_line(line.name))},
            {"file", text_or_null(one_line(line.file))},
            {"type", text_or_null(line.type)},
            {"size", line.size},
            {"sha256", text_or_null(line.sha256)},
            {"reason", text_or_null(line.reason)}};
}

std::string csv_lines(const DayReport::Document& one) {
    std::string lines = csv_line(value_of({.kind = "document",
                                           .point = one.point_name,
                                           .when = one.when,
                                           .who = one.who,
                                           .uid = one.uid,
                                           .subject = one.subject,
                                           .status = std::string(name_of(one.status)),
                                           .reason = one.cause}));
    for (const DayReport::File& file : one.files)
        lines += csv_line(value_of({.kind = "file",
                                    .point = one.point_name,
                                    .when = one.when,
                                    .who = one.who,
                                    .uid = one.uid,
                                    .subject = one.subject,
                                    .name = file.name,
                                    .file = file.path,
                                    .type = file.type,
                                    .size = file.size_octets,
                                    .sha256 = file.sha256}));
    for (const DayReport::LeftOut& part : one.left_out)
        lines += csv_line(value_of({.kind = "left_out",
                                    .point = one.point_name,
                                    .when = one.when,
                                    .who = part.who.empty() ? one.who : part.who,
                                    .uid = one.uid,
                                    .subject = one.subject,
                                    .status = part.needs_you ? "needs_you" : "skipped",
                                    .name = part.name,
                                    .reason = std::string(mail::work::name_of(part.reason))}));
    return lines;
}

}  // namespace

std::string report_text(const DayReport& report, const OutputStyle& style) {
    const auto language = style.language;
    std::string lines =
        documents_table(report, style) + left_out_table(report, style) + open_table(report, style);
    if (!lines.empty())
        lines += "\n";
    for (const std::string& sum : text::sums_of(report, language))
        lines += sum + "\n";
    std::string points;
    for (const std::string& name : report.not_listed)
        points += (points.empty() ? "" : ", ") + one_line(name);
    if (!points.empty())
        lines += text::fill(text::report_not_listed, language, {{"points", points}}) + "\n";
    return lines;
}

std::string report_json(const DayReport& report) {
    Json documents = Json::array();
    for (const DayReport::Document& one : report.documents)
        documents.push_back({{"point", one.point},
                             {"point_name", one.point_name},
                             {"when", iso_time(one.when)},
                             {"who", text_or_null(one.who)},
                             {"uid", one.uid},
                             {"subject", text_or_null(one.subject)},
                             {"status", std::string(name_of(one.status))},
                             {"cause", text_or_null(one.cause)},
                             {"files", files_value(one)},
                             {"left_out", left_out_value(one)}});
    Json open = Json::array();
    for (const DayReport::Open& one : report.open)
        open.push_back({{"point", one.point},
                        {"point_name", one.point_name},
                        {"uid", one.uid},
                        {"subject", text_or_null(one.subject)},
                        {"sender", text_or_null(one.sender)},
                        {"received", iso_time(one.received)},
                        {"status", std::string(name_of(one.status))},
                        {"cause", text_or_null(one.cause)}});
    return document({{"since", iso_time(report.since)},
                     {"until", iso_time(report.until)},
                     {"taken", report.taken},
                     {"partial", report.partial},
                     {"failed", report.failed},
                     {"files", report.files},
                     {"size", report.octets},
                     {"saved_before", report.saved_before},
                     {"left_out", report.left_out},
                     {"hidden", report.hidden},
                     {"removed", report.removed},
                     {"restored", report.restored},
                     {"not_listed", report.not_listed},
                     {"documents", std::move(documents)},
                     {"skipped", skipped_value(report)},
                     {"open", std::move(open)}});
}

std::string report_csv(const DayReport& report) {
    static const std::string nothing;
    std::string lines = csv_titles(value_of({.kind = "", .point = nothing, .when = {}}));
    for (const DayReport::Document& one : report.documents)
        lines += csv_lines(one);
    // With the others that were left out, each once.
    for (const DayReport::Skipped& one : report.skipped)
        if (!one.is_in_document)
            lines += csv_line(
                value_of({.kind = "left_out",
                          .point = one.point_name,
                          .when = one.when,
                          .who = one.who,
                          .uid = one.uid,
                          .subject = one.subject,
                          .status = "skipped",
                          .name = one.name,
                          .reason = std::string(name_of(mail::work::Reason::not_wanted))}));
    for (const DayReport::Open& one : report.open)
        lines += csv_line(value_of({.kind = "open",
                                    .point = one.point_name,
                                    .when = one.received,
                                    .uid = one.uid,
                                    .subject = one.subject,
                                    .status = std::string(name_of(one.status)),
                                    .reason = one.cause}));
    return lines;
}

}  // namespace app
