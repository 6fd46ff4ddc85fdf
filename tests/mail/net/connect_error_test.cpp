#include "mail/net/connect_error.h"

#include <string>
#include <utility>

#include <gtest/gtest.h>

namespace mail::net {
namespace {

// CURLcode values are part of libcurl's interface; the tests don't include its headers.
constexpr int url_malformat = 3, resolve_proxy = 5, resolve_host = 6;
constexpr int timed_out = 28, ssl_connect = 35, recv_error = 56, verification = 60, bad_ca = 77;
constexpr int proxy_code = 97;

Failure failure(int code, Phase phase, std::string text = {}) {
    Failure failed;
    failed.curl_code = code;
    failed.phase = phase;
    failed.text = std::move(text);
    return failed;
}

void expect(const Failure& failed, Cause cause, Layer layer) {
    const Error error = error_of(failed);
    EXPECT_EQ(name_of(error.cause), name_of(cause)) << failed.text;
    EXPECT_EQ(name_of(error.layer), name_of(layer)) << failed.text;
    EXPECT_EQ(error.reach, Reach::connection);
}

TEST(ConnectError, names) {
    expect(failure(url_malformat, Phase::name), Cause::bad_host_name, Layer::dns);
    Failure failed = failure(resolve_host, Phase::name, "Could not resolve host: x");
    expect(failed, Cause::name_not_found, Layer::dns);
    EXPECT_EQ(error_of(failed).fact("curl"), "Could not resolve host: x");
    failed.name_fault = NameFault::unavailable;
    expect(failed, Cause::dns_unavailable, Layer::dns);
    expect(failure(resolve_proxy, Phase::name), Cause::proxy_unreachable, Layer::proxy);
}

TEST(ConnectError, a_deadline_shows_at_the_rung_that_was_reached) {
    const std::pair<Phase, std::pair<Cause, Layer>> rows[] = {
        {Phase::name, {Cause::deadline, Layer::dns}},
        {Phase::connect, {Cause::connect_timeout, Layer::tcp}},
        {Phase::proxy, {Cause::deadline, Layer::proxy}},
        {Phase::tls, {Cause::deadline, Layer::tls}},
    };
    for (const auto& [phase, expected] : rows) {
        Failure failed = failure(0, phase);
        failed.kind = Failure::Kind::deadline;
        expect(failed, expected.first, expected.second);
        EXPECT_EQ(error_of(failed).fact("curl"), "");
        expect(failure(timed_out, phase), expected.first, expected.second);
        failed.kind = Failure::Kind::cancelled;
        expect(failed, Cause::cancelled, expected.second);
    }
}

TEST(ConnectError, a_proxy_that_answers_and_one_that_hangs_up) {
    Failure failed = failure(recv_error, Phase::proxy, "CONNECT tunnel failed, response 407");
    failed.route = Failure::Route::proxy;
    failed.proxy_reply = 407;
    expect(failed, Cause::proxy_login_needed, Layer::proxy);
    failed.proxy_reply = 403;
    expect(failed, Cause::proxy_refused, Layer::proxy);
    failed.proxy_reply = 0;
    expect(failed, Cause::proxy_refused, Layer::proxy);
    expect(failure(proxy_code, Phase::connect), Cause::proxy_refused, Layer::proxy);
    expect(failure(recv_error, Phase::connect), Cause::connection_lost, Layer::tcp);
}

// Automatic encryption falls back to STARTTLS on tls_not_spoken, so no other row may lead there.
TEST(ConnectError, only_a_peer_that_answers_in_clear_counts_as_not_speaking_tls) {
    for (const char* text :
         {"TLS connect error: error:0A00010B:SSL routines::wrong version number",
          "TLS connect error: error:0A0000C6:SSL routines::packet length too long",
          "TLS connect error: error:0A00009C:SSL routines::http request",
          "schannel: next InitializeSecurityContext failed: SEC_E_INVALID_TOKEN (0x80090308) - The "
          "token supplied to the function is invalid"})
        expect(failure(ssl_connect, Phase::tls, text), Cause::tls_not_spoken, Layer::tls);
    for (const char* text :
         {"TLS connect error: error:0A000126:SSL routines::unexpected eof while reading",
          "TLS connect error: error:0A00042E:SSL routines::tlsv1 alert protocol version",
          "TLS connect error: error:0A000102:SSL routines::unsupported protocol",
          "TLS connect error: error:0A000410:SSL routines::sslv3 alert handshake failure",
          "OpenSSL SSL_connect: Connection reset by peer in connection to x:993",
          "schannel: next InitializeSecurityContext failed: SEC_E_ILLEGAL_MESSAGE"})
        expect(failure(ssl_connect, Phase::tls, text), Cause::tls_handshake, Layer::tls);
}

TEST(ConnectError, certificates_by_openssls_code) {
    const std::pair<long, Cause> rows[] = {
        {9, Cause::certificate_expired},      {10, Cause::certificate_expired},
        {18, Cause::certificate_self_signed}, {19, Cause::certificate_untrusted},
        {20, Cause::certificate_untrusted},   {21, Cause::certificate_untrusted},
        {23, Cause::certificate_untrusted},   {62, Cause::certificate_name},
        {64, Cause::certificate_name},
    };
    for (const auto& [code, cause] : rows) {
        Failure failed = failure(verification, Phase::tls);
        failed.verify_result = code;
        expect(failed, cause, Layer::tls);
        EXPECT_TRUE(is_about_certificate(cause));
    }
    EXPECT_FALSE(is_about_certificate(Cause::tls_handshake));
}

TEST(ConnectError, certificates_by_words_where_there_is_no_code) {
    const std::pair<const char*, Cause> rows[] = {
        {"SSL: no alternative certificate subject name matches target host name 'localhost'",
         Cause::certificate_name},
        {"SSL: certificate subject name 'x' does not match target host name 'y'",
         Cause::certificate_name},
        {"schannel: SNI or certificate check failed: SEC_E_WRONG_PRINCIPAL (0x80090322)",
         Cause::certificate_name},
        {"schannel: next InitializeSecurityContext failed: SEC_E_CERT_EXPIRED (0x80090328)",
         Cause::certificate_expired},
        {"schannel: CertGetCertificateChain trust error CERT_TRUST_IS_NOT_TIME_VALID",
         Cause::certificate_expired},
        {"schannel: CertGetCertificateChain trust error CERT_TRUST_IS_UNTRUSTED_ROOT",
         Cause::certificate_untrusted},
        {"SSL certificate problem: unable to get local issuer certificate",
         Cause::certificate_untrusted},
    };
    for (const auto& [text, cause] : rows)
        expect(failure(verification, Phase::tls, text), cause, Layer::tls);
    expect(failure(bad_ca, Phase::tls), Cause::ca_file_unreadable, Layer::tls);
}

}  // namespace
}  // namespace mail::net
