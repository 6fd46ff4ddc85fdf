#pragma once
// The user's home folder, as the environment says it, else the system's list of users: a service
// or a scheduled job has often no HOME.

#include <optional>
#include <string>

namespace mail::point {

[[nodiscard]] std::optional<std::string> user_home();

}  // namespace mail::point
