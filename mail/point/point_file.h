#pragma once
// A point as a JSON file (docs/point.schema.json): read with a clear reason for every fault,
// written so that no moment can damage it.

#include <string>
#include <string_view>

#include "mail/base/disk.h"
#include "mail/point/point.h"

namespace mail::point {

inline constexpr int current_version = 1;

/// Errors: point_damaged (json_lines.h), point_newer (fact "version"). A file of
/// an older version is read as what it would be today (json_file.h).
[[nodiscard]] Result<Point> parse_point(std::string_view json);
/// Stable key order, two blanks of indentation, a line feed at the end.
[[nodiscard]] std::string format_point(const Point& point);

/// What a file of that path holds, with the path as fact "file" of an error. A file without an id
/// gets one made from its path.
[[nodiscard]] Result<Point> point_of_file(std::string_view content, const std::string& path);
[[nodiscard]] Result<Point> load_point(Disk& disk, const std::string& path);
/// Atomic, the previous version kept as .bak unless it holds a secret (secrets_in.h). A file that
/// is there and can't be read is refused with that error: damaged (point_damaged), of a newer
/// version (point_newer). So is a point that could not be read again (point_invalid, json_file.h).
[[nodiscard]] Result<void> save_point(Disk& disk, const std::string& path, const Point& point);

}  // namespace mail::point
