#include "mail/net/listener.h"

#include <string>
#include <thread>

#include <gtest/gtest.h>

#include "mail/net/connection.h"

namespace mail::net {
namespace {

using namespace std::chrono_literals;

Wait patient(StopToken stop = {}) {
    return Wait::for_at_most(30s, std::move(stop));
}

Endpoint at(const Listener& listener) {
    Endpoint endpoint;
    endpoint.host = "127.0.0.1";
    endpoint.port = listener.port();
    return endpoint;
}

struct Pair {
    std::unique_ptr<Listener> listener;
    std::unique_ptr<Connection> client;
    std::unique_ptr<Stream> server;
};

Pair connected() {
    Pair pair;
    pair.listener = Listener::open().value();
    pair.client = Connection::open(at(*pair.listener), FirstByte::clear, patient()).value();
    pair.server = pair.listener->accept(patient()).value();
    return pair;
}

std::string read_exactly(Stream& stream, std::size_t octets) {
    std::string raw(octets, '\0');
    std::size_t have = 0;
    while (have < octets) {
        const auto got = stream.read(raw.data() + have, octets - have, patient());
        if (!got || *got == 0)
            break;
        have += *got;
    }
    raw.resize(have);
    return raw;
}

TEST(Listener, port_zero_gives_a_free_port_and_a_taken_port_is_an_error) {
    const auto first = Listener::open();
    ASSERT_TRUE(first);
    EXPECT_NE((*first)->port(), 0);
    const auto second = Listener::open((*first)->port());
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().cause, Cause::listen_failed);
    EXPECT_EQ(second.error().fact("port"), std::to_string((*first)->port()));
}

TEST(Listener, octets_pass_both_ways) {
    Pair pair = connected();
    ASSERT_TRUE(write_all(*pair.client, "question", patient()));
    EXPECT_EQ(read_exactly(*pair.server, 8), "question");
    ASSERT_TRUE(write_all(*pair.server, "answer", patient()));
    EXPECT_EQ(read_exactly(*pair.client, 6), "answer");
    EXPECT_FALSE(pair.client->encrypted());
    EXPECT_EQ(pair.client->evidence().address, "127.0.0.1");
    EXPECT_EQ(pair.client->evidence().addresses_tried, std::vector<std::string>{"127.0.0.1"});
}

TEST(Listener, accept_ends_at_the_deadline_and_by_a_stop) {
    const auto listener = Listener::open().value();
    const auto late = listener->accept(Wait::for_at_most(1ms));
    ASSERT_FALSE(late);
    EXPECT_EQ(late.error().cause, Cause::deadline);
    StopSource stop;
    std::jthread stopper([&] { stop.request_stop(); });
    const auto stopped = listener->accept(Wait{Clock::time_point::max(), stop.get_token()});
    ASSERT_FALSE(stopped);
    EXPECT_EQ(stopped.error().cause, Cause::cancelled);
}

TEST(Stream, read_gives_zero_for_ever_after_the_peer_has_closed) {
    Pair pair = connected();
    ASSERT_TRUE(write_all(*pair.server, "bye", patient()));
    pair.server.reset();
    EXPECT_EQ(read_exactly(*pair.client, 10), "bye");
    char octet = 0;
    EXPECT_EQ(pair.client->read(&octet, 1, patient()).value(), 0U);
    EXPECT_EQ(pair.client->read(&octet, 1, patient()).value(), 0U);
}

TEST(Stream, wait_ready_sees_the_close_as_readable) {
    Pair pair = connected();
    pair.server.reset();
    EXPECT_TRUE(pair.client->wait_ready(Stream::Interest::read, patient())->can_read);
    char octet = 0;
    EXPECT_EQ(pair.client->read(&octet, 1, patient()).value(), 0U);
}

TEST(Stream, what_wait_ready_has_seen_is_read_whole_and_in_order) {
    Pair pair = connected();
    ASSERT_TRUE(write_all(*pair.server, "abc", patient()));
    EXPECT_TRUE(pair.client->wait_ready(Stream::Interest::read, patient())->can_read);
    ASSERT_TRUE(write_all(*pair.server, "def", patient()));
    EXPECT_EQ(read_exactly(*pair.client, 2), "ab");
    EXPECT_EQ(read_exactly(*pair.client, 4), "cdef");
}

TEST(Stream, an_abort_is_a_reset_and_no_end) {
    Pair pair = connected();
    pair.server->abort();
    pair.server.reset();
    char octet = 0;
    const auto got = pair.client->read(&octet, 1, patient());
    ASSERT_FALSE(got);
    EXPECT_EQ(got.error().cause, Cause::connection_lost);

    Pair other = connected();
    other.client->abort();
    other.client.reset();
    const auto from_client = other.server->read(&octet, 1, patient());
    ASSERT_FALSE(from_client);
    EXPECT_EQ(from_client.error().cause, Cause::connection_lost);
}

TEST(Stream, an_idle_connection_is_writable_and_not_readable) {
    Pair pair = connected();
    const auto ready = pair.client->wait_ready(Stream::Interest::read_or_write, patient());
    ASSERT_TRUE(ready);
    EXPECT_TRUE(ready->can_write);
    EXPECT_FALSE(ready->can_read);
}

TEST(Stream, a_full_pipe_takes_nothing_and_stays_readable) {
    Pair pair = connected();
    const std::string block(64 * 1024, 'x');
    while (pair.client->write_some(block).value() > 0) {
    }
    ASSERT_TRUE(write_all(*pair.server, "answer", patient()));
    const auto ready = pair.client->wait_ready(Stream::Interest::read_or_write, patient());
    ASSERT_TRUE(ready);
    EXPECT_TRUE(ready->can_read);
    EXPECT_EQ(read_exactly(*pair.client, 6), "answer");
    const auto full = pair.client->wait_ready(Stream::Interest::write, Wait::for_at_most(1ms));
    ASSERT_FALSE(full);
    EXPECT_EQ(full.error().cause, Cause::deadline);
}

TEST(Stream, write_all_goes_on_when_the_peer_reads_again) {
    Pair pair = connected();
    const std::string much(8 * 1024 * 1024, 'y');
    std::string got;
    std::jthread reader([&] { got = read_exactly(*pair.server, much.size()); });
    ASSERT_TRUE(write_all(*pair.client, much, patient()));
    reader.join();
    EXPECT_EQ(got, much);
}

TEST(Stream, read_ends_at_the_deadline_and_the_connection_stays_usable) {
    Pair pair = connected();
    char octet = 0;
    const auto late = pair.client->read(&octet, 1, Wait::for_at_most(1ms));
    ASSERT_FALSE(late);
    EXPECT_EQ(late.error().cause, Cause::deadline);
    EXPECT_EQ(late.error().reach, Reach::connection);
    ASSERT_TRUE(write_all(*pair.server, "z", patient()));
    EXPECT_EQ(read_exactly(*pair.client, 1), "z");
}

TEST(Stream, a_stop_from_another_thread_ends_a_read_without_deadline) {
    Pair pair = connected();
    StopSource stop;
    std::jthread stopper([&] {
        read_exactly(*pair.server, 1);
        stop.request_stop();
    });
    ASSERT_TRUE(write_all(*pair.client, "?", patient()));
    char octet = 0;
    const auto stopped =
        pair.client->read(&octet, 1, Wait{Clock::time_point::max(), stop.get_token()});
    ASSERT_FALSE(stopped);
    EXPECT_EQ(stopped.error().cause, Cause::cancelled);
}

TEST(Stream, a_stop_is_noticed_though_octets_never_cease) {
    Pair pair = connected();
    ASSERT_TRUE(write_all(*pair.server, "abc", patient()));
    StopSource stop;
    stop.request_stop();
    char octet = 0;
    const auto stopped = pair.client->read(&octet, 1, patient(stop.get_token()));
    ASSERT_FALSE(stopped);
    EXPECT_EQ(stopped.error().cause, Cause::cancelled);
}

TEST(Stream, writing_to_a_peer_that_is_gone_is_an_error_and_no_signal) {
    Pair pair = connected();
    pair.client.reset();
    const std::string block(64 * 1024, 'x');
    Result<void> written;
    for (int i = 0; written && i < 1000; ++i)
        written = write_all(*pair.server, block, patient());
    ASSERT_FALSE(written);
    EXPECT_EQ(written.error().cause, Cause::connection_lost);
}

}  // namespace
}  // namespace mail::net
