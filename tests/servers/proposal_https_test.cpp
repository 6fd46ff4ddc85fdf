// Settings that a domain publishes, over real TLS: taken from a server that proves who it is only.

#include <fstream>

#include <gtest/gtest.h>

#include "mail/net/connection.h"
#include "mail/proposal/propose.h"
#include "tests/fakes/dns_server.h"
#include "tests/servers/certificates.h"
#include "tests/servers/tls_server.h"

namespace mail::proposal {
namespace {

using namespace std::chrono_literals;

class ProposalHttps : public testing::Test {
protected:
    void SetUp() override {
        net::initialise();
        // Where openssl looks for the documents that it serves.
        before_ = std::filesystem::current_path();
        std::filesystem::current_path(folder_.path());
        std::ofstream("firma.example.xml")
            << "<clientConfig><emailProvider><incomingServer type=\"imap\"><hostname>"
               "imap.hosting.example</hostname><port>993</port><socketType>SSL</socketType>"
               "</incomingServer></emailProvider></clientConfig>";
    }
    void TearDown() override { std::filesystem::current_path(before_); }

    Result<Proposal> ask(const servers::TlsServer& server) {
        const std::string url =
            "https://localhost:" + std::to_string(server.port()) + "/{domain}.xml";
        return propose("ala@firma.example",
                       {dns_.address(), {{Source::autoconfig, url}}, authority_.file().string()},
                       Wait::for_at_most(30s));
    }

    std::filesystem::path before_;
    servers::TemporaryFolder folder_;
    servers::Authority authority_{folder_.path(), "Right-Authority"};
    fakes::DnsServer dns_;
};

TEST_F(ProposalHttps, a_server_that_proves_its_name_is_believed) {
    const servers::TlsServer server(authority_.sign("good", "DNS:localhost", 30), "-WWW");
    const auto found = ask(server);
    ASSERT_TRUE(found);
    EXPECT_EQ(found->source, Source::autoconfig);
    EXPECT_EQ(found->settings.server, "imap.hosting.example");
    EXPECT_EQ(found->asked, "localhost:" + std::to_string(server.port()));
    EXPECT_FALSE(found->outside_domain);
}

TEST_F(ProposalHttps, one_with_another_name_is_not) {
    const servers::TlsServer server(authority_.sign("other", "DNS:elsewhere.example", 30), "-WWW");
    const auto found = ask(server);
    ASSERT_TRUE(found);
    EXPECT_EQ(found->source, Source::guess);
}

}  // namespace
}  // namespace mail::proposal
