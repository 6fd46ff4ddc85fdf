#include "mail/point/validate.h"

#include <algorithm>
#include <array>
#include <numeric>
#include <string_view>
#include <utility>

#include "mail/base/ascii.h"
#include "mail/base/utf8.h"
#include "mail/point/command.h"
#include "mail/point/json_fault.h"
#include "mail/point/plain_text.h"
#include "mail/point/secrets_in.h"
#include "mail/point/suggest.h"

namespace mail::point {

namespace {

constexpr int max_port = 65535;
constexpr std::size_t max_name_letters = 80;
constexpr int max_quarantine_days = 365;
constexpr std::array<std::string_view, 7> naming_field_names{
    "received", "sender", "sender_address", "subject", "name", "number", "point"};

constexpr std::array<std::string_view, 6> proxy_schemes{"http",    "https",  "socks4",
                                                        "socks4a", "socks5", "socks5h"};

class Findings {
public:
    void error(Field field, Fault fault, std::string fact = "", std::string fix = "") {
        list.push_back({field, fault, Severity::error, std::move(fact), std::move(fix)});
    }
    void warning(Field field, Fault fault, std::string fact, std::string fix) {
        list.push_back({field, fault, Severity::warning, std::move(fact), std::move(fix)});
    }
    std::vector<Finding> list;
};

/// Whether there is anything hidden in it, which is said then.
bool check_hidden(Field field, std::string_view text, Hidden hidden, Findings& findings) {
    const Joiners joiners = field == Field::name ? Joiners::stay : Joiners::go;
    std::string plain = without_hidden(text, hidden, joiners);
    if (plain.size() == text.size())
        return false;
    findings.error(field, Fault::hidden_characters, "", std::move(plain));
    return true;
}

/// "imap.firma.pl:993/" as people copy it: the name that is meant, if it is one.
std::string name_within(std::string_view raw_text) {
    const std::string plain = without_hidden(raw_text, Hidden::all, Joiners::go);
    const std::string_view text = without_blanks_around(plain);
    const std::string_view name = text.substr(0, text.find_first_of(":/"));
    return looks_like_server(name) ? std::string(name) : "";
}

void check_server(const Connection& connection, Findings& findings) {
    const std::string_view server = connection.server;
    if (trimmed(server).empty())
        return findings.error(Field::server, Fault::required);
    const std::size_t scheme = server.find("://");
    if (scheme != std::string_view::npos) {
        const std::string_view prefix = trimmed(server.substr(0, scheme + 3));
        return findings.error(Field::server, Fault::server_has_prefix, std::string(prefix),
                              name_within(server.substr(scheme + 3)));
    }
    if (!looks_like_server(server))
        findings.error(Field::server, Fault::not_a_server_name, "", name_within(server));
}

void check_port(const Connection& connection, Findings& findings) {
    using net::Encryption;
    const int port = connection.port;
    if (port < 1 || port > max_port)
        return findings.error(Field::port, Fault::port_range);
    if (port == 25 || port == 465 || port == 587)
        return findings.error(Field::port, Fault::port_for_sending, std::to_string(port), "993");
    if (port == 143 && connection.encryption == Encryption::tls)
        findings.warning(Field::port, Fault::port_unusual, "starttls", "starttls");
    const bool not_from_first_byte =
        connection.encryption == Encryption::starttls || connection.encryption == Encryption::none;
    if (port == 993 && not_from_first_byte)
        findings.warning(Field::port, Fault::port_unusual, "tls", "tls");
}

void check_encryption(const Connection& connection, Findings& findings) {
    if (connection.encryption != net::Encryption::none)
        return;
    if (connection.authentication == Authentication::oauth2)
        findings.error(Field::encryption, Fault::oauth_needs_encryption, "", "auto");
    else if (!connection.allow_cleartext && !net::is_loopback(connection.server))
        findings.error(Field::encryption, Fault::cleartext_needs_consent);
}

void check_login(const Connection& connection, Findings& findings) {
    const std::string_view inner = without_blanks_around(connection.login);
    if (without_hidden(inner, Hidden::all, Joiners::go).empty())
        findings.error(Field::login, Fault::required);
    else if (!check_hidden(Field::login, inner, Hidden::all, findings) &&
             inner.size() != connection.login.size())
        findings.error(Field::login, Fault::login_has_blanks, "", std::string(inner));
}

/// name@company.example, by its looks.
bool looks_like_address(std::string_view text) {
    const std::size_t at = text.rfind('@');
    return at != std::string_view::npos && at > 0 &&
           text.find_first_of(" \t\r\n<>\"(),;") == std::string_view::npos &&
           without_hidden(text, Hidden::all, Joiners::go).size() == text.size() &&
           text.find('@') == at && looks_like_server(text.substr(at + 1));
}

/// "https://id.firma.example/realm", or a server on this computer.
bool looks_like_issuer(std::string_view text) {
    const bool secure = text.starts_with("https://"), clear = text.starts_with("http://");
    if (!secure && !clear)
        return false;
    text.remove_prefix(secure ? 8 : 7);
    const std::string_view place = text.substr(0, text.find_first_of("/?#"));
    const std::string_view host = place.starts_with('[') ? place.substr(0, place.find(']') + 1)
                                                         : place.substr(0, place.find(':'));
    return looks_like_server(host) && (secure || net::is_loopback(std::string(host))) &&
           text.find_first_of("?# \t\r\n") == std::string_view::npos &&
           place.find('@') == std::string_view::npos;
}

/// As far as a look can tell; what is empty is the form's business.
void check_oauth(const Connection& connection, Findings& findings) {
    const OAuth& oauth = connection.oauth;
    if (connection.authentication != Authentication::oauth2)
        return;
    const auto is_of_tenant = [](char c) {
        return is_letter(c) || is_digit(c) || c == '.' || c == '-';
    };
    if (oauth.provider == "microsoft" && !std::ranges::all_of(oauth.tenant, is_of_tenant))
        findings.error(Field::tenant, Fault::not_a_tenant);
    if (const std::string issuer = oauth.issuer.value_or("");
        oauth.provider == "oidc" && !issuer.empty()) {
        if (holds_password(issuer))
            findings.error(Field::issuer, Fault::password_in_address);
        else if (!looks_like_issuer(issuer))
            findings.error(Field::issuer, Fault::not_an_issuer);
    }
    if (check_hidden(Field::client_id, oauth.client_id, Hidden::all, findings))
        return;
    if (std::string whole = without_blanks(oauth.client_id); whole != oauth.client_id)
        findings.error(Field::client_id, Fault::blanks_within, "", std::move(whole));
}

/// By password there is no saying whose mailbox is meant: the login's own would be opened.
void check_shared_mailbox(const Connection& connection, Findings& findings) {
    if (!connection.shared_mailbox)
        return;
    if (connection.authentication != Authentication::oauth2)
        findings.error(Field::shared_mailbox, Fault::shared_needs_oauth2);
    else if (!looks_like_address(*connection.shared_mailbox))
        findings.error(Field::shared_mailbox, Fault::not_an_address);
}

/// Whether one becomes the other with at most two letters put in, left out or replaced.
bool nearly_same(std::string_view one, std::string_view other) {
    constexpr std::size_t few = 2, longest = 253;  // of a name in DNS
    if (one.size() > longest || other.size() > longest)
        return false;
    std::vector<std::size_t> row(other.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 1; i <= one.size(); ++i) {
        std::size_t diagonal = std::exchange(row[0], i);
        for (std::size_t j = 1; j <= other.size(); ++j) {
            const std::size_t replaced = diagonal + (one[i - 1] == other[j - 1] ? 0 : 1);
            diagonal = row[j];
            row[j] = std::min({row[j] + 1, row[j - 1] + 1, replaced});
        }
    }
    return row.back() <= few;
}

/// What the table of providers knows better. Warnings only: it may be out of date.
void check_provider(const Connection& connection, Findings& findings) {
    const std::string typed = utf8::folded(connection.server);
    const auto known = suggest(connection.login);
    if (known && !known->guessed && known->server != typed && nearly_same(typed, known->server))
        findings.warning(Field::server, Fault::server_misspelt, known->server, known->server);
    const std::string provider = oauth_provider_of(typed);
    if (provider == "microsoft" && connection.authentication == Authentication::password)
        findings.warning(Field::authentication, Fault::microsoft_takes_no_password, "", "");
    if (!provider.empty() && !trimmed(connection.login).empty() &&
        connection.login.find('@') == std::string::npos)
        findings.warning(Field::login, Fault::login_wants_address, "", "");
}

/// Nothing, or ":3128".
bool is_port(std::string_view text) {
    if (text.empty())
        return true;
    const std::string_view digits = text.substr(1);
    if (text.front() != ':' || digits.empty() || digits.size() > 5 ||
        digits.find_first_not_of("0123456789") != std::string_view::npos)
        return false;
    int port = 0;
    for (const char digit : digits)
        port = port * 10 + (digit - '0');
    return port >= 1 && port <= max_port;
}

void check_proxy(const Connection& connection, Findings& findings) {
    // Empty means: none at all, whatever the system says.
    if (!connection.proxy || connection.proxy->empty())
        return;
    std::string_view rest = *connection.proxy;
    if (const std::size_t scheme = rest.find("://"); scheme != std::string_view::npos) {
        const auto& known = proxy_schemes;
        if (std::find(known.begin(), known.end(), rest.substr(0, scheme)) == known.end())
            findings.error(Field::proxy, Fault::proxy_scheme);
        rest.remove_prefix(scheme + 3);
    }
    rest = rest.substr(0, rest.find('/'));
    // A password is an error of its own.
    const std::size_t login = rest.rfind('@');
    if (login != std::string_view::npos &&
        rest.substr(0, login).find(':') == std::string_view::npos)
        findings.warning(Field::proxy, Fault::proxy_login, "",
                         without_proxy_login(*connection.proxy));
    if (login != std::string_view::npos)
        rest.remove_prefix(login + 1);
    const std::size_t host_end =
        rest.starts_with('[') ? rest.find(']') + 1 : std::min(rest.find(':'), rest.size());
    if (!looks_like_server(rest.substr(0, host_end)))
        findings.error(Field::proxy, Fault::not_a_server_name);
    else if (!is_port(rest.substr(host_end)))
        findings.error(Field::proxy, Fault::proxy_port);
}

/// Apart, as the port and all else may be wrong, too: a password goes into no file.
void check_proxy_password(const Point& point, Findings& findings) {
    if (holds_proxy_password(point))
        findings.error(Field::proxy, Fault::proxy_password);
}

/// Other programs show "AB:CD:…": the same digits.
void check_pinned_certificate(const Connection& connection, Findings& findings) {
    if (!connection.pinned_certificate)
        return;
    std::string digits;
    for (const char c : utf8::folded(*connection.pinned_certificate))
        if (c != ':' && c != ' ')
            digits += c;
    const bool good =
        digits.size() == 64 && digits.find_first_not_of("0123456789abcdef") == std::string::npos;
    if (!good)
        findings.error(Field::pinned_certificate, Fault::not_a_fingerprint);
    else if (digits.size() != connection.pinned_certificate->size())
        findings.error(Field::pinned_certificate, Fault::not_a_fingerprint, "", digits);
}

void check_name(const std::string& name, const std::vector<std::string>& other_names,
                Findings& findings) {
    const std::string seen = without_hidden(name, Hidden::all, Joiners::go);
    const std::string_view inner = without_blanks_around(seen);
    if (inner.empty())
        return findings.error(Field::name, Fault::required);
    check_hidden(Field::name, name, Hidden::all, findings);
    if (const std::string_view shorter = without_blanks_around(name); shorter.size() != name.size())
        findings.warning(Field::name, Fault::blanks_around, "", std::string(shorter));
    std::size_t letters = 0;
    for (std::size_t at = 0; at < name.size(); ++letters)
        static_cast<void>(utf8::next(name, at));
    if (letters > max_name_letters)
        findings.error(Field::name, Fault::name_too_long);
    // `--point P` must find one point, however it is typed.
    const auto as_seen = [](const std::string& text) {
        return utf8::folded(without_blanks_around(without_hidden(text, Hidden::all, Joiners::go)));
    };
    const std::string folded = as_seen(name);
    const auto same = [&](const std::string& other) { return as_seen(other) == folded; };
    if (std::any_of(other_names.begin(), other_names.end(), same))
        findings.error(Field::name, Fault::name_exists);
}

/// What work::file_name_for() knows: the same in every locale and on every system.
bool is_date_form(std::string_view form) {
    for (std::size_t at = 0; at < form.size(); ++at)
        if (form[at] == '%' && (++at == form.size() ||
                                std::string_view("YmdHMS%").find(form[at]) == std::string::npos))
            return false;
    return true;
}

/// What some system takes for something else becomes "_"; in a field's own text nobody can know it
/// before.
void check_template_chars(std::string_view naming, Findings& findings) {
    bool in_name = false;
    for (const char c : naming) {
        const bool opens = c == '{', in_form = c == ':' && in_name;
        in_name = opens || (in_name && c != '}' && !in_form);
        if (!in_form && std::string_view("<>:\"/\\|?*").find(c) != std::string_view::npos)
            return findings.warning(Field::naming, Fault::template_char, std::string(1, c), "");
    }
}

/// What stands in braces must be a field; only a date has a format.
void check_naming(std::string_view naming, Findings& findings) {
    if (without_blanks_around(naming).empty())
        return findings.error(Field::naming, Fault::required);
    check_hidden(Field::naming, naming, Hidden::control, findings);
    check_template_chars(naming, findings);
    while (!naming.empty()) {
        const std::size_t brace = naming.find_first_of("{}");
        if (brace == std::string_view::npos)
            return;
        naming.remove_prefix(brace);
        const std::size_t end = naming.find('}');
        const bool closed = naming.front() == '{' && end != std::string_view::npos;
        const std::string_view whole = naming.substr(0, closed ? end + 1 : naming.size());
        const std::string_view inner = closed ? whole.substr(1, end - 1) : whole;
        const std::string_view field = inner.substr(0, inner.find(':'));
        const bool formatted = field.size() != inner.size();
        if (!closed || !is_naming_field(field) || (formatted && field != "received"))
            findings.error(Field::naming, Fault::unknown_template_field, std::string(inner));
        else if (formatted && !is_date_form(inner.substr(field.size() + 1)))
            findings.error(Field::naming, Fault::date_form,
                           std::string(inner.substr(field.size() + 1)));
        naming.remove_prefix(whole.size());
    }
}

void check_number(Field field, int value, int least, int most, Findings& findings) {
    if (value < least || value > most)
        findings.error(field, Fault::number_range,
                       std::to_string(least) + "–" + std::to_string(most));
}

Fault fault_of(const CommandFault& fault) {
    switch (fault.what) {
    case CommandFault::What::open_quote:
        return Fault::command_quote;
    case CommandFault::What::no_program:
        return Fault::command_program;
    case CommandFault::What::without_in:
        return Fault::command_without_in;
    case CommandFault::What::placeholder_in_text:
        break;
    }
    return Fault::command_placeholder;
}

void check_ocr(const Point& point, Findings& findings) {
    constexpr int days = 24 * 60;
    const Ocr& ocr = point.ocr;
    if (ocr.types.empty())
        findings.error(Field::ocr_types, Fault::required);
    for (const std::string& type : ocr.types)
        if (!is_ocr_type(type))
            findings.error(Field::ocr_types, Fault::unknown_type, type);
    check_number(Field::ocr_size, ocr.max_megabytes, 1, 100'000, findings);
    check_number(Field::ocr_pages, ocr.max_pages, 0, 1'000'000, findings);
    if (!trimmed(ocr.command).empty()) {
        if (trimmed(point.general.folder).empty())
            findings.error(Field::target_folder, Fault::required);
        if (!check_hidden(Field::ocr_command, ocr.command, Hidden::control, findings))
            if (const auto command = Command::parse(ocr.command); !command)
                findings.error(Field::ocr_command, fault_of(command.error()), command.error().word);
    }
    check_number(Field::ocr_jobs, ocr.jobs, 1, 16, findings);
    check_number(Field::ocr_limit, ocr.limit_minutes, 1, days, findings);
    check_number(Field::ocr_warning, ocr.warn_after_minutes, 0, 30 * days, findings);
}

void check_columns(const std::vector<std::string>& columns, Findings& findings) {
    const auto basic = [](const std::string& column) {
        return column == "subject" || column == "sender" || column == "received";
    };
    if (std::none_of(columns.begin(), columns.end(), basic))
        findings.error(Field::columns, Fault::no_column);
}

}  // namespace

std::span<const std::string_view> naming_fields() {
    return naming_field_names;
}

bool is_naming_field(std::string_view field) {
    return std::find(naming_field_names.begin(), naming_field_names.end(), field) !=
           naming_field_names.end();
}

std::string_view key_of(Field field) {
    switch (field) {
    case Field::server:
        return "connection.server";
    case Field::port:
        return "connection.port";
    case Field::authentication:
        return "connection.authentication";
    case Field::encryption:
        return "connection.encryption";
    case Field::login:
        return "connection.login";
    case Field::password:
        return "password";
    case Field::shared_mailbox:
        return "connection.shared_mailbox";
    case Field::tenant:
        return "connection.oauth.tenant";
    case Field::issuer:
        return "connection.oauth.issuer";
    case Field::client_id:
        return "connection.oauth.client_id";
    case Field::folder:
        return "connection.folder";
    case Field::proxy:
        return "connection.proxy";
    case Field::ca_file:
        return "connection.ca_file";
    case Field::pinned_certificate:
        return "connection.pinned_certificate";
    case Field::name:
        return "name";
    case Field::target_folder:
        return "general.folder";
    case Field::naming:
        return "general.naming";
    case Field::quarantine_days:
        return "general.quarantine_days";
    case Field::ocr_types:
        return "ocr.types";
    case Field::ocr_size:
        return "ocr.max_megabytes";
    case Field::ocr_pages:
        return "ocr.max_pages";
    case Field::ocr_command:
        return "ocr.command";
    case Field::ocr_jobs:
        return "ocr.jobs";
    case Field::ocr_limit:
        return "ocr.limit_minutes";
    case Field::ocr_warning:
        return "ocr.warn_after_minutes";
    case Field::columns:
        return "list.columns";
    }
    return "";
}

bool holds_proxy_password(const Point& point) {
    std::string_view proxy = point.connection.proxy ? *point.connection.proxy : std::string_view();
    const std::size_t scheme = proxy.find("://");
    proxy.remove_prefix(scheme == std::string_view::npos ? 0 : scheme + 3);
    // A proxy has no path: whatever is before the last @ is a login.
    const std::size_t at = proxy.rfind('@');
    return at != std::string_view::npos && proxy.substr(0, at).find(':') != std::string_view::npos;
}

Error error_of(const Finding& finding) {
    Facts facts{{"field", std::string(key_of(finding.field))},
                {"reason", std::string(fault_names.at(static_cast<std::size_t>(finding.fault)))}};
    if (!finding.fact.empty())
        facts.emplace_back("seen", finding.fact);
    return {Cause::point_invalid, Layer::point, Reach::point, std::move(facts)};
}

std::optional<Finding> finding_of(const Error& error) {
    const auto fault = code_named<Fault>(fault_names, error.fact("reason"));
    for (int i = 0; fault && i <= static_cast<int>(Field::columns); ++i)
        if (const auto field = static_cast<Field>(i); key_of(field) == error.fact("field"))
            return Finding{field, *fault, Severity::error, std::string(error.fact("seen")), ""};
    return std::nullopt;
}

std::optional<Finding> first_wrong_value(const Point& point) {
    const std::vector<Finding> findings = validate(point, {});
    const auto found = std::find_if(findings.begin(), findings.end(), [](const Finding& finding) {
        const bool to_come = (finding.field == Field::login && finding.fault == Fault::required) ||
                             finding.fault == Fault::cleartext_needs_consent;
        return finding.severity == Severity::error && !to_come;
    });
    return found == findings.end() ? std::nullopt : std::optional(*found);
}

std::optional<Finding> first_obstacle(const Point& point) {
    // The others have a cause of their own where they show (clear text, a refused login), or don't
    // matter for the work (the name, the columns).
    const auto stands_in_the_way = [](const Finding& finding) {
        switch (finding.field) {
        case Field::server:
        case Field::shared_mailbox:
        case Field::tenant:
        case Field::issuer:
        case Field::folder:
        case Field::pinned_certificate:
        case Field::naming:
        case Field::ocr_types:
        case Field::ocr_size:
        case Field::ocr_pages:
        case Field::ocr_command:
        case Field::ocr_jobs:
        case Field::ocr_limit:
        case Field::ocr_warning:
            return finding.severity == Severity::error;
        case Field::port:
            return finding.fault == Fault::port_range;
        case Field::proxy:
            // A password written by hand works; it is not saved so.
            return finding.severity == Severity::error && finding.fault != Fault::proxy_password;
        default:
            return false;
        }
    };
    const std::vector<Finding> findings = validate(point, {});
    const auto found = std::find_if(findings.begin(), findings.end(), stands_in_the_way);
    return found == findings.end() ? std::nullopt : std::optional(*found);
}

std::vector<Finding> validate(const Point& point, const std::vector<std::string>& other_names) {
    Findings findings;
    const bool mailbox = point.type == Type::mailbox;
    if (mailbox) {
        check_server(point.connection, findings);
        check_port(point.connection, findings);
        check_encryption(point.connection, findings);
        check_login(point.connection, findings);
        check_shared_mailbox(point.connection, findings);
        check_oauth(point.connection, findings);
        check_provider(point.connection, findings);
        if (trimmed(point.connection.folder).empty())
            findings.error(Field::folder, Fault::required, "", "INBOX");
        check_hidden(Field::folder, point.connection.folder, Hidden::control, findings);
        check_proxy_password(point, findings);
        check_proxy(point.connection, findings);
        check_hidden(Field::ca_file, point.connection.ca_file.value_or(""), Hidden::control,
                     findings);
        check_pinned_certificate(point.connection, findings);
    }
    check_name(point.name, other_names, findings);
    if (holds_password(point.general.folder))
        findings.error(Field::target_folder, Fault::password_in_address);
    check_hidden(Field::target_folder, point.general.folder, Hidden::control, findings);
    if (mailbox) {
        check_naming(point.general.naming, findings);
        const int days = point.general.quarantine_days;
        if (days < 0 || days > max_quarantine_days)
            findings.error(Field::quarantine_days, Fault::days_range);
        check_columns(point.columns, findings);
    } else {
        check_ocr(point, findings);
    }
    return findings.list;
}

}  // namespace mail::point
