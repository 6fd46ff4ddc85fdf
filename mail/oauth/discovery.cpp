#include "mail/oauth/discovery.h"

#include <algorithm>
#include <array>

#include "mail/net/endpoint.h"
#include "mail/net/http.h"
#include "mail/oauth/answer.h"

namespace mail::oauth {

namespace {

constexpr std::chrono::seconds answers_in{30};
constexpr std::size_t longest_document = 256 * 1024;

std::string without_last_slash(std::string issuer) {
    while (issuer.ends_with('/'))
        issuer.pop_back();
    return issuer;
}

/// "https://host[:port]" and the rest.
std::pair<std::string, std::string> split(const std::string& issuer) {
    const std::size_t scheme = issuer.find("://");
    const std::size_t host = scheme == std::string::npos ? 0 : scheme + 3;
    const std::size_t path = std::min(issuer.find('/', host), issuer.size());
    return {issuer.substr(0, path), issuer.substr(path)};
}

bool is_safe(const std::string& url) {
    if (url.starts_with("https://"))
        return true;
    constexpr std::string_view clear = "http://";
    if (!url.starts_with(clear))
        return false;
    const std::string rest = url.substr(clear.size());
    std::string host = rest.substr(0, rest.find_first_of(":/"));
    if (rest.starts_with('['))
        host = rest.substr(1, rest.find(']') - 1);
    return net::is_loopback(host);
}

bool offers(const Document& document, const char* key, std::string_view wanted) {
    const auto all = document.texts(key);
    return all && std::ranges::find(*all, wanted) != all->end();
}

}  // namespace

Result<Provider> read_metadata(std::string_view text, const point::OAuth& settings) {
    const std::string& issuer = settings.issuer.value_or("");
    const auto document = Document::parse(text);
    if (!document)
        return tl::unexpected(error_of(Fault::issuer_unknown, {{"issuer", issuer}}));
    if (document->text("issuer") != issuer)
        return tl::unexpected(error_of(Fault::issuer_differs,
                                       {{"issuer", issuer}, {"seen", document->text("issuer")}}));
    Provider provider;
    provider.id = settings.provider;
    provider.issuer = issuer;
    provider.authorize = document->text("authorization_endpoint");
    provider.token = document->text("token_endpoint");
    provider.device = document->text("device_authorization_endpoint");
    provider.revoke = document->text("revocation_endpoint");
    for (const std::string* url :
         {&provider.authorize, &provider.token, &provider.device, &provider.revoke})
        if (!url->empty() && !is_safe(*url))
            return tl::unexpected(
                error_of(Fault::issuer_insecure, {{"issuer", issuer}, {"url", *url}}));
    if (provider.token.empty())
        return tl::unexpected(error_of(Fault::issuer_unknown, {{"issuer", issuer}}));
    // RFC 7636 has no list; who gives one and leaves S256 out would take the code from anybody.
    if (document->texts("code_challenge_methods_supported") &&
        !offers(*document, "code_challenge_methods_supported", "S256"))
        return tl::unexpected(error_of(Fault::pkce_missing, {{"issuer", issuer}}));
    // Those of OpenID are a person's; what an application may do is the provider's own.
    provider.scopes =
        settings.scopes.value_or(settings.flow == "app" ? "" : "openid email offline_access");
    // Without it a strict provider gives no refresh token, and says nothing (OpenID Core, 11).
    provider.authorize_more = "prompt=consent";
    provider.always_names_issuer =
        document->is_true("authorization_response_iss_parameter_supported");
    const auto methods = document->texts("token_endpoint_auth_methods_supported");
    provider.secret_in_header =
        !methods ||
        !offers(*document, "token_endpoint_auth_methods_supported", "client_secret_post");
    return provider;
}

Result<Provider> discover(const point::OAuth& settings, const Way& way, const Wait& wait) {
    const std::string issuer = settings.issuer.value_or("");
    if (issuer.empty() || !is_safe(issuer))
        return tl::unexpected(error_of(
            issuer.empty() ? Fault::issuer_unknown : Fault::issuer_insecure, {{"issuer", issuer}}));
    const auto [place, path] = split(without_last_slash(issuer));
    const std::array urls{place + path + "/.well-known/openid-configuration",
                          place + "/.well-known/oauth-authorization-server" + path};
    std::optional<Error> first;
    for (const std::string& url : urls) {
        net::HttpRequest request;
        request.url = url;
        request.accept = "application/json";
        request.most_octets = longest_document;
        request.proxy = way.proxy;
        request.ca_file = way.ca_file;
        const auto answer = net::exchange(request, wait.within(answers_in));
        if (!answer)
            return tl::unexpected(answer.error());
        constexpr long good = 200;
        if (answer->status == good) {
            auto provider = read_metadata(answer->body.reveal(), settings);
            if (provider)
                return provider;
            first = first.value_or(provider.error());
        }
    }
    return tl::unexpected(first.value_or(error_of(Fault::issuer_unknown, {{"issuer", issuer}})));
}

}  // namespace mail::oauth
