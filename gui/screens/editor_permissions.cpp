#include "gui/screens/editor_permissions.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include <imgui.h>

#include "gui/icons.h"
#include "gui/text/causes.h"
#include "gui/text/screens.h"

namespace gui {
namespace {

using mail::JobView;
using mail::point::Operator;
using mail::point::Operators;

const Operator* operator_with(const Operators& operators, const std::string& id) {
    const auto found = std::ranges::find(operators, id, &Operator::id);
    return found == operators.end() ? nullptr : &*found;
}

bool is_named(const EditorForm& form, const std::string& id) {
    return std::ranges::find(form.point.operators, id) != form.point.operators.end();
}

/// "Ala Nowak (to Ty) · administrator"
std::string words_of(const Frame& frame, const Operator& person) {
    std::string words = person.name.empty() ? person.account_name : person.name;
    if (person.id == frame.snapshot.me)
        words.append(" ").append(text::that_is_you.in(frame.language));
    if (person.administrator)
        words.append(" · ").append(text::an_administrator.in(frame.language));
    return words;
}

std::vector<const Operator*> not_named(const Frame& frame, const EditorForm& form) {
    std::vector<const Operator*> people;
    for (const Operator& person : *frame.snapshot.operators)
        if (!is_named(form, person.id))
            people.push_back(&person);
    return people;
}

}  // namespace

void EditorPermissions::draw(Frame& frame, EditorForm& form, EditorRows& rows) {
    take_outcome(frame.snapshot, form);
    section_title(rows.say(text::permitted_people));
    note_line(NoteKind::help, rows.say(text::permissions_by_name));
    draw_people(frame, form, rows);
    draw_add(frame, form, rows);
    note_line(NoteKind::help, rows.say(text::permissions_not_a_wall));
}

void EditorPermissions::draw_people(const Frame& frame, EditorForm& form, EditorRows& rows) {
    std::optional<std::string> withdrawn;
    int row = 0;
    for (const std::string& id : form.point.operators) {
        const Operator* person = operator_with(*frame.snapshot.operators, id);
        ImGui::PushID(row++);  // a file may name somebody twice
        const float top = ImGui::GetCursorPosY();
        ImGui::SetCursorPosY(top + std::floor((px(28) - ImGui::GetFontSize()) / 2));
        icon_text(icon::person, 18, frame.colours.muted);
        ImGui::SameLine(0, px(8));
        const std::string withdraw = std::string(rows.say(text::withdraw)) + "###withdraw_" + id;
        const float room =
            ImGui::GetContentRegionAvail().x - button_width(withdraw.c_str()) - px(8);
        ellipsis_text(person != nullptr ? words_of(frame, *person)
                                        : text::fill(rows.say(text::unknown_person), {{"x", id}}),
                      room, frame.colours.text);
        ImGui::SameLine(ImGui::GetWindowWidth() - px(20) - button_width(withdraw.c_str()));
        ImGui::SetCursorPosY(top);
        if (button(withdraw.c_str(), {.height = 28.F}))
            withdrawn = id;
        ImGui::PopID();
    }
    if (form.point.operators.empty())
        note_line(NoteKind::warning,
                  rows.say(frame.snapshot.operators->empty() ? text::permissions_no_rules
                                                             : text::permitted_nobody));
    if (withdrawn) {
        std::erase(form.point.operators, *withdrawn);
        rows.check();
    }
}

void EditorPermissions::draw_add(Frame& frame, EditorForm& form, EditorRows& rows) {
    const std::vector<const Operator*> people = not_named(frame, form);
    std::vector<std::string> words;
    words.reserve(people.size() + 1);
    for (const Operator* person : people)
        words.push_back(words_of(frame, *person));
    words.emplace_back(rows.say(text::person_other));
    const std::vector<std::string_view> names(words.begin(), words.end());
    chosen_ = std::min(chosen_, static_cast<int>(people.size()));
    field_label(rows.say(text::person_choice));
    combo("##person", names, chosen_, {.width = 260.F});
    const bool somebody_else = chosen_ == static_cast<int>(people.size());
    if (somebody_else)
        draw_somebody_else(frame, rows);
    const std::string add = std::string(rows.say(text::add_person)) + "###add_person";
    ImGui::SetCursorPosX(ImGui::GetCursorPosX() + label_room());
    const std::string_view off = job_ != 0                         ? rows.say(text::saving)
                                 : somebody_else && login_.empty() ? rows.say(text::fault_required)
                                                                   : std::string_view{};
    if (!button(add.c_str(), {.icon = icon::add, .height = 28.F}, off))
        return;
    if (somebody_else) {
        post_new_person(frame);
    } else {
        form.point.operators.push_back(people.at(static_cast<std::size_t>(chosen_))->id);
        rows.check();
    }
}

void EditorPermissions::draw_somebody_else(Frame& frame, EditorRows& rows) {
    field_label(rows.say(text::person_login));
    if (text_field("##person_login", login_, {.width = 260.F, .faulty = error_.has_value()})
            .changed)
        error_.reset();
    if (error_) {
        const text::ErrorWords words = text::words_of(*error_, frame.language);
        field_note({NoteKind::error, words.cause + " " + words.next_step, ""});
    }
    field_label(rows.say(text::person_name));
    text_field("##person_name", name_);
}

void EditorPermissions::post_new_person(Frame& frame) {
    Operators operators = *frame.snapshot.operators;
    Operator person;
    person.account_name = login_;
    person.name = name_.empty() ? login_ : name_;
    operators.push_back(std::move(person));
    error_.reset();
    job_ = frame.post(mail::SaveOperators{std::move(operators), *frame.snapshot.operators});
}

void EditorPermissions::take_outcome(const mail::Snapshot& snapshot, EditorForm& form) {
    const JobView* job = snapshot.job(job_);
    if (job == nullptr || !job->has_ended())
        return;
    job_ = 0;
    if (job->state != JobView::State::done) {
        error_ = job->error;
        return;
    }
    const auto found = std::ranges::find(*snapshot.operators, login_, &Operator::account_name);
    if (found != snapshot.operators->end() && !is_named(form, found->id))
        form.point.operators.push_back(found->id);
    login_.clear();
    name_.clear();
}

}  // namespace gui
