#pragma once
// Server, port and encryption for an e-mail address, from the built-in table of providers
// (providers.json). Pure; what must ask the network comes with a later issue.

#include <optional>
#include <string>
#include <string_view>

#include "mail/point/point.h"

namespace mail::point {

struct Suggestion {
    std::string server;
    int port = 993;
    net::Encryption encryption = net::Encryption::tls;
    Authentication authentication = Authentication::password;
    std::string login;
    std::string provider;  ///< the table's name for it, "" if it is only a guess from the domain
    bool guessed = false;  ///< imap.<domain>: not in the table
};

/// Nothing where the text is no address (local@domain.tld).
[[nodiscard]] std::optional<Suggestion> suggest(std::string_view address);

}  // namespace mail::point
