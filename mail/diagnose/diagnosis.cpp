#include "mail/diagnose/diagnosis.h"

#include <algorithm>
#include <initializer_list>

namespace mail::diagnose {

namespace {

bool is_one_of(Cause cause, std::initializer_list<Cause> causes) {
    return std::ranges::find(causes, cause) != causes.end();
}

/// RFC 5530 and RFC 9051, 7.1: these say why, and nothing else is said with them. Not among them is
/// AUTHENTICATIONFAILED, which servers say to whom they have locked out, too.
bool says_code_of_fixed_meaning(std::string_view said) {
    constexpr std::string_view codes[] = {
        "[ALERT",     "[AUTHORIZATIONFAILED", "[CANNOT", "[EXPIRED",         "[INUSE",
        "[LIMIT",     "[NONEXISTENT",         "[NOPERM", "[PRIVACYREQUIRED", "[OVERQUOTA",
        "[THROTTLED", "[UNAVAILABLE"};
    return std::ranges::any_of(codes,
                               [&](std::string_view code) { return said.starts_with(code); });
}

}  // namespace

std::string_view name_of(Verdict verdict) {
    switch (verdict) {
    case Verdict::waiting:
        return "waiting";
    case Verdict::running:
        return "running";
    case Verdict::ok:
        return "ok";
    case Verdict::warn:
        return "warn";
    case Verdict::fail:
        return "fail";
    case Verdict::skipped:
        return "skipped";
    case Verdict::not_used:
        return "not_used";
    }
    return "";
}

std::string_view name_of(Certainty certainty) {
    switch (certainty) {
    case Certainty::certain:
        return "certain";
    case Certainty::likely:
        return "likely";
    case Certainty::possible:
        return "possible";
    }
    return "";
}

Certainty certainty_of(const Error& error) {
    // What was not waited for, or broke for a reason that nobody told.
    if (is_one_of(error.cause, {Cause::deadline, Cause::connection_lost, Cause::internal,
                                Cause::tls_handshake, Cause::network_unreachable}))
        return Certainty::possible;
    if (const std::string_view said = error.fact("server_said"); !said.empty()) {
        // Said over the wire, but what it comes to is seen in what is there, not in the words.
        if (is_one_of(error.cause, {Cause::not_imap, Cause::starttls_refused,
                                    Cause::mechanism_missing, Cause::folder_missing}))
            return Certainty::certain;
        return says_code_of_fixed_meaning(said) ? Certainty::certain : Certainty::likely;
    }
    // Seen, but something else may look the same: a wrong clock, a firewall, a limit of
    // connections.
    if (is_one_of(error.cause,
                  {Cause::dns_unavailable, Cause::connect_timeout, Cause::proxy_unreachable,
                   Cause::proxy_refused, Cause::certificate_expired, Cause::no_greeting,
                   Cause::closed_before_greeting, Cause::login_refused, Cause::token_refused,
                   Cause::token_too_long, Cause::server_refused, Cause::command_refused,
                   Cause::server_limit, Cause::server_says_bye, Cause::folder_refused,
                   Cause::message_gone, Cause::disk_error}))
        return Certainty::likely;
    return Certainty::certain;
}

}  // namespace mail::diagnose
