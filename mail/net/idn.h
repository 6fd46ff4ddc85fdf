#pragma once
// Host names as people type them, in the form that the network takes: RFC 3492 (Punycode), each
// label of other than ASCII letters as xn--. Pure. Private to mail/net.

#include <optional>
#include <string>
#include <string_view>

namespace mail::net {

/// `host` is UTF-8: a name or an address (IPv6 also in brackets). ASCII, lower case, without
/// brackets; nothing if it is no host name: empty or overlong labels, blanks, signs, malformed
/// UTF-8.
[[nodiscard]] std::optional<std::string> ascii_host(std::string_view host);

}  // namespace mail::net
