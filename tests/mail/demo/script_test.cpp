#include <array>

#include <gtest/gtest.h>

#include "mail/net/connection.h"
#include "tests/mail/demo/client.h"

namespace mail::demo {
namespace {

using Kind = Step::Kind;
using test::Client;
using test::Reply;

std::unique_ptr<Server> playing(std::vector<Step> script) {
    auto server = Server::start_script(std::move(script));
    EXPECT_TRUE(server);
    return std::move(*server);
}

TEST(Script, sends_octets_as_they_are_under_the_tag_of_the_client) {
    const auto server = playing({{Kind::send, "* OK hej\r\n"},
                                 {Kind::expect, "login"},
                                 {Kind::send, "* 1 FETCH (\xFF\r\n$TAG OK $TAG\r\n"}});
    Client client(*server);
    EXPECT_EQ(client.read_line(), "* OK hej\r\n");
    const Reply reply = client.ask("LOGIN a b");
    EXPECT_EQ(reply.untagged, "* 1 FETCH (\xFF\r\n");
    EXPECT_EQ(reply.tagged, "OK T1");
}

TEST(Script, sends_what_is_asked_for_several_times_as_often) {
    Step line{Kind::send, "* 1 EXISTS\r\n"};
    line.times = 3;
    const auto server = playing({{Kind::expect, "NOOP"}, line, {Kind::send, "$TAG OK\r\n"}});
    Client client(*server);
    EXPECT_EQ(client.ask("NOOP").untagged, "* 1 EXISTS\r\n* 1 EXISTS\r\n* 1 EXISTS\r\n");
}

TEST(Script, expect_reads_on_until_the_words_come_and_takes_literals) {
    const auto server = playing({{Kind::expect, "FETCH"}, {Kind::send, "$TAG OK done\r\n"}});
    Client client(*server);
    client.send("a NOOP\r\nb LOGIN {5}\r\n");
    EXPECT_TRUE(client.read_line().starts_with("+ "));
    client.send("FETCX x\r\nc UID FETCH 1 FLAGS\r\n");
    EXPECT_EQ(client.read_line(), "c OK done\r\n");
    const std::vector<std::string> wanted{"a NOOP", "b LOGIN {5}\r\nFETCX x",
                                          "c UID FETCH 1 FLAGS"};
    EXPECT_EQ(server->commands(), wanted);
}

TEST(Script, the_tag_outlives_lines_that_have_none) {
    const auto server = playing({{Kind::expect, "IDLE"},
                                 {Kind::send, "+ idling\r\n"},
                                 {Kind::expect, "DONE"},
                                 {Kind::send, "$TAG OK\r\n"}});
    Client client(*server);
    client.send("i IDLE\r\n");
    EXPECT_EQ(client.read_line(), "+ idling\r\n");
    client.send("DONE\r\n");
    EXPECT_EQ(client.read_line(), "i OK\r\n");
}

TEST(Script, closes_in_the_middle_of_a_literal) {
    const auto server = playing(
        {{Kind::expect, "FETCH"}, {Kind::send, "* 1 FETCH (BODY[] {10}\r\n12345"}, {Kind::close}});
    Client client(*server);
    client.send("a FETCH 1 BODY[]\r\n");
    EXPECT_EQ(client.read_line(), "");
}

TEST(Script, a_reset_is_told_from_a_close) {
    for (const auto& [kind, closes] :
         {std::pair{Kind::close, true}, std::pair{Kind::reset, false}}) {
        const auto server = playing({{Kind::send, "* OK\r\n"}, {Kind::expect, "NOOP"}, {kind}});
        const Wait wait = Wait::for_at_most(std::chrono::seconds(30));
        auto client = net::Connection::open(server->endpoint(), net::FirstByte::clear, wait);
        ASSERT_TRUE(client);
        std::array<char, 100> buffer{};
        EXPECT_EQ((*client)->read(buffer.data(), buffer.size(), wait).value_or(0), 6U);
        ASSERT_TRUE(net::write_all(**client, "a NOOP\r\n", wait));
        const auto end = (*client)->read(buffer.data(), buffer.size(), wait);
        EXPECT_EQ(end.has_value(), closes);
    }
}

TEST(Script, each_client_may_have_its_own_and_the_last_is_for_the_rest) {
    auto server =
        Server::start_scripts({{{Kind::send, "* OK one\r\n"}}, {{Kind::send, "* OK two\r\n"}}});
    ASSERT_TRUE(server);
    for (const std::string expected : {"* OK one\r\n", "* OK two\r\n", "* OK two\r\n"}) {
        Client client(**server);
        EXPECT_EQ(client.read_line(), expected);
    }
}

TEST(Script, plays_from_the_start_to_every_client) {
    const auto server = playing({{Kind::send, "* OK\r\n"}, {Kind::close}});
    for (int i = 0; i < 3; ++i) {
        Client client(*server);
        EXPECT_EQ(client.read_line(), "* OK\r\n");
        EXPECT_EQ(client.read_line(), "");
    }
    EXPECT_EQ(server->counts().connections, 3U);
}

TEST(Script, a_pause_and_a_waiting_client_do_not_hold_up_the_end) {
    auto server = playing({{Kind::send, "* OK\r\n"}, {Kind::pause, "", std::chrono::hours(1)}});
    Client client(*server);
    EXPECT_EQ(client.read_line(), "* OK\r\n");
    const auto start = Clock::now();
    server.reset();
    EXPECT_LT(Clock::now() - start, std::chrono::seconds(1));
    EXPECT_EQ(client.read_line(), "");
}

TEST(Script, the_end_of_the_script_leaves_the_line_open) {
    auto server = playing({{Kind::send, "* OK\r\n"}});
    Client client(*server);
    EXPECT_EQ(client.read_line(), "* OK\r\n");
    client.send("a NOOP\r\n");
    server.reset();
    EXPECT_EQ(client.read_line(), "");
}

}  // namespace
}  // namespace mail::demo
