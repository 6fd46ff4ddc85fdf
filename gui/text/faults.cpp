#include "gui/text/faults.h"

#include "gui/text/screens.h"

namespace gui::text {

namespace {

using mail::point::Fault;
using mail::point::Field;
using mail::point::Finding;

constexpr Text fault_date_form{"A date is made of %Y, %m, %d, %H, %M and %S, not “{x}”.",
                               "Datę tworzą %Y, %m, %d, %H, %M i %S, a nie „{x}”."};
constexpr Text fault_proxy_scheme{
    "The proxy's address begins with http://, https://, socks4://, socks4a://, socks5:// or "
    "socks5h://.",
    "Adres proxy zaczyna się od http://, https://, socks4://, socks4a://, socks5:// albo "
    "socks5h://."};
constexpr Text fault_proxy_port{"The proxy's port must be a number from 1 to 65535.",
                                "Port proxy musi być liczbą od 1 do 65535."};
constexpr Text fault_proxy_password{
    "A password must not stand in a definition. Give the address without it; if the proxy wants "
    "one, leave this field empty and put the whole address into the system's variable https_proxy.",
    "Hasło nie może stać w definicji. Podaj adres bez niego; jeśli proxy go wymaga, zostaw to pole "
    "puste, a cały adres wpisz w zmienną systemową https_proxy."};

constexpr Text fault_proxy_login{
    "Whoever can read the definition sees this login. If the proxy wants a password, too, leave "
    "this "
    "field empty and put the whole address into the system's variable https_proxy.",
    "Ten login zobaczy każdy, kto może czytać definicję. Jeśli proxy wymaga też hasła, zostaw to "
    "pole puste, a cały adres wpisz w zmienną systemową https_proxy."};

constexpr Text fault_number{"A number from {x}.", "Liczba z zakresu {x}."};
constexpr Text fault_type{"“{x}” is none of the types: pdf, jpg, tif, png, bmp, gif, webp, heic.",
                          "„{x}” nie jest żadnym z typów: pdf, jpg, tif, png, bmp, gif, webp, "
                          "heic."};
constexpr Text fault_command_in{"{in} must stand where the command takes the file.",
                                "W miejscu pliku polecenie musi mieć {in}."};
constexpr Text fault_command_quote{"A quotation mark is opened here and not closed.",
                                   "Otwartego cudzysłowu nic tu nie zamyka."};
constexpr Text fault_command_program{"The command begins with the name of a program.",
                                     "Polecenie zaczyna się od nazwy programu."};
constexpr Text fault_command_text{
    "{in} and {out} must be words of their own, or end an option (--output={out}): in “{x}” the "
    "name of a file could be read as a command.",
    "{in} i {out} muszą być osobnymi słowami albo kończyć opcję (--output={out}): w „{x}” nazwa "
    "pliku mogłaby zostać odczytana jako polecenie."};

const Text& sentence_of(const Finding& finding) {
    switch (finding.fault) {
    case Fault::required:
        return finding.field == Field::name ? fault_name : fault_required;
    case Fault::not_a_server_name:
        return fault_server;
    case Fault::server_has_prefix:
        return fault_server_prefix;
    case Fault::port_range:
        return fault_port;
    case Fault::port_for_sending:
        return fault_port_sending;
    case Fault::port_unusual:
        return fault_port_unusual;
    case Fault::login_has_blanks:
        return fault_login_blanks;
    case Fault::not_an_address:
        return not_an_address;
    case Fault::shared_needs_oauth2:
        return fault_shared_mailbox;
    case Fault::cleartext_needs_consent:
        return fault_cleartext;
    case Fault::oauth_needs_encryption:
        return fault_oauth_encryption;
    case Fault::name_too_long:
        return fault_name_long;
    case Fault::name_exists:
        return fault_name_exists;
    case Fault::not_a_fingerprint:
        return fault_fingerprint;
    case Fault::no_password_yet:
        return fault_no_password;
    case Fault::unknown_template_field:
        return fault_template_field;
    case Fault::days_range:
        return fault_days;
    case Fault::no_column:
        return fault_columns;
    case Fault::server_misspelt:
        return fault_server_hint;
    case Fault::login_wants_address:
        return fault_login_at;
    case Fault::microsoft_takes_no_password:
        return fault_microsoft_password;
    case Fault::date_form:
        return fault_date_form;
    case Fault::proxy_scheme:
        return fault_proxy_scheme;
    case Fault::proxy_port:
        return fault_proxy_port;
    case Fault::proxy_password:
        return fault_proxy_password;
    case Fault::proxy_login:
        return fault_proxy_login;
    case Fault::hidden_characters:
        return fault_hidden;
    case Fault::blanks_around:
        return fault_name_blanks;
    case Fault::blanks_within:
        return fault_blanks_within;
    case Fault::template_char:
        return fault_template_char;
    case Fault::password_in_address:
        return fault_password_in_address;
    case Fault::not_an_issuer:
        return fault_issuer;
    case Fault::not_a_tenant:
        return fault_tenant;
    case Fault::number_range:
        return fault_number;
    case Fault::unknown_type:
        return fault_type;
    case Fault::command_without_in:
        return fault_command_in;
    case Fault::command_quote:
        return fault_command_quote;
    case Fault::command_program:
        return fault_command_program;
    case Fault::command_placeholder:
        return fault_command_text;
    }
    return fault_required;
}

const Text* mend_of(const Finding& finding) {
    if (finding.fault == Fault::cleartext_needs_consent)
        return &mend_allow_cleartext;
    if (finding.fault == Fault::shared_needs_oauth2)
        return &mend_remove;
    if (finding.fault == Fault::microsoft_takes_no_password)
        return &mend_choose_oauth2;
    if (finding.fix.empty())
        return nullptr;
    switch (finding.fault) {
    case Fault::port_for_sending:
    case Fault::port_unusual:
        return &mend_change;
    case Fault::login_has_blanks:
    case Fault::proxy_login:
    case Fault::hidden_characters:
    case Fault::blanks_around:
    case Fault::blanks_within:
        return &mend_remove;
    case Fault::oauth_needs_encryption:
        return &mend_choose_automatic;
    case Fault::required:
    case Fault::server_misspelt:
        return &mend_use;
    case Fault::server_has_prefix:
    case Fault::not_a_server_name:
    case Fault::not_a_fingerprint:
    case Fault::port_range:
    case Fault::not_an_address:
    case Fault::shared_needs_oauth2:
    case Fault::cleartext_needs_consent:
    case Fault::name_too_long:
    case Fault::name_exists:
    case Fault::no_password_yet:
    case Fault::unknown_template_field:
    case Fault::days_range:
    case Fault::no_column:
    case Fault::login_wants_address:
    case Fault::microsoft_takes_no_password:
    case Fault::date_form:
    case Fault::proxy_scheme:
    case Fault::proxy_port:
    case Fault::proxy_password:
    case Fault::template_char:
    case Fault::password_in_address:
    case Fault::not_an_issuer:
    case Fault::not_a_tenant:
    case Fault::number_range:
    case Fault::unknown_type:
    case Fault::command_without_in:
    case Fault::command_quote:
    case Fault::command_program:
    case Fault::command_placeholder:
        break;
    }
    return &mend_fix;
}

/// How the sentence calls what the finding names: a method by its label, all else as it is.
std::string_view named(const Finding& finding, Language language) {
    if (finding.fact == "tls")
        return encryption_tls.in(language);
    return finding.fact == "starttls" ? encryption_starttls.in(language) : finding.fact;
}

std::string all_naming_fields() {
    std::string list;
    for (const std::string_view field : mail::point::naming_fields())
        list += (list.empty() ? "" : ", ") + std::string(field);
    return list;
}

}  // namespace

FaultWords words_of(const Finding& finding, const mail::point::Point& point, Language language) {
    // The port that a sentence names is the one to use where there is one, else the one typed.
    const std::string named_port = finding.fault == Fault::port_for_sending && !finding.fix.empty()
                                       ? finding.fix
                                       : std::to_string(point.connection.port);
    FaultWords words;
    words.sentence = fill(sentence_of(finding), language,
                          {{"prefix", finding.fact},
                           {"port", named_port},
                           {"method", named(finding, language)},
                           {"list", all_naming_fields()},
                           {"x", finding.fact}});
    if (const Text* mend = mend_of(finding))
        words.mend = mend->in(language);
    return words;
}

mail::Error with_fault_in_words(mail::Error error, Language language) {
    const auto finding = mail::point::finding_of(error);
    if (!finding)
        return error;
    const std::string words = words_of(*finding, mail::point::Point{}, language).sentence;
    for (auto& [key, value] : error.facts)
        if (key == "reason")
            value = words;
    std::erase_if(error.facts, [](const auto& fact) { return fact.first == "seen"; });
    return error;
}

std::string_view words_of(mail::net::Encryption method, Language language) {
    using mail::net::Encryption;
    switch (method) {
    case Encryption::automatic:
        return encryption_automatic.in(language);
    case Encryption::tls:
        return encryption_tls.in(language);
    case Encryption::starttls:
        return encryption_starttls.in(language);
    case Encryption::none:
        return encryption_none.in(language);
    }
    return {};
}

}  // namespace gui::text
