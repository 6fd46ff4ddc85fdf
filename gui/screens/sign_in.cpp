#include "gui/screens/sign_in.h"

#include <algorithm>

#include "gui/icons.h"
#include "gui/text/authorization.h"
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
    using mail::Cause;
    if (point.health != mail::PointHealth::signin)
        return false;
    const auto is_one_of = [&](std::initializer_list<Cause> causes) {
        return !point.error ||
               std::find(causes.begin(), causes.end(), point.error->cause) != causes.end();
    };
    return point.definition->connection.authentication == mail::point::Authentication::password
               ? is_one_of({Cause::password_needed, Cause::login_refused,
                            Cause::bad_credentials_text, Cause::signin_needed})
               : is_one_of({Cause::signin_needed, Cause::sign_in_fault, Cause::token_refused,
                            Cause::mailbox_not_opened, Cause::login_refused});
}

void SignIn::draw(Frame& frame, const mail::PointView& point) {
    const bool by_password =
        point.definition->connection.authentication == mail::point::Authentication::password;
    ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2{px(8), px(10)});
    push_font(Weight::semibold, 17);
    ellipsis_text(text::fill(by_password ? text::password_for : text::auth_expired, frame.language,
                             {{"login", point.definition->connection.login}}),
                  ImGui::GetContentRegionAvail().x, frame.colours.text);
    pop_font();
    // That it is asked for is no fault; a refusal is.
    if (point.error && point.error->cause != mail::Cause::password_needed &&
        point.error->cause != mail::Cause::signin_needed) {
        const text::ErrorWords words = text::words_of(*point.error, frame.language);
        push_font(Weight::regular, 15);
        icon_text(icon::failed, 16, frame.colours.err);
        ImGui::SameLine(0, px(5));
        wrapped_text(words.next_step.empty() ? words.cause : words.cause + " " + words.next_step,
                     frame.colours.err);
        pop_font();
    }
    if (by_password)
        draw_password(frame, point);
    else
        draw_authorization(frame, point);
    ImGui::PopStyleVar();
}

void SignIn::draw_authorization(Frame& frame, const mail::PointView& point) {
    authorization_.draw(frame, *point.definition);
    if (authorization_.take_success())
        frame.post(mail::OpenPoint{point.definition->id});
    const std::string again = std::string(text::try_again.in(frame.language)) + "###again";
    if (button(again.c_str(), {.height = 28.F}))
        frame.post(mail::OpenPoint{point.definition->id});
    if (!point.error)
        return;
    const std::string copy = std::string(text::copy_details.in(frame.language)) + "###copy";
    same_line_if_it_fits(button_width(copy.c_str(), {.height = 28.F}), 8);
    if (button(copy.c_str(), {.height = 28.F}))
        ImGui::SetClipboardText(to_copy(text::words_of(*point.error, frame.language)).c_str());
}

void SignIn::draw_password(Frame& frame, const mail::PointView& point) {
    const text::Language language = frame.language;
    const bool waiting = is_under_way(frame.snapshot, job_);
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
        frame.post(
            mail::GivePassword{point.definition->id, mail::Secret(password_.text), remember_});
        // Whether the store keeps it or not, it is known now.
        job_ = frame.post(mail::OpenPoint{point.definition->id});
        password_.forget();
        focused_ = false;
    }
}

}  // namespace gui
