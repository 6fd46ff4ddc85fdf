#include "mail/work/taken_along.h"

#include <algorithm>

#include "mail/imap/changes.h"
#include "mail/imap/listing.h"
#include "mail/work/describe.h"
#include "mail/work/known.h"
#include "mail/work/same_message.h"

namespace mail::work {

Result<MarkedByOthers> marked_by_others(imap::Session& session,
                                        const std::vector<std::uint32_t>& ours, const Wait& wait) {
    auto marked = imap::marked_deleted(session, wait);
    if (!marked)
        return tl::unexpected(std::move(marked.error()));
    std::erase_if(*marked,
                  [&](imap::Uid uid) { return std::ranges::find(ours, uid) != ours.end(); });
    MarkedByOthers others;
    if (marked->empty())
        return others;
    std::vector<MessageRow> rows;
    const auto unlisted = imap::list_messages(
        session, {*marked, imap::ListRequest::Portions::large},
        [](imap::MessageData data) { return describe(std::move(data), {}); },
        [&](MessageRow row) { rows.push_back(std::move(row)); }, wait);
    if (!unlisted)
        return tl::unexpected(unlisted.error());
    const auto marks = imap::marks_of(session, *marked, wait);
    if (!marks)
        return tl::unexpected(marks.error());
    for (const imap::Marks& now : *marks) {
        const auto row = std::ranges::find(rows, now.uid, &MessageRow::uid);
        if (row != rows.end() && is_same(session.capabilities(), id_of(*row), now))
            others.messages.emplace_back(std::move(*row), now.flags);
    }
    others.unreadable = marked->size() - others.messages.size();
    return others;
}

}  // namespace mail::work
