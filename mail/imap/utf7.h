#pragma once
// Folder names in modified UTF-7 (RFC 3501, 5.1.3) to UTF-8 and back. Pure.

#include <string>
#include <string_view>

namespace mail::imap {

/// `name` is valid UTF-8.
[[nodiscard]] std::string to_modified_utf7(std::string_view name);

/// Always valid UTF-8. Names that are not modified UTF-7 are taken as they are: some servers send
/// raw UTF-8 (RFC 6855 without being asked), some a lone "&".
[[nodiscard]] std::string from_modified_utf7(std::string_view raw);

}  // namespace mail::imap
