#include "gui/retention_form.h"

#include <charconv>

#include <imgui.h>

#include "gui/dialog_frame.h"
#include "gui/text/causes.h"
#include "gui/text/plurals.h"
#include "gui/text/retention.h"
#include "gui/text/screens.h"
#include "gui/widgets.h"

namespace gui {
namespace {

using mail::point::Retention;

constexpr float days_width = 90.F;
constexpr std::size_t most_digits = 4;

/// -1: no number.
int number_in(const std::string& text) {
    int number = -1;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
    return read.ec == std::errc() && read.ptr == text.data() + text.size() ? number : -1;
}

std::string in_days(int days, text::Language language) {
    return text::counted(text::day, language, static_cast<std::uint64_t>(days));
}

/// True when it was changed.
bool days_field(const char* id, std::string& days, bool is_right) {
    const FieldEvents events = text_field(
        id, days,
        {.width = days_width, .faulty = !is_right, .flags = ImGuiInputTextFlags_CharsNoBlank});
    return events.changed;
}

}  // namespace

void RetentionForm::begin() {
    *this = {};
}

void RetentionForm::take_over(const mail::Snapshot& snapshot) {
    based_on_ = snapshot.office->retention;
    log_days_ = std::to_string(based_on_.log_days);
    list_days_ = std::to_string(based_on_.list_days);
    begun_ = true;
}

std::optional<Retention> RetentionForm::typed() const {
    const Retention typed{number_in(log_days_), number_in(list_days_)};
    const bool is_right =
        Retention::is_log_days(typed.log_days) && Retention::is_list_days(typed.list_days);
    return is_right && log_days_.size() <= most_digits && list_days_.size() <= most_digits
               ? std::optional(typed)
               : std::nullopt;
}

void RetentionForm::follow(const Frame& frame) {
    const mail::JobView* job = frame.snapshot.job(job_);
    if (job == nullptr || !job->has_ended())
        return;
    job_ = 0;
    error_ = job->error;
    saved_ = job->state == mail::JobView::State::done;
    // Somebody else has saved meanwhile: theirs is shown, to be changed anew.
    if (saved_ || (error_ && error_->cause == mail::Cause::point_changed))
        take_over(frame.snapshot);
}

void RetentionForm::draw_for_others(const Frame& frame) const {
    const text::Language language = frame.language;
    const Retention& kept = frame.snapshot.office->retention;
    field_label(text::log_kept.in(language));
    coloured_text(in_days(kept.log_days, language), frame.colours.text);
    field_label(text::lists_kept.in(language));
    coloured_text(kept.list_days == 0 ? std::string(text::no_lists_kept.in(language))
                                      : in_days(kept.list_days, language),
                  frame.colours.text);
    const std::string administrators = mail::point::administrators_of(*frame.snapshot.operators);
    wrapped_text(administrators.empty()
                     ? std::string(text::retention_is_others.in(language))
                     : text::fill(text::retention_is_of, language, {{"admins", administrators}}),
                 frame.colours.muted);
}

void RetentionForm::draw_fields(const Frame& frame) {
    const text::Language language = frame.language;
    const int log = number_in(log_days_), lists = number_in(list_days_);
    const bool log_is_right = Retention::is_log_days(log);
    const bool lists_are_right = Retention::is_list_days(lists);
    bool changed = false;
    field_label(text::log_kept_days.in(language));
    changed |= days_field("##log_days", log_days_, log_is_right);
    if (!log_is_right)
        field_note({NoteKind::error, std::string(text::log_days_limits.in(language)), ""});
    else if (log < based_on_.log_days)
        field_note({NoteKind::warning,
                    text::fill(text::older_lines_go, language, {{"days", in_days(log, language)}}),
                    ""});
    else
        field_note({NoteKind::help, std::string(text::log_days_help.in(language)), ""});
    field_label(text::lists_kept_days.in(language));
    changed |= days_field("##list_days", list_days_, lists_are_right);
    field_note({lists_are_right ? NoteKind::help : NoteKind::error,
                std::string(
                    (lists_are_right ? text::list_days_help : text::list_days_limits).in(language)),
                ""});
    if (changed) {
        saved_ = false;
        error_.reset();
    }
}

void RetentionForm::draw_outcome(const Frame& frame) {
    if (error_)
        note_line(NoteKind::error, text::sentences_of(*error_, frame.language));
    else if (saved_)
        note_line(NoteKind::ok, text::retention_saved.in(frame.language));
}

void RetentionForm::draw_button(Frame& frame) {
    const text::Language language = frame.language;
    const auto retention = typed();
    const std::string_view off = job_ != 0                 ? text::saving.in(language)
                                 : !retention              ? text::days_not_right.in(language)
                                 : *retention == based_on_ ? text::nothing_changed.in(language)
                                                           : std::string_view{};
    ImGui::SetCursorPosX(ImGui::GetCursorPosX() + label_room());
    if (button(labelled(text::retention_save, language, "retention_save").c_str(), {}, off)) {
        error_.reset();
        saved_ = false;
        job_ = frame.post(mail::SaveRetention{*retention, based_on_});
    }
}

void RetentionForm::draw(Frame& frame) {
    section_title(text::retention_title.in(frame.language));
    if (frame.snapshot.office_error)
        return note_line(NoteKind::error,
                         text::sentences_of(*frame.snapshot.office_error, frame.language));
    if (!frame.snapshot.may_define)
        return draw_for_others(frame);
    if (!begun_)
        take_over(frame.snapshot);
    draw_fields(frame);
    draw_outcome(frame);
    draw_button(frame);
    if (job_ != 0)
        follow(frame);
}

}  // namespace gui
