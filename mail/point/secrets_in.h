#pragma once
// What in a definition would give a secret away, though none may stand in it: logins in addresses,
// and unknown keys that are named like a secret. By looks only.

#include <string>
#include <string_view>

#include "mail/point/point.h"

namespace mail::point {

/// "client_secret", "imapPwd"; only unknown keys can be named so: what a point knows has no secret.
[[nodiscard]] bool names_secret(std::string_view key);

/// "http://ala:secret@proxy:3128" becomes "http://proxy:3128".
[[nodiscard]] std::string without_proxy_login(std::string proxy);

/// "smb://ala:secret@server/scans": an address in the text has a password before its server.
[[nodiscard]] bool holds_password(std::string_view text);

/// Where the first one is: "connection.proxy", or another field whose address holds a password;
/// else the first unknown key with such an address, or that is named like a secret and has a text
/// in it, as in "connection.client_secret" (a number, where it is named like a password); or "".
[[nodiscard]] std::string field_with_secret(const Point& point);

}  // namespace mail::point
