#pragma once
// Sets of UIDs as the protocol writes them: "1:3,7" (RFC 9051, sequence-set), both ways.

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "mail/imap/types.h"

namespace mail::imap {

/// More than any mailbox holds; what a hostile "1:4294967295" would expand to.
inline constexpr std::size_t default_max_uids = 8'000'000;

/// `uids` must be ascending without doubles. "" for none.
[[nodiscard]] std::string to_sequence_set(const std::vector<Uid>& uids);

/// In the order given. Errors: reply_malformed (not a set, "*", 0), reply_too_long (more than
/// `max_uids`); both reach the folder.
[[nodiscard]] Result<std::vector<Uid>> parse_sequence_set(std::string_view raw,
                                                          std::size_t max_uids = default_max_uids);

}  // namespace mail::imap
