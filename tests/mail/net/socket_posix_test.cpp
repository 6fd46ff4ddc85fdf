#include "mail/net/socket.h"

#include <cerrno>
#include <utility>

#include <gtest/gtest.h>

#include "mail/net/connect_error.h"

namespace mail::net {
namespace {

TEST(Socket, what_connect_says_becomes_a_cause_and_behind_a_proxy_the_proxys) {
    constexpr int could_not_connect = 7;
    const std::pair<int, Cause> rows[] = {
        {ECONNREFUSED, Cause::connection_refused},
        {ENETUNREACH, Cause::network_unreachable},
        {EHOSTUNREACH, Cause::network_unreachable},
        {ETIMEDOUT, Cause::connect_timeout},
        {0, Cause::connection_refused},
    };
    for (const auto& [code, cause] : rows) {
        Failure failed;
        failed.curl_code = could_not_connect;
        failed.phase = Phase::connect;
        failed.system_code = code;
        EXPECT_EQ(name_of(error_of(failed).cause), name_of(cause));
        EXPECT_EQ(error_of(failed).layer, Layer::tcp);
        failed.route = Failure::Route::proxy;
        EXPECT_EQ(error_of(failed).cause, Cause::proxy_unreachable);
    }
}

TEST(Socket, a_duplicate_lives_on_its_own_and_moving_leaves_nothing_behind) {
    Socket first = listen_on_loopback(0);
    ASSERT_TRUE(first.is_open());
    Socket second = duplicate(first.handle());
    ASSERT_TRUE(second.is_open());
    EXPECT_NE(first.handle(), second.handle());
    const std::uint16_t port = local_port(first.handle());
    first = Socket();
    EXPECT_FALSE(first.is_open());
    EXPECT_EQ(local_port(second.handle()), port);
    const Socket third = std::move(second);
    EXPECT_FALSE(second.is_open());  // NOLINT(bugprone-use-after-move): that is what is tested
    EXPECT_TRUE(third.is_open());
    EXPECT_FALSE(has_peer(third.handle()));
}

}  // namespace
}  // namespace mail::net
