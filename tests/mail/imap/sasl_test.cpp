#include "mail/imap/sasl.h"

#include <gtest/gtest.h>

#include "mail/base/base64.h"
#include "mail/imap/response.h"

namespace mail::imap {
namespace {

using namespace std::string_literals;

Credentials password(std::string login, std::string_view secret) {
    return {Credentials::Kind::password, std::move(login), Secret(secret)};
}

Credentials token(std::string login, std::string_view secret) {
    return {Credentials::Kind::oauth_token, std::move(login), Secret(secret)};
}

std::string decoded(const Secret& response) {
    return from_base64(response.reveal()).value();
}

TEST(Sasl, responses_are_those_of_the_standards) {
    EXPECT_EQ(
        initial_response(Mechanism::plain, password("tim", "tanstaaftanstaaf"), "h", 1).reveal(),
        "AHRpbQB0YW5zdGFhZnRhbnN0YWFm");
    EXPECT_EQ(decoded(initial_response(Mechanism::xoauth2, token("u@x", "TOK"), "h", 1)),
              "user=u@x\1auth=Bearer TOK\1\1");
    EXPECT_EQ(decoded(initial_response(Mechanism::oauthbearer, token("a,b=c", "TOK"), "h", 993)),
              "n,a=a=2Cb=3Dc,\1host=h\1port=993\1auth=Bearer TOK\1\1");
}

TEST(Sasl, the_mechanism_is_never_taken_blindly_from_the_list) {
    const auto choose = [](Credentials::Kind kind, std::string_view words) {
        return choose_mechanism(kind, parse_capabilities(words));
    };
    constexpr auto secret = Credentials::Kind::password;
    constexpr auto oauth = Credentials::Kind::oauth_token;
    EXPECT_EQ(choose(secret, "AUTH=GSSAPI AUTH=PLAIN").value(), Mechanism::plain);
    EXPECT_EQ(choose(secret, "AUTH=GSSAPI AUTH=SCRAM-SHA-1").value(), Mechanism::login);
    EXPECT_EQ(choose(secret, "LOGINDISABLED AUTH=PLAIN").value(), Mechanism::plain);
    EXPECT_EQ(choose(secret, "LOGINDISABLED AUTH=GSSAPI").error().cause, Cause::login_disabled);
    EXPECT_EQ(choose(oauth, "AUTH=XOAUTH2 AUTH=OAUTHBEARER").value(), Mechanism::oauthbearer);
    EXPECT_EQ(choose(oauth, "AUTH=XOAUTH2 AUTH=PLAIN").value(), Mechanism::xoauth2);
    const auto missing = choose(oauth, "AUTH=PLAIN AUTH=LOGIN");
    EXPECT_EQ(missing.error().cause, Cause::mechanism_missing);
    EXPECT_EQ(missing.error().fact("mechanisms"), "PLAIN LOGIN");
}

TEST(Sasl, error_challenges_become_text) {
    EXPECT_EQ(decoded_challenge("eyJzdGF0dXMiOiI0MDEifQ=="), "{\"status\":\"401\"}");
    EXPECT_EQ(decoded_challenge("!!"), "");
    EXPECT_EQ(decoded_challenge(""), "");
    EXPECT_LE(decoded_challenge(std::string(1'000'000, 'e')).size(), 600U);
}

TEST(Sasl, credentials_that_cannot_be_sent_are_refused) {
    EXPECT_TRUE(check_credentials(password("łoś", "ąę \" \\")));
    EXPECT_EQ(check_credentials(password("a", "")).error().cause, Cause::password_needed);
    EXPECT_EQ(check_credentials(token("a", "")).error().cause, Cause::signin_needed);
    for (const auto& bad : {"a\0b"s, "a\rb"s, "a\nb"s, "\xff"s}) {
        EXPECT_EQ(check_credentials(password(bad, "x")).error().cause, Cause::bad_credentials_text);
        EXPECT_EQ(check_credentials(password("x", bad)).error().cause, Cause::bad_credentials_text);
    }
    EXPECT_EQ(check_credentials(token("x", "a\1b")).error().cause, Cause::bad_credentials_text);
}

TEST(Base64, goes_both_ways) {
    for (const auto& raw : {""s, "f"s, "fo"s, "foo"s, "foob"s, "\0\xff\x80"s})
        EXPECT_EQ(from_base64(to_base64(raw)), raw);
    EXPECT_EQ(to_base64("foobar"), "Zm9vYmFy");
    EXPECT_EQ(to_base64("f"), "Zg==");
    EXPECT_FALSE(from_base64("a b"));
    EXPECT_FALSE(from_base64("A"));
}

}  // namespace
}  // namespace mail::imap
