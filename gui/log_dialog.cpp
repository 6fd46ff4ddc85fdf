#include "gui/log_dialog.h"

#include <algorithm>
#include <array>
#include <utility>

#include <imgui.h>

#include "gui/dialog_frame.h"
#include "gui/flow.h"
#include "gui/icons.h"
#include "gui/redraw.h"
#include "gui/screens/hits.h"
#include "gui/text/actions.h"
#include "gui/text/causes.h"
#include "gui/text/format.h"
#include "gui/text/ocr_queue.h"
#include "gui/text/plurals.h"
#include "gui/text/removal.h"
#include "gui/text/screens.h"
#include "gui/widgets.h"
#include "mail/base/disk.h"
#include "mail/base/utf8.h"

namespace gui {
namespace {

using mail::JobView;
using mail::store::Action;
using namespace std::chrono_literals;

constexpr const char* window_name = "###log_dialog";
constexpr float width = 1200.F, least_width = 900.F, other_things = 192.F;
constexpr std::size_t at_once = 1000;
constexpr auto patience = 300ms;

constexpr std::array<RecordColumn, 6> columns{{
    {&text::log_when, 124},
    {&text::log_who, 100},
    {&text::log_point, 0.6F},
    {&text::log_what, 176},
    {&text::column_subject, 1.5F},
    {&text::log_result, 1.1F},
}};
using Cells = std::array<std::string, columns.size()>;

using What = Action::What;
struct Kind {
    const text::Text* name;
    std::vector<What> what;
};
/// What can be asked for; the first is all.
const std::vector<Kind>& kinds() {
    static const std::vector<Kind> all{
        {&text::log_all_kinds, {}},
        {&text::log_documents,
         {What::document, What::part_wanted, What::part_unwanted, What::part_by_rules}},
        {&text::log_removals, {What::hidden, What::removed, What::taken_along, What::marked}},
        {&text::log_restored, {What::shown, What::restored}},
        {&text::log_purged, {What::purged, What::clock_leapt}},
        {&text::log_points,
         {What::point_saved, What::point_deleted, What::point_restored, What::operators_saved,
          What::retention_saved, What::folder_set}},
        {&text::log_sign_ins,
         {What::signed_in, What::signed_out, What::password_saved, What::password_deleted}},
        {&text::log_ocr,
         {What::ocr_done, What::ocr_failed, What::ocr_retried, What::ocr_command_allowed}},
    };
    return all;
}

struct Period {
    const text::Text* name;
    std::chrono::hours length;
};
constexpr std::array<Period, 4> periods{{
    {&text::log_all_times, std::chrono::hours{0}},
    {&text::log_last_day, std::chrono::hours{24}},
    {&text::log_last_week, std::chrono::hours{7 * 24}},
    {&text::log_last_month, std::chrono::hours{30 * 24}},
}};

Cells cells_of(const Action& action, const Frame& frame) {
    const text::Language language = frame.language;
    return {text::moment(action.when, frame.now, language),
            action.who,
            action.point_name,
            std::string(text::words_of(action.what, language)),
            action.uid != 0 && action.subject.empty() ? std::string(text::no_subject.in(language))
                                                      : action.subject,
            text::result_of(action, language)};
}

bool has_all(const Cells& cells, const std::vector<std::string>& words) {
    std::string text;
    for (const std::string& cell : cells)
        text.append(cell).append(1, '\n');
    const std::string plain = mail::utf8::unaccented(text);
    return std::all_of(words.begin(), words.end(), [&plain](const std::string& word) {
        return plain.find(word) != std::string::npos;
    });
}

}  // namespace

void LogDialog::open() {
    stage_ = Stage::opening;
    job_ = 0;
    found_.clear();
    shown_.clear();
    has_found_ = false;
    older_ = 0;
    error_.reset();
    exported_.clear();
    words_.clear();
    point_.clear();
    kind_ = period_ = 0;
    total_ = 0;
}

void LogDialog::close() {
    stage_ = Stage::closed;
    found_.clear();
    shown_.clear();
    ImGui::CloseCurrentPopup();
}

void LogDialog::look_up(Frame& frame, std::int64_t before) {
    error_.reset();
    mail::store::ActionQuery wanted = query(frame);
    wanted.before = before;
    job_ = frame.post(mail::LookUpLog{std::move(wanted)});
    asked_at_ = std::chrono::steady_clock::now();
}

mail::store::ActionQuery LogDialog::query(const Frame& frame) const {
    mail::store::ActionQuery wanted;
    wanted.at_most = at_once;
    wanted.point = point_;
    wanted.kinds = kinds().at(static_cast<std::size_t>(kind_)).what;
    if (period_ != 0)
        wanted.since = frame.now - periods.at(static_cast<std::size_t>(period_)).length;
    return wanted;
}

/// For other choices, from the newest on. What is shown stays until the answer is there.
void LogDialog::look_up_anew(Frame& frame) {
    if (job_ != 0)
        frame.cancel(job_);
    exported_.clear();
    starts_anew_ = true;
    look_up(frame, 0);
}

void LogDialog::follow(const Frame& frame) {
    const JobView* job = frame.snapshot.job(job_);
    if (job_ == 0 || job == nullptr || !job->has_ended())
        return;
    job_ = 0;
    if (job->state != JobView::State::done) {
        error_ = job->error;
        return;
    }
    const bool first = !std::exchange(has_found_, true) || starts_anew_;
    if (std::exchange(starts_anew_, false))
        found_.clear();
    older_ = job->log_older;
    total_ = job->log_total;
    if (job->log)
        found_.insert(found_.end(), job->log->begin(), job->log->end());
    filter_anew_ = true;
    if (first)
        table_.restart();
}

void LogDialog::filter(const Frame& frame) {
    if (!std::exchange(filter_anew_, false) && filtered_in_ == frame.language)
        return;
    filtered_in_ = frame.language;
    const std::vector<std::string> words = words_in(words_);
    shown_.clear();
    for (std::size_t i = 0; i < found_.size(); ++i)
        if (words.empty() || has_all(cells_of(found_[i], frame), words))
            shown_.push_back(i);
}

/// Of which point, what kind, and from when on.
void LogDialog::draw_choices(Frame& frame) {
    const text::Language language = frame.language;
    std::vector<std::string_view> points{text::log_all_points.in(language)};
    std::vector<std::string> ids{""};
    int point = 0;
    for (const auto& view : frame.snapshot.points) {
        if (view->definition->id == point_)
            point = static_cast<int>(ids.size());
        ids.push_back(view->definition->id);
        points.push_back(view->definition->name);
    }
    std::vector<std::string_view> kind_names, period_names;
    for (const Kind& kind : kinds())
        kind_names.push_back(kind.name->in(language));
    for (const Period& period : periods)
        period_names.push_back(period.name->in(language));
    const auto choose = [](const char* id, const std::vector<std::string_view>& names, int& chosen,
                           float room) {
        flow_on(px(room), 8);
        return combo(id, names, chosen, {.width = room});
    };
    bool changed = choose("##log_points", points, point, 220);
    point_ = ids.at(static_cast<std::size_t>(point));
    changed = choose("##log_kinds", kind_names, kind_, 220) || changed;
    if (table_.left_back())
        focus_next_item();
    changed = choose("##log_periods", period_names, period_, 160) || changed;
    if (changed)
        look_up_anew(frame);
}

void LogDialog::draw_filter(Frame& frame) {
    const std::string hint(text::log_filter.in(frame.language));
    const float room = ImGui::GetContentRegionAvail().x / std::max(0.01F, frame.scale);
    if (stage_ == Stage::opening)
        focus_next_item();
    const FieldEvents events = text_field("###log_filter", words_,
                                          {.width = std::min(room, 320.F),
                                           .hint = hint.c_str(),
                                           .icon = icon::search,
                                           .flags = ImGuiInputTextFlags_EscapeClearsAll});
    if (events.changed) {
        filter_anew_ = true;
        exported_.clear();
        table_.restart();
    }
    if (events.confirmed ||
        (ImGui::IsItemActive() && ImGui::IsKeyPressed(ImGuiKey_DownArrow, false)))
        table_.take_focus();
    draw_choices(frame);
}

void LogDialog::draw_rows(const Frame& frame, float height) {
    const text::Language language = frame.language;
    if (shown_.empty()) {
        const bool waiting = !has_found_ && job_ != 0;
        const bool said = waiting && std::chrono::steady_clock::now() - asked_at_ >= patience;
        if (waiting && !said)
            redraw_within(patience);
        if (said)
            draw_no_records(icon::waiting, text::looking_up.in(language), height);
        else if (has_found_ && !found_.empty())
            draw_no_records(icon::search, text::fill(text::empty_filter, language, {{"x", words_}}),
                            height);
        else if (has_found_ && (!point_.empty() || kind_ != 0 || period_ != 0))
            draw_no_records(icon::search, text::no_such_entries.in(language), height);
        else if (has_found_)
            draw_no_records(icon::history, text::empty_log.in(language), height);
        else if (error_)
            draw_no_records(icon::failed, text::sentences_of(*error_, language), height);
        else
            ImGui::Dummy({0, height});
        return;
    }
    if (!table_.begin(columns, language, height, least_width))
        return;
    const Colours& c = frame.colours;
    ImGuiListClipper clipper;
    clipper.Begin(static_cast<int>(shown_.size()), px(RecordTable::row_height));
    clipper.IncludeItemByIndex(static_cast<int>(std::min(table_.focused(), shown_.size() - 1)));
    while (clipper.Step())
        for (int i = clipper.DisplayStart; i < clipper.DisplayEnd; ++i) {
            const Action& action = found_[shown_[static_cast<std::size_t>(i)]];
            const Cells cells = cells_of(action, frame);
            table_.begin_row(static_cast<std::size_t>(i), false);
            table_.cell(cells[0], c.muted, text::exact_moment(action.when, language));
            table_.cell(cells[1], c.text);
            table_.cell(cells[2], c.text);
            table_.cell(cells[3], c.text);
            table_.cell(cells[4], c.text);
            table_.cell(cells[5], action.result.empty() ? c.muted : c.err);
        }
    const bool copies = table_.has_focus() && ImGui::IsKeyChordPressed(ImGuiMod_Ctrl | ImGuiKey_C);
    table_.end();
    if (copies)
        copy_rows(frame);
}

/// As tab-separated text, for a spreadsheet.
void LogDialog::copy_rows(const Frame& frame) const {
    std::string text;
    for (std::size_t i = 0; i < columns.size(); ++i)
        text.append(i == 0 ? "" : "\t").append(columns[i].title->in(frame.language));
    text += '\n';
    for (const std::size_t place : shown_) {
        Cells cells = cells_of(found_[place], frame);
        cells[0] = text::exact_moment(found_[place].when, frame.language);
        for (std::size_t i = 0; i < cells.size(); ++i)
            text.append(i == 0 ? "" : "\t").append(cells[i]);
        text += '\n';
    }
    ImGui::SetClipboardText(text.c_str());
}

/// One line's room at least, so that nothing jumps when it is said.
void LogDialog::draw_note(const Frame& frame) {
    const text::Language language = frame.language;
    if (error_ && has_found_) {
        note_line(NoteKind::error, text::sentences_of(*error_, language));
        return;
    }
    if (exported_.empty()) {
        note_line(NoteKind::none, has_found_ ? count_words(language) : " ");
        return;
    }
    note_line(NoteKind::ok, text::fill(text::log_exported, language, {{"path", exported_}}));
    const std::string open = labelled(text::open_folder, language, "log_folder");
    same_line_if_it_fits(ImGui::CalcTextSize(open.c_str(), nullptr, true).x, 12);
    push_font(Weight::regular, 14);
    if (link(open.c_str()))
        folder_wish_ = mail::parent_path(exported_);
    pop_font();
}

/// How many of how many are shown: those that nobody has read yet are there, too.
std::string LogDialog::count_words(text::Language language) const {
    const std::size_t all = std::max(total_, found_.size());
    if (shown_.size() < all)
        return text::fill(
            text::shown_of, language,
            {{"k", text::number(shown_.size(), language)}, {"n", text::number(all, language)}});
    return text::counted(text::log_entry, language, all);
}

void LogDialog::draw_buttons(Frame& frame) {
    const text::Language language = frame.language;
    const std::string older = labelled(text::log_older, language, "log_older");
    const std::string again = labelled(text::try_again, language, "log_again");
    const std::string file = labelled(text::log_export, language, "log_export");
    const std::string copy = labelled(text::copy_rows, language, "log_copy");
    const std::string no = labelled(text::close, language, "log_close");
    ImGui::Dummy({0, px(4)});
    const bool can_try_again = error_.has_value() && job_ == 0;
    if ((can_try_again || (older_ != 0 && job_ == 0)) && table_.left_onward())
        focus_next_item();
    if (can_try_again) {
        if (button(again.c_str()))
            look_up(frame, older_);
        ImGui::SameLine(0, px(8));
    } else if (older_ != 0) {
        if (button(older.c_str(), {}, job_ != 0 ? text::looking_up.in(language) : ""))
            look_up(frame, older_);
        ImGui::SameLine(0, px(8));
    }
    ImGui::SetCursorPosX(ImGui::GetWindowWidth() - px(36) - button_width(file.c_str()) -
                         button_width(copy.c_str()) - button_width(no.c_str()));
    // Whole, whatever the filter shows.
    if (!found_.empty() && table_.left_onward())
        focus_next_item();
    if (button(file.c_str(), {}, found_.empty() ? text::off_nothing_shown.in(language) : ""))
        export_.open_export(frame, mail::store::ActionQuery{});
    ImGui::SameLine(0, px(8));
    if (button(copy.c_str(), {}, shown_.empty() ? text::off_nothing_shown.in(language) : ""))
        copy_rows(frame);
    ImGui::SameLine(0, px(8));
    if (button(no.c_str()))
        close();
}

/// Over the log, which stays.
void LogDialog::draw_export(Frame& frame) {
    export_.draw(frame);
    if (std::string written = export_.take_written(); !written.empty())
        exported_ = std::move(written);
}

void LogDialog::draw(Frame& frame) {
    if (!is_open())
        return;
    if (stage_ == Stage::opening) {
        ImGui::OpenPopup(window_name);
        if (job_ == 0)
            look_up(frame, 0);
    }
    if (!begin_dialog(window_name, std::string(text::activity_log.in(frame.language)), width))
        return;
    // In the field, Esc empties it first; over a question it means that.
    const bool leaves =
        escape() && !export_.is_open() && !(ImGui::GetIO().WantTextInput && !words_.empty());
    follow(frame);
    const float top = ImGui::GetCursorPosY();
    draw_filter(frame);
    const float filters = (ImGui::GetCursorPosY() - top) / std::max(0.01F, frame.scale);
    filter(frame);
    draw_rows(frame, RecordTable::height_with(other_things + filters));
    draw_note(frame);
    draw_buttons(frame);
    draw_export(frame);
    if (leaves && is_open())
        close();
    if (is_open())
        stage_ = Stage::open;
    end_dialog();
}

}  // namespace gui
