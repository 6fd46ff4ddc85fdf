#include "mail/oauth/token_endpoint.h"

#include <thread>

#include <gtest/gtest.h>

#include "mail/oauth/fault.h"
#include "tests/fakes/web_server.h"

namespace mail::oauth {
namespace {

using fakes::WebServer;
using std::chrono::seconds;

Wait soon() {
    return Wait::for_at_most(seconds(20));
}

std::string json(const std::string& body, const std::string& status = "200 OK",
                 const std::string& headers = {}) {
    return WebServer::answer(body, "Content-Type: application/json\r\n" + headers, status);
}

TokenEndpoint endpoint(const WebServer& server, std::optional<Secret> secret = std::nullopt,
                       bool in_header = false) {
    Provider provider;
    provider.token = server.url("/token");
    provider.device = server.url("/device");
    provider.revoke = server.url("/revoke");
    provider.secret_in_header = in_header;
    provider.scopes = "openid mail";
    return {provider, Client{"cli ent", std::move(secret)}, {}};
}

Flow a_flow() {
    Flow flow = new_flow({}, "cli ent", "http://127.0.0.1:4711/callback");
    flow.verifier = Secret("verifier-1");
    return flow;
}

std::string body_of(const std::string& request) {
    return request.substr(request.find("\r\n\r\n") + 4);
}

const std::string good = R"({"access_token":"at","token_type":"bearer","expires_in":"1200",)"
                         R"("refresh_token":"rt","scope":"openid","id_token":"a.b.c"})";

std::string fault_in(const Error& error) {
    return std::string(error.fact("fault"));
}

TEST(TokenEndpoint, a_code_is_redeemed_with_the_verifier_and_the_same_redirect) {
    WebServer server(std::vector{json(good, "200 OK", "Date: Sun, 06 Nov 1994 08:49:37 GMT\r\n")});
    const auto tokens = endpoint(server).redeem(a_flow(), Secret("c/1"), soon());
    ASSERT_TRUE(tokens) << fault_in(tokens.error());
    EXPECT_EQ(tokens->access.reveal(), "at");
    EXPECT_EQ(tokens->refresh.reveal(), "rt");
    EXPECT_EQ(tokens->expires_in, seconds(1200));
    EXPECT_EQ(tokens->scope, "openid");
    EXPECT_EQ(tokens->id_token.reveal(), "a.b.c");
    EXPECT_EQ(tokens->date, "Sun, 06 Nov 1994 08:49:37 GMT");
    const auto requests = server.requests();
    ASSERT_EQ(requests.size(), 1U);
    EXPECT_EQ(body_of(requests[0]),
              "grant_type=authorization_code&code=c%2F1&redirect_uri=http%3A%2F%2F127.0.0.1%3A4711"
              "%2Fcallback&code_verifier=verifier-1&client_id=cli%20ent");
    EXPECT_NE(requests[0].find("Accept: application/json\r\n"), std::string::npos);
    EXPECT_EQ(requests[0].find("Authorization:"), std::string::npos);
}

TEST(TokenEndpoint, a_client_secret_goes_into_the_body_or_the_header_never_the_address) {
    WebServer server(std::vector{json(good), json(good)});
    ASSERT_TRUE(endpoint(server, Secret("s:1")).refresh(Secret("rt"), soon()));
    ASSERT_TRUE(endpoint(server, Secret("s:1"), true).refresh(Secret("rt"), soon()));
    const auto requests = server.requests();
    ASSERT_EQ(requests.size(), 2U);
    EXPECT_EQ(body_of(requests[0]), "grant_type=refresh_token&refresh_token=rt&client_id=cli%20ent"
                                    "&client_secret=s%3A1");
    EXPECT_EQ(body_of(requests[1]), "grant_type=refresh_token&refresh_token=rt");
    // "cli%20ent:s%3A1"
    EXPECT_NE(requests[1].find("Authorization: Basic Y2xpJTIwZW50OnMlM0Ex\r\n"), std::string::npos);
}

TEST(TokenEndpoint, what_can_not_stand_in_a_command_is_no_token) {
    for (const char* body :
         {R"({"access_token":"a\r\nb","token_type":"Bearer"})",
          R"({"access_token":"a\u0001b","token_type":"Bearer"})",
          R"({"access_token":"a\u0000","token_type":"Bearer"})",
          R"({"access_token":"a b","token_type":"Bearer"})",
          R"({"access_token":"ż","token_type":"Bearer"})",
          R"({"access_token":"","token_type":"Bearer"})", R"({"token_type":"Bearer"})",
          R"({"access_token":7,"token_type":"Bearer"})", R"({"access_token":"a"})",
          R"({"access_token":"a","token_type":"mac"})"}) {
        WebServer server(std::vector{json(body)});
        const auto tokens = endpoint(server).refresh(Secret("rt"), soon());
        ASSERT_FALSE(tokens) << body;
        EXPECT_EQ(fault_in(tokens.error()), "token_unusable") << body;
    }
    EXPECT_FALSE(is_usable_token(std::string(64 * 1024 + 1, 'a')));
    EXPECT_TRUE(is_usable_token(std::string(64 * 1024, 'a')));
}

TEST(TokenEndpoint, nobody_is_asked_in_clear_and_no_answer_is_endless) {
    Provider provider;
    provider.token = "http://id.example/token";
    const auto clear =
        TokenEndpoint(provider, Client{"c", std::nullopt}, {}).refresh(Secret("rt"), soon());
    ASSERT_FALSE(clear);
    EXPECT_EQ(name_of(clear.error().cause), "cleartext_not_allowed");
    WebServer endless(std::vector{json(std::string(2 * 1024 * 1024, ' '))});
    const auto flood = endpoint(endless).refresh(Secret("rt"), soon());
    ASSERT_FALSE(flood);
    EXPECT_EQ(name_of(flood.error().cause), "reply_too_long");
    WebServer silent(std::vector{WebServer::Answer([](const std::string&) {
        std::this_thread::sleep_for(std::chrono::milliseconds(600));
        return std::string();
    })});
    const auto late =
        endpoint(silent).refresh(Secret("rt"), Wait::for_at_most(std::chrono::milliseconds(200)));
    ASSERT_FALSE(late);
    EXPECT_EQ(name_of(late.error().cause), "deadline");
}

TEST(TokenEndpoint, no_life_is_an_hour_and_no_refresh_token_is_none) {
    WebServer server(std::vector{json(R"({"access_token":"a","token_type":"BEARER"})")});
    const auto tokens = endpoint(server).refresh(Secret("rt"), soon());
    ASSERT_TRUE(tokens);
    EXPECT_EQ(tokens->expires_in, seconds(3600));
    EXPECT_TRUE(tokens->refresh.empty());
}

TEST(TokenEndpoint, refusals_are_told_apart) {
    struct Case {
        std::string answer, fault;
        Cause cause;
    };
    const std::vector<Case> cases{
        {json(R"({"error":"invalid_grant"})", "400 Bad Request"), "grant_ended",
         Cause::sign_in_fault},
        {json(R"({"error":"invalid_grant","error_codes":[53003],"trace_id":"t"})",
              "400 Bad Request"),
         "access_rule", Cause::sign_in_fault},
        {json(R"({"error":"invalid_client","error_description":"AADSTS7000218: x"})",
              "401 Unauthorized"),
         "client_secret_wanted", Cause::sign_in_fault},
        {json(R"({"error":"invalid_grant"})"), "grant_ended", Cause::sign_in_fault},
        {json("<html>Hotel</html>"), "not_json", Cause::provider_busy},
        {json(""), "not_json", Cause::provider_busy},
        {json(R"({"access_token":"a)"), "not_json", Cause::provider_busy},
        {json("<html>", "502 Bad Gateway"), "provider_busy", Cause::provider_busy},
        {json("", "302 Found", "Location: http://127.0.0.1:1/\r\n"), "not_json",
         Cause::provider_busy},
        {json("{}", "429 Too Many Requests", "Retry-After: 17\r\n"), "too_many_requests",
         Cause::provider_busy},
        {json(R"({"error":"slow"})", "503 x", "Retry-After: 17\r\n"), "provider_busy",
         Cause::provider_busy},
    };
    for (const Case& one : cases) {
        WebServer server(std::vector{one.answer});
        const auto tokens = endpoint(server).refresh(Secret("rt"), soon());
        ASSERT_FALSE(tokens) << one.answer;
        EXPECT_EQ(fault_in(tokens.error()), one.fault) << one.answer;
        EXPECT_EQ(name_of(tokens.error().cause), name_of(one.cause)) << one.answer;
        const auto wait = retry_after(tokens.error(), std::chrono::system_clock::now());
        EXPECT_EQ(wait.has_value(), one.answer.find("Retry-After") != std::string::npos);
        if (wait) {
            EXPECT_EQ(*wait, seconds(17));
        }
    }
}

TEST(TokenEndpoint, retry_after_is_seconds_or_a_date_and_never_for_ever) {
    const auto now = std::chrono::system_clock::from_time_t(784111777);
    const auto after = [now](const std::string& text) {
        return retry_after(error_of(Fault::provider_busy, {{"retry_after", text}}), now);
    };
    EXPECT_EQ(after("Sun, 06 Nov 1994 08:50:07 GMT"), seconds(30));
    EXPECT_EQ(after("Sun, 06 Nov 1994 08:40:00 GMT"), seconds(0));
    EXPECT_EQ(after("99999999"), seconds(3600));
    EXPECT_EQ(after("-5"), seconds(0));
    EXPECT_EQ(after("soon"), std::nullopt);
    EXPECT_EQ(after(""), std::nullopt);
}

TEST(TokenEndpoint, a_device_waits_as_long_as_it_is_told) {
    WebServer server(std::vector{
        json(R"({"device_code":"d","user_code":"AB-CD","verification_uri":"https://x/d",)"
             R"("expires_in":900,"interval":7})"),
        json(R"({"error":"authorization_pending"})", "400 Bad Request"),
        json(R"({"error":"slow_down"})", "400 Bad Request"),
        json(R"({"error":"authorization_pending"})", "400 Bad Request"), json(good),
        json(R"({"error":"expired_token"})", "400 Bad Request"),
        json(R"({"error":"access_denied"})", "400 Bad Request")});
    const TokenEndpoint asked = endpoint(server);
    const auto code = asked.begin_device(soon());
    ASSERT_TRUE(code);
    EXPECT_EQ(code->user_code, "AB-CD");
    EXPECT_EQ(code->complete_address, "");
    seconds interval = code->interval;
    EXPECT_EQ(interval, seconds(7));
    auto polled = asked.poll_device(*code, interval, soon());
    ASSERT_TRUE(polled);
    EXPECT_FALSE(*polled);
    EXPECT_EQ(interval, seconds(7));
    ASSERT_TRUE(asked.poll_device(*code, interval, soon()));
    EXPECT_EQ(interval, seconds(12));
    ASSERT_TRUE(asked.poll_device(*code, interval, soon()));
    EXPECT_EQ(interval, seconds(12));
    polled = asked.poll_device(*code, interval, soon());
    ASSERT_TRUE(polled);
    ASSERT_TRUE(*polled);
    EXPECT_EQ((*polled)->access.reveal(), "at");
    polled = asked.poll_device(*code, interval, soon());
    ASSERT_FALSE(polled);
    EXPECT_EQ(fault_in(polled.error()), "device_code_expired");
    polled = asked.poll_device(*code, interval, soon());
    ASSERT_FALSE(polled);
    EXPECT_EQ(fault_in(polled.error()), "denied");
    const auto requests = server.requests();
    EXPECT_EQ(body_of(requests[0]), "scope=openid%20mail&client_id=cli%20ent");
}

TEST(TokenEndpoint, a_code_outlives_what_may_pass) {
    WebServer server(std::vector<std::string>{json("<html>", "503 x"),
                                              json("{}", "429 x", "Retry-After: 70\r\n"),
                                              json("<h1>Hotel</h1>"), ""});
    const TokenEndpoint asked = endpoint(server);
    const TokenEndpoint::DeviceCode code{Secret("d"), "AB-CD", "https://x/d", "", seconds(900)};
    seconds interval{5};
    for (const seconds then : {seconds(10), seconds(70), seconds(140), seconds(280)}) {
        const auto polled = asked.poll_device(code, interval, soon());
        ASSERT_TRUE(polled) << fault_in(polled.error());
        EXPECT_FALSE(*polled);
        EXPECT_EQ(interval, then);
    }
    const auto late = asked.poll_device(code, interval, Wait::for_at_most(seconds(0)));
    ASSERT_FALSE(late) << "the code has ended";
}

TEST(TokenEndpoint, microsofts_own_words_of_a_code_are_known) {
    for (const auto& [word, fault] : {std::pair{"authorization_declined", "denied"},
                                      std::pair{"bad_verification_code", "code_refused"}}) {
        WebServer server(
            std::vector{json(std::string(R"({"error":")") + word + "\"}", "400 Bad Request")});
        seconds interval{5};
        const auto polled = endpoint(server).poll_device({}, interval, soon());
        ASSERT_FALSE(polled);
        EXPECT_EQ(fault_in(polled.error()), fault);
    }
}

TEST(TokenEndpoint, a_device_asks_for_consent_where_the_browser_does) {
    WebServer server(std::vector{json("{}")});
    Provider provider;
    provider.device = server.url();
    provider.scopes = "mail";
    provider.authorize_more = "prompt=consent";
    (void)TokenEndpoint(provider, Client{"c", std::nullopt}, {}).begin_device(soon());
    EXPECT_EQ(body_of(server.requests().at(0)), "scope=mail&prompt=consent&client_id=c");
}

TEST(TokenEndpoint, without_its_address_there_is_no_device_and_nothing_to_revoke) {
    Provider provider;
    const TokenEndpoint asked(provider, Client{"c", std::nullopt}, {});
    const auto code = asked.begin_device(soon());
    ASSERT_FALSE(code);
    EXPECT_EQ(fault_in(code.error()), "device_not_offered");
    EXPECT_TRUE(asked.revoke(Secret("t"), soon()));
}

TEST(TokenEndpoint, revokes_the_token) {
    WebServer server(std::vector{WebServer::answer("")});
    EXPECT_TRUE(endpoint(server).revoke(Secret("rt"), soon()));
    const auto requests = server.requests();
    ASSERT_EQ(requests.size(), 1U);
    EXPECT_EQ(body_of(requests[0]), "token=rt&client_id=cli%20ent");
}

}  // namespace
}  // namespace mail::oauth
