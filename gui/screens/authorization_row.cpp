#include "gui/screens/authorization_row.h"

#include <algorithm>
#include <utility>

#include <imgui.h>
#include <imgui_internal.h>

#include "gui/icons.h"
#include "gui/redraw.h"
#include "gui/text/authorization.h"
#include "gui/text/causes.h"
#include "gui/text/screens.h"
#include "gui/text/sign_in_faults.h"

namespace gui {

namespace {

using mail::JobView;
using Stage = mail::AuthorizationView::Stage;

// Its height is known in the second.
constexpr int frames_to_scroll = 2;

// What goes wrong in the browser itself never comes back: after so long somebody may be stuck
// there.
constexpr auto waits_for = std::chrono::minutes(10);  // SignIn::longest
constexpr auto stuck_after = std::chrono::seconds(60);

void indent_to_controls() {
    ImGui::SetCursorPosX(ImGui::GetCursorPosX() + label_room());
}

std::string minutes_and_seconds(std::chrono::seconds left) {
    const auto all = std::max<std::int64_t>(left.count(), 0);
    const std::string seconds = std::to_string(all % 60);
    return std::to_string(all / 60) + (seconds.size() < 2 ? ":0" : ":") + seconds;
}

std::string waiting_for(const mail::AuthorizationView& now, text::Language language) {
    switch (now.stage) {
    case Stage::preparing:
        break;
    case Stage::browser:
        return std::string(text::auth_waiting.in(language));
    case Stage::device:
        return text::fill(text::auth_device, language,
                          {{"url", now.address}, {"code", now.user_code}});
    case Stage::redeeming:
        return std::string(text::auth_redeeming.in(language));
    case Stage::mailbox:
        return std::string(text::auth_mailbox.in(language));
    }
    return std::string(text::auth_preparing.in(language));
}

/// Ended since it was last looked at; its number is 0 then.
const JobView* take_ended(const mail::Snapshot& snapshot, mail::JobId& id) {
    const JobView* job = id == 0 ? nullptr : snapshot.job(id);
    if (job == nullptr || !job->has_ended())
        return nullptr;
    id = 0;
    return job;
}

enum class Line { begins, goes_on };
bool small_button(std::string_view words, const char* identity, Line line) {
    const std::string label = std::string(words) + identity;
    const ButtonLook look{.height = 28.F};
    const float left = ImGui::GetCurrentWindow()->WorkRect.Max.x - ImGui::GetItemRectMax().x;
    if (line == Line::goes_on && button_width(label.c_str(), look) + px(8) <= left)
        ImGui::SameLine(0, px(8));
    else
        indent_to_controls();
    return button(label.c_str(), look);
}

/// Numbers and trace ids are for whoever can help.
void draw_copy_details(const text::ErrorWords& words, text::Language language) {
    if (small_button(text::copy_details.in(language), "###copy_fault", Line::begins))
        ImGui::SetClipboardText(to_copy(words).c_str());
}

}  // namespace

void AuthorizationRow::take_outcomes(const mail::Snapshot& snapshot) {
    if (const JobView* job = take_ended(snapshot, job_)) {
        error_ = job->error;
        scroll_ = frames_to_scroll;
        if (job->state == JobView::State::cancelled)
            error_.reset();
        if (job->account)
            account_ = job->account;
        success_ = job->state == JobView::State::done;
        if (success_ && !client_secret_.text.empty()) {
            has_client_secret_ = true;
            client_secret_.forget();
        }
        paste_open_ = false;
        mail::wipe(pasted_);
        pasted_.clear();
    }
    if (const JobView* job = take_ended(snapshot, lookup_)) {
        account_ = job->account;
        has_client_secret_ = job->has_client_secret;
    }
    if (const JobView* job = take_ended(snapshot, sign_out_)) {
        error_ = job->error;
        if (job->state == JobView::State::done)
            account_.reset();
    }
    if (const JobView* job = take_ended(snapshot, hand_over_))
        paste_refused_ = job->state == JobView::State::failed;
    if (const JobView* job = take_ended(snapshot, forget_secret_)) {
        error_ = job->error;
        if (job->state == JobView::State::done)
            has_client_secret_ = false;
    }
}

void AuthorizationRow::look_up(Frame& frame, const mail::point::Point& point) {
    // Nothing is kept for a point that isn't saved yet.
    if (place_ != Place::form || std::exchange(looked_up_, true) || point.id.empty())
        return;
    account_of_ = point.connection;
    lookup_ = frame.post(mail::LookUpAccount{point});
}

std::optional<mail::Secret> AuthorizationRow::typed_client_secret() const {
    if (client_secret_.text.empty())
        return std::nullopt;
    return mail::Secret(client_secret_.text);
}

void AuthorizationRow::start(Frame& frame, const mail::point::Point& point,
                             mail::Authorize::By by) {
    if (job_ != 0)
        frame.cancel(job_);
    error_.reset();
    copied_ = false;
    paste_open_ = paste_refused_ = false;
    browser_error_.clear();
    scroll_ = frames_to_scroll;
    login_ = point.connection.login;
    account_of_ = point.connection;
    job_ = frame.post(mail::Authorize{point, by, std::string(text::code_of(frame.language)),
                                      typed_client_secret()});
}

void AuthorizationRow::end(Frame& frame) {
    if (job_ != 0)
        frame.cancel(job_);
    job_ = 0;
    mail::wipe(pasted_);
    pasted_.clear();
}

void AuthorizationRow::draw_client_secret(Frame& frame, const mail::point::Point& point) {
    look_up(frame, point);
    const text::Language language = frame.language;
    field_label(text::client_secret.in(language));
    const std::string show = std::string(text::client_secret_show.in(language)) + "###show_secret";
    password_field("##client_secret", client_secret_, show.c_str(),
                   {.hint = text::client_secret_hint.in(language).data()});
    const bool stored =
        has_client_secret_ && account_of_ && account_of_->oauth == point.connection.oauth;
    if (stored &&
        field_note(
            {NoteKind::help, std::string(text::client_secret_stored.in(language)),
             forget_secret_ != 0 ? "" : std::string(text::client_secret_remove.in(language))}))
        forget_secret_ = frame.post(mail::ForgetClientSecret{point});
}

void AuthorizationRow::draw_button(Frame& frame, const mail::point::Point& point) {
    const text::Language language = frame.language;
    const std::string label = std::string(text::authorize.in(language)) + "###authorize";
    const mail::point::Connection& connection = point.connection;
    std::string_view off;
    if (connection.login.empty())
        off = text::auth_needs_login.in(language);
    else if (connection.server.empty())
        off = text::off_server.in(language);
    else if (connection.oauth.client_id.empty() &&
             mail::point::client_of(*frame.snapshot.office, connection.oauth).empty())
        off = text::auth_needs_client.in(language);
    indent_to_controls();
    ButtonLook look{.icon = icon::sign_in, .height = 28.F};
    if (place_ == Place::list)
        look = {.emphasis = Emphasis::primary, .icon = icon::sign_in};
    // Why it is off stands below it.
    ImGui::BeginDisabled(job_ != 0);
    if (button(label.c_str(), look, off))
        start(frame, point, mail::Authorize::By::browser);
    ImGui::EndDisabled();
}

void AuthorizationRow::draw_paste(Frame& frame) {
    const text::Language language = frame.language;
    field_note({NoteKind::help, std::string(text::auth_paste_why.in(language)), ""});
    indent_to_controls();
    const FieldEvents events = text_field("##pasted", pasted_,
                                          {.faulty = paste_refused_,
                                           .hint = text::auth_paste_hint.in(language).data(),
                                           .flags = ImGuiInputTextFlags_Password});
    if (events.changed) {
        paste_refused_ = false;
        browser_error_.clear();
    }
    const std::string go = std::string(text::auth_paste_go.in(language)) + "###hand_over";
    const ButtonLook look{.height = 28.F};
    same_line_if_it_fits(button_width(go.c_str(), look), 8);
    const std::string_view off = hand_over_ != 0   ? text::auth_redeeming.in(language)
                                 : pasted_.empty() ? text::fault_required.in(language)
                                                   : std::string_view{};
    if ((button(go.c_str(), look, off) || events.confirmed) && off.empty()) {
        browser_error_ = text::words_of_browser_error(pasted_, language);
        if (browser_error_.empty())
            hand_over_ = frame.post(mail::HandOverAnswer{mail::Secret(pasted_)});
    }
    if (!browser_error_.empty())
        field_note({NoteKind::error, browser_error_, ""});
    if (paste_refused_)
        field_note(
            {NoteKind::error,
             std::string(text::words_of(mail::oauth::Fault::answer_not_ours).cause.in(language)),
             ""});
}

void AuthorizationRow::draw_waiting(Frame& frame, const mail::point::Point& point,
                                    const mail::AuthorizationView& now) {
    const text::Language language = frame.language;
    const bool for_person = now.stage == Stage::browser || now.stage == Stage::device;
    std::string words = waiting_for(now, language);
    const auto left = std::chrono::floor<std::chrono::seconds>(now.ends) - frame.now;
    if (for_person) {
        words += (now.stage == Stage::device ? ". " : " ") +
                 text::fill(text::auth_left, language, {{"time", minutes_and_seconds(left)}}) + ".";
        redraw_within(std::chrono::seconds(1));
    }
    if (field_note({NoteKind::info, words, std::string(text::cancel.in(language))}))
        frame.cancel(job_);
    if (!for_person)
        return;
    if (now.stage == Stage::device) {
        indent_to_controls();
        push_font(Weight::semibold, 26);
        coloured_text(now.user_code, frame.colours.text);
        pop_font();
        field_note({NoteKind::warning, std::string(text::auth_device_warning.in(language)), ""});
        if (small_button((copied_ ? text::auth_copied : text::auth_copy_code).in(language),
                         "###copy_link", Line::begins)) {
            ImGui::SetClipboardText(now.user_code.c_str());
            copied_ = true;
        }
        return;
    }
    if (!now.browser_opened)
        field_note({NoteKind::warning, std::string(text::auth_no_browser.in(language)), ""});
    else if (left < waits_for - stuck_after)
        field_note({NoteKind::help, std::string(text::auth_at_browser_error.in(language)), ""});
    if (small_button((copied_ ? text::auth_copied : text::auth_copy_link).in(language),
                     "###copy_link", Line::begins)) {
        ImGui::SetClipboardText(now.address.c_str());
        copied_ = true;
    }
    if (small_button(text::auth_paste.in(language), "###paste", Line::goes_on)) {
        paste_open_ = !paste_open_;
        scroll_ = frames_to_scroll;
    }
    const bool by_code = small_button(text::auth_by_code.in(language), "###by_code", Line::goes_on);
    if (paste_open_)
        draw_paste(frame);
    if (by_code)
        start(frame, point, mail::Authorize::By::device);
}

void AuthorizationRow::draw_outcome(const Frame& frame, const mail::point::Point& point) const {
    if (!error_)
        return;
    const text::ErrorWords words = text::words_of(*error_, frame.language);
    const std::string& login = login_.empty() ? point.connection.login : login_;
    field_note({NoteKind::error,
                text::fill(text::auth_failed, frame.language, {{"login", login}}) + ". " +
                    words.cause + " " + words.next_step,
                ""});
    draw_copy_details(words, frame.language);
}

bool AuthorizationRow::knows_account_of(const mail::point::Connection& connection) const {
    return account_ && account_of_ && account_of_->login == connection.login &&
           account_of_->server == connection.server && account_of_->oauth == connection.oauth;
}

void AuthorizationRow::draw_account(Frame& frame, const mail::point::Point& point) {
    // What was typed since may mean another account.
    if (!knows_account_of(point.connection)) {
        // Only a warning: the point can be saved first.
        if (!error_ && lookup_ == 0)
            field_note({NoteKind::warning, std::string(text::auth_first.in(frame.language)), ""});
        return;
    }
    const text::Language language = frame.language;
    if (account_->error) {
        const text::ErrorWords words = text::words_of(*account_->error, language);
        field_note({NoteKind::error, words.cause + " " + words.next_step, ""});
        if (!error_)
            draw_copy_details(words, language);
    } else if (!error_) {
        field_note({account_->other_person ? NoteKind::warning : NoteKind::ok,
                    text::signed_in_line(*account_, language), ""});
    }
    const std::string facts = text::account_lines(account_.get(), language);
    for (std::size_t at = 0; at < facts.size();) {
        const std::size_t end = facts.find('\n', at);
        field_note({NoteKind::help, facts.substr(at, end - at), ""});
        at = end == std::string::npos ? facts.size() : end + 1;
    }
    if (sign_out_ == 0 &&
        small_button(text::auth_sign_out.in(language), "###sign_out", Line::begins))
        sign_out_ = frame.post(mail::SignOut{point});
}

void AuthorizationRow::draw(Frame& frame, const mail::point::Point& point) {
    take_outcomes(frame.snapshot);
    look_up(frame, point);
    draw_button(frame, point);
    const JobView* job = job_ == 0 ? nullptr : frame.snapshot.job(job_);
    const auto now = job == nullptr ? nullptr : job->authorization;
    if (job_ != 0) {
        draw_waiting(frame, point, now ? *now : mail::AuthorizationView());
    } else {
        draw_outcome(frame, point);
        if (place_ == Place::form)
            draw_account(frame, point);
    }
    const bool waits = now != nullptr;
    if (waits && !waited_)
        scroll_ = frames_to_scroll;
    waited_ = waits;
    // What was asked for must not come to stand below the edge.
    if (scroll_ > 0) {
        ImGui::SetScrollHereY(1.F);
        --scroll_;
        redraw_within(std::chrono::milliseconds(0));
    }
}

}  // namespace gui
