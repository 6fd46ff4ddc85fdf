// The transport against a real server's TLS. One Dovecot for all tests of this file.

#include <fstream>
#include <thread>

#include <gtest/gtest.h>

#include "mail/net/connection.h"
#include "tests/servers/dovecot.h"

namespace mail::net {
namespace {

using namespace std::chrono_literals;

Wait patient() {
    return Wait::for_at_most(30s);
}

class NetDovecot : public testing::Test {
protected:
    static void SetUpTestSuite() {
        auto started = servers::Dovecot::start();
        if (started)
            dovecot = *std::move(started);
        else
            reason = started.error();
    }
    static void TearDownTestSuite() { dovecot.reset(); }
    void SetUp() override { ASSERT_NE(dovecot, nullptr) << reason; }

    static Endpoint endpoint(std::uint16_t port) {
        Endpoint endpoint;
        endpoint.host = "localhost";
        endpoint.port = port;
        endpoint.ca_file = dovecot->ca_file().string();
        return endpoint;
    }
    static Endpoint tls() { return endpoint(dovecot->tls_port()); }
    static Endpoint clear() { return endpoint(dovecot->clear_port()); }

    static std::unique_ptr<servers::Dovecot> dovecot;
    static std::string reason;
};

std::unique_ptr<servers::Dovecot> NetDovecot::dovecot;
std::string NetDovecot::reason;

std::string read_line(Stream& stream) {
    std::string line;
    char octet = 0;
    while (line.empty() || line.back() != '\n') {
        const auto got = stream.read(&octet, 1, patient());
        if (!got || *got == 0)
            break;
        line += octet;
    }
    return line;
}

std::string ask(Stream& stream, const std::string& command) {
    const std::string tag = command.substr(0, command.find(' '));
    if (!write_all(stream, command + "\r\n", patient()))
        return "not sent";
    std::string line = read_line(stream);
    while (!line.empty() && line.rfind(tag, 0) != 0)
        line = read_line(stream);
    return line;
}

TEST_F(NetDovecot, clear_text_reads_the_greeting_first) {
    auto connection = Connection::open(clear(), FirstByte::clear, patient());
    ASSERT_TRUE(connection) << connection.error().fact("curl");
    EXPECT_EQ(read_line(**connection).rfind("* OK ", 0), 0U);
    EXPECT_FALSE((*connection)->encrypted());
    EXPECT_TRUE((*connection)->evidence().chain.empty());
}

TEST_F(NetDovecot, tls_with_its_own_authority_logs_in) {
    auto connection = Connection::open(tls(), FirstByte::tls, patient());
    ASSERT_TRUE(connection) << connection.error().fact("curl");
    EXPECT_TRUE((*connection)->encrypted());
    EXPECT_EQ(read_line(**connection).rfind("* OK ", 0), 0U);
    EXPECT_EQ(ask(**connection, "a LOGIN ala tajne").rfind("a OK", 0), 0U);
    const Evidence& seen = (*connection)->evidence();
    EXPECT_EQ(seen.trust_source, dovecot->ca_file().string());
    ASSERT_EQ(seen.chain.size(), 2U);
    EXPECT_EQ(seen.chain[0].subject, "CN = localhost");
    EXPECT_EQ(seen.chain[0].issuer, "CN = Test-Authority");
    EXPECT_EQ(seen.chain[0].names, (std::vector<std::string>{"localhost", "127.0.0.1"}));
    EXPECT_EQ(seen.chain[0].sha256, dovecot->certificate().sha256);
    EXPECT_FALSE(seen.chain[0].valid_until.empty());
    EXPECT_EQ(seen.address, "127.0.0.1");
    EXPECT_TRUE(seen.proxy.empty());
}

TEST_F(NetDovecot, starttls_on_the_same_socket_logs_in) {
    auto connection = Connection::open(clear(), FirstByte::clear, patient()).value();
    read_line(*connection);
    ASSERT_EQ(ask(*connection, "a STARTTLS").rfind("a OK", 0), 0U);
    const auto started = connection->start_tls(patient());
    ASSERT_TRUE(started) << started.error().fact("curl");
    EXPECT_TRUE(connection->encrypted());
    EXPECT_EQ(connection->evidence().chain.at(0).sha256, dovecot->certificate().sha256);
    EXPECT_EQ(ask(*connection, "b LOGIN ala tajne").rfind("b OK", 0), 0U);
    EXPECT_EQ(ask(*connection, "c SELECT INBOX").rfind("c OK", 0), 0U);
}

}  // namespace
}  // namespace mail::net
