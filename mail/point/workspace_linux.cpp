#include "mail/point/workspace_places.h"

#include <array>
#include <cstdlib>

#include <unistd.h>

#include "mail/base/disk.h"
#include "mail/point/user_home_posix.h"

namespace mail::point {

std::optional<std::string> executable_folder() {
    std::array<char, 4096> path{};
    const ssize_t length = readlink("/proc/self/exe", path.data(), path.size());
    if (length <= 0 || static_cast<std::size_t>(length) == path.size())
        return std::nullopt;
    return parent_path({path.data(), static_cast<std::size_t>(length)});
}

std::optional<std::string> user_data_folder() {
    // The base directory rules ask to ignore a relative path.
    const char* data = std::getenv("XDG_DATA_HOME");
    if (data != nullptr && is_absolute_path(data))
        return join_path(data, "mailpoint");
    const auto home = user_home();
    if (!home)
        return std::nullopt;
    return join_path(*home, ".local/share/mailpoint");
}

}  // namespace mail::point
