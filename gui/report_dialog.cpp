#include "gui/report_dialog.h"

#include <algorithm>
#include <span>

#include <imgui.h>

#include "gui/dialog_frame.h"
#include "gui/flow.h"
#include "gui/icons.h"
#include "gui/text/causes.h"
#include "gui/text/format.h"
#include "gui/text/local_time.h"
#include "gui/text/reasons.h"
#include "gui/text/removal.h"
#include "gui/text/report.h"
#include "gui/text/screens.h"
#include "gui/widgets.h"
#include "mail/base/disk.h"
#include "mail/base/utf8.h"

namespace gui {
namespace {

using mail::DayReport;
using mail::JobView;
using Columns = std::array<RecordColumn, 5>;

constexpr const char* window_name = "###report_dialog";
constexpr float width = 1200.F, least_width = 860.F, other_things = 232.F;

constexpr Columns document_columns{{{&text::log_when, 124},
                                    {&text::log_point, 0.6F},
                                    {&text::column_subject, 1.5F},
                                    {&text::column_status, 0.6F},
                                    {&text::report_files, 80, true}}};
constexpr Columns file_columns{{{&text::log_when, 124},
                                {&text::log_point, 0.6F},
                                {&text::column_subject, 1.F},
                                {&text::report_file, 1.2F},
                                {&text::column_size, 80, true}}};
constexpr Columns left_out_columns{{{&text::log_when, 124},
                                    {&text::log_point, 0.6F},
                                    {&text::column_subject, 1.F},
                                    {&text::report_file, 0.9F},
                                    {&text::report_reason, 0.9F}}};
constexpr Columns open_columns{{{&text::column_received, 124},
                                {&text::log_point, 0.6F},
                                {&text::column_sender, 0.8F},
                                {&text::column_subject, 1.3F},
                                {&text::column_status, 0.6F}}};

std::string day_words(std::chrono::sys_days day, text::Language language) {
    const std::string whole = text::date_and_time(text::local_midnight(day), language);
    return whole.substr(0, whole.rfind(' '));
}

std::string one_line(const std::string& words) {
    return mail::utf8::one_line(words);
}

}  // namespace

void ReportDialog::open() {
    stage_ = Stage::opening;
    job_ = 0;
    found_.reset();
    lines_.clear();
    error_.reset();
    exported_.clear();
    point_.clear();
    about_ = About::documents;
}

void ReportDialog::close() {
    stage_ = Stage::closed;
    found_.reset();
    lines_.clear();
    ImGui::CloseCurrentPopup();
}

mail::MakeReport ReportDialog::question() const {
    return {point_, text::local_midnight(day_), text::local_midnight(day_ + std::chrono::days(1))};
}

void ReportDialog::ask(Frame& frame) {
    if (job_ != 0)
        frame.cancel(job_);
    error_.reset();
    exported_.clear();
    job_ = frame.post(question());
}

void ReportDialog::follow(const Frame& frame) {
    const JobView* job = job_ == 0 ? nullptr : frame.snapshot.job(job_);
    if (job == nullptr || !job->has_ended())
        return;
    job_ = 0;
    if (!job->report) {
        error_ = job->error;
        found_.reset();
    } else {
        found_ = job->report;
    }
    fill_anew_ = true;
    table_.restart();
}

void ReportDialog::add_documents(const DayReport& report, text::Language language) {
    for (const DayReport::Document& one : report.documents) {
        std::string status(text::words_of(one, language));
        if (!one.left_out.empty())
            status += ", " + text::fill(text::report_sum_left_out, language,
                                        {{"n", text::number(one.left_out.size(), language)}});
        lines_.push_back(
            {one.when,
             {one.point_name, one_line(one.subject), std::move(status),
              text::number(one.files.size(), language)},
             one.status == mail::Status::failed || one.status == mail::Status::partial});
    }
}

void ReportDialog::add_files(const DayReport& report, text::Language language) {
    for (const DayReport::Document& one : report.documents)
        for (const DayReport::File& file : one.files)
            lines_.push_back({one.when,
                              {one.point_name, one_line(one.subject),
                               one_line(file.path.empty() ? file.name : file.path),
                               text::size(file.size_octets, language)},
                              false});
}

void ReportDialog::add_left_out(const DayReport& report, text::Language language) {
    for (const DayReport::Document& one : report.documents)
        for (const DayReport::LeftOut& part : one.left_out)
            lines_.push_back({one.when,
                              {one.point_name, one_line(one.subject), one_line(part.name),
                               text::why_left_out(part.reason, part.who, language)},
                              part.needs_you});
    for (const DayReport::Skipped& one : report.skipped)
        if (!one.is_in_document)
            lines_.push_back({one.when,
                              {one.point_name, one_line(one.subject), one_line(one.name),
                               text::why_left_out(mail::Reason::not_wanted, one.who, language)},
                              false});
    std::ranges::stable_sort(lines_, {}, &Line::when);
}

void ReportDialog::add_open(const DayReport& report, text::Language language) {
    for (const DayReport::Open& one : report.open)
        lines_.push_back(
            {one.received,
             {one.point_name, one_line(one.sender), one_line(one.subject),
              std::string(text::words_of(one.status, language))},
             one.status == mail::Status::failed || one.status == mail::Status::partial});
}

void ReportDialog::fill_lines(const Frame& frame) {
    if (!std::exchange(fill_anew_, false) && filled_in_ == frame.language)
        return;
    filled_in_ = frame.language;
    lines_.clear();
    if (!found_)
        return;
    switch (about_) {
    case About::documents:
        return add_documents(*found_, frame.language);
    case About::files:
        return add_files(*found_, frame.language);
    case About::left_out:
        return add_left_out(*found_, frame.language);
    case About::open:
        return add_open(*found_, frame.language);
    }
}

void ReportDialog::draw_day(Frame& frame) {
    const text::Language language = frame.language;
    const std::string before = labelled(text::report_day_before, language, "report_before");
    const std::string after = labelled(text::report_day_after, language, "report_after");
    const std::string today = labelled(text::report_today, language, "report_today");
    const auto go = [&](std::chrono::sys_days day) {
        day_ = day;
        ask(frame);
    };
    const ButtonLook low{.height = 28.F};  // as the choice beside them
    if (button(before.c_str(), low))
        go(day_ - std::chrono::days(1));
    ImGui::SameLine(0, px(8));
    const std::string_view none = day_ == today_ ? text::report_is_today.in(language) : "";
    if (button(after.c_str(), low, none))
        go(day_ + std::chrono::days(1));
    ImGui::SameLine(0, px(8));
    if (button(today.c_str(), low, none))
        go(today_);
    std::vector<std::string_view> names{text::log_all_points.in(language)};
    std::vector<std::string> ids{""};
    int chosen = 0;
    for (const auto& view : frame.snapshot.points) {
        if (view->definition->type != mail::point::Type::mailbox)
            continue;
        if (view->definition->id == point_)
            chosen = static_cast<int>(ids.size());
        ids.push_back(view->definition->id);
        names.push_back(view->definition->name);
    }
    flow_on(px(240), 8);
    if (combo("##report_points", names, chosen, {.width = 240})) {
        point_ = ids.at(static_cast<std::size_t>(chosen));
        ask(frame);
    }
}

void ReportDialog::draw_chips(const Frame& frame) {
    const text::Language language = frame.language;
    const std::array<std::pair<const text::Text*, std::size_t>, about_count> all{{
        {&text::report_documents, found_ ? found_->documents.size() : 0},
        {&text::report_files, found_ ? found_->files + found_->saved_before : 0},
        {&text::report_left_out, found_ ? found_->left_out : 0},
        {&text::report_open, found_ ? found_->open.size() : 0},
    }};
    for (std::size_t i = 0; i < all.size(); ++i) {
        const std::string label =
            std::string(all[i].first->in(language)) + "###report" + std::to_string(i);
        const std::string count = found_ ? text::number(all[i].second, language) : std::string();
        if (i > 0)
            flow_on(chip_width(label.c_str(), count), 8);
        if (i + 1 == all.size() && table_.left_back())
            focus_next_item();
        const auto about = static_cast<About>(i);
        if (chip(label.c_str(), count, about_ == about) && about_ != about) {
            about_ = about;
            fill_anew_ = true;
            table_.restart();
        }
    }
}

namespace {

std::span<const RecordColumn> columns_of(std::size_t about) {
    constexpr std::array<const Columns*, 4> all{&document_columns, &file_columns, &left_out_columns,
                                                &open_columns};
    return *all.at(about);
}

const text::Text& none_of(std::size_t about) {
    constexpr std::array<const text::Text*, 4> all{
        &text::report_no_documents, &text::report_no_files, &text::report_none_left_out,
        &text::report_none_open};
    return *all.at(about);
}

}  // namespace

void ReportDialog::draw_rows(const Frame& frame, float height) {
    const text::Language language = frame.language;
    const auto about = static_cast<std::size_t>(about_);
    if (lines_.empty()) {
        if (error_)
            draw_no_records(icon::failed, text::sentences_of(*error_, language), height);
        else if (!found_)
            draw_no_records(icon::waiting, text::report_making.in(language), height);
        else
            draw_no_records(icon::inbox, none_of(about).in(language), height);
        return;
    }
    const std::span<const RecordColumn> columns = columns_of(about);
    if (!table_.begin(columns, language, height, least_width))
        return;
    const Colours& c = frame.colours;
    ImGuiListClipper clipper;
    clipper.Begin(static_cast<int>(lines_.size()), px(RecordTable::row_height));
    clipper.IncludeItemByIndex(static_cast<int>(std::min(table_.focused(), lines_.size() - 1)));
    while (clipper.Step())
        for (int i = clipper.DisplayStart; i < clipper.DisplayEnd; ++i) {
            const Line& line = lines_[static_cast<std::size_t>(i)];
            table_.begin_row(static_cast<std::size_t>(i), false);
            table_.cell(text::moment(line.when, frame.now, language), c.muted,
                        text::exact_moment(line.when, language));
            for (std::size_t cell = 0; cell < line.cells.size(); ++cell)
                table_.cell(line.cells[cell],
                            line.stands_out && cell + 2 >= line.cells.size() ? c.warn : c.text);
        }
    const bool copies = table_.has_focus() && ImGui::IsKeyChordPressed(ImGuiMod_Ctrl | ImGuiKey_C);
    table_.end();
    if (copies)
        copy_rows(frame);
}

/// As tab-separated text, for a spreadsheet.
void ReportDialog::copy_rows(const Frame& frame) const {
    std::string text;
    const auto columns = columns_of(static_cast<std::size_t>(about_));
    for (std::size_t i = 0; i < columns.size(); ++i)
        text.append(i == 0 ? "" : "\t").append(columns[i].title->in(frame.language));
    text += '\n';
    for (const Line& line : lines_) {
        text += text::exact_moment(line.when, frame.language);
        for (const std::string& cell : line.cells)
            text.append(1, '\t').append(cell);
        text += '\n';
    }
    ImGui::SetClipboardText(text.c_str());
}

/// Two lines' room at least, so that nothing jumps when they come.
void ReportDialog::draw_sums(const Frame& frame) {
    const text::Language language = frame.language;
    std::string sums, points;
    if (found_)
        for (const std::string& sum : text::sums_of(*found_, language))
            sums += (sums.empty() ? "" : " · ") + sum;
    note_line(NoteKind::none, sums.empty() ? " " : sums);
    if (!exported_.empty()) {
        note_line(NoteKind::ok, text::fill(text::report_exported, language, {{"path", exported_}}));
        const std::string open = labelled(text::open_folder, language, "report_folder");
        same_line_if_it_fits(ImGui::CalcTextSize(open.c_str(), nullptr, true).x, 12);
        push_font(Weight::regular, 14);
        if (link(open.c_str()))
            folder_wish_ = mail::parent_path(exported_);
        pop_font();
        return;
    }
    if (found_)
        for (const std::string& name : found_->not_listed)
            points += (points.empty() ? "" : ", ") + one_line(name);
    if (points.empty())
        note_line(NoteKind::none, " ");
    else
        note_line(NoteKind::info,
                  text::fill(text::report_not_listed, language, {{"points", points}}));
}

void ReportDialog::draw_buttons(Frame& frame) {
    const text::Language language = frame.language;
    const std::string again = labelled(text::try_again, language, "report_again");
    const std::string file = labelled(text::log_export, language, "report_export");
    const std::string copy = labelled(text::copy_rows, language, "report_copy");
    const std::string no = labelled(text::close, language, "report_close");
    ImGui::Dummy({0, px(4)});
    if (error_) {
        if (button(again.c_str()))
            ask(frame);
        ImGui::SameLine(0, px(8));
    }
    ImGui::SetCursorPosX(ImGui::GetWindowWidth() - px(36) - button_width(file.c_str()) -
                         button_width(copy.c_str()) - button_width(no.c_str()));
    if (found_ && table_.left_onward())
        focus_next_item();
    if (button(file.c_str(), {}, found_ ? "" : text::off_nothing_shown.in(language)))
        export_.open_export(frame, question());
    ImGui::SameLine(0, px(8));
    if (button(copy.c_str(), {}, lines_.empty() ? text::off_nothing_shown.in(language) : ""))
        copy_rows(frame);
    ImGui::SameLine(0, px(8));
    if (stage_ == Stage::opening)
        focus_next_item();
    if (button(no.c_str()))
        close();
}

/// Over the report, which stays.
void ReportDialog::draw_export(Frame& frame) {
    export_.draw(frame);
    if (std::string written = export_.take_written(); !written.empty())
        exported_ = std::move(written);
}

void ReportDialog::draw(Frame& frame) {
    if (!is_open())
        return;
    today_ = std::chrono::sys_days(text::local_time(frame.now).date);
    if (stage_ == Stage::opening) {
        ImGui::OpenPopup(window_name);
        if (job_ == 0) {
            day_ = today_;
            ask(frame);
        }
    }
    const std::string title = text::fill(text::report_of_day, frame.language,
                                         {{"date", day_words(day_, frame.language)}});
    if (!begin_dialog(window_name, title, width))
        return;
    const bool leaves = escape() && !export_.is_open();
    follow(frame);
    const float top = ImGui::GetCursorPosY();
    draw_day(frame);
    draw_chips(frame);
    const float head = (ImGui::GetCursorPosY() - top) / std::max(0.01F, frame.scale);
    fill_lines(frame);
    draw_rows(frame, RecordTable::height_with(other_things + head));
    draw_sums(frame);
    draw_buttons(frame);
    draw_export(frame);
    if (leaves && is_open())
        close();
    if (is_open())
        stage_ = Stage::open;
    end_dialog();
}

}  // namespace gui
