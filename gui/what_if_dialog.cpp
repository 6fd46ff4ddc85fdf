#include "gui/what_if_dialog.h"

#include <algorithm>
#include <array>

#include <imgui.h>

#include "gui/dialog_frame.h"
#include "gui/flow.h"
#include "gui/icons.h"
#include "gui/text/causes.h"
#include "gui/text/forecast.h"
#include "gui/text/format.h"
#include "gui/text/reasons.h"
#include "gui/text/removal.h"
#include "gui/text/screens.h"
#include "gui/text/what_if.h"
#include "gui/widgets.h"

namespace gui {
namespace {

using mail::JobView;
using mail::Verdict;

constexpr const char* window_name = "###what_if_dialog";
constexpr float width = 1200.F, least_width = 900.F, other_things = 236.F;

constexpr std::array<RecordColumn, 6> columns{{
    {&text::column_received, 124},
    {&text::column_sender, 0.8F},
    {&text::column_subject, 1.2F},
    {&text::what_if_file, 1.2F},
    {&text::column_size, 80, true},
    {&text::what_if_verdict, 1.1F},
}};
using Cells = std::array<std::string, columns.size()>;

struct Choice {
    const text::Text* name;
    std::optional<Verdict> verdict;
};
constexpr std::array<Choice, 4> choices{{
    {&text::what_if_all, std::nullopt},
    {&text::what_if_taken, Verdict::will_be_taken},
    {&text::what_if_skipped, Verdict::skipped},
    {&text::what_if_to_decide, Verdict::needs_you},
}};

std::size_t count_of(const mail::work::Forecast& forecast, const Choice& choice) {
    if (!choice.verdict)
        return forecast.files + forecast.skipped + forecast.need_you + forecast.have_to_be_read;
    switch (*choice.verdict) {
    case Verdict::will_be_taken:
        return forecast.files;
    case Verdict::skipped:
        return forecast.skipped;
    default:
        return forecast.need_you;
    }
}

}  // namespace

void WhatIfDialog::open(mail::point::Point point, std::optional<mail::Secret> password) {
    stage_ = Stage::opening;
    point_ = std::move(point);
    password_ = std::move(password);
    found_.reset();
    lines_.clear();
    shown_.clear();
    error_.reset();
    chosen_ = 0;
}

void WhatIfDialog::close(Frame& frame) {
    if (is_waiting_)
        frame.cancel(job_);
    is_waiting_ = false;
    stage_ = Stage::closed;
    password_.reset();
    lines_.clear();
    shown_.clear();
    found_.reset();
    ImGui::CloseCurrentPopup();
}

void WhatIfDialog::ask(Frame& frame) {
    error_.reset();
    job_ = frame.post(mail::WhatIf{point_, password_});
    is_waiting_ = true;
}

void WhatIfDialog::follow(const Frame& frame) {
    const JobView* job = is_waiting_ ? frame.snapshot.job(job_) : nullptr;
    if (job == nullptr || !job->has_ended())
        return;
    is_waiting_ = false;
    if (!job->forecast) {
        error_ = job->error;
        return;
    }
    found_ = job->forecast;
    for (const Forecast::Message& message : found_->messages) {
        for (const Forecast::File& file : message.files)
            lines_.push_back({&message, &file});
        if (message.has_to_be_read || message.error)
            lines_.push_back({&message, nullptr});
    }
    table_.restart();
}

bool WhatIfDialog::lets_through(const Line& line) const {
    const Choice& choice = choices.at(static_cast<std::size_t>(chosen_));
    return !choice.verdict || (line.file != nullptr && line.file->verdict == *choice.verdict);
}

void WhatIfDialog::draw_filter(Frame& frame) {
    const text::Language language = frame.language;
    for (std::size_t i = 0; i < choices.size(); ++i) {
        const Choice& choice = choices.at(i);
        const std::string label =
            std::string(choice.name->in(language)) + "###what_if" + std::to_string(i);
        const std::string count =
            found_ ? text::number(count_of(*found_, choice), language) : std::string();
        if (i > 0)
            flow_on(chip_width(label.c_str(), count), 8);
        if (i + 1 == choices.size() && table_.left_back())
            focus_next_item();
        if (chip(label.c_str(), count, chosen_ == static_cast<int>(i)) &&
            std::exchange(chosen_, static_cast<int>(i)) != static_cast<int>(i))
            table_.restart();
    }
    shown_.clear();
    for (std::size_t i = 0; i < lines_.size(); ++i)
        if (lets_through(lines_[i]))
            shown_.push_back(i);
}

namespace {

Cells cells_of(const Frame& frame, const mail::work::Forecast::Message& message,
               const mail::work::Forecast::File* file) {
    const text::Language language = frame.language;
    Cells cells{text::moment(message.received, frame.now, language),
                message.sender,
                message.subject,
                "",
                "",
                ""};
    if (file != nullptr) {
        cells[3] = file->file.empty() ? file->name : file->file;
        cells[4] = text::size(file->size_octets, language);
        cells[5] = text::words_of(file->verdict, file->reason, language);
    } else if (message.error) {
        cells[5] = text::words_of(*message.error, language).cause;
    } else {
        cells[5] = text::what_if_read_first.in(language);
    }
    return cells;
}

}  // namespace

void WhatIfDialog::draw_row(const Frame& frame, const Line& line) {
    const Colours& c = frame.colours;
    const Cells cells = cells_of(frame, *line.message, line.file);
    const bool decides = line.file == nullptr || line.file->verdict == Verdict::needs_you;
    const bool skipped = line.file != nullptr && line.file->verdict == Verdict::skipped;
    table_.cell(cells[0], c.muted, text::exact_moment(line.message->received, frame.language));
    table_.cell(cells[1], c.text);
    table_.cell(cells[2], c.text);
    const bool renamed = line.file != nullptr && !line.file->file.empty() &&
                         line.file->file != line.file->name && !line.file->name.empty();
    table_.cell(cells[3], skipped ? c.muted : c.text,
                renamed ? cells[3] + "\n" + line.file->name : std::string());
    table_.cell(cells[4], c.muted);
    table_.cell(cells[5], decides ? c.warn : skipped ? c.muted : c.ok);
}

void WhatIfDialog::draw_rows(const Frame& frame, float height) {
    const text::Language language = frame.language;
    if (is_waiting_) {
        draw_no_records(icon::waiting, text::what_if_listing.in(language), height);
        return;
    }
    if (error_) {
        draw_no_records(icon::failed, text::sentences_of(*error_, language), height);
        return;
    }
    if (shown_.empty()) {
        const bool none = found_ == nullptr || found_->messages.empty();
        draw_no_records(icon::inbox, (none ? text::what_if_empty : text::what_if_none).in(language),
                        height);
        return;
    }
    if (!table_.begin(columns, language, height, least_width))
        return;
    ImGuiListClipper clipper;
    clipper.Begin(static_cast<int>(shown_.size()), px(RecordTable::row_height));
    clipper.IncludeItemByIndex(static_cast<int>(std::min(table_.focused(), shown_.size() - 1)));
    while (clipper.Step())
        for (int i = clipper.DisplayStart; i < clipper.DisplayEnd; ++i) {
            table_.begin_row(static_cast<std::size_t>(i), false);
            draw_row(frame, lines_[shown_[static_cast<std::size_t>(i)]]);
        }
    const bool copies = table_.has_focus() && ImGui::IsKeyChordPressed(ImGuiMod_Ctrl | ImGuiKey_C);
    table_.end();
    if (copies)
        copy_rows(frame);
}

/// As tab-separated text, for a spreadsheet.
void WhatIfDialog::copy_rows(const Frame& frame) const {
    std::string text;
    for (std::size_t i = 0; i < columns.size(); ++i)
        text.append(i == 0 ? "" : "\t").append(columns[i].title->in(frame.language));
    text += '\n';
    for (const std::size_t place : shown_) {
        const Cells cells = cells_of(frame, *lines_[place].message, lines_[place].file);
        for (std::size_t i = 0; i < cells.size(); ++i)
            text.append(i == 0 ? "" : "\t").append(cells[i]);
        text += '\n';
    }
    ImGui::SetClipboardText(text.c_str());
}

void WhatIfDialog::draw_buttons(Frame& frame) {
    const text::Language language = frame.language;
    const std::string again = labelled(text::try_again, language, "what_if_again");
    const std::string copy = labelled(text::copy_rows, language, "what_if_copy");
    const std::string no = labelled(text::close, language, "what_if_close");
    ImGui::Dummy({0, px(4)});
    if (error_) {
        if (button(again.c_str()))
            ask(frame);
        ImGui::SameLine(0, px(8));
    }
    ImGui::SetCursorPosX(ImGui::GetWindowWidth() - px(28) - button_width(copy.c_str()) -
                         button_width(no.c_str()));
    if (!shown_.empty() && table_.left_onward())
        focus_next_item();
    if (button(copy.c_str(), {}, shown_.empty() ? text::off_nothing_shown.in(language) : ""))
        copy_rows(frame);
    ImGui::SameLine(0, px(8));
    if (stage_ == Stage::opening)
        focus_next_item();
    if (button(no.c_str()) || escape())
        close(frame);
}

void WhatIfDialog::draw(Frame& frame) {
    if (!is_open())
        return;
    if (stage_ == Stage::opening) {
        ImGui::OpenPopup(window_name);
        if (!is_waiting_)
            ask(frame);
    }
    const std::string title =
        text::fill(text::dry_run_of, frame.language, {{"point", point_.name}});
    if (!begin_dialog(window_name, title, width))
        return;
    follow(frame);
    const float top = ImGui::GetCursorPosY();
    draw_filter(frame);
    const float filters = (ImGui::GetCursorPosY() - top) / std::max(0.01F, frame.scale);
    draw_rows(frame, RecordTable::height_with(other_things + filters));
    // One line's room at least, so that nothing jumps.
    note_line(NoteKind::none, found_ ? text::summary_of(*found_, frame.language) : " ");
    note_line(NoteKind::help, text::what_if_nothing_taken.in(frame.language));
    draw_buttons(frame);
    if (is_open())
        stage_ = Stage::open;
    end_dialog();
}

}  // namespace gui
