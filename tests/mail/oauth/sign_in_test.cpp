#include "mail/oauth/sign_in.h"

#include <array>
#include <latch>
#include <string>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "mail/base/base64.h"
#include "mail/net/http.h"
#include "mail/oauth/fault.h"
#include "mail/oauth/redirect_request.h"
#include "tests/fakes/web_server.h"

namespace mail::oauth {
namespace {

using fakes::WebServer;
using std::chrono::seconds;
using Stage = Progress::Stage;

Wait soon() {
    return Wait::for_at_most(seconds(30));
}

std::string decoded(std::string text) {
    for (std::size_t at = 0; (at = text.find('%', at)) != std::string::npos; ++at)
        text.replace(at, 3, 1, static_cast<char>(std::stoi(text.substr(at + 1, 2), nullptr, 16)));
    return text;
}

std::string parameter(const std::string& url, const std::string& name) {
    const std::size_t at = url.find(name + "=");
    if (at == std::string::npos)
        return {};
    const std::size_t begin = at + name.size() + 1;
    return decoded(url.substr(begin, url.find('&', begin) - begin));
}

// What a browser does once the person has said yes: goes to the redirect address.
class Browser {
public:
    explicit Browser(std::string answer) : answer_(std::move(answer)) {}
    bool open(const std::string& url) {
        url_ = url;
        thread_ = std::jthread([this, url] {
            const std::string place = parameter(url, "redirect_uri");
            for (const std::string& path : before_)
                seen_.push_back(get(place.substr(0, place.rfind('/')) + path));
            std::string answer = answer_;
            if (const auto at = answer.find("STATE"); at != std::string::npos)
                answer.replace(at, 5, parameter(url, "state"));
            page_ = get(place + "?" + answer);
        });
        return true;
    }
    /// Somebody else goes there.
    void remember(const std::string& url) { url_ = url; }
    /// Comes before the answer.
    Browser& first_asks_for(std::string path) {
        before_.push_back(std::move(path));
        return *this;
    }
    [[nodiscard]] const std::string& url() const { return url_; }
    std::string page() {
        thread_ = {};
        return page_;
    }
    std::vector<std::string> seen() {
        thread_ = {};
        return seen_;
    }

    static std::string get(const std::string& url) {
        net::HttpRequest request;
        request.url = url;
        const auto answer = net::exchange(request, soon());
        return answer ? std::to_string(answer->status) + " " + std::string(answer->body.reveal())
                      : std::string(name_of(answer.error().cause));
    }

private:
    std::string answer_, url_, page_;
    std::vector<std::string> before_, seen_;
    std::jthread thread_;
};

std::string page_of(std::string_view html) {
    return "200 " + std::string(html) + "<script>" + std::string(forget_address()) + "</script>";
}

/// Whoever sits before a tab of an earlier sign-in reads why nothing comes of it.
std::string not_ours() {
    return "400" + page_of("answer_not_ours").substr(3);
}

class SignInTest : public testing::Test {
public:
    // Metadata, then what the test has the token endpoint say. The nonce is put in late: the token
    // is made while the flow runs.
    void serve(std::vector<WebServer::Answer> token_answers) {
        std::vector<WebServer::Answer> all{[this](const std::string&) {
            return WebServer::answer(
                R"({"issuer":")" + server->url() + R"(","authorization_endpoint":")" +
                server->url("/auth") + R"(","token_endpoint":")" + server->url("/token") +
                R"(","device_authorization_endpoint":")" + server->url("/device") + R"("})");
        }};
        for (auto& answer : token_answers)
            all.push_back(std::move(answer));
        server = std::make_unique<WebServer>(std::move(all));
        request.connection.oauth.provider = "oidc";
        request.connection.oauth.issuer = server->url();
    }
    SignInTest() {
        request.connection.login = "Ala@firma.test";
        request.connection.oauth.client_id = "client";
        request.page = [](const Error* error) {
            return error == nullptr ? std::string("well") : std::string(error->fact("fault"));
        };
        request.observer = [this](const Progress& progress) { stages.push_back(progress.stage); };
        request.open_browser = [this](const std::string& url) { return browser.open(url); };
    }
    [[nodiscard]] std::string id_token(const std::string& nonce) const {
        const auto now =
            std::to_string(std::chrono::system_clock::to_time_t(std::chrono::system_clock::now()));
        return "e30." +
               to_base64url(R"({"iss":")" + *request.connection.oauth.issuer +
                            R"(","aud":"client","sub":"s","email":"ala@firma.test","nonce":")" +
                            nonce + R"(","iat":)" + now + R"(,"exp":)" + now + "}") +
               ".sig";
    }
    [[nodiscard]] WebServer::Answer good(const std::string& more = {}) {
        return [this, more](const std::string&) {
            return WebServer::answer(
                R"({"access_token":"at","refresh_token":"rt","token_type":"Bearer",)"
                R"("expires_in":3600,"id_token":")" +
                id_token(parameter(browser.url(), "nonce")) + "\"" + more + "}");
        };
    }
    static std::string outcome(const Result<Account>& account) {
        if (account)
            return "signed in";
        const std::string_view fault = account.error().fact("fault");
        return std::string(fault.empty() ? name_of(account.error().cause) : fault);
    }

    SignIn request;
    std::unique_ptr<WebServer> server;
    Browser browser{"code=c1&state=STATE"};
    std::jthread rival;
    std::vector<Stage> stages;
};

TEST_F(SignInTest, in_the_browser) {
    serve({good()});
    const auto account = sign_in_by_browser(request, soon());
    ASSERT_TRUE(account) << outcome(account);
    EXPECT_EQ(browser.page(), page_of("well"));
    EXPECT_EQ(account->access_token.reveal(), "at");
    EXPECT_EQ(account->refresh_token.reveal(), "rt");
    EXPECT_EQ(account->person.email, "ala@firma.test");
    EXPECT_FALSE(is_other_account(*account));
    EXPECT_EQ(stages,
              (std::vector{Stage::preparing, Stage::browser, Stage::browser, Stage::redeeming}));
    const auto requests = server->requests();
    ASSERT_EQ(requests.size(), 2U);
    EXPECT_NE(requests[1].find("code=c1"), std::string::npos);
    EXPECT_NE(requests[1].find("redirect_uri=" +
                               net::percent_encoded(parameter(browser.url(), "redirect_uri"))),
              std::string::npos);
}

TEST_F(SignInTest, whoever_else_asks_ends_nothing) {
    serve({good()});
    browser.first_asks_for("/favicon.ico")
        .first_asks_for("/callback?code=stolen&state=wrong")
        .first_asks_for("/callback?error=access_denied");
    const auto account = sign_in_by_browser(request, soon());
    ASSERT_TRUE(account) << outcome(account);
    EXPECT_EQ(browser.seen(), (std::vector<std::string>{"404 ", not_ours(), not_ours()}));
    EXPECT_EQ(browser.page(), page_of("well"));
}

TEST_F(SignInTest, two_at_once_have_nothing_in_common) {
    struct One {
        std::unique_ptr<WebServer> server;
        SignIn request;
        std::string url;
    };
    std::array<One, 2> all;
    for (One& one : all) {
        one.server = std::make_unique<WebServer>(std::vector<WebServer::Answer>{
            [&one](const std::string&) {
                return WebServer::answer(R"({"issuer":")" + one.server->url() +
                                         R"(","authorization_endpoint":")" +
                                         one.server->url("/auth") + R"(","token_endpoint":")" +
                                         one.server->url("/token") + "\"}");
            },
            [](const std::string&) {
                return WebServer::answer(
                    R"({"access_token":"at","refresh_token":"rt","token_type":"Bearer"})");
            }});
        one.request = request;
        one.request.connection.oauth.provider = "oidc";
        one.request.connection.oauth.issuer = one.server->url();
        one.request.observer = {};
    }
    std::latch both_wait(2);
    std::vector<std::string> seen;
    std::jthread person;
    for (std::size_t i = 0; i < all.size(); ++i)
        all.at(i).request.open_browser = [&, i](const std::string& url) {
            all.at(i).url = url;
            both_wait.count_down();
            return true;
        };
    person = std::jthread([&] {
        both_wait.wait();
        // The answer of one flow at the port of the other, then each at its own.
        const auto answer_of = [&](std::size_t flow, std::size_t at) {
            return Browser::get(parameter(all.at(at).url, "redirect_uri") + "?code=c" +
                                std::to_string(flow) +
                                "&state=" + parameter(all.at(flow).url, "state"));
        };
        seen.push_back(answer_of(0, 1));
        seen.push_back(answer_of(1, 0));
        seen.push_back(answer_of(0, 0));
        seen.push_back(answer_of(1, 1));
    });
    Result<Account> other;
    {
        const std::jthread second([&] { other = sign_in_by_browser(all[1].request, soon()); });
        const auto account = sign_in_by_browser(all[0].request, soon());
        EXPECT_TRUE(account) << outcome(account);
    }
    person = {};
    EXPECT_TRUE(other) << outcome(other);
    EXPECT_EQ(seen,
              (std::vector<std::string>{not_ours(), not_ours(), page_of("well"), page_of("well")}));
    for (std::size_t i = 0; i < all.size(); ++i) {
        const auto asked = all.at(i).server->requests();
        ASSERT_EQ(asked.size(), 2U);
        EXPECT_NE(asked[1].find("code=c" + std::to_string(i)), std::string::npos);
    }
}

TEST_F(SignInTest, whoever_is_first_on_either_family_ends_nothing) {
    serve({good()});
    request.connection.oauth.redirect = "http://localhost/";
    std::vector<std::string> forged;
    request.open_browser = [&](const std::string& url) {
        // The port is there by now: another program knocks at both addresses before the browser.
        browser.remember(url);
        const std::string port =
            parameter(url, "redirect_uri").substr(std::string("http://localhost:").size());
        rival = std::jthread([this, &forged, port, url] {
            for (const char* host : {"http://127.0.0.1:", "http://[::1]:"})
                forged.push_back(Browser::get(host + port + "?code=stolen&state=x"));
            browser.open(url);
        });
        return true;
    };
    const auto account = sign_in_by_browser(request, soon());
    rival = {};
    ASSERT_TRUE(account) << outcome(account);
    EXPECT_EQ(browser.page(), page_of("well"));
    EXPECT_EQ(forged[0], not_ours());
    EXPECT_TRUE(forged[1] == not_ours() || forged[1] == "connection_refused" ||
                forged[1] == "network_unreachable")
        << forged[1] << ": there may be no IPv6";
    const auto asked = server->requests();
    ASSERT_EQ(asked.size(), 2U);
    EXPECT_EQ(asked[1].find("stolen"), std::string::npos);
}

TEST_F(SignInTest, the_code_of_another_issuer_goes_nowhere) {
    serve({good()});
    browser = Browser("code=c1&state=STATE&iss=https%3A%2F%2Fevil.example");
    EXPECT_EQ(outcome(sign_in_by_browser(request, soon())), "issuer_mismatch");
    EXPECT_EQ(browser.page(), page_of("issuer_mismatch"));
    EXPECT_EQ(server->requests().size(), 1U) << "the metadata only";
}

TEST_F(SignInTest, a_token_endpoint_that_is_down_or_slow_is_told_from_a_refusal) {
    for (const char* status : {"502 Bad Gateway", "200 OK"}) {
        serve({[status](const std::string&) {
            return WebServer::answer("<h1>Hotel</h1>", {}, status);
        }});
        const auto account = sign_in_by_browser(request, soon());
        ASSERT_FALSE(account);
        EXPECT_EQ(account.error().cause, Cause::provider_busy) << status;
        EXPECT_EQ(account.error().fact("signing_in"), "yes") << "nobody tries that again by itself";
        (void)browser.page();
    }
    serve({[this](const std::string& asked) {
        std::this_thread::sleep_for(std::chrono::milliseconds(700));
        return good()(asked);
    }});
    EXPECT_EQ(outcome(sign_in_by_browser(request, soon())), "signed in");
    EXPECT_EQ(browser.page(), page_of("well"));
}

TEST_F(SignInTest, a_refusal_is_shown_in_the_browser_and_here) {
    serve({});
    browser = Browser("error=access_denied&error_description=AADSTS65004&state=STATE");
    EXPECT_EQ(outcome(sign_in_by_browser(request, soon())), "denied");
    EXPECT_EQ(browser.page(), page_of("denied"));
}

TEST_F(SignInTest, a_code_is_tried_once) {
    serve({[](const std::string&) {
        return WebServer::answer(R"({"error":"invalid_grant"})", {}, "400 Bad Request");
    }});
    EXPECT_EQ(outcome(sign_in_by_browser(request, soon())), "pkce_mismatch");
    EXPECT_EQ(browser.page(), page_of("pkce_mismatch"));
    EXPECT_EQ(server->requests().size(), 2U);
}

TEST_F(SignInTest, another_nonce_less_scope_or_no_refresh_token_is_no_sign_in) {
    serve({[this](const std::string&) {
        return WebServer::answer(R"({"access_token":"at","token_type":"Bearer","id_token":")" +
                                 id_token("x") + "\"}");
    }});
    EXPECT_EQ(outcome(sign_in_by_browser(request, soon())), "id_token_wrong");
    request.connection.oauth.scopes = "openid mail offline_access";
    serve({good(R"(,"scope":"openid")")});
    const auto account = sign_in_by_browser(request, soon());
    EXPECT_EQ(outcome(account), "scope_smaller");
    EXPECT_EQ(account.error().fact("missing"), "mail");
    serve({[](const std::string&) {
        return WebServer::answer(R"({"access_token":"at","token_type":"Bearer"})");
    }});
    EXPECT_EQ(outcome(sign_in_by_browser(request, soon())), "no_refresh_token");
}

TEST_F(SignInTest, who_signed_in_is_compared_with_the_login) {
    serve({good()});
    request.connection.login = "ola@firma.test";
    const auto account = sign_in_by_browser(request, soon());
    ASSERT_TRUE(account);
    EXPECT_TRUE(is_other_account(*account));
}

TEST_F(SignInTest, nobody_comes_or_it_is_given_up) {
    serve({});
    request.open_browser = [](const std::string&) { return false; };
    request.longest = seconds(0);
    EXPECT_EQ(outcome(sign_in_by_browser(request, soon())), "timed_out");
    serve({});
    request.longest = seconds(600);
    StopSource stop;
    request.observer = [&stop](const Progress& progress) {
        if (progress.stage == Stage::browser)
            stop.request_stop();
    };
    EXPECT_EQ(
        outcome(sign_in_by_browser(request, Wait::for_at_most(seconds(30), stop.get_token()))),
        "cancelled");
}

TEST_F(SignInTest, the_address_of_another_computers_browser_is_handed_over) {
    serve({good()});
    std::string place, state;
    std::jthread person;
    std::vector<std::string> outcomes;
    request.open_browser = [&](const std::string& url) {
        place = parameter(url, "redirect_uri");
        state = parameter(url, "state");
        browser.remember(url);
        person = std::jthread([&] {
            const std::string rest = place.substr(std::string("http://").size());
            for (const std::string& pasted :
                 {std::string("https://evil.example/?code=c1&state=") + state,
                  std::string("http://10.0.0.1:80/callback?code=c1&state=") + state, place,
                  place + "?code=stolen&state=wrong", place + "x?code=c1&state=" + state,
                  " " + rest + "?code=c1&state=" + state + "\n"}) {
                const auto handed = hand_over_answer(pasted, soon());
                outcomes.emplace_back(handed ? "taken" : handed.error().fact("fault"));
            }
        });
        return true;
    };
    const auto account = sign_in_by_browser(request, soon());
    person = {};
    ASSERT_TRUE(account) << outcome(account);
    EXPECT_EQ(outcomes,
              (std::vector<std::string>{"answer_not_ours", "answer_not_ours", "answer_not_ours",
                                        "answer_not_ours", "answer_not_ours", "taken"}));
    const auto late = hand_over_answer(place + "?code=c1&state=" + state, soon());
    EXPECT_EQ(late.error().fact("fault"), "answer_not_ours") << "nobody waits any more";
}

TEST_F(SignInTest, what_is_missing_in_the_point_is_said_before_anybody_is_asked) {
    request.connection.oauth.client_id.clear();
    EXPECT_EQ(outcome(sign_in_by_browser(request, soon())), "client_id_missing");
    request.connection.oauth.client_id = "client";
    serve({});
    request.connection.oauth.redirect = "https://example.com/";
    EXPECT_EQ(outcome(sign_in_by_browser(request, soon())), "redirect_unusable");
}

TEST_F(SignInTest, with_a_code_on_another_device) {
    serve({[](const std::string&) {
               return WebServer::answer(
                   R"({"device_code":"d","user_code":"AB-CD","verification_uri":"https://x/d",)"
                   R"("expires_in":60,"interval":1})");
           },
           [](const std::string&) {
               return WebServer::answer(R"({"error":"authorization_pending"})", {}, "400 x");
           },
           good()});
    std::string code;
    request.observer = [&code](const Progress& progress) {
        if (progress.stage == Stage::device)
            code = progress.user_code + " " + progress.address;
    };
    const auto account = sign_in_by_device(request, soon());
    ASSERT_TRUE(account) << outcome(account);
    EXPECT_EQ(code, "AB-CD https://x/d");
    EXPECT_EQ(account->access_token.reveal(), "at");
}

TEST_F(SignInTest, a_provider_without_a_page_in_the_browser_is_no_address_to_open) {
    server = std::make_unique<WebServer>(std::vector<WebServer::Answer>{[this](const std::string&) {
        return WebServer::answer(R"({"issuer":")" + server->url() + R"(","token_endpoint":")" +
                                 server->url("/token") + "\"}");
    }});
    request.connection.oauth.provider = "oidc";
    request.connection.oauth.issuer = server->url();
    EXPECT_EQ(outcome(sign_in_by_browser(request, soon())), "browser_not_offered");
    EXPECT_EQ(browser.url(), "");
}

TEST_F(SignInTest, as_the_application_itself) {
    serve({[](const std::string&) {
        return WebServer::answer(
            R"({"access_token":"at","token_type":"Bearer","expires_in":3600})");
    }});
    request.client_secret = Secret("s1");
    const auto account = sign_in_as_application(request, soon());
    ASSERT_TRUE(account) << outcome(account);
    EXPECT_TRUE(account->refresh_token.empty());
    EXPECT_NE(server->requests().at(1).find("grant_type=client_credentials"), std::string::npos);
}

}  // namespace
}  // namespace mail::oauth
