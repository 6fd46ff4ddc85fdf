#pragma once
// How a failed call to the file system becomes an Error; shared by disk_posix.cpp and
// disk_windows.cpp, so that one cause has one reach on every system.

#include <string>
#include <string_view>

#include "mail/base/result.h"

namespace mail {

/// `reason`: the system's own text with its name of the error. A file of that name is the message's
/// trouble; all else (full, forbidden, gone) will meet the next message of the point as well.
[[nodiscard]] tl::unexpected<Error> disk_failure(Cause cause, std::string_view path,
                                                 std::string reason);

}  // namespace mail
