#include "gui/text/authorization.h"

#include <algorithm>
#include <utility>

#include "gui/text/causes.h"
#include "gui/text/format.h"
#include "mail/base/utf8.h"
#include "mail/oauth/fault.h"

namespace gui::text {

namespace {

using Stage = mail::AuthorizationView::Stage;

std::string moment_of(std::chrono::system_clock::time_point when, Language language) {
    return exact_moment(std::chrono::floor<std::chrono::seconds>(when), language);
}

/// What came from outside stands in the page as text, whatever is in it.
std::string escaped(std::string_view text) {
    std::string html;
    for (const char c : text)
        switch (c) {
        case '&':
            html += "&amp;";
            break;
        case '<':
            html += "&lt;";
            break;
        case '>':
            html += "&gt;";
            break;
        default:
            html += c;
        }
    return html;
}

// The colours are those of the window (gui/theme.cpp).
constexpr std::string_view style =
    "body{margin:0;min-height:100vh;display:grid;place-items:center;background:#F3F5F8;"
    "color:#1A2330;font:16px/1.5 'Segoe UI',system-ui,sans-serif}"
    "main{background:#FFF;border:1px solid #D2D9E2;border-radius:6px;max-width:34rem;margin:1rem;"
    "padding:2rem 2.5rem;border-top:6px solid #17703A}"
    "main.failed{border-top-color:#B3261E}h1{font-size:1.4rem;margin:0 0 .75rem}p{margin:.5rem 0}"
    ".muted{color:#54616F;font-size:.9rem;overflow-wrap:anywhere;white-space:pre-line}"
    "@media(prefers-color-scheme:dark){body{background:#15181D;color:#E4E8EE}"
    "main{background:#1C2026;border-color:#343B45}.muted{color:#A3AFBE}}";

}  // namespace

std::string words_of_browser_error(std::string_view shown, Language language) {
    // An address of the redirect may have such a code in it: that is an answer.
    if (shown.find("state=") != std::string_view::npos)
        return {};
    mail::oauth::Refusal refusal;
    refusal.number = mail::oauth::number_in(shown);
    if (!refusal.number.empty() && !mail::oauth::fault_of_code(refusal.number))
        refusal.error = "AADSTS" + std::exchange(refusal.number, {});
    constexpr std::string_view letters = "abcdefghijklmnopqrstuvwxyz_";
    while (refusal.number.empty() && refusal.error.empty() && !shown.empty()) {
        const std::string_view word = shown.substr(0, shown.find_first_not_of(letters));
        if (word.find('_') != std::string_view::npos && mail::oauth::fault_of_code(word))
            refusal.error = word;
        shown.remove_prefix(std::min(shown.size(), word.size() + 1));
    }
    if (refusal.number.empty() && refusal.error.empty())
        return {};
    const ErrorWords words = words_of(mail::oauth::error_of(refusal), language);
    return words.cause + " " + words.next_step;
}

std::string_view code_of(Language language) {
    return language == Language::pl ? "pl" : "en";
}

std::string authorization_line(const mail::JobView& job, Language language) {
    if (!job.authorization)
        return {};
    const mail::AuthorizationView& now = *job.authorization;
    switch (now.stage) {
    case Stage::preparing:
        return {};
    case Stage::browser:
        return std::string(auth_waiting.in(language)) + "\n" + std::string(auth_link.in(language)) +
               "\n" + now.address;
    case Stage::device:
        return fill(auth_device, language,
                    {{"url", mail::utf8::one_line(now.address)},
                     {"code", mail::utf8::one_line(now.user_code)}}) +
               "\n" + std::string(auth_device_warning.in(language));
    case Stage::redeeming:
        return std::string(auth_redeeming.in(language));
    case Stage::mailbox:
        return std::string(auth_mailbox.in(language));
    }
    return {};
}

std::string signed_in_line(const mail::AccountView& account, Language language) {
    const std::string login = mail::utf8::one_line(account.login);
    std::string line = fill(auth_ok, language, {{"login", login}});
    if (account.other_person)
        line += "\n" + fill(auth_other_name, language,
                            {{"account", mail::utf8::one_line(account.person)}, {"login", login}});
    return line;
}

std::string account_lines(const mail::AccountView* account, Language language) {
    if (account == nullptr)
        return std::string(auth_nobody.in(language)) + "\n";
    std::string lines;
    const auto add = [&](const Text& label, const std::string& value) {
        if (!value.empty())
            lines += std::string(label.in(language)) + ": " + mail::utf8::one_line(value) + "\n";
    };
    add(auth_who, account->person.empty() ? account->login : account->person);
    add(auth_issuer, account->issuer);
    add(auth_scopes, account->scopes);
    const std::string until = moment_of(account->expires, language);
    add(auth_until, account->renewable ? fill(auth_renews, language, {{"time", until}}) : until);
    add(auth_renewed, moment_of(account->refreshed, language));
    if (account->error)
        add(auth_last_error, moment_of(account->error_since, language) + " – " +
                                 words_of(*account->error, language).cause);
    return lines;
}

std::string sign_in_page(const mail::Error* error, Language language) {
    const std::string_view title = (error == nullptr ? page_title : page_failed).in(language);
    std::string html =
        "<!DOCTYPE html><html lang=\"" + std::string(code_of(language)) +
        "\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" "
        "content=\"width=device-width\"><title>" +
        std::string(title) + "</title><style>" + std::string(style) + "</style></head><body><main" +
        (error == nullptr ? "" : " class=\"failed\"") + "><h1>" + std::string(title) + "</h1>";
    const auto paragraph = [&](std::string_view text, std::string_view attributes = {}) {
        if (!text.empty())
            html += "<p" + std::string(attributes) + ">" + escaped(text) + "</p>";
    };
    if (error == nullptr) {
        paragraph(page_text.in(language));
    } else {
        const ErrorWords words = words_of(*error, language);
        paragraph(words.cause);
        paragraph(words.next_step);
        paragraph(words.details, " class=\"muted\"");
        paragraph(page_text.in(language));
    }
    return html + "</main></body></html>";
}

}  // namespace gui::text
