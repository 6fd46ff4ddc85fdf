#pragma once
// The server's side of a removal: messages that the ledger has as removing are marked, expunged and
// looked for. What is told is what the server shows, not what it says. Writes nothing itself.
// Private to the removal.

#include <cstddef>
#include <optional>
#include <utility>
#include <vector>

#include "mail/imap/changes.h"
#include "mail/work/remove.h"

namespace mail::work {

using RemovalEntries = std::vector<store::RemovalEntry>;

/// Each entry is in one of the lists.
/// Those that others had marked (store::was_marked()) are among them.
struct TakenOut {
    /// Gone since our first mark, by whomever it was expunged: it went by that mark.
    RemovalEntries removed;
    RemovalEntries marked;  ///< RemoveOrder::Others::only_mark
    /// It was not there before we did anything; those of others, before our EXPUNGE.
    RemovalEntries gone;
    /// It stays as it was, and why; cancelled and deadline among it. others_marked: see there.
    std::vector<std::pair<store::RemovalEntry, Error>> kept;
    /// The connection went before anything was said about them.
    RemovalEntries untouched;
    /// It went before it was known. What the entries say of how it did is to be recorded.
    RemovalEntries unknown;
    /// So many others would be expunged, of which there is no entry; all of ours are kept.
    std::size_t others_marked = 0;
    /// Why it stopped; the next messages would meet the same.
    std::optional<Error> error;
};

[[nodiscard]] TakenOut take_out(imap::Session& session, RemovalEntries entries,
                                RemoveOrder::Others others, const Wait& wait);

/// What a look at the server tells of messages.
struct Seen {
    RemovalEntries same, gone;
    std::vector<std::pair<store::RemovalEntry, Error>> others;  ///< message_changed, or unreadable
    std::vector<imap::Marks> marks;                             ///< by ascending UID
};
[[nodiscard]] Result<Seen> look_at(imap::Session& session, RemovalEntries entries,
                                   const Wait& wait);

}  // namespace mail::work
