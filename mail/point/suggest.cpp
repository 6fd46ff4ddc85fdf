#include "mail/point/suggest.h"

#include <cassert>
#include <cstddef>

#include <nlohmann/json.hpp>

#include "mail/base/ascii.h"
#include "mail/base/utf8.h"
#include "mail/point/point_fields.h"
#include "mail/point/validate.h"

namespace mailpoint_embedded {
extern const unsigned char providers_json[];
extern const std::size_t providers_json_size;
}  // namespace mailpoint_embedded

namespace mail::point {

namespace {

enum class LoginForm { address, local_part };

/// A row of providers.json: whose addresses it serves, and where.
struct Provider {
    std::string name, server, oauth;
    std::vector<std::string> domains, suffixes;
    std::vector<std::string> exchangers;  ///< ends of host names
    int port = 993;
    net::Encryption encryption = net::Encryption::tls;
    Authentication authentication = Authentication::password;
    LoginForm login = LoginForm::address;
};

template <class T, std::size_t size>
T chosen(const Choices<T, size>& choices, const std::string& name) {
    for (const auto& [known, meaning] : choices)
        if (known == name)
            return meaning;
    // The table is ours and a test reads every row of it.
    assert(false && "unknown word in providers.json");
    return choices.front().second;
}

Provider provider_from(const nlohmann::json& row) {
    Provider provider;
    provider.name = row.at("name");
    provider.server = row.at("server");
    provider.domains = row.value("domains", std::vector<std::string>());
    provider.suffixes = row.value("suffixes", std::vector<std::string>());
    provider.exchangers = row.value("exchangers", std::vector<std::string>());
    provider.oauth = row.value("oauth", "");
    provider.port = row.value("port", 993);
    provider.encryption = chosen(encryptions, row.value("encryption", "tls"));
    provider.authentication = chosen(authentications, row.value("authentication", "password"));
    if (row.value("login", "address") == "local")
        provider.login = LoginForm::local_part;
    return provider;
}

const std::vector<Provider>& providers() {
    static const std::vector<Provider> table = [] {
        const unsigned char* first = mailpoint_embedded::providers_json;
        std::vector<Provider> rows;
        for (const auto& row :
             nlohmann::json::parse(first, first + mailpoint_embedded::providers_json_size))
            rows.push_back(provider_from(row));
        return rows;
    }();
    return table;
}

bool serves(const Provider& provider, std::string_view domain) {
    for (const std::string& known : provider.domains)
        if (domain == known)
            return true;
    for (const std::string& suffix : provider.suffixes)
        if (domain.size() > suffix.size() && domain.ends_with(suffix))
            return true;
    return false;
}

Suggestion suggestion_of(const Provider& provider, const AddressParts& parts) {
    Suggestion suggestion;
    suggestion.server = provider.server == "{domain}" ? parts.domain : provider.server;
    suggestion.port = provider.port;
    suggestion.encryption = provider.encryption;
    suggestion.authentication = provider.authentication;
    suggestion.oauth_provider = provider.oauth;
    suggestion.provider = provider.name;
    suggestion.login =
        provider.login == LoginForm::local_part ? parts.local : parts.local + "@" + parts.domain;
    return suggestion;
}

}  // namespace

std::optional<AddressParts> split_address(std::string_view address) {
    address = trimmed(address);
    const std::size_t at = address.rfind('@');
    if (at == std::string_view::npos || at == 0)
        return std::nullopt;
    AddressParts parts{std::string(address.substr(0, at)), utf8::folded(address.substr(at + 1))};
    if (parts.local.find_first_of(" \t\r\n@<>\",;:\\()[]") != std::string::npos)
        return std::nullopt;
    if (parts.domain.find('.') == std::string::npos || parts.domain.find(':') != std::string::npos)
        return std::nullopt;
    if (!looks_like_server(parts.domain) || parts.domain.back() == '.')
        return std::nullopt;
    return parts;
}

std::optional<Suggestion> suggest(std::string_view address) {
    const auto parts = split_address(address);
    if (!parts)
        return std::nullopt;
    for (const Provider& provider : providers())
        if (serves(provider, parts->domain))
            return suggestion_of(provider, *parts);
    Suggestion suggestion;
    suggestion.login = parts->local + "@" + parts->domain;
    suggestion.server = "imap." + parts->domain;
    suggestion.guessed = true;
    return suggestion;
}

std::optional<Suggestion> suggest_by_exchanger(const AddressParts& address, std::string_view host) {
    for (const Provider& provider : providers())
        for (const std::string& end : provider.exchangers)
            if (host.ends_with(end))
                return suggestion_of(provider, address);
    return std::nullopt;
}

std::string oauth_provider_of(std::string_view server) {
    for (const Provider& provider : providers())
        if (provider.server == server && !provider.oauth.empty())
            return provider.oauth;
    return {};
}

}  // namespace mail::point
