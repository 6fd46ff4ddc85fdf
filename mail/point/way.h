#pragma once
// The way of a password: to which server it goes, as whose, and how it is guarded until there. What
// was stored for one way is not for another.

#include <string>

#include "mail/point/point.h"

namespace mail::point {

/// Lower-case hex. Of the server, its port, the login, and whatever decides who can read along:
/// encryption, trust, proxy.
[[nodiscard]] std::string way_sha256(const Connection& connection);
[[nodiscard]] bool same_way(const Connection& one, const Connection& other);

}  // namespace mail::point
