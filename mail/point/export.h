#pragma once
// A definition as it may be given away: nothing secret in it, wherever somebody wrote it by hand.

#include <string>

#include "mail/point/point.h"

namespace mail::point {

/// As format_point(), without what looks like a secret: values of keys such as "password" or
/// "client_secret" at any level, and "user:password@" in addresses.
[[nodiscard]] std::string export_point(const Point& point);

}  // namespace mail::point
