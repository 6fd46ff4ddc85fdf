#include "mail/point/secrets_in.h"

#include <algorithm>
#include <array>

#include "mail/base/utf8.h"
#include "mail/point/json_fields.h"
#include "mail/point/validate.h"

namespace mail::point {

namespace {

/// `named`: by a key around it.
// NOLINTNEXTLINE(misc-no-recursion): the nesting is that of a file that was read, which is limited
std::string secret_under(const Json& value, const std::string& path, bool named) {
    if (named && value.is_string() && !value.get_ref<const std::string&>().empty())
        return path;
    if (!value.is_structured())
        return "";
    for (const auto& [key, inner] : value.items()) {
        const bool named_here = named || (value.is_object() && names_secret(key));
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

std::string field_with_secret(const Point& point) {
    if (holds_proxy_password(point))
        return std::string(key_of(Field::proxy));
    return secret_under(unknown_from(point.unknown_keys), "", false);
}

}  // namespace mail::point
