#include "mail/net/http.h"

#include <chrono>
#include <string>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "mail/net/listener.h"
#include "tests/fakes/web_server.h"

namespace mail::net {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

Wait soon() {
    return Wait::for_at_most(seconds(20));
}

using fakes::WebServer;

std::string answer(const std::string& body, const std::string& headers = {},
                   const std::string& status = "200 OK") {
    return WebServer::answer(body, headers, status);
}

TEST(Http, gets_what_is_there) {
    WebServer server(std::vector<std::string>{
        answer("{}", "Content-Type: application/json\r\nRetry-After: 7\r\n")});
    HttpRequest request;
    request.url = server.url("/a?b=c");
    request.accept = "application/json";
    const auto got = exchange(request, soon());
    ASSERT_TRUE(got) << name_of(got.error().cause);
    EXPECT_EQ(got->status, 200);
    EXPECT_EQ(got->content_type, "application/json");
    EXPECT_EQ(got->retry_after, "7");
    EXPECT_EQ(got->body.reveal(), "{}");
    const auto requests = server.requests();
    ASSERT_EQ(requests.size(), 1U);
    EXPECT_TRUE(requests[0].starts_with("GET /a?b=c HTTP/1.1\r\n")) << requests[0];
    EXPECT_NE(requests[0].find("Accept: application/json\r\n"), std::string::npos);
    EXPECT_EQ(requests[0].find("Accept-Encoding"), std::string::npos);
}

TEST(Http, posts_a_form_and_says_who_asks) {
    WebServer server(std::vector<std::string>{answer("no", {}, "400 Bad Request")});
    HttpRequest request;
    request.url = server.url("/token");
    request.form = Secret("code=a%20b");
    request.authorization = Secret("Basic eA==");
    const auto got = exchange(request, soon());
    ASSERT_TRUE(got) << name_of(got.error().cause);
    EXPECT_EQ(got->status, 400);
    EXPECT_EQ(got->body.reveal(), "no");
    const auto requests = server.requests();
    ASSERT_EQ(requests.size(), 1U);
    EXPECT_TRUE(requests[0].starts_with("POST /token HTTP/1.1\r\n"));
    EXPECT_NE(requests[0].find("Authorization: Basic eA==\r\n"), std::string::npos);
    EXPECT_NE(requests[0].find("application/x-www-form-urlencoded"), std::string::npos);
    EXPECT_TRUE(requests[0].ends_with("\r\n\r\ncode=a%20b"));
}

TEST(Http, does_not_follow_a_redirect_unasked_nor_to_clear_text) {
    WebServer other(std::vector{answer("stolen")});
    const std::string away = "Location: " + other.url("/") + "\r\n";
    WebServer server(std::vector<std::string>{answer("", away, "302 Found"),
                                              answer("", away, "302 Found"),
                                              answer("", away, "307 Temporary Redirect")});
    HttpRequest request;
    request.url = server.url("/");
    auto got = exchange(request, soon());
    ASSERT_TRUE(got);
    EXPECT_EQ(got->status, 302);
    request.redirects = 3;
    got = exchange(request, soon());
    EXPECT_FALSE(got);
    request.form = Secret("a=b");
    got = exchange(request, soon());
    ASSERT_TRUE(got);
    EXPECT_EQ(got->status, 307);
}

TEST(Http, a_body_without_end_is_cut_off) {
    WebServer server(
        std::vector<std::string>{answer(std::string(3000, 'x')), answer(std::string(3000, 'x'))});
    HttpRequest request;
    request.url = server.url("/");
    request.most_octets = 2999;
    const auto cut = exchange(request, soon());
    ASSERT_FALSE(cut);
    EXPECT_EQ(name_of(cut.error().cause), "reply_too_long");
    request.most_octets = 3000;
    const auto whole = exchange(request, soon());
    ASSERT_TRUE(whole);
    EXPECT_EQ(whole->body.reveal().size(), 3000U);
}

TEST(Http, a_large_body_comes_whole) {
    std::string large;
    for (int i = 0; large.size() < 700'000; ++i)
        large += std::to_string(i) + ' ';
    WebServer server(std::vector{answer(large)});
    HttpRequest request;
    request.url = server.url("/");
    const auto got = exchange(request, soon());
    ASSERT_TRUE(got);
    EXPECT_EQ(got->body.reveal(), large);
}

TEST(Http, a_half_answer_is_a_lost_connection) {
    WebServer server(
        std::vector<std::string>{"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf", ""});
    HttpRequest request;
    request.url = server.url("/x?secret=1");
    for (int i = 0; i < 2; ++i) {
        const auto got = exchange(request, soon());
        ASSERT_FALSE(got);
        EXPECT_EQ(name_of(got.error().cause), "connection_lost");
        EXPECT_EQ(got.error().fact("url"), server.url("/x"));
    }
}

TEST(Http, a_silent_server_is_given_up_at_the_deadline_or_at_once_when_stopped) {
    const auto silent = *Listener::open();
    HttpRequest request;
    request.url = "http://127.0.0.1:" + std::to_string(silent->port()) + "/";
    const auto late = exchange(request, Wait::for_at_most(milliseconds(300)));
    ASSERT_FALSE(late);
    EXPECT_EQ(name_of(late.error().cause), "deadline");
    StopSource stop;
    const std::jthread stopper([&] { stop.request_stop(); });
    const auto stopped = exchange(request, Wait::for_at_most(seconds(60), stop.get_token()));
    ASSERT_FALSE(stopped);
    EXPECT_EQ(name_of(stopped.error().cause), "cancelled");
}

TEST(Http, clear_text_and_strange_urls_are_refused_before_anything_is_sent) {
    const auto cause = [](const std::string& url) {
        HttpRequest request;
        request.url = url;
        const auto got = exchange(request, soon());
        return got ? std::string("none") : std::string(name_of(got.error().cause));
    };
    EXPECT_EQ(cause("http://example.com/token"), "cleartext_not_allowed");
    EXPECT_EQ(cause("http://127.0.0.1.example.com/"), "cleartext_not_allowed");
    for (const char* url : {"", "file:///etc/passwd", "ftp://127.0.0.1/", "https://a:b@127.0.0.1/",
                            "https://", "https://127.0.0.1:99999/"})
        EXPECT_EQ(cause(url), "bad_host_name") << url;
}

TEST(Http, percent_encodes_all_but_the_unreserved) {
    EXPECT_EQ(percent_encoded("aZ09-._~"), "aZ09-._~");
    EXPECT_EQ(percent_encoded("a b&c=d/\xC5\x82+\n"), "a%20b%26c%3Dd%2F%C5%82%2B%0A");
}

TEST(Http, dates) {
    const auto at = [](std::int64_t time) {
        return std::optional(std::chrono::system_clock::from_time_t(time));
    };
    EXPECT_EQ(http_date("Sun, 06 Nov 1994 08:49:37 GMT"), at(784111777));
    EXPECT_EQ(http_date("Sunday, 06-Nov-94 08:49:37 GMT"), at(784111777));
    EXPECT_EQ(http_date("tomorrow"), std::nullopt);
    EXPECT_EQ(http_date(""), std::nullopt);
}

}  // namespace
}  // namespace mail::net
