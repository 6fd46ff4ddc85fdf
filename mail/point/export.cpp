#include "mail/point/export.h"

#include <algorithm>
#include <array>

#include "mail/base/utf8.h"
#include "mail/point/json_file.h"
#include "mail/point/point_file.h"

namespace mail::point {

namespace {

/// Only unknown keys can be named so: what a point knows has no secret.
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

/// "smb://ala:secret@server/scans" becomes "smb://server/scans".
std::string without_logins(std::string text) {
    for (std::size_t at = text.find("://"); at != std::string::npos; at = text.find("://", at)) {
        at += 3;
        const std::size_t end = std::min(text.find_first_of("/?# ", at), text.size());
        const std::size_t login = text.rfind('@', end);
        if (login != std::string::npos && login >= at)
            text.erase(at, login + 1 - at);
    }
    return text;
}

/// "http://ala:secret@proxy:3128" becomes "http://proxy:3128". A proxy may be without "http://",
/// and has no path: whatever is before the last @ is a login, though somebody forgot to write %2F.
std::string without_proxy_login(std::string proxy) {
    const std::size_t scheme = proxy.find("://");
    const std::size_t begin = scheme == std::string::npos ? 0 : scheme + 3;
    const std::size_t login = proxy.rfind('@');
    if (login != std::string::npos && login >= begin)
        proxy.erase(begin, login + 1 - begin);
    return proxy;
}

/// The nesting is that of a file that was read, which is limited.
// NOLINTNEXTLINE(misc-no-recursion)
void clean(Json& value) {
    if (value.is_string())
        value = without_logins(value.get<std::string>());
    if (value.is_object())
        for (auto entry = value.begin(); entry != value.end();)
            entry = names_secret(entry.key()) ? value.erase(entry) : std::next(entry);
    if (value.is_structured())
        for (Json& inner : value)
            clean(inner);
}

}  // namespace

std::string export_point(const Point& point) {
    Point given = point;
    if (auto& proxy = given.connection.proxy)
        proxy = without_proxy_login(*proxy);
    Json file = Json::parse(format_point(given));
    clean(file);
    return text_of(file);
}

}  // namespace mail::point
