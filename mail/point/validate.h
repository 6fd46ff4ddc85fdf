#pragma once
// The rules for the fields of a point (errors forbid saving, warnings don't). Pure: nothing is
// looked up.

#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "mail/base/result.h"
#include "mail/point/point.h"

namespace mail::point {

enum class Field {
    server,
    port,
    authentication,
    encryption,
    login,
    password,
    shared_mailbox,
    tenant,
    issuer,
    client_id,
    folder,
    proxy,
    ca_file,
    pinned_certificate,
    name,
    target_folder,
    naming,
    quarantine_days,
    ocr_types,
    ocr_size,
    ocr_pages,
    ocr_command,
    ocr_jobs,
    ocr_limit,
    ocr_warning,
    columns
};
enum class Fault {
    required,  // fill in this field
    not_a_server_name,
    server_has_prefix,  // fact: prefix; fix: the name without it
    port_range,
    port_for_sending,  // 25, 465, 587; fix 993
    port_unusual,      // 143 with TLS, 993 with STARTTLS; fact: the usual method
    login_has_blanks,  // fix: without them
    not_an_address,    // name@company.example
    shared_needs_oauth2,
    cleartext_needs_consent,
    oauth_needs_encryption,
    name_too_long,
    name_exists,
    not_a_fingerprint,
    no_password_yet,
    unknown_template_field,  // fact: the field
    days_range,
    no_column,
    server_misspelt,              // warning; fact and fix: the provider's server
    login_wants_address,          // warning
    microsoft_takes_no_password,  // warning
    date_form,                    // of {received:…}; fact: it
    proxy_scheme,
    proxy_port,
    proxy_password,       // none may stand in a file
    proxy_login,          // warning; fix: the address without it
    hidden_characters,    // of which nothing is seen; fix: without them
    blanks_around,        // warning, of the name; fix: without them
    blanks_within,        // fix: without them
    template_char,        // warning; fact: what no name of a file may have
    password_in_address,  // as that of a proxy
    not_an_issuer,
    not_a_tenant,
    number_range,         // fact: "1–16"
    unknown_type,         // of files; fact: it
    command_without_in,   // nothing says which file is meant
    command_quote,        // opened and not closed
    command_program,      // no program begins the command, or one that a file could name
    command_placeholder,  // {in} or {out} within a text that some program may read; fact: the word
};
/// In the order of the enumeration: the fact "reason" of an error.
inline constexpr std::array<std::string_view, 39> fault_names{"required",
                                                              "not_a_server_name",
                                                              "server_has_prefix",
                                                              "port_range",
                                                              "port_for_sending",
                                                              "port_unusual",
                                                              "login_has_blanks",
                                                              "not_an_address",
                                                              "shared_needs_oauth2",
                                                              "cleartext_needs_consent",
                                                              "oauth_needs_encryption",
                                                              "name_too_long",
                                                              "name_exists",
                                                              "not_a_fingerprint",
                                                              "no_password_yet",
                                                              "unknown_template_field",
                                                              "days_range",
                                                              "no_column",
                                                              "server_misspelt",
                                                              "login_wants_address",
                                                              "microsoft_takes_no_password",
                                                              "date_form",
                                                              "proxy_scheme",
                                                              "proxy_port",
                                                              "proxy_password",
                                                              "proxy_login",
                                                              "hidden_characters",
                                                              "blanks_around",
                                                              "blanks_within",
                                                              "template_char",
                                                              "password_in_address",
                                                              "not_an_issuer",
                                                              "not_a_tenant",
                                                              "number_range",
                                                              "unknown_type",
                                                              "command_without_in",
                                                              "command_quote",
                                                              "command_program",
                                                              "command_placeholder"};
static_assert(fault_names.size() == static_cast<std::size_t>(Fault::command_placeholder) + 1);
enum class Severity { error, warning };

struct Finding {
    Field field{};
    Fault fault{};
    Severity severity = Severity::error;
    std::string fact;  ///< what the message names: a prefix, a method
    std::string fix;   ///< the value that would mend it, or ""
};

/// `other_names`: names of the other points of the workspace. Errors in the order of the
/// fields on screen.
[[nodiscard]] std::vector<Finding> validate(const Point& point,
                                            const std::vector<std::string>& other_names);

/// Whether the proxy's address holds a password, which no definition may.
[[nodiscard]] bool holds_proxy_password(const Point& point);

/// As in the file: "connection.port".
[[nodiscard]] std::string_view key_of(Field field);

/// point_invalid with the facts "field" (its key) and "reason" (a name of fault_names), and "seen",
/// what the finding names.
[[nodiscard]] Error error_of(const Finding& finding);
/// Of that error; nothing where it names none.
[[nodiscard]] std::optional<Finding> finding_of(const Error& error);

/// The first error that is a value that can't be right; not one that is only to come yet: a login,
/// the consent to clear text.
[[nodiscard]] std::optional<Finding> first_wrong_value(const Point& point);

/// The first fault with which no work can begin. A definition written by hand has met no form, and
/// must not end as a connection to port 0.
[[nodiscard]] std::optional<Finding> first_obstacle(const Point& point);

/// The fields of the naming template: "received", "sender" …
[[nodiscard]] std::span<const std::string_view> naming_fields();
[[nodiscard]] bool is_naming_field(std::string_view field);

/// Not empty, resolves by its looks: letters of any script, digits, hyphens, dots; or an IP
/// address.
[[nodiscard]] bool looks_like_server(std::string_view text);

}  // namespace mail::point
