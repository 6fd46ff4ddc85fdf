// What the transport says about certificates and protocol versions that it refuses.

#include <gtest/gtest.h>

#include "mail/net/connection.h"
#include "tests/servers/certificates.h"
#include "tests/servers/tls_server.h"

namespace mail::net {
namespace {

using namespace std::chrono_literals;

constexpr const char* good_names = "DNS:localhost,IP:127.0.0.1";

class NetCertificate : public testing::Test {
protected:
    Result<std::unique_ptr<Connection>> open(const servers::TlsServer& server,
                                             const std::string& host = "localhost") {
        Endpoint endpoint;
        endpoint.host = host;
        endpoint.port = server.port();
        endpoint.ca_file = authority_.file().string();
        return Connection::open(endpoint, FirstByte::tls, Wait::for_at_most(30s));
    }

    void expect_refused(const servers::ServerCertificate& certificate, Cause cause) {
        const servers::TlsServer server(certificate);
        const auto connection = open(server);
        ASSERT_FALSE(connection);
        const Error& error = connection.error();
        EXPECT_EQ(name_of(error.cause), name_of(cause)) << error.fact("curl");
        EXPECT_EQ(error.layer, Layer::tls);
        // Whoever decides about an exception must see which certificate it would be for.
        EXPECT_EQ(error.fact("sha256"), certificate.sha256);
        EXPECT_EQ(error.fact("host"), "localhost");
        EXPECT_FALSE(error.fact("subject").empty());
        EXPECT_FALSE(error.fact("issuer").empty());
        EXPECT_FALSE(error.fact("valid_until").empty());
        EXPECT_FALSE(error.fact("names").empty());
    }

    servers::TemporaryFolder folder_;
    servers::Authority authority_{folder_.path(), "Right-Authority"};
};

TEST_F(NetCertificate, one_signed_for_the_host_is_accepted_by_name_and_by_address) {
    const servers::TlsServer server(authority_.sign("good", good_names, 30));
    EXPECT_TRUE(open(server));
    EXPECT_TRUE(open(server, "127.0.0.1"));
    EXPECT_TRUE(open(server, "LOCALHOST"));
}

TEST_F(NetCertificate, expired) {
    expect_refused(authority_.sign("old", good_names, -1), Cause::certificate_expired);
}

TEST_F(NetCertificate, for_another_name) {
    expect_refused(authority_.sign("other", "DNS:imap.elsewhere.example", 30),
                   Cause::certificate_name);
}

TEST_F(NetCertificate, a_wildcard_does_not_match_the_bare_name) {
    expect_refused(authority_.sign("wild", "DNS:*.localhost", 30), Cause::certificate_name);
}

TEST_F(NetCertificate, self_signed) {
    expect_refused(authority_.self_signed("own", good_names), Cause::certificate_self_signed);
}

TEST_F(NetCertificate, by_an_authority_that_is_not_ours) {
    const servers::TemporaryFolder elsewhere;
    const servers::Authority wrong(elsewhere.path(), "Wrong-Authority");
    expect_refused(wrong.sign("good", good_names, 30), Cause::certificate_untrusted);
}

TEST_F(NetCertificate, the_systems_certificates_do_not_cover_ours) {
    const servers::TlsServer server(authority_.sign("good", good_names, 30));
    Endpoint endpoint;
    endpoint.host = "localhost";
    endpoint.port = server.port();
    const auto connection = Connection::open(endpoint, FirstByte::tls, Wait::for_at_most(30s));
    ASSERT_FALSE(connection);
    EXPECT_TRUE(connection.error().cause == Cause::certificate_untrusted ||
                connection.error().cause == Cause::no_system_certificates);
}

TEST_F(NetCertificate, a_pin_holds_for_an_expired_self_signed_or_wrongly_named_one) {
    for (const auto& certificate :
         {authority_.sign("old", good_names, -1), authority_.self_signed("own", "DNS:a.example")}) {
        const servers::TlsServer server(certificate);
        Endpoint endpoint;
        endpoint.host = "localhost";
        endpoint.port = server.port();
        endpoint.pinned_certificate = certificate.sha256;
        const auto connection = Connection::open(endpoint, FirstByte::tls, Wait::for_at_most(30s));
        ASSERT_TRUE(connection) << connection.error().fact("curl");
        EXPECT_TRUE((*connection)->evidence().trust_source.empty());
    }
}

TEST_F(NetCertificate, versions_before_tls_1_2_are_refused_and_1_2_is_enough) {
    const auto certificate = authority_.sign("good", good_names, 30);
    const std::string weak = " -cipher ALL:@SECLEVEL=0";
    for (const char* version : {"-tls1", "-tls1_1"}) {
        const servers::TlsServer server(certificate, version + weak);
        const auto connection = open(server);
        ASSERT_FALSE(connection) << version;
        EXPECT_EQ(connection.error().cause, Cause::tls_handshake) << version;
        EXPECT_FALSE(connection.error().fact("curl").empty());
    }
    for (const char* version : {"-tls1_2", "-tls1_3"}) {
        const servers::TlsServer server(certificate, version);
        EXPECT_TRUE(open(server)) << version;
    }
}

TEST_F(NetCertificate, ciphers_without_secrecy_are_refused) {
    const auto certificate = authority_.sign("good", good_names, 30);
    const servers::TlsServer server(certificate, "-tls1_2 -cipher eNULL:aNULL:@SECLEVEL=0");
    const auto connection = open(server);
    ASSERT_FALSE(connection);
    EXPECT_EQ(connection.error().cause, Cause::tls_handshake);
}

}  // namespace
}  // namespace mail::net
