#pragma once
// What is proposed for an e-mail address, and who says so. A plain value.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "mail/base/result.h"
#include "mail/point/suggest.h"

namespace mail::proposal {

/// In the order in which they are asked.
enum class Source : std::uint8_t {
    table,       ///< the program's own; nothing was sent anywhere
    srv,         ///< DNS of the mail domain, RFC 6186
    mx,          ///< the table, for the host that DNS names as the domain's mail exchanger
    autoconfig,  ///< published by the mail domain over HTTPS
    ispdb,       ///< a third party's data base: Mozilla's
    guess        ///< imap.<domain>: nobody says so
};
[[nodiscard]] std::string_view name_of(Source source);  ///< as in the enumeration

struct Proposal {
    std::string address;  ///< that it is for
    point::Suggestion settings;
    Source source = Source::guess;
    std::string asked;  ///< who answered: DNS name, mail exchanger, or host of a web address
    /// The server is not the mail domain's, and only unsigned DNS says that it may be trusted with
    /// the password: to be shown to the user (RFC 6186, 6).
    bool outside_domain = false;
    std::optional<Error> trouble;  ///< of a guess: why DNS could not be asked
};

}  // namespace mail::proposal
