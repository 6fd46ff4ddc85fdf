#include "gui/screens/editor_form.h"

#include <algorithm>
#include <charconv>

#include "mail/base/utf8.h"

namespace gui {
namespace {

using mail::net::Encryption;
using mail::point::Fault;
using mail::point::Field;
using mail::point::Finding;
using mail::point::Severity;

std::optional<std::string> unless_empty(const std::string& text) {
    return text.empty() ? std::nullopt : std::optional(text);
}

bool all_digits(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

int number_from(std::string_view text, int otherwise) {
    int number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc{} && end == text.data() + text.size() ? number : otherwise;
}

/// 0, which no port is, for what is not a number.
int port_from(std::string_view text) {
    return number_from(text, 0);
}

/// "pdf, jpg" and "PDF jpg" alike.
std::vector<std::string> types_in(std::string_view text) {
    std::vector<std::string> types;
    std::string type;
    for (const char c : std::string(text) + ",") {
        if (c != ',' && c != ' ' && c != ';') {
            type += c;
        } else if (!type.empty()) {
            types.push_back(mail::utf8::folded(type));
            type.clear();
        }
    }
    return types;
}

std::string text_of(const std::vector<std::string>& types) {
    std::string text;
    for (const std::string& type : types)
        text += (text.empty() ? "" : ", ") + type;
    return text;
}

/// The methods as the definition's file names them.
Encryption encryption_named(std::string_view name) {
    return name == "tls"        ? Encryption::tls
           : name == "starttls" ? Encryption::starttls
           : name == "none"     ? Encryption::none
                                : Encryption::automatic;
}

}  // namespace

EditorTab tab_of(Field field) {
    switch (field) {
    case Field::name:
    case Field::target_folder:
    case Field::naming:
    case Field::quarantine_days:
    case Field::ocr_types:
    case Field::ocr_size:
    case Field::ocr_pages:
    case Field::ocr_command:
    case Field::ocr_jobs:
    case Field::ocr_limit:
    case Field::ocr_warning:
        return EditorTab::general;
    case Field::columns:
        return EditorTab::list;
    case Field::server:
    case Field::port:
    case Field::authentication:
    case Field::encryption:
    case Field::login:
    case Field::password:
    case Field::shared_mailbox:
    case Field::tenant:
    case Field::issuer:
    case Field::client_id:
    case Field::folder:
    case Field::proxy:
    case Field::ca_file:
    case Field::pinned_certificate:
        break;
    }
    return EditorTab::connection;
}

EditorForm::EditorForm(mail::point::Point given, Origin origin)
    : point(std::move(given)), port(std::to_string(point.connection.port)),
      shared_mailbox(point.connection.shared_mailbox.value_or("")),
      proxy(point.connection.proxy.value_or("")), ca_file(point.connection.ca_file.value_or("")),
      pinned_certificate(point.connection.pinned_certificate.value_or("")),
      issuer(point.connection.oauth.issuer.value_or("")),
      quarantine_days(std::to_string(point.general.quarantine_days)),
      ocr{text_of(point.ocr.types),
          std::to_string(point.ocr.max_megabytes),
          std::to_string(point.ocr.max_pages),
          std::to_string(point.ocr.jobs),
          std::to_string(point.ocr.limit_minutes),
          std::to_string(point.ocr.warn_after_minutes)},
      origin_(origin), opened_(point) {
    if (origin != Origin::new_point)
        return;
    point.columns = {"subject", "sender", "received", "attachments", "size"};
    fill_from_login();
    take_over_buffers();
    opened_ = point;
}

void EditorForm::take_over_buffers() {
    mail::point::Connection& connection = point.connection;
    connection.port = port_from(port);
    // An empty proxy in a file means "none, whatever the system says": kept unless it is edited.
    if (!proxy.empty() || opened_.connection.proxy != "")
        connection.proxy = unless_empty(proxy);
    connection.shared_mailbox = unless_empty(shared_mailbox);
    connection.ca_file = unless_empty(ca_file);
    connection.oauth.issuer = unless_empty(issuer);
    connection.pinned_certificate = unless_empty(pinned_certificate);
    point.general.quarantine_days = number_from(quarantine_days, -1);
    point.ocr.types = types_in(ocr.types);
    point.ocr.max_megabytes = number_from(ocr.size, -1);
    point.ocr.max_pages = number_from(ocr.pages, -1);
    point.ocr.jobs = number_from(ocr.jobs, -1);
    point.ocr.limit_minutes = number_from(ocr.limit, -1);
    point.ocr.warn_after_minutes = number_from(ocr.warning, -1);
}

void EditorForm::check(const std::vector<std::string>& other_names) {
    take_over_buffers();
    findings_ = mail::point::validate(point, other_names);
    // A file may leave it open; who fills in a form means some folder.
    if (point.type == mail::point::Type::ocr && point.general.folder.empty())
        findings_.push_back({Field::target_folder, Fault::required, Severity::error, "", ""});
    // The point never holds its password; whether one was typed is known here only.
    if (origin_ != Origin::existing && !password_typed &&
        point.type == mail::point::Type::mailbox &&
        point.connection.authentication == mail::point::Authentication::password)
        findings_.push_back({Field::password, Fault::no_password_yet, Severity::warning, "", ""});
}

void EditorForm::typed(Field field, double now) {
    attention_.at(static_cast<std::size_t>(field)).typed_at = now;
}

void EditorForm::left(Field field) {
    attention_.at(static_cast<std::size_t>(field)).left = true;
}

void EditorForm::show_all() {
    for (Attention& attention : attention_)
        attention.left = true;
}

bool EditorForm::is_hopeless(const Finding& finding) const {
    if (finding.fault == Fault::port_range)
        return !all_digits(port) || port.size() > 5 || port_from(port) > 65535;
    return finding.fault == Fault::days_range &&
           (!all_digits(quarantine_days) || quarantine_days.size() > 3);
}

bool EditorForm::is_said(const Finding& finding, double now) const {
    // What a choice breaks is said at once: nothing is being typed there.
    if (finding.field == Field::encryption || finding.field == Field::authentication ||
        finding.fault == Fault::shared_needs_oauth2)
        return true;
    if (is_hopeless(finding))
        return true;
    const Attention& attention = attention_.at(static_cast<std::size_t>(finding.field));
    return attention.left || (attention.typed_at >= 0 &&
                              std::chrono::duration<double>(now - attention.typed_at) >= pause);
}

const Finding* EditorForm::shown(Field field, double now) const {
    const Finding* warning = nullptr;
    for (const Finding& finding : findings_) {
        if (finding.field != field || !is_said(finding, now))
            continue;
        if (finding.severity == Severity::error)
            return &finding;
        warning = warning == nullptr ? &finding : warning;
    }
    return warning;
}

std::size_t EditorForm::errors() const {
    std::vector<Field> fields;
    for (const Finding& finding : findings_)
        if (finding.severity == Severity::error &&
            std::find(fields.begin(), fields.end(), finding.field) == fields.end())
            fields.push_back(finding.field);
    return fields.size();
}

bool EditorForm::any_error_shown(double now) const {
    return std::any_of(findings_.begin(), findings_.end(), [&](const Finding& finding) {
        return finding.severity == Severity::error && is_said(finding, now);
    });
}

std::optional<Field> EditorForm::first_fault() const {
    for (const Finding& finding : findings_)
        if (finding.severity == Severity::error)
            return finding.field;
    return std::nullopt;
}

void EditorForm::mend(const Finding& finding) {
    mail::point::Connection& connection = point.connection;
    if (finding.fault == Fault::cleartext_needs_consent)
        connection.allow_cleartext = true;
    if (finding.fault == Fault::shared_needs_oauth2)
        shared_mailbox.clear();
    if (finding.fault == Fault::microsoft_takes_no_password) {
        connection.authentication = mail::point::Authentication::oauth2;
        connection.oauth.provider = "microsoft";
        set_by_hand(Field::authentication);
    }
    if (finding.fix.empty())
        return;
    switch (finding.field) {
    case Field::server:
        connection.server = finding.fix;
        set_by_hand(Field::server);
        break;
    case Field::port:
        // Either the port is wrong, or it goes with another method.
        if (all_digits(finding.fix))
            port = finding.fix;
        else
            connection.encryption = encryption_named(finding.fix);
        break;
    case Field::encryption:
        connection.encryption = encryption_named(finding.fix);
        break;
    case Field::login:
        connection.login = finding.fix;
        break;
    case Field::folder:
        connection.folder = finding.fix;
        break;
    case Field::pinned_certificate:
        pinned_certificate = finding.fix;
        break;
    case Field::proxy:
        proxy = finding.fix;
        break;
    case Field::client_id:
        connection.oauth.client_id = finding.fix;
        break;
    case Field::ca_file:
        ca_file = finding.fix;
        break;
    case Field::name:
        point.name = finding.fix;
        break;
    case Field::target_folder:
        point.general.folder = finding.fix;
        break;
    case Field::naming:
        point.general.naming = finding.fix;
        break;
    case Field::ocr_command:
        point.ocr.command = finding.fix;
        break;
    default:
        break;  // only who types can mend these
    }
}

bool EditorForm::wants_server() const {
    const std::string& server = point.connection.server;
    return point.type == mail::point::Type::mailbox && (server.empty() || server == filled_server_);
}

bool EditorForm::by_hand(Field field) const {
    return std::find(by_hand_.begin(), by_hand_.end(), field) != by_hand_.end();
}

bool EditorForm::fill(const mail::point::Suggestion& settings) {
    mail::point::Connection& connection = point.connection;
    if (point.name.empty() || point.name == filled_name_)
        point.name = filled_name_ = connection.login;
    if (!wants_server())
        return false;
    connection.server = filled_server_ = settings.server;
    if (!by_hand(Field::encryption))
        connection.encryption = settings.encryption;
    if (!by_hand(Field::port))
        port = std::to_string(settings.port);
    if (!by_hand(Field::authentication)) {
        connection.authentication = settings.authentication;
        // Who signs in whom we don't know is asked for by its issuer's address.
        if (settings.authentication == mail::point::Authentication::oauth2)
            connection.oauth.provider =
                settings.oauth_provider.empty() ? "oidc" : settings.oauth_provider;
    }
    if (!settings.login.empty())
        connection.login = settings.login;
    return true;
}

void EditorForm::fill_from_login() {
    const auto suggestion = mail::point::suggest(point.connection.login);
    // What was found for the same address is better than a guess.
    if (!suggestion || (source_ == Source::proposal && proposal_.address == suggestion->login))
        return;
    if (fill(*suggestion))
        source_ = suggestion->guessed ? Source::domain : Source::table;
}

void EditorForm::fill_from(const mail::proposal::Proposal& proposal) {
    take_over_buffers();
    const bool untouched = point == opened_;
    if (!fill(proposal.settings))
        return;
    source_ = Source::proposal;
    proposal_ = proposal;
    take_over_buffers();
    if (untouched)
        opened_ = point;  // to be left without a question, as long as nobody has typed anything
}

void EditorForm::set_by_hand(Field field) {
    if (!by_hand(field))
        by_hand_.push_back(field);
    if (field == Field::server) {
        source_ = Source::user;
        filled_server_.clear();
    }
}

bool EditorForm::changed() const {
    return password_typed || point != opened_;
}

std::string_view nearest_folder(const std::vector<std::string>& folders, std::string_view wanted) {
    const std::string key = mail::utf8::unaccented(wanted);
    for (const std::string& folder : folders)
        if (mail::utf8::unaccented(folder) == key)
            return folder;
    for (const std::string& folder : folders) {
        const std::string other = mail::utf8::unaccented(folder);
        if (other.size() > key.size() + 1 && other.ends_with(key) &&
            (other[other.size() - key.size() - 1] == '.' ||
             other[other.size() - key.size() - 1] == '/'))
            return folder;
    }
    return {};
}

}  // namespace gui
