#include "gui/screens/authorization_row.h"

#include <algorithm>
#include <utility>

#include <imgui.h>

#include "gui/icons.h"
#include "gui/redraw.h"
#include "gui/text/authorization.h"
#include "gui/text/causes.h"
#include "gui/text/screens.h"

namespace gui {

namespace {

using mail::JobView;
using Stage = mail::AuthorizationView::Stage;

// Its height is known in the second.
constexpr int frames_to_scroll = 2;

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

enum class Place { first, next };
bool small_button(std::string_view words, const char* identity, Place place) {
    const std::string label = std::string(words) + identity;
    const ButtonLook look{.height = 28.F};
    if (place == Place::first)
        indent_to_controls();
    else
        same_line_if_it_fits(button_width(label.c_str(), look), 8);
    return button(label.c_str(), look);
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
    }
    if (const JobView* job = take_ended(snapshot, lookup_))
        account_ = job->account;
    if (const JobView* job = take_ended(snapshot, sign_out_)) {
        error_ = job->error;
        if (job->state == JobView::State::done)
            account_.reset();
    }
}

void AuthorizationRow::start(Frame& frame, const EditorForm& form, mail::Authorize::By by) {
    if (job_ != 0)
        frame.cancel(job_);
    error_.reset();
    copied_ = false;
    scroll_ = frames_to_scroll;
    login_ = form.point.connection.login;
    account_of_ = form.point.connection;
    job_ =
        frame.post(mail::Authorize{form.point, by, std::string(text::code_of(frame.language)), {}});
}

void AuthorizationRow::end(Frame& frame) {
    if (job_ != 0)
        frame.cancel(job_);
    job_ = 0;
}

void AuthorizationRow::draw_button(Frame& frame, const EditorForm& form, const EditorRows& rows) {
    indent_to_controls();
    const std::string label = std::string(rows.say(text::authorize)) + "###authorize";
    const mail::point::Connection& connection = form.point.connection;
    std::string_view off;
    if (connection.login.empty())
        off = rows.say(text::auth_needs_login);
    else if (connection.server.empty())
        off = rows.say(text::off_server);
    else if (connection.oauth.client_id.empty())
        off = rows.say(text::auth_needs_client);
    else if (job_ != 0)
        off = rows.say(text::auth_running);
    if (button(label.c_str(), {.icon = icon::sign_in, .height = 28.F}, off))
        start(frame, form, mail::Authorize::By::browser);
}

void AuthorizationRow::draw_waiting(Frame& frame, const EditorForm& form,
                                    const mail::AuthorizationView& now) {
    const text::Language language = frame.language;
    const bool for_person = now.stage == Stage::browser || now.stage == Stage::device;
    std::string words = waiting_for(now, language);
    if (for_person) {
        const auto left = std::chrono::floor<std::chrono::seconds>(now.ends) - frame.now;
        words += " " +
                 text::fill(text::auth_left, language, {{"time", minutes_and_seconds(left)}}) + ".";
        redraw_within(std::chrono::seconds(1));
    }
    if (field_note({NoteKind::info, words, std::string(text::cancel.in(language))}))
        frame.cancel(job_);
    if (!for_person)
        return;
    if (now.stage == Stage::browser && !now.browser_opened)
        field_note({NoteKind::warning, std::string(text::auth_no_browser.in(language)), ""});
    const text::Text& copy =
        now.stage == Stage::browser ? text::auth_copy_link : text::auth_copy_code;
    if (small_button((copied_ ? text::auth_copied : copy).in(language), "###copy_link",
                     Place::first)) {
        const std::string& what = now.stage == Stage::browser ? now.address : now.user_code;
        ImGui::SetClipboardText(what.c_str());
        copied_ = true;
    }
    if (now.stage == Stage::browser &&
        small_button(text::auth_by_code.in(language), "###by_code", Place::next))
        start(frame, form, mail::Authorize::By::device);
}

void AuthorizationRow::draw_outcome(const Frame& frame, const EditorForm& form) const {
    if (!error_)
        return;
    const text::ErrorWords words = text::words_of(*error_, frame.language);
    const std::string& login = login_.empty() ? form.point.connection.login : login_;
    field_note({NoteKind::error,
                text::fill(text::auth_failed, frame.language, {{"login", login}}) + ". " +
                    words.cause + " " + words.next_step,
                ""});
}

void AuthorizationRow::draw_account(Frame& frame, const EditorForm& form) {
    // What was typed since may mean another account.
    if (!account_ || !account_of_ || account_of_->login != form.point.connection.login ||
        account_of_->server != form.point.connection.server ||
        account_of_->oauth != form.point.connection.oauth)
        return;
    const text::Language language = frame.language;
    if (account_->error) {
        const text::ErrorWords words = text::words_of(*account_->error, language);
        field_note({NoteKind::error, words.cause + " " + words.next_step, ""});
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
        small_button(text::auth_sign_out.in(language), "###sign_out", Place::first))
        sign_out_ = frame.post(mail::SignOut{form.point});
}

void AuthorizationRow::draw(Frame& frame, const EditorForm& form, const EditorRows& rows) {
    take_outcomes(frame.snapshot);
    if (!std::exchange(looked_up_, true) && form.origin() == EditorForm::Origin::existing) {
        account_of_ = form.point.connection;
        lookup_ = frame.post(mail::LookUpAccount{form.point});
    }
    draw_button(frame, form, rows);
    const JobView* job = job_ == 0 ? nullptr : frame.snapshot.job(job_);
    const auto now = job == nullptr ? nullptr : job->authorization;
    if (job_ != 0) {
        draw_waiting(frame, form, now ? *now : mail::AuthorizationView());
    } else {
        draw_outcome(frame, form);
        draw_account(frame, form);
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
