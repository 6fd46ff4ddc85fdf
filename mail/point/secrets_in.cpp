#include "mail/point/secrets_in.h"

#include <algorithm>
#include <array>

#include "mail/base/utf8.h"
#include "mail/point/json_fields.h"
#include "mail/point/labelled_secret.h"
#include "mail/point/validate.h"

namespace mail::point {

namespace {

/// Numbers under other names are limits and times: "token_minutes", "password_length".
bool names_password(std::string_view key) {
    static constexpr std::array<std::string_view, 5> words{"password", "passwd", "passphrase",
                                                           "pwd", "haslo"};
    const std::string plain = utf8::unaccented(key);
    return std::ranges::any_of(words, [&](std::string_view word) { return plain.ends_with(word); });
}

/// `named`: by a key around it.
// NOLINTNEXTLINE(misc-no-recursion): the nesting is that of a file that was read, which is limited
std::string secret_under(const Json& value, const std::string& path, bool named) {
    if (value.is_string()) {
        const auto& text = value.get_ref<const std::string&>();
        return (named && !text.empty()) || holds_password(text) ? path : "";
    }
    if (!value.is_structured())
        return "";
    for (const auto& [key, inner] : value.items()) {
        if (value.is_object() && inner.is_number() && names_password(key))
            return path.empty() ? key : path + "." + key;
        const bool named_here =
            named || (value.is_object() && (names_secret(key) || labels_secret(value, key)));
        std::string found = secret_under(inner, path.empty() ? key : path + "." + key, named_here);
        if (!found.empty())
            return found;
    }
    return "";
}

}  // namespace

bool names_secret(std::string_view key) {
    static constexpr std::array<std::string_view, 11> words{
        "password", "passwd", "passphrase", "pwd",    "secret",       "token",
        "haslo",    "apikey", "credential", "bearer", "authorization"};
    // "smtp_pass", "userpass", "Proxy-Auth", "authKey"; but not "passive", "oauth",
    // "authentication".
    static constexpr std::array<std::string_view, 2> word_ends{"pass ", " auth "};
    std::string spaced(1, ' ');
    for (const char c : key) {
        if (c >= 'A' && c <= 'Z' && spaced.back() >= 'a' && spaced.back() <= 'z')
            spaced += ' ';
        spaced += c == '_' || c == '-' || c == '.' ? ' ' : c;
    }
    spaced = utf8::unaccented(spaced) + ' ';
    std::string joined = spaced;
    std::erase(joined, ' ');
    return std::ranges::any_of(
               words,
               [&](std::string_view word) { return joined.find(word) != std::string::npos; }) ||
           std::ranges::any_of(word_ends, [&](std::string_view word) {
               return spaced.find(word) != std::string::npos;
           });
}

bool labels_secret(const Json& object, std::string_view key) {
    if (key != "value")
        return false;
    return std::ranges::any_of(std::array{"name", "key", "id"}, [&](const char* label) {
        const auto found = object.find(label);
        return found != object.end() && found->is_string() &&
               names_secret(found->get_ref<const std::string&>());
    });
}

std::string without_proxy_login(std::string proxy) {
    // A proxy may be without "http://", and has no path: whatever is before the last @ is a login,
    // though somebody forgot to write %2F.
    const std::size_t scheme = proxy.find("://");
    const std::size_t begin = scheme == std::string::npos ? 0 : scheme + 3;
    const std::size_t login = proxy.rfind('@');
    if (login != std::string::npos && login >= begin)
        proxy.erase(begin, login + 1 - begin);
    return proxy;
}

bool holds_password(std::string_view text) {
    for (std::size_t at = text.find("://"); at != std::string_view::npos;
         at = text.find("://", at)) {
        at += 3;
        const std::string_view place = text.substr(at, text.find_first_of("/?# ", at) - at);
        const std::size_t login = place.rfind('@');
        if (login != std::string_view::npos &&
            place.substr(0, login).find(':') != std::string_view::npos)
            return true;
    }
    return false;
}

std::string field_with_secret(const Point& point) {
    if (holds_proxy_password(point))
        return std::string(key_of(Field::proxy));
    const OAuth& oauth = point.connection.oauth;
    for (const auto& [key, text] :
         {std::pair(key_of(Field::target_folder), point.general.folder),
          std::pair(key_of(Field::issuer), oauth.issuer.value_or("")),
          std::pair(std::string_view("connection.oauth.redirect"), oauth.redirect.value_or(""))})
        if (holds_password(text))
            return std::string(key);
    return secret_under(unknown_from(point.unknown_keys), "", false);
}

}  // namespace mail::point
