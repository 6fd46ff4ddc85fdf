#pragma once
// Messages that somebody else has marked \Deleted: where there is no UIDPLUS our EXPUNGE takes them
// along, so they leave as ours do, with a copy and on record. Private to the removal.

#include <cstddef>
#include <utility>
#include <vector>

#include "mail/imap/session.h"
#include "mail/work/message.h"
#include "mail/work/remove.h"

namespace mail::work {

struct MarkedByOthers {
    /// Listed, with the flags that each has: store::was_marked() is true of the entry it becomes.
    std::vector<std::pair<MessageRow, std::vector<std::string>>> messages;
    std::size_t unreadable = 0;  ///< the server doesn't tell what they are
};
/// All that is marked in the open folder but `ours`, by ascending UID.
[[nodiscard]] Result<MarkedByOthers>
marked_by_others(imap::Session& session, const std::vector<std::uint32_t>& ours, const Wait& wait);

}  // namespace mail::work
