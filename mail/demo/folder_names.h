#pragma once
// Names of folders on the wire: modified UTF-7 (RFC 3501, 5.1.3) and the patterns of LIST. Pure.

#include <optional>
#include <string>
#include <string_view>

namespace mail::demo {

constexpr char folder_delimiter = '/';

[[nodiscard]] std::string to_modified_utf7(std::string_view name);
/// UTF-8, or nothing if it is not modified UTF-7.
[[nodiscard]] std::optional<std::string> from_modified_utf7(std::string_view raw_name);

/// `*` stands for anything, `%` for anything without a delimiter. INBOX in any case.
[[nodiscard]] bool matches_pattern(std::string_view name, std::string_view pattern);

}  // namespace mail::demo
