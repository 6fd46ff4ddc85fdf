#pragma once
// Signing in: the one place that sends a password or token. Private to mail/imap.

#include "mail/imap/pipeline.h"
#include "mail/imap/sasl.h"
#include "mail/net/endpoint.h"

namespace mail::imap {

/// Before anything is sent: may this secret go over this connection? Errors: cleartext_not_allowed,
/// token_in_clear.
enum class Wire { encrypted, clear };
[[nodiscard]] Result<void> check_wire(const net::Endpoint& endpoint, Credentials::Kind kind,
                                      Wire wire);

/// One attempt. A second command is sent only where the first mechanism turned out not to be there,
/// which says nothing about the password. Errors with the server's words: login_refused,
/// token_refused (neither ever with "try_again"), server_limit, server_refused; without:
/// mechanism_missing, login_disabled, token_too_long with the fact "octets" where the server hung
/// up at one. Result: how it went.
[[nodiscard]] Result<Mechanism> sign_in(Pipeline& pipeline, const net::Endpoint& endpoint,
                                        const Credentials& credentials,
                                        const Capabilities& capabilities, const Wait& wait);

}  // namespace mail::imap
