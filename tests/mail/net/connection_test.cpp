#include "mail/net/connection.h"

#include <fstream>
#include <functional>
#include <string>
#include <thread>

#include <gtest/gtest.h>

#include "mail/net/listener.h"

namespace mail::net {
namespace {

using namespace std::chrono_literals;

Wait patient() {
    return Wait::for_at_most(30s);
}

/// A port whose one peer is treated as `treat` says.
class Peer {
public:
    explicit Peer(std::function<void(Stream&)> treat)
        : listener_(Listener::open().value()), thread_([this, treat](const StopToken& stop) {
              if (auto stream = listener_->accept(Wait::for_at_most(30s, stop)))
                  treat(**stream);
          }) {}

    [[nodiscard]] Endpoint endpoint() const {
        Endpoint endpoint;
        endpoint.host = "127.0.0.1";
        endpoint.port = listener_->port();
        return endpoint;
    }

private:
    std::unique_ptr<Listener> listener_;
    std::jthread thread_;
};

std::string read_some(Stream& stream) {
    char raw[512];
    const auto got = stream.read(raw, sizeof raw, patient());
    return got ? std::string(raw, *got) : std::string();
}

void stay_silent(Stream& stream) {
    while (!read_some(stream).empty()) {
    }
}

std::string free_port_proxy() {
    const auto listener = Listener::open().value();
    return "http://127.0.0.1:" + std::to_string(listener->port());
}

TEST(Connection, a_port_that_nobody_listens_on_is_refused) {
    Endpoint endpoint;
    endpoint.host = "localhost";
    endpoint.port = Listener::open().value()->port();
    const auto connection = Connection::open(endpoint, FirstByte::clear, patient());
    ASSERT_FALSE(connection);
    const Error& error = connection.error();
    EXPECT_EQ(error.cause, Cause::connection_refused);
    EXPECT_EQ(error.layer, Layer::tcp);
    EXPECT_EQ(error.reach, Reach::connection);
    EXPECT_EQ(error.fact("host"), "localhost");
    EXPECT_EQ(error.fact("port"), std::to_string(endpoint.port));
    EXPECT_NE(error.fact("address").find("127.0.0.1"), std::string_view::npos);
    EXPECT_FALSE(error.fact("curl").empty());
}

TEST(Connection, a_name_that_cannot_exist_is_not_looked_up) {
    for (const char* host :
         {"", "imap firma.example", "imap.firma.example/x", "a..b", "user@host"}) {
        Endpoint endpoint;
        endpoint.host = host;
        const auto connection = Connection::open(endpoint, FirstByte::clear, patient());
        ASSERT_FALSE(connection) << host;
        EXPECT_EQ(connection.error().cause, Cause::bad_host_name) << host;
    }
}

TEST(Connection, tls_to_a_port_that_speaks_first_in_clear_is_tls_not_spoken) {
    const Peer peer([](Stream& stream) {
        ASSERT_TRUE(write_all(stream, "* OK [CAPABILITY IMAP4rev1] ready\r\n", patient()));
        stay_silent(stream);
    });
    const auto connection = Connection::open(peer.endpoint(), FirstByte::tls, patient());
    ASSERT_FALSE(connection);
    EXPECT_EQ(connection.error().cause, Cause::tls_not_spoken);
    EXPECT_EQ(connection.error().layer, Layer::tls);
}

TEST(Connection, tls_to_a_port_that_answers_garbage_is_tls_not_spoken) {
    const Peer peer([](Stream& stream) {
        read_some(stream);
        ASSERT_TRUE(write_all(stream, std::string(100, '\x80'), patient()));
        stay_silent(stream);
    });
    const auto connection = Connection::open(peer.endpoint(), FirstByte::tls, patient());
    ASSERT_FALSE(connection);
    EXPECT_EQ(connection.error().cause, Cause::tls_not_spoken);
}

TEST(Connection, a_close_in_the_handshake_is_not_taken_for_clear_text) {
    const Peer peer([](Stream& stream) { read_some(stream); });
    const auto connection = Connection::open(peer.endpoint(), FirstByte::tls, patient());
    ASSERT_FALSE(connection);
    EXPECT_EQ(connection.error().cause, Cause::tls_handshake);
}

TEST(Connection, silence_in_the_handshake_ends_at_the_deadline) {
    const Peer peer(&stay_silent);
    const auto connection =
        Connection::open(peer.endpoint(), FirstByte::tls, Wait::for_at_most(200ms));
    ASSERT_FALSE(connection);
    EXPECT_EQ(connection.error().cause, Cause::deadline);
    EXPECT_EQ(connection.error().layer, Layer::tls);
}

TEST(Connection, silence_names_the_server) {
    const Peer peer(&stay_silent);
    auto connection = Connection::open(peer.endpoint(), FirstByte::clear, patient()).value();
    char octet = 0;
    const auto read = connection->read(&octet, 1, Wait::for_at_most(50ms));
    ASSERT_FALSE(read);
    EXPECT_EQ(read.error().cause, Cause::deadline);
    EXPECT_EQ(read.error().fact("host"), peer.endpoint().host);
    const auto ready = connection->wait_ready(Stream::Interest::read, Wait::for_at_most(50ms));
    ASSERT_FALSE(ready);
    EXPECT_EQ(ready.error().fact("port"), std::to_string(peer.endpoint().port));
}

TEST(Connection, a_stop_ends_the_handshake) {
    StopSource stop;
    const Peer peer([&](Stream& stream) {
        read_some(stream);
        stop.request_stop();
        stay_silent(stream);
    });
    const auto connection = Connection::open(peer.endpoint(), FirstByte::tls,
                                             Wait{Clock::time_point::max(), stop.get_token()});
    ASSERT_FALSE(connection);
    EXPECT_EQ(connection.error().cause, Cause::cancelled);
}

TEST(Connection, octets_before_tls_are_refused_whether_seen_or_not) {
    for (const bool looked : {false, true}) {
        const Peer peer([](Stream& stream) {
            read_some(stream);
            ASSERT_TRUE(write_all(stream, "M1 OK begin\r\n* CAPABILITY X\r\n", patient()));
            stay_silent(stream);
        });
        auto connection = Connection::open(peer.endpoint(), FirstByte::clear, patient()).value();
        ASSERT_TRUE(write_all(*connection, "M1 STARTTLS\r\n", patient()));
        std::string reply(13, '\0');
        ASSERT_EQ(connection->read(reply.data(), reply.size(), patient()).value(), reply.size());
        if (looked) {
            ASSERT_TRUE(connection->wait_ready(Stream::Interest::read, patient()));
        }
        const auto started = connection->start_tls(patient());
        ASSERT_FALSE(started);
        EXPECT_EQ(started.error().cause, Cause::bytes_before_tls);
        EXPECT_EQ(started.error().layer, Layer::starttls);
        EXPECT_FALSE(connection->encrypted());
    }
}

TEST(Connection, starttls_to_a_peer_that_goes_on_in_clear_fails) {
    const Peer peer([](Stream& stream) {
        read_some(stream);
        ASSERT_TRUE(write_all(stream, "M1 OK but still clear\r\n", patient()));
    });
    auto connection = Connection::open(peer.endpoint(), FirstByte::clear, patient()).value();
    const auto started = connection->start_tls(patient());
    ASSERT_FALSE(started);
    EXPECT_EQ(started.error().cause, Cause::tls_not_spoken);
    EXPECT_FALSE(connection->encrypted());
}

TEST(Connection, a_ca_file_that_is_missing_or_no_pem_is_named_before_anything_is_sent) {
    Endpoint endpoint;
    endpoint.host = "127.0.0.1";
    endpoint.port = 1;
    const std::string no_pem = testing::TempDir() + "no_pem.txt";
    std::ofstream(no_pem) << "not a certificate";
    for (const std::string& file : {testing::TempDir() + "no such file.pem", no_pem}) {
        endpoint.ca_file = file;
        const auto connection = Connection::open(endpoint, FirstByte::tls, patient());
        ASSERT_FALSE(connection);
        EXPECT_EQ(connection.error().cause, Cause::ca_file_unreadable);
        EXPECT_EQ(connection.error().fact("file"), file);
    }
}

TEST(Connection, an_http_proxy_is_asked_for_a_tunnel_also_for_clear_text) {
    std::string request;
    const Peer proxy([&](Stream& stream) {
        while (request.find("\r\n\r\n") == std::string::npos)
            request += read_some(stream);
        ASSERT_TRUE(
            write_all(stream, "HTTP/1.1 200 Connection established\r\n\r\n* OK hello", patient()));
        stay_silent(stream);
    });
    Endpoint endpoint;
    endpoint.host = "imap.firma.example";
    endpoint.port = 143;
    endpoint.proxy = "http://ala:tajne@127.0.0.1:" + std::to_string(proxy.endpoint().port);
    auto connection = Connection::open(endpoint, FirstByte::clear, patient());
    ASSERT_TRUE(connection) << connection.error().fact("curl");
    EXPECT_EQ(request.rfind("CONNECT imap.firma.example:143 HTTP/1.1\r\n", 0), 0U);
    EXPECT_EQ(read_some(**connection), "* OK hello");
    const Evidence& seen = (*connection)->evidence();
    EXPECT_EQ(seen.proxy, "http://127.0.0.1:" + std::to_string(proxy.endpoint().port));
}

TEST(Connection, what_a_proxy_refuses_is_the_proxys) {
    const std::pair<const char*, Cause> rows[] = {
        {"HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=x\r\n"
         "Content-Length: 0\r\n\r\n",
         Cause::proxy_login_needed},
        {"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n", Cause::proxy_refused},
        {"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n", Cause::proxy_refused},
    };
    for (const auto& [reply, cause] : rows)
        for (const FirstByte first : {FirstByte::clear, FirstByte::tls}) {
            const Peer proxy([answer = reply](Stream& stream) {
                read_some(stream);
                ASSERT_TRUE(write_all(stream, answer, patient()));
                stay_silent(stream);
            });
            Endpoint endpoint;
            endpoint.host = "imap.firma.example";
            endpoint.proxy = "http://127.0.0.1:" + std::to_string(proxy.endpoint().port);
            const auto connection = Connection::open(endpoint, first, patient());
            ASSERT_FALSE(connection);
            EXPECT_EQ(name_of(connection.error().cause), name_of(cause)) << reply;
            EXPECT_EQ(connection.error().layer, Layer::proxy) << reply;
        }
}

TEST(Connection, a_proxy_that_is_not_there_is_unreachable) {
    Endpoint endpoint;
    endpoint.host = "imap.firma.example";
    endpoint.proxy = free_port_proxy();
    const auto connection = Connection::open(endpoint, FirstByte::tls, patient());
    ASSERT_FALSE(connection);
    EXPECT_EQ(connection.error().cause, Cause::proxy_unreachable);
    EXPECT_EQ(connection.error().layer, Layer::proxy);
}

TEST(Connection, a_socks_proxy_carries_clear_text) {
    const Peer proxy([](Stream& stream) {
        read_some(stream);
        ASSERT_TRUE(write_all(stream, std::string_view("\x05\x00", 2), patient()));
        read_some(stream);
        ASSERT_TRUE(write_all(stream,
                              std::string_view("\x05\x00\x00\x01\x7f\x00\x00\x01\x00\x19* OK", 14),
                              patient()));
        stay_silent(stream);
    });
    Endpoint endpoint;
    endpoint.host = "imap.firma.example";
    endpoint.proxy = "socks5h://127.0.0.1:" + std::to_string(proxy.endpoint().port);
    auto connection = Connection::open(endpoint, FirstByte::clear, patient());
    ASSERT_TRUE(connection) << connection.error().fact("curl");
    EXPECT_EQ(read_some(**connection), "* OK");
}

TEST(Connection, a_socks_proxy_that_wants_a_login_says_so) {
    const Peer proxy([](Stream& stream) {
        read_some(stream);
        ASSERT_TRUE(write_all(stream, "\x05\xff", patient()));
        stay_silent(stream);
    });
    Endpoint endpoint;
    endpoint.host = "imap.firma.example";
    endpoint.proxy = "socks5h://127.0.0.1:" + std::to_string(proxy.endpoint().port);
    const auto connection = Connection::open(endpoint, FirstByte::clear, patient());
    ASSERT_FALSE(connection);
    EXPECT_EQ(connection.error().cause, Cause::proxy_login_needed)
        << connection.error().fact("curl");
}

}  // namespace
}  // namespace mail::net
