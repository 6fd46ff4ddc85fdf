#pragma once
// What point files, operators.json and workspace.json have in common as files: a limit of size,
// errors that name the file, versions and their migrations, and that nothing unreadable is ever
// written over.

#include <span>
#include <string>
#include <string_view>

#include "mail/base/disk.h"
#include "mail/point/json_lines.h"

namespace mail::point {

/// One step of a format: changes what a file of version n has into what one of version n + 1 has.
/// It is done before the keys are read; "version" is none of its business. To make version 2 of a
/// format: write the step, add it to the format's table, raise its current_version and the schema.
/// The file itself changes when it is saved next, and its .bak is the old version then.
using Migration = void (*)(Json& file);
/// The first step leads from version 1 to 2, and so on: the newest version is their number + 1.
using Migrations = std::span<const Migration>;

/// The object in the text, brought to the newest version, without its key "version". Errors:
/// point_damaged (json_lines.h), point_newer (fact "version").
[[nodiscard]] Result<JsonWithLines> parse_versioned(std::string_view text, Migrations migrations);

/// Of at most 1 MiB. Errors have the path as fact "file".
[[nodiscard]] Result<std::string> read_json_file(Disk& disk, const std::string& path);
/// `dropped`: also that which is there as .bak; for a version that holds a secret.
enum class PreviousVersion { kept, dropped };
/// Atomic, the previous version kept as .bak, or dropped. What could not be read again is not
/// written: `read_back` is what the reader says of the text. Errors: point_invalid with the fact
/// "limit"
/// ("1 MiB": the text is larger than what is read) or "field"; those of the disk.
[[nodiscard]] Result<void> replace_json_file(Disk& disk, const std::string& path,
                                             const std::string& text, const Result<void>& read_back,
                                             PreviousVersion previous = PreviousVersion::kept);
[[nodiscard]] Error with_file(Error error, const std::string& path);
/// Two blanks of indentation, a line feed at the end.
[[nodiscard]] std::string text_of(const Json& file);

}  // namespace mail::point
