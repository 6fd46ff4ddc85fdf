#pragma once
// Whether two paths lead to one file: "points/../points/a.json", a link to it, another case of
// letters where the file system minds none. What a path means only the system knows.

#include <string_view>

namespace mail {

/// False where one of them is not there. Blocks as long as the system does.
[[nodiscard]] bool same_file(std::string_view one, std::string_view other);

}  // namespace mail
