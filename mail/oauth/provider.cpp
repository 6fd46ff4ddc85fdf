#include "mail/oauth/provider.h"

#include <algorithm>
#include <charconv>

#include <nlohmann/json.hpp>

#include "mail/base/ascii.h"
#include "mail/net/endpoint.h"

namespace mailpoint_embedded {
extern const unsigned char oauth_providers_json[];
extern const std::size_t oauth_providers_json_size;
}  // namespace mailpoint_embedded

namespace mail::oauth {

namespace {

constexpr std::string_view tenant_of_account = "{tenantid}";

std::string with_tenant(std::string url, const std::string& tenant) {
    constexpr std::string_view place = "{tenant}";
    if (const std::size_t at = url.find(place); at != std::string::npos)
        url.replace(at, place.size(), tenant);
    return url;
}

/// 8-4-4-4-12 hex digits: not a domain, nor a word such as "common".
bool is_tenant_id(std::string_view tenant) {
    constexpr std::string_view form = "........-....-....-....-............";
    return std::ranges::equal(tenant, form, [](char c, char expected) {
        return expected == '-' ? c == '-' : hex_value(c) >= 0;
    });
}

Provider read(const nlohmann::json& row, const point::OAuth& settings) {
    const auto text = [&row](const char* key) { return row.value(key, std::string()); };
    Provider provider;
    provider.id = text("id");
    provider.issuer = text("issuer");
    const std::string tenant = settings.tenant.empty() ? "common" : settings.tenant;
    // Of a tenant that is named by its id nobody else's will do.
    if (is_tenant_id(tenant))
        provider.issuer = with_tenant_id(provider.issuer, lower_case(tenant));
    provider.authorize = with_tenant(text("authorize"), tenant);
    provider.token = with_tenant(text("token"), tenant);
    provider.device = with_tenant(text("device"), tenant);
    provider.revoke = text("revoke");
    const bool by_application = settings.flow == "app" && row.contains("application_scopes");
    provider.scopes =
        settings.scopes.value_or(text(by_application ? "application_scopes" : "scopes"));
    provider.redirect_host = row.value("redirect_host", provider.redirect_host);
    provider.redirect_path = row.value("redirect_path", provider.redirect_path);
    provider.authorize_more = text("authorize_more");
    provider.secret_in_header = row.value("secret_in_header", false);
    return provider;
}

}  // namespace

std::optional<Provider> known_provider(const point::OAuth& settings) {
    using namespace mailpoint_embedded;
    static const nlohmann::json table = nlohmann::json::parse(
        oauth_providers_json, oauth_providers_json + oauth_providers_json_size);
    for (const nlohmann::json& row : table)
        if (row.value("id", "") == settings.provider)
            return read(row, settings);
    return std::nullopt;
}

std::optional<RedirectPlace> redirect_place(const std::string& address) {
    constexpr std::string_view scheme = "http://";
    std::string_view rest = address;
    if (!rest.starts_with(scheme))
        return std::nullopt;
    rest.remove_prefix(scheme.size());
    const std::size_t slash = std::min(rest.find('/'), rest.size());
    std::string_view place = rest.substr(0, slash);
    RedirectPlace read;
    read.path = slash < rest.size() ? std::string(rest.substr(slash)) : "/";
    if (read.path.find_first_of("?#") != std::string::npos)
        return std::nullopt;
    if (const std::size_t colon = place.rfind(':'); colon != std::string_view::npos) {
        const std::string_view digits = place.substr(colon + 1);
        const auto [end, error] =
            std::from_chars(digits.data(), digits.data() + digits.size(), read.port);
        if (error != std::errc() || end != digits.data() + digits.size() || read.port < 1 ||
            read.port > 65535)
            return std::nullopt;
        place = place.substr(0, colon);
    }
    if (place != "127.0.0.1" && place != "localhost")
        return std::nullopt;
    read.host = place;
    return read;
}

std::string with_tenant_id(std::string issuer, std::string_view tenant) {
    if (const std::size_t at = issuer.find(tenant_of_account); at != std::string::npos)
        issuer.replace(at, tenant_of_account.size(), tenant);
    return issuer;
}

bool issuer_matches(const Provider& provider, std::string_view issuer) {
    const std::string_view ours = provider.issuer;
    const std::size_t at = ours.find(tenant_of_account);
    if (at == std::string_view::npos)
        return issuer == ours;
    const std::string_view before = ours.substr(0, at);
    const std::string_view after = ours.substr(at + tenant_of_account.size());
    if (issuer.size() <= before.size() + after.size() || !issuer.starts_with(before) ||
        !issuer.ends_with(after))
        return false;
    const std::string_view tenant =
        issuer.substr(before.size(), issuer.size() - before.size() - after.size());
    return tenant.find_first_not_of("0123456789abcdefABCDEF-") == std::string_view::npos;
}

}  // namespace mail::oauth
