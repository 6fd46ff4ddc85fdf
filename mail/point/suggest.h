#pragma once
// Server, port and encryption for an e-mail address, from the built-in table of providers
// (providers.json). Pure; what asks the network is mail/proposal.

#include <optional>
#include <string>
#include <string_view>

#include "mail/point/point.h"

namespace mail::point {

/// Both sides of an e-mail address; the domain in lower case.
struct AddressParts {
    std::string local, domain;
};
/// Blanks around it are cut; nothing where the text is no address (local@domain.tld).
[[nodiscard]] std::optional<AddressParts> split_address(std::string_view address);

struct Suggestion {
    std::string server;
    int port = 993;
    net::Encryption encryption = net::Encryption::tls;
    Authentication authentication = Authentication::password;
    std::string oauth_provider;  ///< as the definition names it, for oauth2; "": not known
    std::string login;
    std::string provider;  ///< the table's name for it, "" if it is only a guess from the domain
    bool guessed = false;  ///< imap.<domain>: not in the table
};

/// Nothing where the text is no address (local@domain.tld).
[[nodiscard]] std::optional<Suggestion> suggest(std::string_view address);

/// What the table says of a domain whose mail goes to that host (MX): companies have domains of
/// their own at the large providers. Nothing where it does not know the host.
[[nodiscard]] std::optional<Suggestion> suggest_by_exchanger(const AddressParts& address,
                                                             std::string_view host);
/// "microsoft" …, where the table knows by whom that server's users sign in; else "".
[[nodiscard]] std::string oauth_provider_of(std::string_view server);

}  // namespace mail::point
