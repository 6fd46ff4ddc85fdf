#include "mail/point/workspace_places.h"

#include <array>
#include <cstdlib>

#include <mach-o/dyld.h>

#include "mail/base/disk.h"

namespace mail::point {

std::optional<std::string> executable_folder() {
    std::array<char, 4096> path{};
    auto room = static_cast<std::uint32_t>(path.size());
    if (_NSGetExecutablePath(path.data(), &room) != 0)
        return std::nullopt;
    return parent_path(absolute_path(path.data()));
}

std::optional<std::string> user_data_folder() {
    const char* home = std::getenv("HOME");
    if (home == nullptr || !is_absolute_path(home))
        return std::nullopt;
    return join_path(home, "Library/Application Support/Mailpoint");
}

}  // namespace mail::point
