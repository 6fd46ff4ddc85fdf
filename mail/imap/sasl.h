#pragma once
// SASL as IMAP uses it (RFC 9051, 6.2.2): which mechanism, what we say, what an error challenge
// means. Pure.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "mail/imap/types.h"

namespace mail::imap {

/// login is the LOGIN command, the others are arguments of AUTHENTICATE.
enum class Mechanism { login, plain, oauthbearer, xoauth2 };
[[nodiscard]] std::string_view name_of(Mechanism mechanism);

/// The one to try first. Never blindly from the server's list, which may name what is not set up
/// (Mailutils 3.15: GSSAPI, SECURID). Errors: mechanism_missing, login_disabled.
[[nodiscard]] Result<Mechanism> choose_mechanism(Credentials::Kind kind,
                                                 const Capabilities& capabilities);

/// What we say first, in base64. `host` and `port` go into OAUTHBEARER (RFC 7628, 3.1).
[[nodiscard]] Secret initial_response(Mechanism mechanism, const Credentials& credentials,
                                      std::string_view host, std::uint16_t port);

/// What an error challenge must be answered with, so that the tagged NO can come: in base64.
[[nodiscard]] std::string_view answer_to_challenge(Mechanism mechanism);
/// An error challenge as text (JSON in practice; never interpreted), capped; "" if not base64.
[[nodiscard]] std::string decoded_challenge(std::string_view raw_base64);

/// The login and secret can stand in a command: UTF-8 without NUL, CR, LF. Errors:
/// bad_credentials_text, password_needed, signin_needed.
[[nodiscard]] Result<void> check_credentials(const Credentials& credentials);

}  // namespace mail::imap
