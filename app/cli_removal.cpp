#include "app/cli_removal.h"

#include <algorithm>
#include <chrono>

#include "app/csv.h"
#include "app/json_values.h"
#include "app/table.h"
#include "gui/locks.h"
#include "gui/text/actions.h"
#include "gui/text/causes.h"
#include "gui/text/cli.h"
#include "gui/text/cli_removal.h"
#include "gui/text/format.h"
#include "gui/text/plurals.h"
#include "gui/text/removal.h"
#include "gui/text/screens.h"
#include "mail/base/utf8.h"

namespace app {

namespace {

namespace text = gui::text;
using mail::store::Action;

std::chrono::sys_seconds now() {
    return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
}

Json action_value(const Action& action) {
    return {{"number", action.number},
            {"when", iso_time(action.when)},
            {"who", text_or_null(action.who)},
            {"point", text_or_null(action.point)},
            {"point_name", text_or_null(action.point_name)},
            {"what", name_of(action.what)},
            {"uid", action.uid == 0 ? Json(nullptr) : Json(action.uid)},
            {"subject", text_or_null(action.subject)},
            {"result", action.result.empty() ? "done" : action.result},
            {"detail", text_or_null(action.detail)}};
}

std::string csv_lines(const std::vector<Action>& actions) {
    std::string lines;
    for (const Action& action : actions)
        lines += csv_line(action_value(action));
    return lines;
}

}  // namespace

std::string kept_lines(const mail::JobView& job, text::Language language) {
    std::string lines;
    for (const auto& [uid, error] : job.kept)
        lines +=
            text::fill(
                error.cause == mail::Cause::gate_locked ? text::locked_line : text::stayed_line,
                language, {{"uid", std::to_string(uid)}, {"why", gui::why_kept(error, language)}}) +
            "\n";
    return lines;
}

std::string kept_text(const mail::JobView& job, text::Language language) {
    std::string lines = kept_lines(job, language);
    if (std::ranges::any_of(
            job.kept, [](const auto& one) { return one.second.cause == mail::Cause::gate_locked; }))
        lines += std::string(text::hint_anyway.in(language)) + "\n";
    if (job.error && job.error->cause == mail::Cause::others_marked)
        lines += std::string(text::hint_marked.in(language)) + "\n";
    return lines;
}

std::string removed_text(const mail::JobView& job, bool from_mailbox, text::Language language) {
    const auto line = [&](const text::Text& words, std::size_t count) {
        return text::fill(words, language,
                          {{"messages", text::counted(text::message, language, count)}}) +
               "\n";
    };
    std::string lines;
    const std::size_t removed = job.removed.size() - job.marked;
    if (removed > 0 || (job.marked == 0 && !job.kept.empty()))
        lines +=
            line(from_mailbox ? text::toast_removed_mailbox : text::toast_removed_list, removed);
    else if (job.marked == 0)
        lines += std::string(text::toast_nothing_to_remove.in(language)) + "\n";
    if (job.marked > 0)
        lines += line(text::toast_marked, job.marked);
    for (const mail::JobView::TakenAlong& other : job.taken_along)
        lines += text::fill(text::taken_along_line, language,
                            {{"uid", std::to_string(other.uid)},
                             {"subject", mail::utf8::one_line(other.subject)},
                             {"message_id", mail::utf8::one_line(other.message_id)}}) +
                 "\n";
    return lines;
}

std::string quarantine_table(const std::vector<mail::QuarantineView>& messages,
                             const OutputStyle& style) {
    const auto language = style.language;
    Table table({{std::string(text::table_uid.in(language)), Table::Side::right},
                 {std::string(text::column_sender.in(language)), Table::Side::left, true},
                 {std::string(text::column_subject.in(language)), Table::Side::left, true},
                 {std::string(text::column_removed.in(language))},
                 {std::string(text::column_removed_by.in(language)), Table::Side::left, true},
                 {std::string(text::column_kept_until.in(language))},
                 {std::string(text::column_size.in(language)), Table::Side::right}});
    const auto at = now();
    for (const mail::QuarantineView& one : messages)
        table.add({std::to_string(one.uid), one.sender, one.subject,
                   one.is_marked ? std::string(text::marked_only.in(language))
                                 : text::moment(one.removed, at, language),
                   one.who, text::moment(one.keep_until, at, language),
                   text::size(one.size_octets, language)});
    return table.text(style.columns);
}

std::string log_table(const std::vector<Action>& actions, const OutputStyle& style) {
    const auto language = style.language;
    Table table({{std::string(text::log_when.in(language))},
                 {std::string(text::log_who.in(language)), Table::Side::left, true},
                 {std::string(text::log_point.in(language)), Table::Side::left, true},
                 {std::string(text::log_what.in(language))},
                 {std::string(text::log_number.in(language)), Table::Side::right},
                 {std::string(text::column_subject.in(language)), Table::Side::left, true},
                 {std::string(text::log_result.in(language)), Table::Side::left, true}});
    const auto at = now();
    for (const Action& action : actions)
        table.add({text::moment(action.when, at, language), action.who, action.point_name,
                   text::words_of(action.what, language),
                   action.uid == 0 ? std::string() : std::to_string(action.uid), action.subject,
                   text::result_of(action, language)});
    return table.text(style.columns);
}

std::string left_line(const mail::JobView& run, text::Language language) {
    if (run.removed.empty())
        return {};
    return text::fill(text::toast_removed_mailbox, language,
                      {{"messages", text::counted(text::message, language, run.removed.size())}});
}

std::string removal_json(const mail::JobView& job) {
    Json taken_along = Json::array();
    for (const mail::JobView::TakenAlong& other : job.taken_along)
        taken_along.push_back(
            {{"uid", other.uid},
             {"subject", mail::utf8::one_line(other.subject)},
             {"message_id", text_or_null(mail::utf8::one_line(other.message_id))}});
    Json result = {{"done", job.messages_done - job.messages_failed},
                   {"removed", removed_value(job)},
                   {"marked", job.marked},
                   {"taken_along", std::move(taken_along)},
                   {"kept", kept_value(job)}};
    if (job.state != mail::JobView::State::done)
        result["error"] = error_value(job.error.value_or(
            mail::Error{mail::Cause::cancelled, mail::Layer::point, mail::Reach::point, {}}));
    return document(result);
}

std::string quarantine_json(const std::vector<mail::QuarantineView>& messages) {
    Json all = Json::array();
    for (const mail::QuarantineView& one : messages)
        all.push_back({{"uid", one.uid},
                       {"uid_validity", one.uid_validity},
                       {"marked_only", one.is_marked},
                       {"message_id", text_or_null(mail::utf8::one_line(one.message_id))},
                       {"subject", one.subject},
                       {"sender", one.sender},
                       {"removed", iso_time(one.removed)},
                       {"removed_by", text_or_null(one.who)},
                       {"kept_until", iso_time(one.keep_until)},
                       {"size", one.size_octets}});
    return document({{"quarantine", std::move(all)}});
}

std::string log_json(const std::vector<Action>& actions) {
    Json all = Json::array();
    for (const Action& action : actions)
        all.push_back(action_value(action));
    return document({{"actions", std::move(all)}});
}

std::string log_csv(const std::vector<Action>& actions) {
    return csv_titles(action_value({})) + csv_lines(actions);
}

LogPrinter::LogPrinter(Form form, OutputStyle style, Print print)
    : form_(form), style_(style), print_(std::move(print)) {}

void LogPrinter::add(const std::vector<Action>& page) {
    if (form_ == Form::table) {
        table_.insert(table_.end(), page.begin(), page.end());
        return;
    }
    std::string piece = any_                 ? ""
                        : form_ == Form::csv ? csv_titles(action_value({}))
                                             : "{\n  \"actions\": [";
    if (form_ == Form::csv)
        piece += csv_lines(page);
    else
        for (const Action& action : page) {
            piece += any_ || &action != &page.front() ? ",\n" : "\n";
            piece += indented(action_value(action), "    ");
        }
    any_ = any_ || !page.empty();
    if (any_)
        print_(piece);
}

bool LogPrinter::end() {
    if (form_ == Form::table) {
        if (!table_.empty())
            print_(log_table(table_, style_));
        return !table_.empty();
    }
    if (!any_)
        print_(form_ == Form::csv ? csv_titles(action_value({})) : log_json({}));
    else if (form_ == Form::json)
        print_("\n  ]\n}\n");
    return true;
}

}  // namespace app
