#pragma once
// The list of an opened folder: UIDs by one search, then envelope, structure, size and date of the
// wanted ones, pipelined. Bodies are never fetched.

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "mail/imap/session.h"

namespace mail::imap {

/// All UIDs of the examined folder, ascending (ESEARCH where the server has it). One wait.
[[nodiscard]] Result<std::vector<Uid>> all_uids(Session& session, const Wait& wait);

/// Which of `among` match `criteria` (search keys of RFC 9051, 6.4.4, ours: nothing is quoted
/// here), ascending. What a server finds in texts is a hint, not the truth. One that refuses,
/// perhaps for now only, is an error that reaches no further than the messages.
[[nodiscard]] Result<std::vector<Uid>> uids_matching(Session& session,
                                                     const std::vector<Uid>& among,
                                                     std::string_view criteria, const Wait& wait);

/// A message whose reply could not be used: the others are not touched by it.
struct Unlisted {
    Uid uid = 0;  ///< 0 where the reply did not even give that
    Error error;
};

/// Gives each message of `uids` to `take`, newest first, as replies arrive. A message that is gone
/// is left out silently. `take` is called on this thread. Result: the messages with malformed
/// replies.
[[nodiscard]] Result<std::vector<Unlisted>>
list_messages(Session& session, const std::vector<Uid>& uids,
              const std::function<void(MessageData)>& take, const Wait& wait);

}  // namespace mail::imap
