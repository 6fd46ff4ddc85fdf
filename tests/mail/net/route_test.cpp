#include "mail/net/route.h"

#include <algorithm>
#include <thread>

#include <gtest/gtest.h>

#include "mail/net/connection.h"
#include "mail/net/listener.h"

namespace mail::net {
namespace {

using namespace std::chrono_literals;

Wait patient() {
    return Wait::for_at_most(30s);
}

Endpoint to(const std::string& host) {
    Endpoint endpoint;
    endpoint.host = host;
    return endpoint;
}

TEST(Route, all_addresses_of_a_name_are_found_and_none_is_connected_to) {
    const auto listener = Listener::open().value();
    Endpoint endpoint = to("localhost");
    endpoint.port = listener->port();
    const auto found = addresses_of(endpoint, patient());
    ASSERT_TRUE(found);
    EXPECT_NE(std::ranges::find(*found, "127.0.0.1"), found->end());
    const auto peer = listener->accept(Wait::for_at_most(50ms));
    ASSERT_FALSE(peer);
    EXPECT_EQ(peer.error().cause, Cause::deadline);
}

TEST(Route, an_address_is_its_own) {
    EXPECT_EQ(addresses_of(to("127.0.0.1"), patient()), std::vector<std::string>{"127.0.0.1"});
    EXPECT_EQ(addresses_of(to("::1"), patient()), std::vector<std::string>{"::1"});
}

TEST(Route, a_name_that_is_none_and_a_stop_are_told_apart) {
    const auto none = addresses_of(to("a..b"), patient());
    ASSERT_FALSE(none);
    EXPECT_EQ(none.error().cause, Cause::bad_host_name);
    StopSource stop;
    stop.request_stop();
    const auto stopped = addresses_of(to("localhost"), Wait::for_at_most(30s, stop.get_token()));
    ASSERT_FALSE(stopped);
    EXPECT_EQ(stopped.error().cause, Cause::cancelled);
    EXPECT_EQ(stopped.error().layer, Layer::dns);
}

TEST(Route, the_proxy_is_named_without_its_login) {
    Endpoint endpoint = to("imap.firma.example");
    endpoint.proxy = "http://ala:Tajne-7f3a@127.0.0.1:3128";
    EXPECT_EQ(proxy_of(endpoint), "http://127.0.0.1:3128");
    endpoint.proxy = "";
    EXPECT_EQ(proxy_of(endpoint), "");
}

TEST(Route, a_connection_tells_its_steps_also_those_before_the_one_that_fails) {
    const auto listener = Listener::open().value();
    const std::jthread closes([&](const StopToken& stop) {
        for (int i = 0; i < 2; ++i)
            static_cast<void>(listener->accept(Wait::for_at_most(30s, stop)));
    });
    Endpoint endpoint = to("127.0.0.1");
    endpoint.port = listener->port();
    std::vector<std::string> steps;
    const StepObserver observer = [&](Layer step, const Facts& seen) {
        steps.emplace_back(name_of(step));
        EXPECT_EQ(seen.front(), (std::pair<std::string, std::string>("address", "127.0.0.1")));
    };
    const auto clear = Connection::open(endpoint, FirstByte::clear, observer, patient());
    EXPECT_TRUE(clear);
    EXPECT_EQ(steps, std::vector<std::string>{"tcp"});
    steps.clear();
    const auto tls = Connection::open(endpoint, FirstByte::tls, observer, patient());
    ASSERT_FALSE(tls);
    EXPECT_EQ(tls.error().layer, Layer::tls);
    EXPECT_EQ(steps, std::vector<std::string>{"tcp"});
}

}  // namespace
}  // namespace mail::net
