// The transport against a real server's TLS. One Dovecot for all tests of this file.

#include <algorithm>
#include <cctype>
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

TEST_F(NetDovecot, a_wrong_authority_is_refused_and_the_certificate_named) {
    const servers::TemporaryFolder elsewhere;
    const servers::Authority wrong(elsewhere.path(), "Wrong-Authority");
    Endpoint endpoint = tls();
    endpoint.ca_file = wrong.file().string();
    const auto connection = Connection::open(endpoint, FirstByte::tls, patient());
    ASSERT_FALSE(connection);
    EXPECT_EQ(connection.error().cause, Cause::certificate_untrusted);
    EXPECT_EQ(connection.error().fact("sha256"), dovecot->certificate().sha256);
}

TEST_F(NetDovecot, a_wrong_authority_is_refused_after_starttls_too) {
    const servers::TemporaryFolder elsewhere;
    const servers::Authority wrong(elsewhere.path(), "Wrong-Authority");
    Endpoint endpoint = clear();
    endpoint.ca_file = wrong.file().string();
    auto connection = Connection::open(endpoint, FirstByte::clear, patient()).value();
    read_line(*connection);
    ASSERT_EQ(ask(*connection, "a STARTTLS").rfind("a OK", 0), 0U);
    const auto started = connection->start_tls(patient());
    ASSERT_FALSE(started);
    EXPECT_EQ(started.error().cause, Cause::certificate_untrusted);
    EXPECT_FALSE(connection->encrypted());
}

TEST_F(NetDovecot, a_host_name_that_the_certificate_lacks_is_refused) {
    Endpoint endpoint = tls();
    // An address of the same interface that no certificate of ours names.
    endpoint.host = "127.0.0.1";
    auto other = servers::Dovecot::start({"DNS:localhost", {}});
    ASSERT_TRUE(other) << other.error();
    endpoint.port = (*other)->tls_port();
    endpoint.ca_file = (*other)->ca_file().string();
    const auto connection = Connection::open(endpoint, FirstByte::tls, patient());
    ASSERT_FALSE(connection);
    EXPECT_EQ(connection.error().cause, Cause::certificate_name);
    EXPECT_EQ(connection.error().fact("names"), "localhost");
}

TEST_F(NetDovecot, the_pinned_leaf_is_enough_without_an_authority) {
    for (const bool upper : {false, true}) {
        Endpoint endpoint = tls();
        endpoint.ca_file.reset();
        endpoint.pinned_certificate = dovecot->certificate().sha256;
        if (upper)
            for (char& digit : *endpoint.pinned_certificate)
                digit = static_cast<char>(std::toupper(static_cast<unsigned char>(digit)));
        auto connection = Connection::open(endpoint, FirstByte::tls, patient());
        ASSERT_TRUE(connection) << connection.error().fact("curl");
        EXPECT_EQ(read_line(**connection).rfind("* OK ", 0), 0U);
    }
}

TEST_F(NetDovecot, another_leaf_than_the_pinned_one_is_refused_with_both) {
    Endpoint endpoint = tls();
    endpoint.pinned_certificate = std::string(64, '0');
    const auto connection = Connection::open(endpoint, FirstByte::tls, patient());
    ASSERT_FALSE(connection);
    EXPECT_EQ(connection.error().cause, Cause::certificate_changed);
    EXPECT_EQ(connection.error().fact("expected"), *endpoint.pinned_certificate);
    EXPECT_EQ(connection.error().fact("seen"), dovecot->certificate().sha256);
    EXPECT_EQ(connection.error().fact("subject"), "CN = localhost");
}

TEST_F(NetDovecot, the_pin_holds_after_starttls) {
    for (const auto& [pin, accepted] :
         {std::pair{dovecot->certificate().sha256, true}, std::pair{std::string(64, 'a'), false}}) {
        Endpoint endpoint = clear();
        endpoint.pinned_certificate = pin;
        auto connection = Connection::open(endpoint, FirstByte::clear, patient()).value();
        read_line(*connection);
        ASSERT_EQ(ask(*connection, "a STARTTLS").rfind("a OK", 0), 0U);
        EXPECT_EQ(connection->start_tls(patient()).has_value(), accepted);
    }
}

TEST_F(NetDovecot, tls_on_the_clear_port_is_tls_not_spoken) {
    const auto connection = Connection::open(clear(), FirstByte::tls, patient());
    ASSERT_FALSE(connection);
    EXPECT_EQ(connection.error().cause, Cause::tls_not_spoken);
}

TEST_F(NetDovecot, clear_text_on_the_tls_port_stays_silent_until_the_deadline) {
    auto connection = Connection::open(tls(), FirstByte::clear, patient()).value();
    char octet = 0;
    const auto got = connection->read(&octet, 1, Wait::for_at_most(50ms));
    ASSERT_FALSE(got);
    EXPECT_EQ(got.error().cause, Cause::deadline);
}

TEST_F(NetDovecot, a_deadline_and_a_stop_leave_tls_usable) {
    auto connection = Connection::open(tls(), FirstByte::tls, patient()).value();
    read_line(*connection);
    char octet = 0;
    const auto late = connection->read(&octet, 1, Wait::for_at_most(20ms));
    ASSERT_FALSE(late);
    EXPECT_EQ(late.error().cause, Cause::deadline);
    StopSource stop;
    std::jthread stopper([&] { stop.request_stop(); });
    const auto stopped = connection->wait_ready(Stream::Interest::read,
                                                Wait{Clock::time_point::max(), stop.get_token()});
    ASSERT_FALSE(stopped);
    EXPECT_EQ(stopped.error().cause, Cause::cancelled);
    EXPECT_EQ(ask(*connection, "a NOOP").rfind("a OK", 0), 0U);
}

TEST_F(NetDovecot, octets_that_tls_has_decrypted_count_as_readable) {
    dovecot->append("gosia", "INBOX", "Subject: x\n\n" + std::string(30'000, 'x'),
                    std::chrono::sys_seconds(1'700'000'000s));
    auto connection = Connection::open(tls(), FirstByte::tls, patient()).value();
    read_line(*connection);
    ASSERT_EQ(ask(*connection, "a LOGIN gosia tajne").rfind("a OK", 0), 0U);
    ASSERT_EQ(ask(*connection, "b EXAMINE INBOX").rfind("b OK", 0), 0U);
    ASSERT_TRUE(write_all(*connection, "c FETCH 1 BODY.PEEK[]\r\n", patient()));
    std::string raw;
    while (raw.find("\r\nc OK") == std::string::npos) {
        const auto ready = connection->wait_ready(Stream::Interest::read, patient());
        ASSERT_TRUE(ready);
        char octet = 0;
        ASSERT_EQ(connection->read(&octet, 1, patient()).value(), 1U);
        raw += octet;
    }
    EXPECT_GT(raw.size(), 30'000U);
}

TEST_F(NetDovecot, many_commands_in_one_write_arrive_whole_over_tls) {
    auto connection = Connection::open(tls(), FirstByte::tls, patient()).value();
    read_line(*connection);
    ASSERT_EQ(ask(*connection, "a LOGIN jan tajne").rfind("a OK", 0), 0U);
    constexpr int count = 20'000;
    std::string commands;
    for (int i = 0; i < count; ++i)
        commands += "n" + std::to_string(i) + " NOOP\r\n";
    std::string_view left = commands;
    int replies = 0;
    char raw[4096];
    // As the pipeline does it: write what goes, read what comes.
    while (replies < count) {
        const auto interest =
            left.empty() ? Stream::Interest::read : Stream::Interest::read_or_write;
        const auto ready = connection->wait_ready(interest, patient());
        ASSERT_TRUE(ready);
        if (ready->can_write)
            left.remove_prefix(connection->write_some(left).value());
        if (!ready->can_read)
            continue;
        const std::size_t got = connection->read(raw, sizeof raw, patient()).value();
        replies += static_cast<int>(std::count(raw, raw + got, '\n'));
    }
    EXPECT_TRUE(left.empty());
    EXPECT_EQ(replies, count);
}

TEST_F(NetDovecot, the_servers_good_bye_is_followed_by_the_end) {
    auto connection = Connection::open(tls(), FirstByte::tls, patient()).value();
    read_line(*connection);
    EXPECT_EQ(ask(*connection, "a LOGOUT").rfind("a OK", 0), 0U);
    EXPECT_EQ(read_line(*connection), "");
    char octet = 0;
    EXPECT_EQ(connection->read(&octet, 1, patient()).value_or(99), 0U);
}

}  // namespace
}  // namespace mail::net
