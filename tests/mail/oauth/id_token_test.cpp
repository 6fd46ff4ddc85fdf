#include "mail/oauth/id_token.h"

#include <string>

#include <gtest/gtest.h>

#include "mail/base/base64.h"

namespace mail::oauth {
namespace {

const auto today = std::chrono::system_clock::from_time_t(1'700'000'000);

Flow a_flow() {
    Provider provider;
    provider.issuer = "https://id.example";
    Flow flow;
    flow.provider = provider;
    flow.client_id = "client";
    flow.nonce = Secret("n-1");
    return flow;
}

Secret token(const std::string& claims) {
    return Secret("e30." + to_base64url(claims) + ".c2ln");
}

std::string with(const std::string& key, const std::string& value) {
    std::string claims = R"({"iss":"https://id.example","aud":"client","exp":1700000600,)"
                         R"("iat":1700000000,"nonce":"n-1","sub":"s","email":"ala@firma.test"})";
    if (key.empty())
        return claims;
    // The last one of a name counts.
    claims.back() = ',';
    return claims + '"' + key + "\":" + value + "}";
}

std::string verdict(const Secret& token) {
    const auto person = read_id_token(token, a_flow(), today);
    return person ? "good" : std::string(person.error().fact("claim"));
}

TEST(IdToken, who_signed_in) {
    const auto person = read_id_token(token(with("tid", "\"t\"")), a_flow(), today);
    ASSERT_TRUE(person);
    EXPECT_EQ(person->subject, "s");
    EXPECT_EQ(person->tenant, "t");
    EXPECT_EQ(person->account(), "ala@firma.test");
}

TEST(IdToken, every_claim_is_looked_at) {
    EXPECT_EQ(verdict(token(with("", ""))), "good");
    EXPECT_EQ(verdict(token(with("iss", "\"https://evil\""))), "iss");
    EXPECT_EQ(verdict(token(with("aud", "\"other\""))), "aud");
    EXPECT_EQ(verdict(token(with("aud", "[\"client\"]"))), "good");
    EXPECT_EQ(verdict(token(with("aud", "[\"client\",\"other\"]"))), "azp");
    EXPECT_EQ(verdict(token(with("azp", "\"other\""))), "azp");
    EXPECT_EQ(verdict(token(with("exp", "1699999800"))), "good");
    EXPECT_EQ(verdict(token(with("exp", "1699999600"))), "exp");
    EXPECT_EQ(verdict(token(with("exp", "null"))), "exp");
    EXPECT_EQ(verdict(token(with("iat", "1700000200"))), "good");
    EXPECT_EQ(verdict(token(with("iat", "1700000400"))), "iat");
    EXPECT_EQ(verdict(token(with("nonce", "\"n-2\""))), "nonce");
    EXPECT_EQ(verdict(token(with("nonce", "null"))), "nonce");
}

TEST(IdToken, what_is_no_token_is_wrong) {
    for (const char* text : {"", ".", "..", "a.b", "a.!.c", "a.e30.c.d", "a.W10.c"})
        EXPECT_EQ(verdict(Secret(text)), "form") << text;
}

TEST(IdToken, without_a_browser_there_is_no_nonce) {
    const auto person =
        read_id_token(token(with("nonce", "\"n-2\"")), a_flow().provider, "client", today);
    EXPECT_TRUE(person);
}

}  // namespace
}  // namespace mail::oauth
