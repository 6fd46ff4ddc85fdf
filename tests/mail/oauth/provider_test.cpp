#include "mail/oauth/provider.h"

#include <gtest/gtest.h>

namespace mail::oauth {
namespace {

TEST(OAuthProvider, microsoft_with_its_tenants) {
    point::OAuth settings;
    const auto common = known_provider(settings);
    ASSERT_TRUE(common);
    EXPECT_EQ(common->token, "https://login.microsoftonline.com/common/oauth2/v2.0/token");
    EXPECT_EQ(common->redirect_host, "localhost");
    EXPECT_EQ(common->redirect_path, "/");
    EXPECT_FALSE(common->device.empty());
    settings.tenant = "firma.onmicrosoft.com";
    settings.scopes = "a b";
    const auto own = known_provider(settings);
    EXPECT_EQ(own->authorize,
              "https://login.microsoftonline.com/firma.onmicrosoft.com/oauth2/v2.0/authorize");
    EXPECT_EQ(own->scopes, "a b");
}

TEST(OAuthProvider, an_application_of_its_own_asks_for_what_was_given_to_it) {
    point::OAuth settings;
    settings.flow = "app";
    EXPECT_EQ(known_provider(settings)->scopes, "https://outlook.office365.com/.default");
    settings.scopes = "x";
    EXPECT_EQ(known_provider(settings)->scopes, "x");
}

TEST(OAuthProvider, google_and_yahoo_are_known_and_others_are_not) {
    point::OAuth settings;
    settings.provider = "google";
    const auto google = known_provider(settings);
    ASSERT_TRUE(google);
    EXPECT_EQ(google->redirect_host, "127.0.0.1");
    EXPECT_EQ(google->device, "");
    EXPECT_NE(google->authorize_more.find("access_type=offline"), std::string::npos);
    settings.provider = "yahoo";
    ASSERT_TRUE(known_provider(settings));
    EXPECT_TRUE(known_provider(settings)->secret_in_header);
    settings.provider = "oidc";
    EXPECT_FALSE(known_provider(settings));
}

TEST(OAuthProvider, the_issuer_is_the_same_byte_for_byte_but_for_microsofts_tenant) {
    const Provider microsoft = *known_provider(point::OAuth{});
    EXPECT_TRUE(issuer_matches(
        microsoft, "https://login.microsoftonline.com/72f988bf-86f1-41af-91ab-2d7cd011db47/v2.0"));
    EXPECT_FALSE(issuer_matches(microsoft, "https://login.microsoftonline.com//v2.0"));
    EXPECT_FALSE(issuer_matches(microsoft, "https://login.microsoftonline.com/a/b/v2.0"));
    EXPECT_FALSE(issuer_matches(microsoft, "https://login.microsoftonline.com/x.evil/v2.0"));
    EXPECT_FALSE(issuer_matches(microsoft, ""));
    Provider other;
    other.issuer = "https://id.example";
    EXPECT_TRUE(issuer_matches(other, "https://id.example"));
    EXPECT_FALSE(issuer_matches(other, "https://id.example/"));
}

TEST(OAuthProvider, a_redirect_is_on_this_computer_or_nowhere) {
    const auto any = redirect_place("http://localhost");
    ASSERT_TRUE(any);
    EXPECT_EQ(any->host, "localhost");
    EXPECT_EQ(any->path, "/");
    EXPECT_EQ(any->port, 0);
    const auto fixed = redirect_place("http://127.0.0.1:8400/callback");
    ASSERT_TRUE(fixed);
    EXPECT_EQ(fixed->port, 8400);
    EXPECT_EQ(fixed->path, "/callback");
    for (const char* address :
         {"", "https://localhost/", "http://example.com/", "http://127.0.0.1:0/",
          "http://127.0.0.1:70000/", "http://127.0.0.1:x/", "http://[::1]:80/",
          "http://127.0.0.1/?a", "http://localhost.evil/", "http://user@localhost/"})
        EXPECT_FALSE(redirect_place(address)) << address;
}

}  // namespace
}  // namespace mail::oauth
