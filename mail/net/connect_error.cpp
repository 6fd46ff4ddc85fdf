#include "mail/net/connect_error.h"

#include <array>
#include <string_view>

#include <curl/curl.h>

namespace mail::net {

namespace {

struct Verdict {
    Cause cause;
    Layer layer;
};

// X509_V_ERR_… of OpenSSL's x509_vfy.h, which are part of its interface and don't change.
constexpr long not_yet_valid = 9;
constexpr long has_expired = 10;
constexpr long self_signed_leaf = 18;
constexpr long hostname_mismatch = 62;
constexpr long address_mismatch = 64;

bool says(std::string_view text, std::initializer_list<std::string_view> any_of) {
    for (const std::string_view words : any_of)
        if (text.find(words) != std::string_view::npos)
            return true;
    return false;
}

Layer layer_of(Phase phase) {
    switch (phase) {
    case Phase::name:
        return Layer::dns;
    case Phase::connect:
        return Layer::tcp;
    case Phase::proxy:
        return Layer::proxy;
    case Phase::tls:
        return Layer::tls;
    case Phase::transfer:
        return Layer::tcp;
    }
    return Layer::tcp;
}

// The words after the codes are those of curl over OpenSSL (its own name check leaves no code) and
// over Schannel.
Cause certificate_cause(const Failure& failure) {
    const std::string_view text = failure.text;
    const long code = failure.verify_result;
    if (code == has_expired || code == not_yet_valid ||
        says(text, {"SEC_E_CERT_EXPIRED", "CERT_TRUST_IS_NOT_TIME_VALID"}))
        return Cause::certificate_expired;
    if (code == hostname_mismatch || code == address_mismatch ||
        says(text,
             {"no alternative certificate subject name matches", "does not match target host name",
              "failed to match connection hostname", "SEC_E_WRONG_PRINCIPAL"}))
        return Cause::certificate_name;
    if (code == self_signed_leaf)
        return Cause::certificate_self_signed;
    return Cause::certificate_untrusted;
}

// Only what a peer causes that answers a ClientHello in clear text. Nothing else may be listed: on
// this cause "automatic" encryption goes on to STARTTLS.
bool peer_speaks_clear(std::string_view text) {
    return says(text, {"wrong version number", "packet length too long", "http request",
                       "https proxy request", "SEC_E_INVALID_TOKEN"});
}

Verdict tcp_verdict(const Failure& failure) {
    if (failure.route == Failure::Route::proxy)
        return {Cause::proxy_unreachable, Layer::proxy};
    switch (connect_fault_of(failure.system_code)) {
    case ConnectFault::timed_out:
        return {Cause::connect_timeout, Layer::tcp};
    case ConnectFault::unreachable:
        return {Cause::network_unreachable, Layer::tcp};
    case ConnectFault::refused:
    case ConnectFault::other:
        break;
    }
    return {Cause::connection_refused, Layer::tcp};
}

Verdict proxy_verdict(const Failure& failure) {
    constexpr long login_needed = 407;
    switch (failure.proxy_fault) {
    case CURLPX_NO_AUTH:
    case CURLPX_USER_REJECTED:
    case CURLPX_IDENTD:
    case CURLPX_IDENTD_DIFFER:
        return {Cause::proxy_login_needed, Layer::proxy};
    default:
        break;
    }
    return {failure.proxy_reply == login_needed ? Cause::proxy_login_needed : Cause::proxy_refused,
            Layer::proxy};
}

Verdict timeout_verdict(const Failure& failure) {
    if (failure.phase != Phase::connect)
        return {Cause::deadline, layer_of(failure.phase)};
    if (failure.route == Failure::Route::proxy)
        return {Cause::proxy_unreachable, Layer::proxy};
    return {Cause::connect_timeout, Layer::tcp};
}

Verdict curl_verdict(const Failure& failure) {
    switch (failure.curl_code) {
    case CURLE_URL_MALFORMAT:
    case CURLE_UNSUPPORTED_PROTOCOL:
        return {Cause::bad_host_name, Layer::dns};
    case CURLE_COULDNT_RESOLVE_PROXY:
        return {Cause::proxy_unreachable, Layer::proxy};
    case CURLE_COULDNT_RESOLVE_HOST:
        return {failure.name_fault == NameFault::not_found ? Cause::name_not_found
                                                           : Cause::dns_unavailable,
                Layer::dns};
    case CURLE_COULDNT_CONNECT:
        // Also what curl says when a proxy's CONNECT fails.
        return failure.phase == Phase::proxy ? proxy_verdict(failure) : tcp_verdict(failure);
    case CURLE_OPERATION_TIMEDOUT:
        return timeout_verdict(failure);
    case CURLE_PROXY:
        return proxy_verdict(failure);
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_ISSUER_ERROR:
    case CURLE_SSL_INVALIDCERTSTATUS:
        return {certificate_cause(failure), Layer::tls};
    case CURLE_SSL_CACERT_BADFILE:
        return {Cause::ca_file_unreadable, Layer::tls};
    case CURLE_SSL_CONNECT_ERROR:
        return {peer_speaks_clear(failure.text) ? Cause::tls_not_spoken : Cause::tls_handshake,
                Layer::tls};
    case CURLE_SEND_ERROR:
    case CURLE_RECV_ERROR:
    case CURLE_GOT_NOTHING:
    case CURLE_PARTIAL_FILE:
        return failure.phase == Phase::proxy
                   ? proxy_verdict(failure)
                   : Verdict{Cause::connection_lost, layer_of(failure.phase)};
    default:
        return failure.phase == Phase::tls ? Verdict{Cause::tls_handshake, Layer::tls}
                                           : Verdict{Cause::internal, layer_of(failure.phase)};
    }
}

Verdict verdict_of(const Failure& failure) {
    switch (failure.kind) {
    case Failure::Kind::cancelled:
        return {Cause::cancelled, layer_of(failure.phase)};
    case Failure::Kind::deadline:
        return timeout_verdict(failure);
    case Failure::Kind::curl:
        break;
    }
    return curl_verdict(failure);
}

}  // namespace

Error error_of(const Failure& failure) {
    const Verdict verdict = verdict_of(failure);
    Error error{verdict.cause, verdict.layer, Reach::connection, {}};
    if (failure.kind == Failure::Kind::curl)
        error.facts.emplace_back("curl", failure.text);
    return error;
}

bool is_about_certificate(Cause cause) {
    return cause == Cause::certificate_expired || cause == Cause::certificate_name ||
           cause == Cause::certificate_self_signed || cause == Cause::certificate_untrusted;
}

}  // namespace mail::net
