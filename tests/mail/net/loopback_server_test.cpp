#include "mail/net/loopback_server.h"

#include <chrono>
#include <string>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "mail/net/connection.h"
#include "mail/net/listener.h"

namespace mail::net {
namespace {

using namespace std::chrono_literals;
using Judgement = LoopbackServer::Judgement;
using Addresses = LoopbackServer::Addresses;

Wait soon() {
    return Wait::for_at_most(20s);
}

std::unique_ptr<Connection> call(const LoopbackServer& server,
                                 const std::string& host = "127.0.0.1") {
    Endpoint endpoint;
    endpoint.host = host;
    endpoint.port = server.port();
    auto connection = Connection::open(endpoint, FirstByte::clear, soon());
    return connection ? std::move(*connection) : nullptr;
}

std::string all_that_comes(Stream& stream) {
    std::string all;
    char octets[256];
    for (;;) {
        const auto got = stream.read(octets, sizeof octets, soon());
        if (!got || *got == 0)
            return all;
        all.append(octets, *got);
    }
}

// A word and a full stop: "right." is the one, any other is told no.
Judgement judge(std::string_view received) {
    if (received.find('.') == std::string_view::npos)
        return {Judgement::Kind::incomplete};
    if (received.starts_with("right."))
        return {Judgement::Kind::awaited};
    return {Judgement::Kind::answered, "no"};
}

TEST(LoopbackServer, the_right_one_gets_through_among_many) {
    const auto server = LoopbackServer::open(Addresses::v4).value();
    std::string answer;
    std::vector<std::unique_ptr<Connection>> silent;
    std::jthread browser([&] {
        // More than are kept: the oldest have to go.
        for (int i = 0; i < 64; ++i) {
            silent.push_back(call(*server));
            if (silent.back())
                (void)write_all(*silent.back(), "h", soon());
        }
        const auto wrong = call(*server);
        (void)write_all(*wrong, "wrong.", soon());
        EXPECT_EQ(all_that_comes(*wrong), "no");
        const auto right = call(*server);
        (void)write_all(*right, "rig", soon());
        std::this_thread::sleep_for(20ms);
        (void)write_all(*right, "ht.", soon());
        answer = all_that_comes(*right);
    });
    auto peer = server->serve(&judge, soon());
    ASSERT_TRUE(peer) << name_of(peer.error().cause);
    EXPECT_TRUE(write_all(**peer, "welcome", soon()));
    peer->reset();
    browser.join();
    EXPECT_EQ(answer, "welcome");
}

TEST(LoopbackServer, who_knocks_without_end_keeps_nobody_out) {
    const auto server = LoopbackServer::open(Addresses::v4).value();
    std::string answer;
    std::vector<std::jthread> knocking;
    for (int i = 0; i < 3; ++i)
        knocking.emplace_back([&](const StopToken& stop) {
            while (!stop.stop_requested())
                (void)call(*server);
        });
    std::jthread browser([&] {
        // One that comes in the crowd may be pushed out; a person reloads the page.
        for (int tries = 0; tries < 20 && answer.empty(); ++tries)
            if (const auto right = call(*server); right && write_all(*right, "right.", soon()))
                answer = all_that_comes(*right);
    });
    auto peer = server->serve(&judge, soon());
    ASSERT_TRUE(peer) << name_of(peer.error().cause);
    EXPECT_TRUE(write_all(**peer, "welcome", soon()));
    peer->reset();
    knocking.clear();
    browser.join();
    EXPECT_EQ(answer, "welcome");
}

TEST(LoopbackServer, who_knocks_without_end_does_not_keep_it_from_being_stopped) {
    const auto server = LoopbackServer::open(Addresses::v4).value();
    std::vector<std::jthread> knocking;
    for (int i = 0; i < 3; ++i)
        knocking.emplace_back([&](const StopToken& stop) {
            while (!stop.stop_requested())
                (void)call(*server);
        });
    const auto ended = server->serve(&judge, Wait::for_at_most(300ms));
    ASSERT_FALSE(ended);
    EXPECT_EQ(ended.error().cause, Cause::deadline);
}

TEST(LoopbackServer, listens_at_both_addresses_of_localhost_and_leaves_none_to_others) {
    const auto server = LoopbackServer::open(Addresses::both);
    ASSERT_TRUE(server);
    // Where a computer has no IPv6, nobody can be sent there.
    const std::string host = call(**server, "::1") ? "::1" : "127.0.0.1";
    std::string answer;
    std::jthread browser([&] {
        const auto right = call(**server, host);
        (void)write_all(*right, "right.", soon());
        answer = all_that_comes(*right);
    });
    auto peer = (*server)->serve(&judge, soon());
    ASSERT_TRUE(peer);
    EXPECT_TRUE(write_all(**peer, "six", soon()));
    peer->reset();
    browser.join();
    EXPECT_EQ(answer, "six");
    EXPECT_FALSE(LoopbackServer::open(Addresses::both, (*server)->port()));
}

TEST(LoopbackServer, a_port_that_is_taken_is_an_error) {
    const auto other = Listener::open().value();
    const auto server = LoopbackServer::open(Addresses::v4, other->port());
    ASSERT_FALSE(server);
    EXPECT_EQ(server.error().cause, Cause::listen_failed);
    EXPECT_EQ(server.error().fact("port"), std::to_string(other->port()));
}

TEST(LoopbackServer, ends_at_the_deadline_or_when_it_is_stopped) {
    const auto server = LoopbackServer::open(Addresses::v4).value();
    const auto caller = call(*server);
    auto late = server->serve(&judge, Wait::for_at_most(50ms));
    ASSERT_FALSE(late);
    EXPECT_EQ(late.error().cause, Cause::deadline);
    StopSource stop;
    const std::jthread stopper([&] {
        std::this_thread::sleep_for(20ms);
        stop.request_stop();
    });
    auto stopped = server->serve(&judge, Wait::for_at_most(60s, stop.get_token()));
    ASSERT_FALSE(stopped);
    EXPECT_EQ(stopped.error().cause, Cause::cancelled);
}

}  // namespace
}  // namespace mail::net
