#include "mail/point/export.h"

#include <algorithm>

#include "mail/point/json_file.h"
#include "mail/point/labelled_secret.h"
#include "mail/point/point_file.h"
#include "mail/point/secrets_in.h"

namespace mail::point {

namespace {

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

/// The nesting is that of a file that was read, which is limited.
// NOLINTNEXTLINE(misc-no-recursion)
void clean(Json& value) {
    if (value.is_string())
        value = without_logins(value.get<std::string>());
    if (value.is_object())
        for (auto entry = value.begin(); entry != value.end();)
            entry = names_secret(entry.key()) || labels_secret(value, entry.key())
                        ? value.erase(entry)
                        : std::next(entry);
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
