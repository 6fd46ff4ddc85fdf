#include "gui/folder_dialog.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "gui/dialog_frame.h"
#include "gui/icons.h"
#include "gui/screens/folder_check.h"
#include "gui/text/causes.h"
#include "gui/text/screens.h"
#include "gui/widgets.h"
#include "mail/base/utf8.h"

namespace gui {
namespace {

constexpr float fault_line = 32.F, low_window = 400.F;

using mail::JobView;
using From = mail::PointView::FolderFrom;

/// As it is meant: with what a path has around it when it was copied from somewhere.
std::string bare_path(std::string_view typed) {
    constexpr std::string_view blanks = " \t\r\n";
    const auto trimmed = [&](std::string_view text) {
        const auto first = text.find_first_not_of(blanks);
        return first == std::string_view::npos
                   ? std::string_view()
                   : text.substr(first, text.find_last_not_of(blanks) - first + 1);
    };
    std::string_view path = trimmed(typed);
    if (path.size() >= 2 && path.front() == path.back() && (path[0] == '"' || path[0] == '\''))
        path = trimmed(path.substr(1, path.size() - 2));
    return std::string(path);
}

}  // namespace

void FolderDialog::open(const mail::PointView& point) {
    point_ = point.definition->id;
    folder_ = point.target_folder;
    stage_ = Stage::opening;
    error_.reset();
    facts_.clear();
    made_ = field_active_ = focus_field_ = false;
    job_ = 0;
}

void FolderDialog::close() {
    point_.clear();
    ImGui::CloseCurrentPopup();
}

/// What became of the folder that was posted.
void FolderDialog::follow(const Frame& frame) {
    const JobView* job = frame.snapshot.job(job_);
    if (job == nullptr || !job->has_ended())
        return;
    if (job->state == JobView::State::done) {
        facts_ = job->folder_facts;
        close();
        return;
    }
    error_ = job->error;
    stage_ = Stage::typing;
    focus_field_ = true;
}

void FolderDialog::post(Frame& frame, std::string folder, bool make) {
    made_ = make;
    error_.reset();
    job_ = frame.post(mail::SetFolder{point_, std::move(folder), make});
    stage_ = Stage::waiting;
}

/// Its line is there without a fault, too, so that nothing jumps when one is told.
void FolderDialog::draw_fault(Frame& frame) {
    const float top = ImGui::GetCursorPosY(), line = px(fault_line);
    if (error_) {
        const Note note = note_of_folder(*error_, made_, frame.language);
        const std::string make = note.action + "###folder_make";
        const float button_room = note.action.empty() ? 0.F : button_width(make.c_str()) + px(10);
        push_font(Weight::regular, 14);
        ImGui::SetCursorPosY(top + std::floor((line - ImGui::GetFontSize()) / 2));
        icon_text(icon::failed, 16, frame.colours.err);
        ImGui::SameLine(0, px(5));
        ImGui::PushTextWrapPos(ImGui::GetWindowWidth() - px(20) - button_room);
        coloured_text(note.text, frame.colours.err);
        ImGui::PopTextWrapPos();
        pop_font();
        if (!note.action.empty()) {
            ImGui::SameLine(0, px(10));
            ImGui::SetCursorPosY(top);
            if (button(make.c_str()))
                post(frame, bare_path(folder_), true);
        }
    }
    const float drawn = error_ ? ImGui::GetCursorPosY() - ImGui::GetStyle().ItemSpacing.y : top;
    ImGui::SetCursorPosY(top);
    ImGui::Dummy({0, std::max(line, drawn - top)});
}

/// What it means to set one.
void FolderDialog::draw_meaning(const Frame& frame, const mail::PointView& point) const {
    push_font(Weight::regular, 14);
    wrapped_text(
        (point.demo ? text::folder_for_this_run : text::folder_until_changed).in(frame.language),
        frame.colours.muted);
    pop_font();
}

/// The one that the definition names, and the way back to it.
void FolderDialog::draw_points_own(Frame& frame, const mail::PointView& point) {
    const text::Language language = frame.language;
    ImGui::Dummy({0, px(2)});
    push_font(Weight::regular, 14);
    wrapped_text(point.defined_folder.empty()
                     ? std::string(text::point_has_no_folder.in(language))
                     : text::fill(text::folder_of_point, language,
                                  {{"path", mail::utf8::one_line(point.defined_folder)}}),
                 frame.colours.muted);
    pop_font();
    if (point.folder_from != From::chosen)
        return;
    const std::string back = labelled(text::back_to_point_folder, language, "folder_back");
    if (button(back.c_str()) && stage_ == Stage::typing)
        post(frame, "", false);
}

mail::Facts FolderDialog::draw(Frame& frame) {
    if (!is_open())
        return {};
    const bool opening = stage_ == Stage::opening;
    if (opening)
        ImGui::OpenPopup("###folder_dialog");
    const text::Language language = frame.language;
    if (!begin_dialog("###folder_dialog", std::string(text::set_folder.in(language)), 560))
        return {};
    const mail::PointView* point = frame.snapshot.point(point_);
    if (point == nullptr)
        close();
    else if (stage_ == Stage::waiting)
        follow(frame);
    if (!is_open() || point == nullptr) {
        end_dialog();
        return std::exchange(facts_, {});
    }
    push_font(Weight::medium, 15);
    coloured_text(text::folder_path.in(language), frame.colours.muted);
    pop_font();
    if (opening)
        stage_ = Stage::typing;
    // Where Enter was pressed in it, it is still being typed in.
    if (opening || (std::exchange(focus_field_, false) && !field_active_))
        focus_next_item();
    const float width = (ImGui::GetWindowWidth() - px(40)) / frame.scale;
    const FieldEvents events = text_field(
        "###folder_path", folder_, {.width = width, .faulty = error_.has_value(), .goes_on = true});
    field_active_ = events.active;
    if (events.changed)
        error_.reset();
    draw_fault(frame);
    // A fault and what mends it need the room in a small window at 200 %.
    const bool low = ImGui::GetMainViewport()->Size.y < px(low_window);
    if (!low || !error_)
        draw_meaning(frame, *point);
    draw_points_own(frame, *point);
    const std::string set = labelled(text::set_folder, language, "folder_set");
    const std::string cancel = labelled(text::cancel, language, "folder_cancel");
    const ButtonLook primary{.emphasis = Emphasis::primary};
    align_right(button_width(set.c_str(), primary) + button_width(cancel.c_str()) + px(8));
    const std::string wanted = bare_path(folder_);
    const std::string off =
        wanted.empty() ? std::string(text::fault_required.in(language)) : std::string();
    const bool pressed = button(set.c_str(), primary, off);
    if ((pressed || events.confirmed) && off.empty() && stage_ == Stage::typing)
        post(frame, wanted, false);
    ImGui::SameLine();
    if (button(cancel.c_str()) || escape())
        close();
    end_dialog();
    return {};
}

}  // namespace gui
