#include "mail/imap/quirks.h"

#include <algorithm>
#include <array>
#include <utility>

#include "mail/imap/ascii.h"

namespace mail::imap::quirks {

namespace {

template <std::size_t count>
bool says_one_of(const Status& status, const std::array<std::string_view, count>& phrases) {
    return std::any_of(phrases.begin(), phrases.end(), [&](std::string_view phrase) {
        return contains_word(status.raw_text, phrase);
    });
}

}  // namespace

std::optional<std::string> foreign_protocol(std::string_view raw_first_line) {
    if (raw_first_line.starts_with("* "))
        return std::nullopt;
    constexpr std::array<std::pair<std::string_view, std::string_view>, 10> starts{{
        {"220-", "smtp"},
        {"220 ", "smtp"},
        {"421 ", "smtp"},
        {"554 ", "smtp"},
        {"+OK", "pop3"},
        {"-ERR", "pop3"},
        {"HTTP/", "http"},
        {"<", "http"},
        {"SSH-", "ssh"},
        {"\x15\x03", "tls"},
    }};
    for (const auto& [start, protocol] : starts)
        if (raw_first_line.starts_with(start)) {
            // FTP greets with SMTP's number; nothing else tells them apart.
            const bool ftp = protocol == "smtp" && contains_word(raw_first_line, "ftp");
            return std::string(ftp ? "ftp" : protocol);
        }
    return "unknown";
}

bool says_login_refused(const Status& status) {
    if (status.has_code("AUTHENTICATIONFAILED") || status.has_code("AUTHORIZATIONFAILED") ||
        status.has_code("EXPIRED"))
        return true;
    if (status.code && (status.has_code("UNAVAILABLE") || status.has_code("LIMIT") ||
                        status.has_code("INUSE") || status.has_code("SERVERBUG")))
        return false;
    // What is about the server or its sessions is not about the password.
    constexpr std::array<std::string_view, 6> of_server{"connect",  "session",  "simultaneous",
                                                        "temporar", "internal", "throttle"};
    if (says_one_of(status, of_server))
        return false;
    // Servers that lock a login out after some failures ask for patience in the same breath.
    constexpr std::array<std::string_view, 6> faults{"fail",  "invalid", "incorrect",
                                                     "wrong", "bad log", "attempt"};
    if (contains_word(status.raw_text, "too many"))
        return says_one_of(status, faults);
    constexpr std::array<std::string_view, 10> phrases{
        "authentication failed",  // Dovecot, Cyrus
        "authenticate failed",    // Exchange
        "login failed",           // Courier, Exchange
        "logon failure",          // Exchange
        "invalid credentials",    // Gmail, Yahoo
        "invalid login",          // hMailServer
        "invalid password",      "incorrect password", "wrong password", "bad username or password",
    };
    return says_one_of(status, phrases);
}

bool says_limit(const Status& status) {
    // RFC 5530 has LIMIT since 2009 and UNAVAILABLE; most servers only say it in words.
    if (status.has_code("LIMIT") || status.has_code("UNAVAILABLE") || status.has_code("THROTTLED"))
        return true;
    constexpr std::array<std::string_view, 9> phrases{
        "too many",                       // Dovecot, Gmail "Too many simultaneous connections"
        "maximum number of connections",  // Dovecot 2.x: mail_max_userip_connections
        "connection limit",               // Courier, Exchange
        "limit exceeded",                 // Courier MAXPERIP
        "number of connections",          // Cyrus 3
        "account exceeded",               // Gmail, "Account exceeded command or bandwidth limits"
        "throttled",                      // Microsoft 365, "Request is throttled"
        "suggested backoff",              // Microsoft 365 gives milliseconds behind it
        "server busy",                    // Yahoo
    };
    return says_one_of(status, phrases);
}

bool asks_to_wait(const Status& status) {
    // RFC 5530 gives INUSE as the reason of another session; Yahoo and Zoho have words only.
    return says_limit(status) || status.has_code("INUSE") ||
           contains_word(status.raw_text, "try again");
}

std::optional<std::chrono::milliseconds> suggested_wait(const Status& status) {
    // Microsoft 365: "Request is throttled. Suggested Backoff Time: 299961 milliseconds".
    constexpr std::string_view before = "SUGGESTED BACKOFF TIME: ";
    const std::string text = upper(status.raw_text);
    const std::size_t at = text.find(before);
    if (at == std::string::npos)
        return std::nullopt;
    const std::string_view rest = std::string_view(text).substr(at + before.size());
    const std::size_t digits = std::min(rest.find_first_not_of("0123456789"), rest.size());
    const auto time = number_of<std::uint32_t>(rest.substr(0, digits));
    if (!time)
        return std::nullopt;
    return std::chrono::milliseconds(*time);
}

bool says_mechanism_unavailable(const Status& status) {
    if (says_login_refused(status))
        return false;
    // Whoever doesn't know the command, or can't read it, has not looked at the password.
    if (status.kind == Status::Kind::bad && !contains_word(status.raw_text, "fail"))
        return true;
    constexpr std::array<std::string_view, 4> things{"mechanism", "authenticate", "auth=", "sasl"};
    constexpr std::array<std::string_view, 4> lacks{"not enabled", "disabled", "not available",
                                                    "not allowed"};
    if (!status.has_code("PRIVACYREQUIRED") && says_one_of(status, things) &&
        says_one_of(status, lacks))
        return true;
    constexpr std::array<std::string_view, 8> phrases{
        "no mechanism available",      // Cyrus 3.6
        "unsupported authentication",  // Dovecot 2.3: "Unsupported authentication mechanism."
        "mechanism not supported",     // Exchange
        "mechanism unknown",           // Zimbra
        "unknown mechanism",
        "unknown command",       // servers without AUTHENTICATE
        "unrecognized command",  // hMailServer
        "unrecognised command",
    };
    return says_one_of(status, phrases);
}

bool says_mailbox_stays_shut(const Status& status) {
    return contains_word(status.raw_text, "authenticated but not connected");
}

bool says_try_later(const Status& status) {
    if (status.has_code("UNAVAILABLE") || status.has_code("INUSE") || status.has_code("SERVERBUG"))
        return true;
    constexpr std::array<std::string_view, 3> phrases{
        "temporary authentication failure",  // Dovecot 2.2, before it had [UNAVAILABLE]
        "internal error",                    // Dovecot, Courier
        "try again later",                   // Yahoo, Zoho
    };
    return says_one_of(status, phrases);
}

bool may_have_dropped_commands(const Error& error) {
    const bool was_signed_in = error.layer >= Layer::select && error.layer <= Layer::fetch;
    return was_signed_in && error.cause == Cause::deadline && error.fact("octets_came").empty();
}

bool says_gone(const Status& status) {
    // Dovecot 2.3 answers "OK [EXPUNGEISSUED]" with NIL bodies, Cyrus "NO [EXPUNGEISSUED]" when the
    // file is missing.
    return status.has_code("EXPUNGEISSUED") || status.has_code("NONEXISTENT");
}

bool same_octets(const Sizes& sizes) {
    // Servers that keep mails with LF alone count a line end as one octet and send two, or count
    // two for each that they keep and one more (GNU Mailutils 3.15: RFC822.SIZE 886 of 841).
    return sizes.came == sizes.said || sizes.came == sizes.said + sizes.line_ends ||
           sizes.said == sizes.came + sizes.line_ends;
}

bool sizes_may_be_of_one(const Capabilities& capabilities, std::uint64_t one, std::uint64_t other) {
    // As in keeps_its_numbers(): no other server that was tried lacks UIDPLUS.
    constexpr std::uint64_t most_octets_of_its_own = 100;
    const std::uint64_t difference = std::max(one, other) - std::min(one, other);
    return difference == 0 || (!capabilities.uidplus && difference <= most_octets_of_its_own);
}

bool is_substitute(std::string_view subject, std::string_view sender) {
    // Courier 5.0 answers OK for a mail that another session has removed, with one of its own.
    return subject == "message unavailable" && sender == "root@localhost";
}

}  // namespace mail::imap::quirks
