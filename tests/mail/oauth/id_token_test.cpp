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

TEST(IdToken, microsofts_issuer_is_that_of_its_tenant) {
    const std::string ours = "72f988bf-86f1-41af-91ab-2d7cd011db47",
                      other = "9188040d-6c67-4c5b-b112-36a304b66dad";
    const auto verdict_of = [](const std::string& setting, const std::string& issuer,
                               const std::string& tenant) {
        point::OAuth settings;
        settings.tenant = setting;
        Flow flow = a_flow();
        flow.provider = *known_provider(settings);
        std::string claims =
            with("iss", "\"https://login.microsoftonline.com/" + issuer + "/v2.0\"");
        claims.back() = ',';
        const auto person =
            read_id_token(token(claims + "\"tid\":\"" + tenant + "\"}"), flow, today);
        return person ? "good" : std::string(person.error().fact("claim"));
    };
    EXPECT_EQ(verdict_of("common", ours, ours), "good");
    EXPECT_EQ(verdict_of("common", ours, other), "tid");
    EXPECT_EQ(verdict_of("common", ours, ""), "tid");
    EXPECT_EQ(verdict_of("firma.example", ours, ours), "good");
    EXPECT_EQ(verdict_of("72F988BF-86F1-41AF-91AB-2D7CD011DB47", ours, ours), "good");
    EXPECT_EQ(verdict_of(ours, other, other), "iss") << "somebody of another organisation";
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
