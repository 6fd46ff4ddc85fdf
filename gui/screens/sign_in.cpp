#include "gui/screens/sign_in.h"

#include "gui/icons.h"
#include "gui/text/causes.h"
#include "gui/text/screens.h"

namespace gui {
namespace {

bool is_under_way(const mail::Snapshot& snapshot, mail::JobId id) {
    const mail::JobView* job = id == 0 ? nullptr : snapshot.job(id);
    return job != nullptr && (job->state == mail::JobView::State::waiting ||
                              job->state == mail::JobView::State::running);
}

}  // namespace

bool SignIn::is_needed(const mail::PointView& point) {
    if (point.health != mail::PointHealth::signin ||
        point.definition->connection.authentication != mail::point::Authentication::password)
        return false;
    return !point.error || point.error->cause == mail::Cause::password_needed ||
           point.error->cause == mail::Cause::login_refused ||
           point.error->cause == mail::Cause::bad_credentials_text ||
           point.error->cause == mail::Cause::signin_needed;
}

void SignIn::draw(Frame& frame, const mail::PointView& point) {
    const text::Language language = frame.language;
    const bool waiting = is_under_way(frame.snapshot, job_);
    ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2{px(8), px(10)});
    push_font(Weight::semibold, 17);
    ellipsis_text(
        text::fill(text::password_for, language, {{"login", point.definition->connection.login}}),
        ImGui::GetContentRegionAvail().x, frame.colours.text);
    pop_font();
    // "Enter the password" is no fault; a refused one is.
    if (point.error && point.error->cause != mail::Cause::password_needed) {
        const text::ErrorWords words = text::words_of(*point.error, language);
        push_font(Weight::regular, 15);
        icon_text(icon::failed, 16, frame.colours.err);
        ImGui::SameLine(0, px(5));
        wrapped_text(words.next_step.empty() ? words.cause : words.cause + " " + words.next_step,
                     frame.colours.err);
        pop_font();
    }
    if (!focused_) {
        focused_ = true;
        focus_next_item();
    }
    const FieldEvents events =
        password_field("##password", password_, text::show_password.in(language).data());
    if (frame.caps_lock && events.active && !password_.shown) {
        const std::string_view words = text::fault_caps_lock.in(language);
        same_line_if_it_fits(ImGui::CalcTextSize(words.data()).x + px(24), 16);
        ImGui::SetCursorPosY(ImGui::GetCursorPosY() + px(6));
        icon_text(icon::warning, 16, frame.colours.warn);
        ImGui::SameLine(0, px(5));
        coloured_text(words, frame.colours.warn);
    }
    // Where it is only kept until the program ends, there is nothing to choose.
    using Kind = mail::SecretsView::Kind;
    const Kind kind = frame.snapshot.secrets.kind;
    if (kind != Kind::memory)
        check_box((kind == Kind::file ? text::password_remember_sealed : text::password_remember)
                      .in(language)
                      .data(),
                  remember_);
    const std::string off =
        waiting ? std::string(text::point_checking.in(language))
                : std::string(password_.text.empty() ? text::fault_required.in(language) : "");
    const std::string label = std::string(text::sign_in.in(language)) + "###sign_in";
    const bool pressed =
        button(label.c_str(), {.emphasis = Emphasis::primary, .icon = icon::sign_in}, off);
    if ((pressed || events.confirmed) && off.empty()) {
        job_ = frame.post(
            mail::GivePassword{point.definition->id, mail::Secret(password_.text), remember_});
        password_.forget();
        focused_ = false;
    }
    ImGui::PopStyleVar();
}

}  // namespace gui
