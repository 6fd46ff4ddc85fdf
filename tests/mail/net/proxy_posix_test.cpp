#include "mail/net/proxy.h"

#include <cstdlib>
#include <utility>

#include <gtest/gtest.h>

namespace mail::net {
namespace {

TEST(Proxy, the_evidence_never_holds_a_login) {
    const std::pair<const char*, const char*> rows[] = {
        {"http://proxy.example:3128", "http://proxy.example:3128"},
        {"http://ala:tajne@proxy.example:3128/", "http://proxy.example:3128"},
        {"socks5h://ala@proxy.example", "socks5h://proxy.example"},
        {"ala:ta@jne@proxy.example:8080", "proxy.example:8080"},
        {"http://ala:tajne@", "http://"},
        {"", ""},
    };
    for (const auto& [url, shown] : rows)
        EXPECT_EQ(without_login(url), shown) << url;
}

class ProxyFromEnvironment : public testing::Test {
protected:
    void SetUp() override {
        endpoint_.host = "imap.firma.example";
        for (const char* name : {"https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"})
            ::unsetenv(name);
        ::setenv("ALL_PROXY", "socks5h://proxy.example:1080", 1);
    }
    void TearDown() override { ::unsetenv("ALL_PROXY"); }
    Endpoint endpoint_;
};

TEST_F(ProxyFromEnvironment, holds_where_the_point_says_nothing) {
    const ProxyChoice choice = choose_proxy(endpoint_);
    EXPECT_EQ(choice.url, "socks5h://proxy.example:1080");
    EXPECT_EQ(choice.origin, ProxyChoice::Origin::system);
}

TEST_F(ProxyFromEnvironment, gives_way_to_the_points_own_also_to_none) {
    endpoint_.proxy = "http://other.example:3128";
    EXPECT_EQ(choose_proxy(endpoint_).url, "http://other.example:3128");
    EXPECT_EQ(choose_proxy(endpoint_).origin, ProxyChoice::Origin::point);
    endpoint_.proxy = "";
    EXPECT_EQ(choose_proxy(endpoint_).url, "");
}

TEST_F(ProxyFromEnvironment, is_not_asked_for_loopback) {
    endpoint_.host = "127.0.0.1";
    EXPECT_EQ(choose_proxy(endpoint_).url, "");
}

}  // namespace
}  // namespace mail::net
