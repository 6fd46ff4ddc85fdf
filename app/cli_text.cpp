#include "app/cli_output.h"

#include <algorithm>
#include <initializer_list>
#include <numeric>

#include "gui/text/cause_details.h"
#include "gui/text/causes.h"
#include "gui/text/cli.h"
#include "gui/text/faults.h"
#include "gui/text/format.h"
#include "gui/text/ladder.h"
#include "gui/text/proposals.h"
#include "gui/text/reasons.h"
#include "gui/text/screens.h"
#include "mail/base/utf8.h"

namespace app {

namespace {

namespace text = gui::text;

/// Columns on a terminal: code points, which is right for the scripts of our users' mails.
std::size_t width_of(std::string_view shown) {
    return static_cast<std::size_t>(std::ranges::count_if(
        shown, [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

/// Its first `columns`.
std::string_view start_of(std::string_view shown, std::size_t columns) {
    std::size_t at = 0;
    for (; columns > 0; --columns)
        static_cast<void>(mail::utf8::next(shown, at));
    return shown.substr(0, at);
}

/// All cells lie in one text: the list of a large mailbox has a million.
class Table {
public:
    enum class Side { left, right };
    struct Column {
        std::string title;
        Side side = Side::left;
        bool shrinks = false;  ///< takes less where the line would be too long
    };
    explicit Table(std::vector<Column> columns)
        : columns_(std::move(columns)), widest_(columns_.size()) {
        for (const Column& column : columns_)
            add_cell(column.title);
    }

    /// One cell a column.
    void add(std::initializer_list<std::string_view> cells) {
        constexpr std::size_t max_octets = 2000;
        for (const std::string_view cell : cells)
            if (cell.size() <= max_octets && mail::utf8::plain_octets(cell) == cell.size())
                add_cell(cell);
            else
                add_cell(mail::utf8::one_line(cell, max_octets));
    }
    [[nodiscard]] std::string text(int columns_at_most) const;

private:
    struct Cell {
        std::size_t begin, octets, width;
    };
    void add_cell(std::string_view shown) {
        const Cell cell{octets_.size(), shown.size(), width_of(shown)};
        std::size_t& widest = widest_[cells_.size() % columns_.size()];
        widest = std::max(widest, cell.width);
        octets_ += shown;
        cells_.push_back(cell);
    }
    [[nodiscard]] std::vector<std::size_t> widths(std::size_t at_most) const;
    void append(std::string& lines, const Cell& cell, std::size_t width) const;

    std::vector<Column> columns_;
    std::string octets_;
    std::vector<Cell> cells_;  ///< row by row, the first of titles
    std::vector<std::size_t> widest_;
};

std::vector<std::size_t> Table::widths(std::size_t at_most) const {
    constexpr std::size_t least = 12;
    std::vector<std::size_t> widths = widest_;
    std::size_t total = std::reduce(widths.begin(), widths.end(), 2 * (columns_.size() - 1));
    // The widest of those that may gives way first.
    while (total > at_most) {
        std::size_t widest = columns_.size();
        for (std::size_t i = 0; i < columns_.size(); ++i)
            if (columns_[i].shrinks && widths[i] > least &&
                (widest == columns_.size() || widths[i] > widths[widest]))
                widest = i;
        if (widest == columns_.size())
            break;
        --widths[widest];
        --total;
    }
    return widths;
}

void Table::append(std::string& lines, const Cell& cell, std::size_t width) const {
    const std::string_view shown = std::string_view(octets_).substr(cell.begin, cell.octets);
    if (cell.width <= width)
        lines += shown;
    else
        lines.append(start_of(shown, width - 1)).append("…");
}

std::string Table::text(int columns_at_most) const {
    const auto width = widths(static_cast<std::size_t>(columns_at_most));
    std::string lines;
    lines.reserve(octets_.size() + cells_.size() * 4);
    for (std::size_t i = 0; i < cells_.size(); ++i) {
        const std::size_t column = i % columns_.size();
        const std::size_t blanks = width[column] - std::min(cells_[i].width, width[column]);
        const bool is_right = columns_[column].side == Side::right;
        lines.append(is_right ? blanks : 0, ' ');
        append(lines, cells_[i], width[column]);
        if (column + 1 == columns_.size())
            lines += '\n';
        else
            lines.append((is_right ? 0 : blanks) + 2, ' ');
    }
    return lines;
}

std::chrono::sys_seconds now() {
    return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
}

const std::string& sender_of(const mail::MessageRow& row) {
    return row.sender_name.empty() ? row.sender_address : row.sender_name;
}

std::string size_of(const mail::PartView& part, text::Language language) {
    return text::size(part.size_octets, language);
}

std::string name_of_part(const mail::PartView& part) {
    return part.part.name.empty() ? part.part.type : part.part.name;
}

}  // namespace

std::vector<Listed> listed_messages(const mail::MailboxView& mailbox) {
    std::vector<Listed> messages;
    for (const auto& chunk : mailbox.chunks)
        for (const mail::MessageRow& row : *chunk)
            messages.push_back({&row, &mailbox.state_of(row)});
    std::ranges::stable_sort(messages, [](const Listed& a, const Listed& b) {
        return a.row->received != b.row->received ? a.row->received > b.row->received
                                                  : a.row->uid > b.row->uid;
    });
    return messages;
}

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

std::string messages_table(const std::vector<Listed>& messages, const OutputStyle& style) {
    const auto language = style.language;
    Table table({{std::string(text::table_uid.in(language)), Table::Side::right},
                 {std::string(text::column_status.in(language))},
                 {std::string(text::column_received.in(language))},
                 {std::string(text::column_sender.in(language)), Table::Side::left, true},
                 {std::string(text::column_subject.in(language)), Table::Side::left, true},
                 {std::string(text::table_attachments.in(language)), Table::Side::right},
                 {std::string(text::column_size.in(language)), Table::Side::right}});
    const auto at = now();
    for (const auto& [row, state] : messages)
        table.add({std::to_string(row->uid), text::words_of(state->status, language),
                   text::moment(row->received, at, language), sender_of(*row), row->subject,
                   std::to_string(row->attachments), text::size(row->size_octets, language)});
    return table.text(style.columns);
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
                       text::words_of(part.verdict, part.reason, language),
                       slash == std::string::npos ? part.file : part.file.substr(slash + 1)});
        }
        if (!any)
            table.add({uid, listed.row->subject, "", "",
                       listed.state->error
                           ? text::words_of(*listed.state->error, language).cause
                           : std::string(text::words_of(listed.state->status, language)),
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
                       text::words_of(part.verdict, part.reason, language), part.sha256});
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
