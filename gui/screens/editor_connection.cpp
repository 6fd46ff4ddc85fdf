#include "gui/screens/editor_connection.h"

#include <algorithm>
#include <array>
#include <utility>

#include <imgui.h>

#include "gui/icons.h"
#include "gui/text/admin_page.h"
#include "gui/text/authorization.h"
#include "gui/text/causes.h"
#include "gui/text/faults.h"
#include "gui/text/plurals.h"
#include "gui/text/screens.h"

namespace gui {
namespace {

using mail::JobView;
using mail::net::Encryption;
using mail::point::Authentication;
using mail::point::Field;

// As the manual shows them: the mode is wide, short choices are narrow.
constexpr float mode_width = 440.F, account_width = 160.F, port_width = 90.F, method_width = 260.F,
                folder_width = 240.F;

constexpr std::array encryptions{Encryption::automatic, Encryption::tls, Encryption::starttls,
                                 Encryption::none};

struct Provider {
    std::string_view id;
    const text::Text& name;
};
constexpr std::array providers{
    Provider{"microsoft", text::provider_microsoft},
    Provider{"google", text::provider_google},
    Provider{"yahoo", text::provider_yahoo},
    Provider{"oidc", text::provider_other},
};

Note help(std::string_view words) {
    return {NoteKind::help, std::string(words), ""};
}

std::string_view shown_folder(const std::string& folder, text::Language language) {
    return folder == "INBOX" ? text::inbox.in(language) : std::string_view(folder);
}

/// The fingerprint of a certificate that nobody known vouches for, which the user may do. One that
/// has expired or has another name is the server owner's to mend.
std::string_view certificate_to_compare(const std::optional<mail::Error>& error) {
    if (error && (error->cause == mail::Cause::certificate_self_signed ||
                  error->cause == mail::Cause::certificate_untrusted))
        return error->fact("sha256");
    return {};
}

/// Others give one to few applications: there it is folded away.
bool usually_has_secret(const mail::point::OAuth& oauth) {
    return oauth.provider == "google" || oauth.provider == "yahoo" || oauth.flow == "app";
}

/// Where the sign-in can't do without it. Only a warning: it may come later.
Note unless_there(const EditorRows& rows, const std::string& value) {
    if (!value.empty())
        return {};
    return {NoteKind::warning, std::string(rows.say(text::fault_required)), ""};
}

}  // namespace

EditorConnection::EditorConnection(const mail::point::Connection& connection)
    : more_open_(connection.ca_file || connection.proxy || connection.pinned_certificate) {}

void EditorConnection::draw(Frame& frame, EditorForm& form, EditorRows& rows) {
    take_outcome(frame.snapshot);
    // The manual's order: authentication before encryption.
    draw_mode_row(form, rows);
    if (form.point.type == mail::point::Type::ocr) {
        field_note(help(rows.say(text::mode_ocr_hint)));
        return;
    }
    draw_account_row(rows);
    draw_server_rows(form, rows);
    draw_encryption_row(form, rows, frame);
    draw_login_row(frame, form, rows);
    const bool by_password = form.point.connection.authentication == Authentication::password;
    // By password it does no good, but what a file says there has to be seen to be removed.
    if (!by_password || !form.shared_mailbox.empty())
        rows.text(Field::shared_mailbox, text::shared_mailbox, form.shared_mailbox, {},
                  help(rows.say(text::shared_mailbox_hint)));
    if (by_password)
        draw_password_row(frame, form, rows);
    else
        draw_oauth_rows(frame, form, rows);
    draw_folder_row(frame, form, rows);
    draw_more(frame, form, rows);
}

std::optional<mail::Secret> EditorConnection::typed_password() const {
    if (password_.text.empty())
        return std::nullopt;
    return mail::Secret(password_.text);
}

void EditorConnection::draw_mode_row(EditorForm& form, EditorRows& rows) {
    field_label(rows.say(text::mode));
    const std::array modes{rows.say(text::mode_mailbox), rows.say(text::mode_ocr)};
    int chosen = form.point.type == mail::point::Type::mailbox ? 0 : 1;
    if (combo("##mode", modes, chosen, {.width = mode_width})) {
        form.point.type = chosen == 0 ? mail::point::Type::mailbox : mail::point::Type::ocr;
        rows.check();
    }
}

void EditorConnection::draw_account_row(EditorRows& rows) {
    int only = 0;
    field_label(rows.say(text::account_type));
    const std::array accounts{rows.say(text::account_imap)};
    combo("##account", accounts, only, {.width = account_width});
}

void EditorConnection::draw_server_rows(EditorForm& form, EditorRows& rows) {
    const FieldEvents server = rows.text(Field::server, text::server, form.point.connection.server);
    if (server.changed)
        form.set_by_hand(Field::server);
    const FieldEvents port =
        rows.text(Field::port, text::port, form.port,
                  {.width = port_width, .flags = ImGuiInputTextFlags_CharsNoBlank});
    if (port.changed)
        form.set_by_hand(Field::port);
    if (server.active || port.active)
        typing_ = Typing::server;
    int method = form.point.connection.authentication == Authentication::password ? 0 : 1;
    const std::array methods{rows.say(text::authentication_password),
                             rows.say(text::authentication_oauth2)};
    if (rows.choice(Field::authentication, text::authentication, methods, method, method_width)) {
        form.point.connection.authentication =
            method == 0 ? Authentication::password : Authentication::oauth2;
        form.set_by_hand(Field::authentication);
        hide_secrets();
        rows.check();
    }
}

void EditorConnection::draw_encryption_row(EditorForm& form, EditorRows& rows, const Frame& frame) {
    mail::point::Connection& connection = form.point.connection;
    std::array<std::string_view, encryptions.size()> names;
    std::transform(encryptions.begin(), encryptions.end(), names.begin(),
                   [&](Encryption each) { return text::words_of(each, frame.language); });
    int chosen =
        static_cast<int>(std::find(encryptions.begin(), encryptions.end(), connection.encryption) -
                         encryptions.begin());
    Note consented;
    if (connection.encryption == Encryption::none && connection.allow_cleartext)
        consented = {NoteKind::warning, std::string(rows.say(text::fault_cleartext)), ""};
    if (rows.choice(Field::encryption, text::encryption, names, chosen, method_width, consented)) {
        connection.encryption = encryptions.at(static_cast<std::size_t>(chosen));
        // A consent given for one choice is not a consent for the next time it is made.
        connection.allow_cleartext = false;
        form.left(Field::port);  // it may no longer go with the method: that is to be said now
        form.set_by_hand(Field::encryption);
        rows.check();
    }
}

bool EditorConnection::follow_lookup(Frame& frame, EditorForm& form) {
    lookup_.follow(frame, form.wants_server() ? form.point.connection.login : "");
    const auto answer = lookup_.answer();
    const Typing typing = std::exchange(typing_, Typing::nowhere);
    // A field that is being typed in would put back what it holds.
    if (!answer || typing == Typing::server ||
        (typing == Typing::login && answer->settings.login != form.point.connection.login))
        return false;
    form.fill_from(*lookup_.take_answer());
    return true;
}

void EditorConnection::draw_login_row(Frame& frame, EditorForm& form, EditorRows& rows) {
    Note note = lookup_.note(frame.language);
    if (note.kind == NoteKind::none && form.source() == EditorForm::Source::proposal)
        note = origin_note(form.proposal(), frame.language);
    if (note.kind == NoteKind::none && form.source() == EditorForm::Source::table)
        note = {NoteKind::info, std::string(rows.say(text::filled_from_table)), ""};
    if (note.kind == NoteKind::none && form.source() == EditorForm::Source::domain)
        note = {NoteKind::info, std::string(rows.say(text::filled_from_domain)), ""};
    rows.begin(Field::login, text::login);
    const FieldEvents events =
        text_field(EditorRows::id_of(Field::login), form.point.connection.login,
                   {.faulty = rows.faulty(Field::login)});
    rows.happened(Field::login, events);
    if (rows.note(Field::login, note))
        lookup_.end(frame);
    if (events.changed)
        lookup_.typed(ImGui::GetTime());
    if (events.active)
        typing_ = Typing::login;
    if (events.left || events.confirmed) {
        form.fill_from_login();
        lookup_.left();
        rows.check();
    }
}

Note EditorConnection::password_note(const Frame& frame, const EditorForm& form,
                                     const FieldEvents& events) const {
    if (frame.caps_lock && events.active && !password_.shown)
        return {NoteKind::warning, std::string(text::fault_caps_lock.in(frame.language)), ""};
    if (password_.text.starts_with(' ') || password_.text.ends_with(' '))
        return {NoteKind::warning, std::string(text::fault_password_blanks.in(frame.language)), ""};
    if (frame.snapshot.secrets.kind == mail::SecretsView::Kind::memory)
        return help(text::password_memory_hint.in(frame.language));
    // Whether one is stored is not known here: it may come from elsewhere, or not have been kept.
    if (form.origin() == EditorForm::Origin::existing)
        return help(text::password_stored_hint.in(frame.language));
    const bool file = frame.snapshot.secrets.kind == mail::SecretsView::Kind::file;
    return help((file ? text::password_file_hint : text::password_hint).in(frame.language));
}

void EditorConnection::draw_password_row(Frame& frame, EditorForm& form, EditorRows& rows) {
    rows.begin(Field::password, text::password);
    const std::string show = std::string(rows.say(text::show_password)) + "###show";
    const FieldEvents events =
        password_field(EditorRows::id_of(Field::password), password_, show.c_str(),
                       {.faulty = rows.faulty(Field::password)});
    form.password_typed = !password_.text.empty();
    rows.happened(Field::password, events);
    rows.note(Field::password, password_note(frame, form, events));
}

void EditorConnection::draw_oauth_rows(Frame& frame, EditorForm& form, EditorRows& rows) {
    mail::point::OAuth& oauth = form.point.connection.oauth;
    std::array<std::string_view, providers.size()> names;
    std::transform(providers.begin(), providers.end(), names.begin(),
                   [&](const Provider& each) { return rows.say(each.name); });
    int chosen = static_cast<int>(
        std::find_if(providers.begin(), providers.end(),
                     [&](const Provider& each) { return each.id == oauth.provider; }) -
        providers.begin());
    field_label(rows.say(text::provider));
    if (combo("##provider", names, chosen, {.width = method_width})) {
        oauth.provider = providers.at(static_cast<std::size_t>(chosen)).id;
        rows.check();
    }
    if (oauth.provider == "microsoft")
        rows.text(Field::tenant, text::oauth_tenant, oauth.tenant, {},
                  unless_there(rows, oauth.tenant));
    if (oauth.provider == "oidc")
        rows.text(Field::issuer, text::oauth_issuer, form.issuer, {},
                  unless_there(rows, form.issuer));
    rows.text(Field::client_id, text::oauth_client, oauth.client_id);
    draw_client_note(frame, form);
    draw_office_client(frame, form);
    if (usually_has_secret(oauth))
        authorization_.draw_client_secret(frame, form.point);
    form.password_typed = authorization_.typed_client_secret().has_value();
    authorization_.draw(frame, form.point);
}

/// With what somebody needs who has none yet.
void EditorConnection::draw_client_note(const Frame& frame, const EditorForm& form) {
    const text::Language language = frame.language;
    const text::Text& action = admin_page_copied_ ? text::auth_copied : text::admin_page_copy;
    if (!field_note({NoteKind::help, std::string(text::oauth_client_hint.in(language)),
                     std::string(action.in(language))}))
        return;
    mail::point::Connection connection = form.point.connection;
    if (connection.oauth.client_id.empty())
        connection.oauth.client_id = client_of(*frame.snapshot.office, connection.oauth);
    ImGui::SetClipboardText(text::admin_page(connection, language).c_str());
    admin_page_copied_ = true;
}

/// The client of all points of this provider that name none: kept once, used by an empty field.
void EditorConnection::draw_office_client(Frame& frame, const EditorForm& form) {
    const text::Language language = frame.language;
    const JobView* job = frame.snapshot.job(office_job_);
    const bool busy = job != nullptr && !job->has_ended();
    if (job != nullptr && job->error) {
        const text::ErrorWords words = text::words_of(*job->error, language);
        field_note({NoteKind::error, words.cause + " " + words.next_step, ""});
    }
    const mail::point::OAuth& oauth = form.point.connection.oauth;
    const std::string office = client_of(*frame.snapshot.office, oauth);
    const bool may_change = frame.snapshot.may_define && !busy;
    const auto action = [&](const text::Text& words) {
        return may_change ? std::string(words.in(language)) : std::string();
    };
    const auto save = [&](const std::string& client) {
        office_job_ = frame.post(mail::SaveOfficeClient{oauth, client});
    };
    if (oauth.client_id.empty() && !office.empty()) {
        if (field_note({NoteKind::ok,
                        text::fill(text::office_client_used, language, {{"id", office}}),
                        action(text::office_client_forget)}))
            save("");
    } else if (!oauth.client_id.empty() && oauth.client_id == office) {
        field_note({NoteKind::help, std::string(text::office_client_same.in(language)), ""});
    } else if (!oauth.client_id.empty()) {
        if (field_note({NoteKind::help, std::string(text::office_client_offer.in(language)),
                        action(text::office_client_keep)}))
            save(oauth.client_id);
    }
}

void EditorConnection::take_outcome(const mail::Snapshot& snapshot) {
    const JobView* job = snapshot.job(folders_job_);
    if (job == nullptr || !job->has_ended())
        return;
    folders_job_ = 0;
    folders_error_ = job->error;
    if (job->state == JobView::State::done)
        folders_ = job->folders;
}

Note EditorConnection::folder_note(const Frame& frame, const EditorForm& form) const {
    const text::Language language = frame.language;
    if (folders_job_ != 0)
        return {NoteKind::info, std::string(text::getting_folders.in(language)),
                std::string(text::cancel.in(language))};
    if (folders_error_) {
        const text::ErrorWords words = text::words_of(*folders_error_, language);
        return {NoteKind::error, words.cause + " " + words.next_step,
                certificate_to_compare(folders_error_).empty()
                    ? ""
                    : std::string(text::enter_exception.in(language))};
    }
    if (!folders_)
        return {};
    if (folders_->empty())
        return {NoteKind::warning, std::string(text::folders_none.in(language)), ""};
    const std::string& folder = form.point.connection.folder;
    if (std::find(folders_->begin(), folders_->end(), folder) != folders_->end())
        return {NoteKind::ok,
                text::fill(text::folders_found, language,
                           {{"folders", text::counted(text::folder, language, folders_->size())}}),
                ""};
    const std::string_view nearest = nearest_folder(*folders_, folder);
    if (nearest.empty())
        return {NoteKind::warning, text::fill(text::folder_not_listed, language, {{"x", folder}}),
                ""};
    return {NoteKind::warning,
            text::fill(text::folder_nearest, language, {{"x", folder}, {"y", nearest}}),
            std::string(text::mend_use.in(language))};
}

bool EditorConnection::draw_folder_combo(EditorForm& form, text::Language language) {
    std::string& folder = form.point.connection.folder;
    std::vector<std::string> all = folders_.value_or(std::vector<std::string>{});
    // What the point has stays to be seen, also where the server does not list it.
    if (std::find(all.begin(), all.end(), folder) == all.end())
        all.push_back(folder);
    std::vector<std::string_view> names(all.size());
    std::transform(all.begin(), all.end(), names.begin(),
                   [&](const std::string& each) { return shown_folder(each, language); });
    int chosen = static_cast<int>(std::find(all.begin(), all.end(), folder) - all.begin());
    if (!combo(EditorRows::id_of(Field::folder), names, chosen, {.width = folder_width}))
        return false;
    folder = all.at(static_cast<std::size_t>(chosen));
    return true;
}

void EditorConnection::draw_folder_row(Frame& frame, EditorForm& form, EditorRows& rows) {
    rows.begin(Field::folder, text::mailbox_folder);
    if (draw_folder_combo(form, frame.language))
        rows.check();
    const std::string get = std::string(rows.say(text::get_list)) + "###get_list";
    const ButtonLook look{.height = 28.F};
    same_line_if_it_fits(button_width(get.c_str(), look), 8);
    const std::string_view off = folders_job_ != 0 ? rows.say(text::getting_folders)
                                 : form.point.connection.server.empty() ? rows.say(text::off_server)
                                                                        : std::string_view{};
    if (button(get.c_str(), look, off)) {
        rows.check();
        folders_error_.reset();
        folders_job_ = frame.post(mail::ListFolders{form.point, typed_password()});
    }
    rows.note(Field::folder);
    if (field_note(folder_note(frame, form)))
        mend_folder(frame, form, rows);
}

void EditorConnection::mend_folder(Frame& frame, EditorForm& form, EditorRows& rows) {
    if (folders_job_ != 0) {
        frame.cancel(folders_job_);
        return;
    }
    if (folders_error_) {
        form.pinned_certificate = certificate_to_compare(folders_error_);
        folders_error_.reset();
        unfold();
    } else {
        form.point.connection.folder = nearest_folder(*folders_, form.point.connection.folder);
    }
    rows.check();
}

void EditorConnection::draw_more(Frame& frame, EditorForm& form, EditorRows& rows) {
    ImGui::SetCursorPosX(ImGui::GetCursorPosX() + label_room());
    const std::string label = std::string(rows.say(text::more)) + "###more";
    const bool pressed = link(label.c_str(), more_open_ ? icon::chevron_down : icon::chevron_right);
    if (pressed)
        more_open_ = !more_open_;
    if (!more_open_)
        return;
    const mail::point::Connection& connection = form.point.connection;
    if (connection.authentication == Authentication::oauth2 &&
        !usually_has_secret(connection.oauth))
        authorization_.draw_client_secret(frame, form.point);
    rows.text(Field::ca_file, text::ca_file, form.ca_file, {.width = mode_width},
              help(rows.say(text::ca_file_hint)));
    rows.text(Field::proxy, text::proxy, form.proxy, {}, help(rows.say(text::proxy_hint)));
    rows.text(Field::pinned_certificate, text::certificate_exception, form.pinned_certificate,
              {.width = mode_width}, help(rows.say(text::certificate_hint)));
    if (pressed)
        ImGui::SetScrollHereY(1.F);
}

}  // namespace gui
