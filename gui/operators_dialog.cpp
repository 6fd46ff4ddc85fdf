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
constexpr float width = 640.F, row_height = 36.F, most_rows = 9.F;

/// Where the columns begin, of the whole width.
constexpr float account_at = 0.46F, administrator_at = 0.72F;

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

void OperatorsDialog::draw_person(const Frame& frame, Operator& person) {
    const text::Language language = frame.language;
    const float whole = ImGui::GetContentRegionAvail().x;
    const float left = ImGui::GetCursorPosX(), top = ImGui::GetCursorPosY();
    const float line = top + std::floor((px(28) - ImGui::GetFontSize()) / 2);
    ImGui::PushID(person.id.c_str());
    ImGui::SetCursorPosY(line);
    icon_text(icon::person, 18, frame.colours.muted);
    ImGui::SameLine(0, px(8));
    std::string name = person.name.empty() ? person.account_name : person.name;
    if (person.id == frame.snapshot.me)
        name.append(" ").append(text::that_is_you.in(language));
    ellipsis_text(name, whole * account_at - px(34), frame.colours.text);
    ImGui::SetCursorPos({left + whole * account_at, line});
    ellipsis_text(person.account_name, whole * (administrator_at - account_at) - px(8),
                  frame.colours.muted);
    ImGui::SetCursorPos({left + whole * administrator_at, top});
    const std::string label =
        labelled(text::an_administrator, language, "administrator_") + person.id;
    const std::string_view off = job_ != 0 ? text::saving.in(language)
                                 : is_last_administrator(people_, person)
                                     ? text::last_administrator.in(language)
                                     : std::string_view{};
    if (check_box(label.c_str(), person.administrator, off))
        error_.reset();
    ImGui::PopID();
    ImGui::SetCursorPos({left, top + px(row_height)});
}

void OperatorsDialog::draw_people(const Frame& frame) {
    const float left = ImGui::GetCursorPosX(), whole = ImGui::GetContentRegionAvail().x;
    push_font(Weight::medium, 14);
    coloured_text(text::person_choice.in(frame.language), frame.colours.muted);
    ImGui::SameLine(left + whole * account_at);
    coloured_text(text::account_column.in(frame.language), frame.colours.muted);
    pop_font();
    const float rows = std::min(static_cast<float>(people_.size()), most_rows);
    ImGui::BeginChild("people", {0, rows * px(row_height) + px(4)}, ImGuiChildFlags_NavFlattened);
    for (Operator& person : people_)
        draw_person(frame, person);
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
