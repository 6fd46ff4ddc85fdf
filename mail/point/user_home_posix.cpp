#include "mail/point/user_home_posix.h"

#include <cstdlib>
#include <vector>

#include <pwd.h>
#include <unistd.h>

#include "mail/base/disk.h"

namespace mail::point {

std::optional<std::string> user_home() {
    if (const char* home = std::getenv("HOME"); home != nullptr && is_absolute_path(home))
        return home;
    std::vector<char> room(16384);
    passwd entry{};
    passwd* found = nullptr;
    if (getpwuid_r(getuid(), &entry, room.data(), room.size(), &found) != 0 || found == nullptr ||
        found->pw_dir == nullptr || !is_absolute_path(found->pw_dir))
        return std::nullopt;
    return found->pw_dir;
}

}  // namespace mail::point
