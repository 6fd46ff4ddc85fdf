#include "mail/net/endpoint.h"

#include <gtest/gtest.h>

namespace mail::net {
namespace {

TEST(Endpoint, loopback_is_this_machine_and_nothing_that_looks_like_it) {
    for (const char* host :
         {"localhost", "LocalHost", "localhost.", "127.0.0.1", "127.255.255.254", "::1", "[::1]"})
        EXPECT_TRUE(is_loopback(host)) << host;
    for (const char* host :
         {"", "127.0.0.1.example.com", "127.0.0", "127", "127.0.0.256", "127.0.0.1.", "1127.0.0.1",
          "128.0.0.1", "localhost.example.com", "notlocalhost", "0.0.0.0", "::", "127..0.1",
          "127.0.0.1 ", "127.0.0.x"})
        EXPECT_FALSE(is_loopback(host)) << host;
}

}  // namespace
}  // namespace mail::net
