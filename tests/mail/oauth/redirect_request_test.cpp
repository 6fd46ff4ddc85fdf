#include "mail/oauth/redirect_request.h"

#include <string>

#include <gtest/gtest.h>

namespace mail::oauth {
namespace {

using Kind = RedirectRequest::Kind;

RedirectRequest read(const std::string& received) {
    return read_redirect_request(received, "/callback", 4711);
}

std::string get(const std::string& target, const std::string& fields = "Host: 127.0.0.1:4711\r\n") {
    return "GET " + target + " HTTP/1.1\r\n" + fields + "\r\n";
}

int status_of(const std::string& received) {
    const RedirectRequest request = read(received);
    return request.kind == Kind::refused ? request.status : 0;
}

TEST(RedirectRequest, the_one_that_is_waited_for) {
    for (const char* host : {"127.0.0.1", "localhost", "LocalHost", "[::1]"}) {
        const auto request =
            read(get("/callback?code=a%20b&state=c", "Host: " + std::string(host) + ":4711\r\n"));
        EXPECT_EQ(request.kind, Kind::redirect) << host;
        EXPECT_EQ(request.query, "code=a%20b&state=c");
    }
    EXPECT_EQ(read(get("/callback")).kind, Kind::redirect);
    EXPECT_EQ(read(get("/callback")).query, "");
    EXPECT_EQ(read("GET /callback?a HTTP/1.0\r\nhost:127.0.0.1:4711\r\n\r\n").kind, Kind::redirect);
}

TEST(RedirectRequest, any_cut_of_it_waits_for_more) {
    const std::string whole = get("/callback?code=a&state=b", "Host: 127.0.0.1:4711\r\nX: y\r\n");
    for (std::size_t length = 0; length < whole.size(); ++length)
        EXPECT_EQ(read(whole.substr(0, length)).kind, Kind::incomplete) << length;
    EXPECT_EQ(read(whole + "more").kind, Kind::redirect);
}

TEST(RedirectRequest, all_else_is_told_nothing) {
    EXPECT_EQ(status_of(get("/favicon.ico")), 404);
    EXPECT_EQ(status_of(get("/callback/")), 404);
    EXPECT_EQ(status_of(get("/CALLBACK")), 404);
    EXPECT_EQ(status_of("POST /callback?code=a HTTP/1.1\r\nHost: 127.0.0.1:4711\r\n\r\n"), 405);
    EXPECT_EQ(status_of(get("http://127.0.0.1:4711/callback")), 400);
    EXPECT_EQ(status_of(get("/callback", "Host: evil.example\r\n")), 421);
    EXPECT_EQ(status_of(get("/callback", "Host: 127.0.0.1:4712\r\n")), 421);
    EXPECT_EQ(status_of(get("/callback", "Host: 127.0.0.1\r\n")), 421);
    EXPECT_EQ(status_of(get("/callback", "")), 400);
    EXPECT_EQ(status_of(get("/callback", "Host: 127.0.0.1:4711\r\nHost: evil.example\r\n")), 400);
    EXPECT_EQ(status_of(get("/callback", "Host: evil.example\r\nHost: 127.0.0.1:4711\r\n")), 400);
    EXPECT_EQ(status_of(get("/callback", "Host : 127.0.0.1:4711\r\n")), 400);
    EXPECT_EQ(status_of(get("/callback", "Host: 127.0.0.1:4711\r\nContent-Length: 5\r\n")), 400);
    EXPECT_EQ(status_of(get("/callback", "Host: 127.0.0.1:4711\r\nTransfer-Encoding: chunked\r\n")),
              400);
    EXPECT_EQ(status_of(get("/callback", "Host: 127.0.0.1:4711\r\n folded\r\n")), 400);
    EXPECT_EQ(status_of("GET /callback HTTP/2.0\r\nHost: 127.0.0.1:4711\r\n\r\n"), 400);
    EXPECT_EQ(status_of("GET /callback\r\nHost: 127.0.0.1:4711\r\n\r\n"), 400);
    EXPECT_EQ(status_of(get("/callback?a\tb")), 400);
    EXPECT_EQ(status_of(get("/callback", "X: " + std::string(20'000, 'x') + "\r\n")), 431);
    EXPECT_EQ(status_of("GET /callback?" + std::string(17'000, 'x')), 431);
}

TEST(RedirectRequest, what_is_no_http_is_left_without_a_word) {
    EXPECT_EQ(read("\x16\x03\x01\x02").kind, Kind::garbage);
    EXPECT_EQ(read(std::string(1, '\0')).kind, Kind::garbage);
    EXPECT_EQ(read(" GET").kind, Kind::garbage);
    EXPECT_EQ(read("AVERYLONGMETHODTHATISNONE").kind, Kind::garbage);
}

TEST(RedirectRequest, the_answer_can_be_neither_cached_nor_framed_nor_scripted) {
    const std::string answer = redirect_answer(200, "<p>ż</p>");
    EXPECT_TRUE(answer.starts_with("HTTP/1.1 200 OK\r\n"));
    for (const char* field :
         {"Content-Length: 9\r\n", "Connection: close\r\n", "Cache-Control: no-store\r\n",
          "Referrer-Policy: no-referrer\r\n", "X-Content-Type-Options: nosniff\r\n",
          "default-src 'none'", "frame-ancestors 'none'",
          // echo -n "history.replaceState(null,'','/')" | openssl dgst -sha256 -binary | base64
          "script-src 'sha256-"})
        EXPECT_NE(answer.find(field), std::string::npos) << field;
    EXPECT_TRUE(answer.ends_with("\r\n\r\n<p>ż</p>"));
}

}  // namespace
}  // namespace mail::oauth
