#include "gui/master_password.h"

#include <utility>

#include <imgui.h>

#include "gui/dialog_frame.h"
#include "gui/icons.h"
#include "gui/text/causes.h"
#include "gui/text/format.h"
#include "gui/text/screens.h"
#include "mail/base/master_password.h"

namespace gui {
namespace {

using mail::JobView;
using mail::SecretsView;

constexpr const char* window_name = "###master_dialog";
constexpr std::size_t least_letters = mail::least_master_password_letters;

FieldEvents draw_field(const Frame& frame, const text::Text& label, const char* id,
                       const char* show_id, PasswordField& field) {
    push_font(Weight::medium, 15);
    coloured_text(label.in(frame.language), frame.colours.muted);
    pop_font();
    const std::string show = labelled(text::show_password, frame.language, show_id);
    return password_field(id, field, show.c_str());
}

}  // namespace

bool wants_master_password(const mail::Snapshot& snapshot) {
    return snapshot.secrets.wants == SecretsView::Wants::master_password;
}

bool waits_for_master_password(const mail::PointView& point) {
    return point.error && point.error->cause == mail::Cause::master_password_needed;
}

bool can_set_master_password(const mail::Snapshot& snapshot) {
    const SecretsView& secrets = snapshot.secrets;
    return secrets.kind == SecretsView::Kind::memory ||
           secrets.wants == SecretsView::Wants::new_master_password ||
           secrets.wants == SecretsView::Wants::longer_master_password;
}

bool stores_nothing_yet(const mail::Snapshot& snapshot) {
    return snapshot.secrets.wants != SecretsView::Wants::nothing;
}

std::string given_too_short(const mail::Snapshot& snapshot, text::Language language) {
    if (snapshot.secrets.wants != SecretsView::Wants::longer_master_password)
        return {};
    return text::fill(text::master_password_given_short, language,
                      {{"n", text::number(least_letters, language)}});
}

void MasterPasswordDialog::close() {
    stage_ = Stage::closed;
    password_.forget();
    repeated_.forget();
    error_.reset();
    job_ = 0;
    ImGui::CloseCurrentPopup();
}

bool MasterPasswordDialog::follow(const Frame& frame) {
    const JobView* job = frame.snapshot.job(job_);
    if (job == nullptr || !job->has_ended())
        return false;
    job_ = 0;
    if (job->state == JobView::State::done)
        return true;
    error_ = job->error;
    // Typed anew, not mended: it can't be seen what was wrong with it.
    stage_ = Stage::opening;
    return false;
}

const text::Text* MasterPasswordDialog::fault() const {
    if (password_.text.empty())
        return &text::fault_required;
    if (!is_new_)
        return nullptr;
    // A field never holds anything but UTF-8.
    if (const auto fault = mail::fault_of_master_password(password_.text))
        return *fault == mail::MasterPasswordFault::only_blanks ? &text::master_password_blank
                                                                : &text::master_password_short;
    return repeated_.text != password_.text ? &text::master_passwords_differ : nullptr;
}

void MasterPasswordDialog::draw_fields(const Frame& frame, bool& confirmed) {
    if (std::exchange(stage_, Stage::typing) == Stage::opening)
        focus_next_item();
    const FieldEvents first =
        draw_field(frame, is_new_ ? text::master_password_new : text::master_password,
                   "###master_password", "show_master", password_);
    confirmed = first.confirmed;
    FieldEvents second;
    if (is_new_) {
        to_second_ = to_second_ || (first.confirmed && repeated_.text.empty());
        if (std::exchange(to_second_, false))
            focus_next_item();
        second = draw_field(frame, text::master_password_repeat, "###master_repeat", "show_repeat",
                            repeated_);
        confirmed = second.confirmed || (first.confirmed && !repeated_.text.empty());
    }
    if (first.changed || second.changed) {
        error_.reset();
        tried_ = false;
    }
    tried_ = tried_ || second.left || confirmed;
    if (frame.caps_lock && (first.active || second.active))
        note_line(NoteKind::warning, text::fault_caps_lock.in(frame.language));
}

void MasterPasswordDialog::draw_note(const Frame& frame) const {
    const text::Language language = frame.language;
    if (job_ != 0) {
        note_line(NoteKind::info, text::master_password_working.in(language));
    } else if (error_) {
        const text::ErrorWords words = text::words_of(*error_, language);
        note_line(NoteKind::error, words.cause + " " + words.next_step);
    } else if (tried_ && fault() != nullptr) {
        note_line(NoteKind::error,
                  text::fill(*fault(), language, {{"n", text::number(least_letters, language)}}));
    } else if (is_new_) {
        note_line(NoteKind::help, text::fill(text::master_password_short, language,
                                             {{"n", text::number(least_letters, language)}}));
    }
}

void MasterPasswordDialog::draw_buttons(Frame& frame, bool confirmed) {
    const text::Language language = frame.language;
    const text::Text& deed = is_new_ ? text::master_password_set : text::master_password_unlock;
    const std::string yes = labelled(deed, language, "master_yes");
    const std::string no = labelled(text::cancel, language, "master_no");
    const ButtonLook look{.emphasis = Emphasis::primary, .looks_off = fault() != nullptr};
    align_right(button_width(yes.c_str(), look) + px(8) + button_width(no.c_str()));
    const std::string_view off =
        job_ != 0 ? text::master_password_working.in(language) : std::string_view{};
    const bool pressed = button(yes.c_str(), look, off);
    if ((pressed || confirmed) && job_ == 0) {
        tried_ = true;
        if (fault() == nullptr) {
            error_.reset();
            job_ = frame.post(mail::UnlockSecrets{mail::Secret(password_.text)});
            password_.forget();
            repeated_.forget();
        }
    }
    ImGui::SameLine(0, px(8));
    if (button(no.c_str()) || escape())
        close();
}

bool MasterPasswordDialog::draw(Frame& frame) {
    if (!is_open())
        return false;
    if (stage_ == Stage::opening && !ImGui::IsPopupOpen(window_name)) {
        is_new_ = !wants_master_password(frame.snapshot);
        tried_ = false;
        ImGui::OpenPopup(window_name);
    }
    const text::Language language = frame.language;
    const text::Text& title = is_new_ ? text::master_password_new : text::master_password;
    if (!begin_dialog(window_name, std::string(title.in(language)), 540))
        return false;
    const bool taken = job_ != 0 && follow(frame);
    ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2{px(8), px(8)});
    wrapped_text((is_new_ ? text::master_password_purpose : text::master_password_ask).in(language),
                 frame.colours.text);
    if (const std::string given = given_too_short(frame.snapshot, language); !given.empty())
        note_line(NoteKind::warning, given + ".");
    bool confirmed = false;
    ImGui::BeginDisabled(job_ != 0);
    draw_fields(frame, confirmed);
    ImGui::EndDisabled();
    draw_note(frame);
    if (is_new_)
        note_line(NoteKind::warning, text::master_password_lost.in(language));
    draw_buttons(frame, confirmed);
    ImGui::PopStyleVar();
    if (taken)
        close();
    end_dialog();
    return taken;
}

}  // namespace gui
