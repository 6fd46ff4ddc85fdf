#include "mail/point/workspace_places.h"

#include <array>

#include <mach-o/dyld.h>

#include "mail/base/disk.h"
#include "mail/point/user_home_posix.h"

namespace mail::point {

std::optional<std::string> executable_folder() {
    std::array<char, 4096> path{};
    auto room = static_cast<std::uint32_t>(path.size());
    if (_NSGetExecutablePath(path.data(), &room) != 0)
        return std::nullopt;
    return parent_path(absolute_path(path.data()));
}

std::optional<std::string> user_data_folder() {
    const auto home = user_home();
    if (!home)
        return std::nullopt;
    return join_path(*home, "Library/Application Support/Mailpoint");
}

}  // namespace mail::point
