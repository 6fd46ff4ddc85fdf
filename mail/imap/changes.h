#pragma once
// What changes a mailbox: marking, expunging, appending (RFC 9051, 6.3.12, 6.4.3, 6.4.6, 6.4.9; RFC
// 4315). All else of mail/imap only reads. The folder must have been opened with Session::select().
// Every server's OK is looked behind: what is told is what the server shows afterwards.

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mail/imap/command.h"
#include "mail/imap/session.h"
#include "mail/imap/types.h"

namespace mail::imap {

/// What a message is known by, and its flags.
struct Marks {
    Uid uid = 0;
    std::uint64_t size_octets = 0;  ///< RFC822.SIZE
    std::chrono::sys_seconds internal_date{};
    std::string raw_message_id;  ///< as in Envelope
    std::vector<std::string> flags;
    [[nodiscard]] bool is_deleted() const;  ///< has the flag \Deleted
};

/// Those that the server has under these UIDs now, ascending. Replies about other UIDs are left
/// out: servers answer for the nearest one. So are those that nobody can read: ask uids_matching()
/// (listing.h) before a message is called gone.
[[nodiscard]] Result<std::vector<Marks>> marks_of(Session& session, std::vector<Uid> uids,
                                                  const Wait& wait);
/// UID SEARCH DELETED, ascending.
[[nodiscard]] Result<std::vector<Uid>> marked_deleted(Session& session, const Wait& wait);
/// Those that may have this Message-ID and this INTERNALDATE, and others: the caller looks at their
/// marks. By UID SEARCH HEADER; where the id is empty, or can't be asked for, by the days around
/// the date.
[[nodiscard]] Result<std::vector<Uid>> uids_like(Session& session, std::string_view message_id,
                                                 std::chrono::sys_seconds internal_date,
                                                 const Wait& wait);
/// What a message is looked for by.
struct Like {
    std::string message_id;
    std::chrono::sys_seconds internal_date{};
};
/// The same of many, together in one wait, of those that have this UID or a later one.
[[nodiscard]] Result<std::vector<Uid>>
uids_like_any(Session& session, const std::vector<Like>& likes, Uid first, const Wait& wait);
/// NOOP: some tell what is new only when they are asked for nothing (Courier 5.0 after APPEND).
[[nodiscard]] Result<void> look_again(Session& session, const Wait& wait);

enum class Mark { set, clear };
struct Marked {
    std::vector<Uid> done;    ///< those asked for that have the mark now, or don't any more
    std::vector<Uid> others;  ///< all else that is marked
    std::vector<Uid> gone;    ///< of clearing: those asked for that aren't there. All ascending
};
/// \Deleted, by UID STORE, and looked at afterwards: what is set by a search, what is cleared by
/// the flags as well. A mark that came on another message in place of one asked for (quirks.h) is
/// taken back, as are all of ours where the server says no. Errors: folder_read_only,
/// server_refused, command_refused, all with "server_said".
[[nodiscard]] Result<Marked> mark_deleted(Session& session, std::vector<Uid> uids, Mark mark,
                                          const Wait& wait);
/// UID EXPUNGE; only where capabilities().uidplus. What is still there after the OK, the caller
/// finds out. Errors as above.
[[nodiscard]] Result<void> expunge(Session& session, std::vector<Uid> uids, const Wait& wait);
/// EXPUNGE: all that are marked. Where the server is known to ruin the folder then, the session can
/// only be dropped after it (Session::must_be_dropped).
[[nodiscard]] Result<void> expunge_marked(Session& session, const Wait& wait);

struct NewMessage {
    std::string folder;                        ///< UTF-8
    std::vector<std::string> flags;            ///< those that can't be set are left out
    std::chrono::sys_seconds internal_date{};  ///< the epoch: not known
    std::uint64_t size_octets = 0;
    Pieces next;  ///< exactly size_octets in all; anything else ends the session
};
struct Appended {
    std::uint32_t uid_validity = 0;
    Uid uid = 0;
};
/// What became of many. Of each: where the server does not say where it is (APPENDUID) the place is
/// missing; error append_refused with "server_said". Nothing at all: it was not sent, or `error`
/// came before the server said, and nobody knows whether the message is there.
struct AppendedAll {
    std::vector<std::optional<Result<std::optional<Appended>>>> each;
    std::size_t sent = 0;        ///< the first so many
    std::optional<Error> error;  ///< ended the session
};
/// Without waiting between them, where the server has LITERAL+; elsewhere each literal is announced
/// and waited for. After a stop of `asked` no more are
/// begun; those that are come to their end by `wait`.
[[nodiscard]] AppendedAll append_all(Session& session, std::vector<NewMessage> messages,
                                     const Wait& asked, const Wait& wait);

}  // namespace mail::imap
