#include "mail/proposal/autoconfig.h"

#include <algorithm>
#include <charconv>
#include <string>
#include <utility>

#include <pugixml.hpp>

#include "mail/base/ascii.h"
#include "mail/base/utf8.h"
#include "mail/point/validate.h"

namespace mail::proposal {

namespace {

constexpr std::size_t longest_value = 320;

std::string_view value_of(const pugi::xml_node& parent, const char* name) {
    return trimmed(parent.child_value(name));
}

void replace(std::string& text, std::string_view hole, std::string_view value) {
    for (std::size_t at = text.find(hole); at != std::string::npos;
         at = text.find(hole, at + value.size()))
        text.replace(at, hole.size(), value);
}

/// "" for what can't be a value: too long, control characters, or a hole that is not known.
std::string filled(std::string_view raw_value, const point::AddressParts& address) {
    if (raw_value.size() > longest_value || !utf8::valid(raw_value))
        return {};
    std::string value(raw_value), rest(raw_value);
    const std::pair<std::string_view, std::string> holes[] = {
        {"%EMAILADDRESS%", address.local + "@" + address.domain},
        {"%EMAILLOCALPART%", address.local},
        {"%EMAILDOMAIN%", address.domain}};
    for (const auto& [hole, meaning] : holes) {
        replace(value, hole, meaning);
        replace(rest, hole, "");
    }
    const bool control = std::ranges::any_of(
        value, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; });
    return control || rest.find('%') != std::string::npos ? std::string() : value;
}

std::optional<net::Encryption> encryption_of(const pugi::xml_node& server) {
    const std::string_view type = value_of(server, "socketType");
    if (type == "SSL" || type == "TLS")
        return net::Encryption::tls;
    if (type == "STARTTLS")
        return net::Encryption::starttls;
    return std::nullopt;
}

/// The first method that we have; nothing where the server wants others (certificates, Kerberos).
std::optional<point::Authentication> authentication_of(const pugi::xml_node& server) {
    if (!server.child("authentication"))
        return point::Authentication::password;
    for (const pugi::xml_node& method : server.children("authentication")) {
        const std::string_view name = trimmed(method.child_value());
        if (name == "OAuth2")
            return point::Authentication::oauth2;
        if (name == "password-cleartext" || name == "plain" || name == "password-encrypted" ||
            name == "secure")
            return point::Authentication::password;
    }
    return std::nullopt;
}

std::optional<point::Suggestion> settings_of(const pugi::xml_node& server,
                                             const point::AddressParts& address) {
    const auto encryption = encryption_of(server);
    const auto authentication = authentication_of(server);
    if (!encryption || !authentication)
        return std::nullopt;
    point::Suggestion settings;
    settings.server = filled(value_of(server, "hostname"), address);
    if (settings.server.empty() || !point::looks_like_server(settings.server))
        return std::nullopt;
    const std::string_view port = value_of(server, "port");
    const auto [end, error] =
        std::from_chars(port.data(), port.data() + port.size(), settings.port);
    if (error != std::errc{} || end != port.data() + port.size() || settings.port < 1 ||
        settings.port > 65535)
        return std::nullopt;
    settings.encryption = *encryption;
    settings.authentication = *authentication;
    if (*authentication == point::Authentication::oauth2)
        settings.oauth_provider = point::oauth_provider_of(settings.server);
    settings.login = filled(value_of(server, "username"), address);
    if (settings.login.empty())
        settings.login = address.local + "@" + address.domain;
    return settings;
}

}  // namespace

std::optional<point::Suggestion> settings_in(std::string_view raw_document,
                                             const point::AddressParts& address) {
    if (raw_document.size() > longest_document)
        return std::nullopt;
    pugi::xml_document document;
    if (!document.load_buffer(raw_document.data(), raw_document.size(),
                              pugi::parse_cdata | pugi::parse_escapes | pugi::parse_eol))
        return std::nullopt;
    std::optional<point::Suggestion> best;
    for (const pugi::xml_node& server :
         document.child("clientConfig").child("emailProvider").children("incomingServer")) {
        if (std::string_view(server.attribute("type").value()) != "imap")
            continue;
        auto settings = settings_of(server, address);
        if (!settings)
            continue;
        if (settings->encryption == net::Encryption::tls)
            return settings;
        if (!best)
            best = std::move(settings);
    }
    return best;
}

}  // namespace mail::proposal
