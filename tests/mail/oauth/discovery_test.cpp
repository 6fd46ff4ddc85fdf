#include "mail/oauth/discovery.h"

#include <gtest/gtest.h>

#include "tests/fakes/web_server.h"

namespace mail::oauth {
namespace {

using fakes::WebServer;

point::OAuth settings_for(const std::string& issuer) {
    point::OAuth settings;
    settings.provider = "oidc";
    settings.issuer = issuer;
    return settings;
}

std::string document(const std::string& issuer, const std::string& more = {}) {
    return R"({"issuer":")" + issuer + R"(","authorization_endpoint":")" + issuer +
           R"(/auth","token_endpoint":")" + issuer + R"(/token")" + more + "}";
}

std::string fault_in(const Result<Provider>& read) {
    return read ? "none" : std::string(read.error().fact("fault"));
}

TEST(Discovery, what_the_metadata_says) {
    const auto read = read_metadata(
        document("https://id.example",
                 R"(,"device_authorization_endpoint":"https://id.example/device",)"
                 R"("authorization_response_iss_parameter_supported":true,)"
                 R"("code_challenge_methods_supported":["plain","S256"],)"
                 R"("token_endpoint_auth_methods_supported":["client_secret_basic"])"),
        settings_for("https://id.example"));
    ASSERT_TRUE(read);
    EXPECT_EQ(read->token, "https://id.example/token");
    EXPECT_EQ(read->device, "https://id.example/device");
    EXPECT_EQ(read->revoke, "");
    EXPECT_TRUE(read->always_names_issuer);
    EXPECT_TRUE(read->secret_in_header);
    EXPECT_EQ(read->authorize_more, "prompt=consent");
}

TEST(Discovery, refuses_what_would_be_unsafe) {
    const point::OAuth settings = settings_for("https://id.example");
    EXPECT_EQ(fault_in(read_metadata("<html>", settings)), "issuer_unknown");
    EXPECT_EQ(fault_in(read_metadata("[]", settings)), "issuer_unknown");
    EXPECT_EQ(fault_in(read_metadata(R"({"issuer":"https://id.example"})", settings)),
              "issuer_unknown");
    EXPECT_EQ(fault_in(read_metadata(document("https://id.example/"), settings)), "issuer_differs");
    EXPECT_EQ(fault_in(read_metadata(
                  document("https://id.example", R"(,"revocation_endpoint":"http://id.example/r")"),
                  settings)),
              "issuer_insecure");
    EXPECT_EQ(fault_in(read_metadata(document("https://id.example",
                                              R"(,"code_challenge_methods_supported":["plain"])"),
                                     settings)),
              "pkce_missing");
    std::string deep;
    for (int i = 0; i < 10'000; ++i)
        deep += "[";
    EXPECT_EQ(fault_in(read_metadata(R"({"issuer":)" + deep, settings)), "issuer_unknown");
}

TEST(Discovery, both_well_known_addresses_are_tried) {
    std::string issuer;
    WebServer server(std::vector<WebServer::Answer>{
        [](const std::string&) { return WebServer::answer("no", {}, "404 Not Found"); },
        [&issuer](const std::string&) { return WebServer::answer(document(issuer)); }});
    issuer = server.url("/realm");
    const auto read =
        discover(settings_for(issuer), {}, Wait::for_at_most(std::chrono::seconds(20)));
    ASSERT_TRUE(read) << fault_in(read);
    EXPECT_EQ(read->token, issuer + "/token");
    const auto requests = server.requests();
    ASSERT_EQ(requests.size(), 2U);
    EXPECT_TRUE(requests[0].starts_with("GET /realm/.well-known/openid-configuration "));
    EXPECT_TRUE(requests[1].starts_with("GET /.well-known/oauth-authorization-server/realm "));
}

TEST(Discovery, an_issuer_in_clear_text_elsewhere_is_not_asked) {
    EXPECT_EQ(fault_in(discover(settings_for("http://id.example"), {}, {})), "issuer_insecure");
    EXPECT_EQ(fault_in(discover(settings_for("http://127.0.0.1.evil"), {}, {})), "issuer_insecure");
    EXPECT_EQ(fault_in(discover(settings_for(""), {}, {})), "issuer_unknown");
}

}  // namespace
}  // namespace mail::oauth
