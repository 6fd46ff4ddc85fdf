#include "mail/oauth/authorization.h"

#include <set>
#include <string>

#include <gtest/gtest.h>

#include "mail/net/http.h"
#include "mail/oauth/pkce.h"

namespace mail::oauth {
namespace {

using Kind = RedirectAnswer::Kind;

Flow a_flow() {
    Provider provider;
    provider.id = "oidc";
    provider.issuer = "https://id.example/";
    provider.authorize = "https://id.example/auth";
    provider.scopes = "openid email";
    provider.authorize_more = "prompt=consent";
    Flow flow = new_flow(provider, "client&1", "http://127.0.0.1:4711/callback");
    flow.login_hint = "ala+x@firma.test";
    flow.language = "pl";
    return flow;
}

std::string with_state(const Flow& flow, const std::string& rest) {
    return "state=" + std::string(flow.state.reveal()) + (rest.empty() ? "" : "&") + rest;
}

std::string fault_in(const RedirectAnswer& answer) {
    return answer.kind == Kind::refused ? std::string(answer.error.fact("fault")) : "none";
}

TEST(Pkce, the_vector_of_the_rfc) {
    EXPECT_EQ(challenge_of(Secret("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk")),
              "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
}

TEST(Pkce, every_value_is_new_and_long_enough) {
    std::set<std::string> seen;
    for (int i = 0; i < 100; ++i) {
        const Secret value = new_random_value();
        EXPECT_EQ(value.reveal().size(), 43U);
        EXPECT_TRUE(seen.insert(std::string(value.reveal())).second);
    }
    const Flow flow = a_flow();
    EXPECT_NE(flow.state.reveal(), flow.nonce.reveal());
    EXPECT_NE(flow.state.reveal(), flow.verifier.reveal());
}

TEST(Authorization, the_browser_is_sent_the_challenge_and_never_the_verifier) {
    const Flow flow = a_flow();
    const std::string url = authorization_url(flow);
    EXPECT_EQ(url, "https://id.example/auth?response_type=code&client_id=client%261"
                   "&redirect_uri=http%3A%2F%2F127.0.0.1%3A4711%2Fcallback&scope=openid%20email"
                   "&state=" +
                       std::string(flow.state.reveal()) +
                       "&code_challenge=" + challenge_of(flow.verifier) +
                       "&code_challenge_method=S256&nonce=" + std::string(flow.nonce.reveal()) +
                       "&login_hint=ala%2Bx%40firma.test&ui_locales=pl&prompt=consent");
    EXPECT_EQ(url.find(flow.verifier.reveal()), std::string::npos);
}

TEST(Authorization, without_openid_there_is_no_nonce_and_a_query_goes_on) {
    Flow flow = a_flow();
    flow.provider.scopes = "mail-w";
    flow.provider.authorize = "https://id.example/auth?realm=1";
    const std::string url = authorization_url(flow);
    EXPECT_TRUE(url.starts_with("https://id.example/auth?realm=1&response_type=code&"));
    EXPECT_EQ(url.find("nonce"), std::string::npos);
}

TEST(Authorization, a_code_with_the_right_state) {
    const Flow flow = a_flow();
    const auto answer = read_answer(
        flow,
        with_state(flow, "code=a%2Fb+c&session_state=x&scope=y&iss=https%3A%2F%2Fid.example%2F"));
    ASSERT_EQ(answer.kind, Kind::code);
    EXPECT_EQ(answer.code.reveal(), "a/b c");
}

TEST(Authorization, another_state_is_not_ours_whatever_else_it_says) {
    const Flow flow = a_flow();
    const std::string state(flow.state.reveal());
    for (const std::string& query :
         {std::string(), std::string("code=x"), std::string("error=access_denied"),
          "state=" + state.substr(1) + "&code=x", "state=" + state + "x&error=access_denied",
          std::string("state=&code=x"), "state=" + state + "&state=" + state + "&code=x",
          "State=" + state + "&code=x"})
        EXPECT_EQ(read_answer(flow, query).kind, Kind::not_ours) << query;
}

TEST(Authorization, a_repeated_parameter_or_none_at_all_is_malformed) {
    const Flow flow = a_flow();
    for (const char* rest : {"code=a&code=a", "code=a&iss=b&iss=b", "error=a&error=b", "", "code="})
        EXPECT_EQ(fault_in(read_answer(flow, with_state(flow, rest))), "answer_malformed") << rest;
}

TEST(Authorization, the_issuer_is_compared_also_in_errors_and_missed_where_it_was_promised) {
    Flow flow = a_flow();
    const std::string ours = "iss=https%3A%2F%2Fid.example%2F";
    EXPECT_EQ(fault_in(read_answer(flow, with_state(flow, "code=a&iss=https%3A%2F%2Fid.example"))),
              "issuer_mismatch");
    EXPECT_EQ(
        fault_in(read_answer(flow, with_state(flow, "error=access_denied&iss=https%3A%2F%2Fevil"))),
        "issuer_mismatch");
    EXPECT_EQ(fault_in(read_answer(flow, with_state(flow, "code=a&iss="))), "issuer_mismatch");
    flow.provider.always_names_issuer = true;
    EXPECT_EQ(fault_in(read_answer(flow, with_state(flow, "code=a"))), "issuer_mismatch");
    EXPECT_EQ(read_answer(flow, with_state(flow, "code=a&" + ours)).kind, Kind::code);
}

TEST(Authorization, a_refusal_is_told_by_its_number) {
    const Flow flow = a_flow();
    const auto denied = read_answer(
        flow, with_state(flow, "error=access_denied&error_description=AADSTS65004%3A+declined"));
    EXPECT_EQ(fault_in(denied), "denied");
    EXPECT_EQ(denied.error.fact("number"), "65004");
    EXPECT_EQ(denied.error.fact("server_said"), "AADSTS65004: declined");
    EXPECT_EQ(fault_in(read_answer(flow, with_state(flow, "error=admin_policy_enforced"))),
              "blocked_by_workspace");
}

TEST(Authorization, any_octets_are_a_query) {
    const Flow flow = a_flow();
    for (const char* query : {"%", "%4", "%zz=%", "&&&", "=&=", "state", "a=b=c&%00=%FF"})
        EXPECT_EQ(read_answer(flow, query).kind, Kind::not_ours) << query;
}

}  // namespace
}  // namespace mail::oauth
