// What a provider, or whatever stands in its place, answers: tokens that can stand in a command,
// endpoints that are safe to ask, or an error.

#include <cstddef>
#include <cstdint>
#include <string>

#include "mail/oauth/discovery.h"
#include "mail/oauth/id_token.h"
#include "mail/oauth/token_endpoint.h"
#include "tests/fuzz/require.h"

namespace {

constexpr const char* issuer = "https://id.example";

void read_as_tokens(const std::string& body, long status) {
    mail::net::HttpAnswer answer;
    answer.status = status;
    answer.body = mail::Secret(body);
    const auto tokens = mail::oauth::read_tokens(answer);
    if (!tokens) {
        fuzz::require(!tokens.error().fact("fault").empty(), "an error has a name");
        return;
    }
    fuzz::require(status == 200, "no refusal has tokens");
    fuzz::require(mail::oauth::is_usable_token(tokens->access.reveal()),
                  "a token can stand in a command");
    fuzz::require(tokens->expires_in.count() > 0, "it lives for a while");
}

void read_as_metadata(const std::string& body) {
    mail::point::OAuth settings;
    settings.provider = "oidc";
    settings.issuer = issuer;
    const auto provider = mail::oauth::read_metadata(body, settings);
    if (!provider)
        return;
    fuzz::require(provider->issuer == issuer, "the issuer is who was asked for");
    fuzz::require(!provider->token.empty(), "there is somebody to ask for tokens");
    for (const std::string* url :
         {&provider->authorize, &provider->token, &provider->device, &provider->revoke})
        fuzz::require(url->empty() || url->starts_with("https://") || url->starts_with("http://"),
                      "an endpoint is an address");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string body(data, data + size);
    for (const long status : {200L, 400L, 429L, 503L})
        read_as_tokens(body, status);
    read_as_metadata(body);
    mail::oauth::Provider provider;
    provider.issuer = issuer;
    const auto now = std::chrono::system_clock::from_time_t(1'800'000'000);
    static_cast<void>(mail::oauth::read_id_token(mail::Secret(body), provider, "client", now));
    return 0;
}
