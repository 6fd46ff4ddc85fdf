#include "gui/operators_dialog.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include <imgui.h>

#include "gui/dialog_frame.h"
#include "gui/icons.h"
#include "gui/text/causes.h"
#include "gui/text/screens.h"
#include "gui/widgets.h"

namespace gui {
namespace {

using mail::JobView;
using mail::point::Operator;

constexpr const char* window_name = "###operators_dialog";
constexpr float width = 760.F, row_height = 36.F, most_rows = 9.F;

constexpr float remove_side = 28.F, one_line_from = 660.F;

/// Where the columns begin, of the whole width; where that is little, the boxes are below the name.
struct Columns {
    float account, account_ends, administrator, area;
    float boxes_below, row;  ///< logical
};
constexpr Columns one_line{0.3F, 0.48F, 0.48F, 0.69F, 0, row_height};
constexpr Columns two_lines{0.5F, 0.88F, 0.05F, 0.5F, 32, row_height + 32};

const Columns& columns_in(float whole) {
    return whole < px(one_line_from) ? two_lines : one_line;
}

bool is_last_administrator(const mail::point::Operators& people, const Operator& person) {
    return person.administrator && std::ranges::count(people, true, &Operator::administrator) == 1;
}

}  // namespace

void OperatorsDialog::begin(const mail::Snapshot& snapshot) {
    people_ = based_on_ = *snapshot.operators;
    error_.reset();
    job_ = 0;
    ImGui::OpenPopup(window_name);
}

void OperatorsDialog::close() {
    stage_ = Stage::closed;
    ImGui::CloseCurrentPopup();
}

void OperatorsDialog::follow(const Frame& frame) {
    const JobView* job = frame.snapshot.job(job_);
    if (job == nullptr || !job->has_ended())
        return;
    job_ = 0;
    if (job->state == JobView::State::done)
        return close();
    error_ = job->error;
    // Somebody else has saved meanwhile: theirs is shown, to be changed anew.
    if (error_ && error_->cause == mail::Cause::point_changed)
        people_ = based_on_ = *frame.snapshot.operators;
}

bool OperatorsDialog::draw_person(const Frame& frame, Operator& person) {
    const text::Language language = frame.language;
    const float whole = ImGui::GetContentRegionAvail().x;
    const Columns& columns = columns_in(whole);
    const float left = ImGui::GetCursorPosX(), top = ImGui::GetCursorPosY();
    const float line = top + std::floor((px(28) - ImGui::GetFontSize()) / 2);
    ImGui::PushID(person.id.c_str());
    ImGui::SetCursorPosY(line);
    icon_text(icon::person, 18, frame.colours.muted);
    ImGui::SameLine(0, px(8));
    std::string name = person.name.empty() ? person.account_name : person.name;
    if (person.id == frame.snapshot.me)
        name.append(" ").append(text::that_is_you.in(language));
    ellipsis_text(name, whole * columns.account - px(34), frame.colours.text);
    ImGui::SetCursorPos({left + whole * columns.account, line});
    ellipsis_text(person.account_name, whole * (columns.account_ends - columns.account) - px(8),
                  frame.colours.muted);
    const float boxes = top + px(columns.boxes_below);
    ImGui::SetCursorPos({left + whole * columns.administrator, boxes});
    const std::string label =
        labelled(text::an_administrator, language, "administrator_") + person.id;
    const std::string_view off = job_ != 0 ? text::saving.in(language)
                                 : is_last_administrator(people_, person)
                                     ? text::last_administrator.in(language)
                                     : std::string_view{};
    if (check_box(label.c_str(), person.administrator, off))
        error_.reset();
    ImGui::SetCursorPos({left + whole * columns.area, boxes});
    draw_points_area(language, person);
    bool removed = false;
    if (off.empty()) {
        ImGui::SetCursorPos({left + whole - px(remove_side), top});
        removed =
            icon_button((labelled(text::mend_remove, language, "remove_") + person.id).c_str(),
                        icon::bin, remove_side);
    }
    ImGui::PopID();
    ImGui::SetCursorPos({left, top + px(columns.row)});
    return removed;
}

/// An administrator sees it anyhow.
void OperatorsDialog::draw_points_area(text::Language language, Operator& person) {
    const std::string label = labelled(text::points_area, language, "points_area_") + person.id;
    const std::string_view off = job_ != 0              ? text::saving.in(language)
                                 : person.administrator ? text::sees_all_points.in(language)
                                                        : std::string_view{};
    bool on = person.administrator || person.points_area;
    if (!check_box(label.c_str(), on, off))
        return;
    person.points_area = on;
    error_.reset();
}

void OperatorsDialog::draw_people(const Frame& frame) {
    const float left = ImGui::GetCursorPosX(), whole = ImGui::GetContentRegionAvail().x;
    push_font(Weight::medium, 14);
    coloured_text(text::person_choice.in(frame.language), frame.colours.muted);
    ImGui::SameLine(left + whole * columns_in(whole).account);
    coloured_text(text::account_column.in(frame.language), frame.colours.muted);
    pop_font();
    const float most = columns_in(whole).row > row_height ? most_rows / 3 : most_rows;
    const float rows = std::min(static_cast<float>(people_.size()), most);
    ImGui::BeginChild("people", {0, rows * px(columns_in(whole).row) + px(4)},
                      ImGuiChildFlags_NavFlattened);
    std::optional<std::string> removed;
    for (Operator& person : people_)
        if (draw_person(frame, person))
            removed = person.id;
    if (removed) {
        error_.reset();
        std::erase_if(people_, [&](const Operator& person) { return person.id == *removed; });
    }
    ImGui::Dummy({0, 0});
    ImGui::EndChild();
}

void OperatorsDialog::draw_note(const Frame& frame) const {
    const text::Language language = frame.language;
    push_font(Weight::regular, 15);
    if (error_) {
        const text::ErrorWords words = text::words_of(*error_, language);
        note_line(NoteKind::error, words.cause + " " + words.next_step);
    } else if (std::ranges::count(people_, true, &Operator::administrator) == 1) {
        wrapped_text(text::last_administrator.in(language), frame.colours.muted);
    }
    wrapped_text(text::permissions_not_a_wall.in(language), frame.colours.muted);
    pop_font();
}

void OperatorsDialog::draw_buttons(Frame& frame) {
    const text::Language language = frame.language;
    const bool changed = people_ != based_on_;
    const std::string yes = labelled(text::save, language, "operators_save");
    const std::string no =
        labelled(changed ? text::cancel : text::close, language, "operators_close");
    const ButtonLook look{.emphasis = Emphasis::primary};
    align_right(button_width(yes.c_str(), look) + px(8) + button_width(no.c_str()));
    const std::string_view off = job_ != 0  ? text::saving.in(language)
                                 : !changed ? text::nothing_changed.in(language)
                                            : std::string_view{};
    if (button(yes.c_str(), look, off)) {
        error_.reset();
        job_ = frame.post(mail::SaveOperators{people_, based_on_});
    }
    ImGui::SameLine(0, px(8));
    if (stage_ == Stage::opening)
        focus_next_item();
    if ((button(no.c_str()) || escape()) && job_ == 0)
        close();
}

void OperatorsDialog::draw(Frame& frame) {
    if (!is_open())
        return;
    const bool opening = stage_ == Stage::opening;
    if (opening)
        begin(frame.snapshot);
    if (!begin_dialog(window_name, std::string(text::operators_title.in(frame.language)), width))
        return;
    ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2{px(8), px(8)});
    wrapped_text(text::operators_hint.in(frame.language), frame.colours.text);
    if (people_.empty())
        wrapped_text(text::permissions_no_rules.in(frame.language), frame.colours.text);
    else
        draw_people(frame);
    draw_note(frame);
    draw_buttons(frame);
    if (opening && is_open())
        stage_ = Stage::editing;
    ImGui::PopStyleVar();
    if (job_ != 0)
        follow(frame);
    end_dialog();
}

}  // namespace gui
