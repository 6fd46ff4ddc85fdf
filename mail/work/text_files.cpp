#include "mail/work/text_files.h"

#include <algorithm>

#include "mail/imap/listing.h"
#include "mail/work/choose.h"
#include "mail/work/known.h"

namespace mail::work {

namespace {

// "begin 644 name", one line of data and "end" are no shorter.
constexpr std::uint64_t least_octets = 30;

// Modes of uuencode begin with 6 or 7 (644, 755). The last is the head of a part that the server
// took for text, because a boundary is wrong or missing.
constexpr std::string_view marks =
    R"(OR OR BODY "begin 6" BODY "begin 7" BODY "Content-Disposition: attachment")";

}  // namespace

bool may_hold_text_file(const MessageRow& row) {
    const MessageState& state = row.initial;
    const bool unseen =
        state.status == Status::none && state.taken_at == std::chrono::sys_seconds{};
    // One that failed has to be asked for again, because nothing keeps what the server said.
    const bool to_repeat = state.status == Status::failed || state.status == Status::partial;
    if (!(unseen || to_repeat))
        return false;
    const Parts parts = row.parts.unpack();
    if (status_of(parts) != Status::none)
        return false;
    return std::ranges::any_of(parts, [](const PartView& view) {
        return view.part.type == "text/plain" && view.part.size_octets >= least_octets;
    });
}

Result<std::vector<std::uint32_t>> find_text_files(imap::Session& session, store::Ledger& ledger,
                                                   const store::MailboxId& mailbox,
                                                   const std::vector<const MessageRow*>& rows,
                                                   const Wait& wait) {
    std::vector<imap::Uid> uids;
    for (const MessageRow* row : rows)
        uids.push_back(row->uid);
    if (uids.empty())
        return std::vector<std::uint32_t>();
    auto found = imap::uids_matching(session, uids, marks, wait);
    // A server that refuses has not said that there is nothing: the next listing asks again.
    if (!found && found.error().reach <= Reach::message)
        return std::vector<std::uint32_t>();
    if (!found)
        return tl::unexpected(std::move(found.error()));
    std::vector<store::MessageEntry> without;
    for (const MessageRow* row : rows) {
        if (std::ranges::binary_search(*found, row->uid))
            continue;
        store::MessageEntry entry;
        entry.id = id_of(*row);
        entry.step = store::Step::none;
        entry.when = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
        without.push_back(std::move(entry));
    }
    if (auto recorded = ledger.finished(mailbox, without); !recorded)
        return tl::unexpected(std::move(recorded.error()));
    return std::move(*found);
}

}  // namespace mail::work
