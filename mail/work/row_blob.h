#pragma once
// A row as octets, and back, for the list that is kept between two runs (store/list_cache.h): as
// the server told it, without what the ledger knows. Whatever the octets are, what is read is a row
// that describe() could have made, or nothing. Pure.

#include <optional>
#include <string>
#include <string_view>

#include "mail/point/point.h"
#include "mail/work/message.h"

namespace mail::work {

/// As describe() made it, before remember(): of `initial` nothing is kept but what describe() wrote
/// there. Not of a row whose data the server has refused: that is to be asked for again.
[[nodiscard]] std::string to_blob(const MessageRow& row);
/// Nothing where it is not one, or of another version.
[[nodiscard]] std::optional<MessageRow> row_from_blob(std::string_view raw);

/// What rows depend on beside the mails: rows made under another recipe are made anew. `program` is
/// its version, because verdicts become better; `claimant` says whose marks are ours
/// (store::Ledger::claimant).
[[nodiscard]] std::string row_recipe(const point::General& general, std::string_view program,
                                     std::uint32_t claimant);

}  // namespace mail::work
