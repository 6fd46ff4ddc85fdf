#pragma once
// The list of an opened folder: envelope, structure, size and date of the wanted messages,
// pipelined. Bodies are never fetched.

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <unordered_map>
#include <utility>
#include <vector>

#include "mail/imap/session.h"

namespace mail::imap {

struct FetchData;

/// Which of `among` match `criteria` (search keys of RFC 9051, 6.4.4, ours: nothing is quoted
/// here), ascending. What a server finds in texts is a hint, not the truth. One that refuses,
/// perhaps for now only, is an error that reaches no further than the messages.
[[nodiscard]] Result<std::vector<Uid>> uids_matching(Session& session,
                                                     const std::vector<Uid>& among,
                                                     std::string_view criteria, const Wait& wait);

/// What asks for the messages of this set, as one of a list is.
[[nodiscard]] std::string list_command(const std::string& uids);
/// A message of whose attributes one reply told all that a list has; nothing where more may come.
[[nodiscard]] std::optional<MessageData> whole_message(FetchData& data);

/// A message whose reply could not be used: the others are not touched by it.
struct Unlisted {
    Uid uid = 0;
    Error error;
};

/// Which messages, and how many a command names. One a command takes longer, but where a reply
/// breaks the conversation it tells which message is to blame.
struct ListRequest {
    std::vector<Uid> uids;
    enum class Portions {
        large,
        single_first,  ///< as many as a large command names, then large
        single,
    } portions = Portions::large;
};

/// What is done with the messages of a list. Both are called on the thread that lists.
struct ListedMessages {
    std::function<void(MessageData)> arrived;  ///< in any order
    std::function<void(Uid)> next;             ///< those that have arrived, newest first
};

/// A message that is gone is left out silently: one for which nothing came, and which a search does
/// not find either. Result: the messages with malformed replies, or with none. Before an error all
/// messages that have arrived whole are given out. Where all portions are single, lines that are no
/// replies belong to the message that they came with. Where one was under way, an error that ends
/// the session has its "uid" as a fact.
[[nodiscard]] Result<std::vector<Unlisted>> list_messages(Session& session, ListRequest request,
                                                          const ListedMessages& messages,
                                                          const Wait& wait);

/// Gives `take` what `make` makes of each message of `uids`, newest first, as replies arrive.
/// `make` is called as soon as a reply is whole: a server answers a command in its own order, and
/// to keep all that it says until the newest has come costs more than to read it.
template <class Make, class Take>
[[nodiscard]] Result<std::vector<Unlisted>> list_messages(Session& session, ListRequest request,
                                                          Make make, Take take, const Wait& wait) {
    std::unordered_map<Uid, std::remove_cvref_t<std::invoke_result_t<Make, MessageData>>> made;
    const ListedMessages messages{[&](MessageData data) {
                                      const Uid uid = data.uid;
                                      made.emplace(uid, make(std::move(data)));
                                  },
                                  [&](Uid uid) { take(std::move(made.extract(uid).mapped())); }};
    return list_messages(session, std::move(request), messages, wait);
}

}  // namespace mail::imap
