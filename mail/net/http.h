#pragma once
// One HTTP request over libcurl, for what stands beside IMAP: token endpoints, discovery,
// autoconfig. HTTPS, verified as a mailbox's connection is; clear text to loopback only. Nothing is
// compressed, no cookie is kept, the body is held in memory and wiped with the answer.

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "mail/base/secret.h"
#include "mail/base/wait.h"

namespace mail::net {

struct HttpRequest {
    std::string url;                      ///< https:, or http: with a loopback host
    std::string accept;                   ///< as the header wants it; "": anything
    std::optional<Secret> form;           ///< application/x-www-form-urlencoded; makes it a POST
    std::optional<Secret> authorization;  ///< the header's whole value
    unsigned redirects = 0;               ///< so many are followed, to https: only; never a POST's
    std::size_t most_octets = 1024 * 1024;  ///< of the body; more is reply_too_long
    std::optional<std::string> proxy;       ///< as Endpoint has it
    std::optional<std::string> ca_file;     ///< as Endpoint has it
};

struct HttpAnswer {
    long status = 0;
    std::string url;                              ///< where the answer came from, after redirects
    std::string content_type, retry_after, date;  ///< headers as sent, "" where there is none
    Secret body;
};

/// Any status is an answer. Errors are those of Connection::open, with the facts "host" and "url"
/// (without its query); cleartext_not_allowed for http: elsewhere, bad_host_name for no such URL,
/// reply_too_long, connection_lost, deadline, cancelled. The layer is that of the connection.
[[nodiscard]] Result<HttpAnswer> exchange(const HttpRequest& request, const Wait& wait);

/// Of any octets, as forms and queries want them (RFC 3986 section 2.1): all but the unreserved.
[[nodiscard]] std::string percent_encoded(std::string_view text);

/// A date as headers have it (RFC 9110, 5.6.7, all three forms).
[[nodiscard]] std::optional<std::chrono::system_clock::time_point> http_date(std::string_view text);

}  // namespace mail::net
