#include "app/cli_output.h"

#include <algorithm>
#include <chrono>

#include "app/table.h"
#include "gui/text/cause_details.h"
#include "gui/text/causes.h"
#include "gui/text/cli.h"
#include "gui/text/faults.h"
#include "gui/text/format.h"
#include "gui/text/ladder.h"
#include "gui/text/ocr.h"
#include "gui/text/ocr_queue.h"
#include "gui/text/proposals.h"
#include "gui/text/reasons.h"
#include "gui/text/screens.h"
#include "mail/base/utf8.h"
#include "mail/ocr/limits.h"
#include "mail/work/part_decision.h"

namespace app {

namespace {

namespace text = gui::text;

std::chrono::sys_seconds now() {
    return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
}

std::string size_of(const mail::PartView& part, text::Language language) {
    return text::size(part.size_octets, language);
}

/// With that the OCR program won't accept its file.
std::string verdict_of(const mail::PartView& part, const mail::point::Ocr* ocr,
                       text::Language language) {
    std::string words = text::words_of(part, now(), language);
    mail::store::OcrJob refused;
    if (ocr != nullptr)
        refused.reason = mail::ocr::reason_against(part, *ocr);
    if (refused.reason != mail::store::OcrJob::Reason::none)
        words += ". " + text::fill(text::ocr_not_accepted, language,
                                   {{"why", text::why_failed(refused, language)}});
    return words;
}

std::string name_of_part(const mail::PartView& part) {
    return part.part.name.empty() ? part.part.type : part.part.name;
}

}  // namespace

std::string points_table(const mail::Snapshot& snapshot, const std::string& workspace,
                         const OutputStyle& style) {
    const auto language = style.language;
    if (snapshot.points.empty())
        return text::fill(text::points_none, language, {{"folder", workspace}}) + "\n";
    Table table({{std::string(text::table_point.in(language)), Table::Side::left, true},
                 {std::string(text::table_login.in(language)), Table::Side::left, true},
                 {std::string(text::table_server.in(language)), Table::Side::left, true},
                 {std::string(text::table_mailbox_folder.in(language))},
                 {std::string(text::table_target.in(language)), Table::Side::left, true},
                 {std::string(text::table_definition.in(language)), Table::Side::left, true}});
    // A reason is a sentence or two, which no cell has room for.
    std::string faults;
    for (const auto& view : snapshot.points) {
        const mail::point::Point& point = *view->definition;
        if (view->file_error) {
            table.add({point.name, "", "", "", text::table_not_readable.in(language), view->path});
            const text::ErrorWords words = text::words_of(*view->file_error, language);
            faults += "\n" + words.cause + "\n" + words.next_step + "\n";
            continue;
        }
        table.add({point.name, point.connection.login,
                   point.connection.server + ":" + std::to_string(point.connection.port),
                   point.connection.folder,
                   view->target_folder.empty() ? std::string(text::table_not_set.in(language))
                                               : view->target_folder,
                   view->path});
    }
    return table.text(style.columns) + faults;
}

std::string taken_table(const std::vector<Listed>& messages, const OutputStyle& style) {
    const auto language = style.language;
    Table table({{std::string(text::table_uid.in(language)), Table::Side::right},
                 {std::string(text::column_subject.in(language)), Table::Side::left, true},
                 {std::string(text::table_attachment.in(language)), Table::Side::left, true},
                 {std::string(text::column_size.in(language)), Table::Side::right},
                 {std::string(text::table_verdict.in(language)), Table::Side::left, true},
                 {std::string(text::table_file.in(language)), Table::Side::left, true}});
    for (const Listed& listed : messages) {
        const std::string uid = std::to_string(listed.row->uid);
        bool any = false;
        for (const mail::PartView& part : parts_of(*listed.row, *listed.state).unpack()) {
            if (!part.counts)
                continue;
            any = true;
            const std::size_t slash = part.file.find_last_of("/\\");
            table.add({uid, listed.row->subject, name_of_part(part), size_of(part, language),
                       verdict_of(part, listed.ocr, language),
                       slash == std::string::npos ? part.file : part.file.substr(slash + 1)});
        }
        if (!any)
            table.add({uid, listed.row->subject, "", "",
                       listed.state->error
                           ? text::words_of(*listed.state->error, language).cause
                           : std::string(text::words_of(
                                 listed.state->status,
                                 mail::work::was_skipped(*listed.row, *listed.state), language)),
                       ""});
    }
    return table.text(style.columns);
}

std::string parts_table(const mail::Parts& parts, const OutputStyle& style) {
    const auto language = style.language;
    Table table({{std::string(text::table_part.in(language))},
                 {std::string(text::table_attachment.in(language)), Table::Side::left, true},
                 {std::string(text::table_type.in(language)), Table::Side::left, true},
                 {std::string(text::column_size.in(language)), Table::Side::right},
                 {std::string(text::table_verdict.in(language)), Table::Side::left, true},
                 {"SHA-256"}});
    for (const mail::PartView& part : parts)
        if (part.counts)
            table.add({part.part.path, name_of_part(part), part.type, size_of(part, language),
                       text::words_of(part, now(), language), part.sha256});
    return table.text(std::max(style.columns, 160));
}

std::string diagnosis_text(const mail::Diagnosis& diagnosis, const OutputStyle& style) {
    const auto language = style.language;
    Table table({{std::string(text::diagnosis_verdict_column.in(language))},
                 {std::string(text::diagnosis_step_column.in(language))},
                 {std::string(text::diagnosis_seen_column.in(language)), Table::Side::left, true},
                 {std::string(text::diagnosis_time_column.in(language)), Table::Side::right}});
    for (const mail::diagnose::Step& step : diagnosis.steps)
        table.add({text::words_of(step.verdict, language), text::step_name(step.layer, language),
                   text::gist_of(step, language), text::step_time(step, language)});
    const text::Conclusion conclusion = text::conclusion_of(diagnosis, language);
    const mail::diagnose::Step* failed = diagnosis.first_failure();
    std::string lines = table.text(style.columns) + "\n";
    if (failed == nullptr)
        return lines + conclusion.cause + " " + conclusion.fix + "\n";
    const auto certainty = mail::diagnose::certainty_of(*failed->error);
    lines += text::fill(text::diagnosis_cause, language, {{"words", conclusion.cause}}) + "\n";
    lines += text::fill(text::diagnosis_certainty, language,
                        {{"words", text::words_of(certainty, language)}}) +
             "\n";
    if (!conclusion.fix.empty())
        lines += text::fill(text::diagnosis_fix, language, {{"words", conclusion.fix}}) + "\n";
    lines += std::string(text::diagnosis_evidence.in(language)) + "\n";
    return lines + text::details_of(*failed->error, language) + "\n";
}

std::string proposal_text(const mail::Proposal& proposal, const OutputStyle& style) {
    const mail::point::Suggestion& settings = proposal.settings;
    const bool password = settings.authentication == mail::point::Authentication::password;
    const auto line = [&](const text::Text& label, std::string_view value) {
        return std::string(label.in(style.language)) + ": " + std::string(value) + "\n";
    };
    return line(text::server, settings.server) + line(text::port, std::to_string(settings.port)) +
           line(text::authentication,
                (password ? text::authentication_password : text::authentication_oauth2)
                    .in(style.language)) +
           line(text::encryption, text::words_of(settings.encryption, style.language)) +
           line(text::login, settings.login) + text::origin_of(proposal, style.language) + "\n";
}

std::string error_text(const mail::Error& error, text::Language language) {
    const text::ErrorWords words = text::words_of(error, language);
    std::string lines = text::fill(text::error_line, language, {{"words", words.cause}}) + "\n";
    if (!words.next_step.empty())
        lines += text::fill(text::next_step_line, language, {{"words", words.next_step}}) + "\n";
    if (!words.details.empty())
        lines += words.details + (words.details.ends_with('\n') ? "" : "\n");
    return lines;
}

}  // namespace app
