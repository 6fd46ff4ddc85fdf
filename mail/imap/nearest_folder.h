#pragma once
// Which folder somebody may have meant that typed one that is not there. Pure.

#include <string>
#include <string_view>
#include <vector>

#include "mail/imap/types.h"

namespace mail::imap {

/// The name of the one of `folders` that is most like `wanted`: the same but for case and delimiter
/// ("Faktury/2026" for "faktury.2026"), below INBOX (Courier's "INBOX.Faktury"), or of the same
/// last part. "" if none is.
[[nodiscard]] std::string nearest_folder(const std::vector<Folder>& folders,
                                         std::string_view wanted);

}  // namespace mail::imap
