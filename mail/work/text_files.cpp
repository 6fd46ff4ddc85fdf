#include "mail/work/text_files.h"

#include <algorithm>

#include "mail/imap/listing.h"

namespace mail::work {

namespace {

// "begin 644 name", one line of data and "end" are no shorter.
constexpr std::uint64_t least_octets = 30;

// Modes of uuencode begin with 6 or 7 (644, 755); both in one search each.
constexpr std::string_view marks[] = {"begin 6", "begin 7"};

}  // namespace

bool may_hold_text_file(const MessageRow& row) {
    if (row.initial.status != Status::none || row.initial.taken_at != std::chrono::sys_seconds{})
        return false;
    return std::ranges::any_of(*row.parts, [](const PartView& view) {
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
    std::vector<imap::Uid> found;
    for (const std::string_view mark : marks) {
        if (uids.empty())
            break;
        auto some = imap::uids_with_text(session, uids, mark, wait);
        if (!some)
            return tl::unexpected(std::move(some.error()));
        found.insert(found.end(), some->begin(), some->end());
    }
    std::ranges::sort(found);
    std::vector<store::MessageEntry> without;
    for (const MessageRow* row : rows) {
        if (std::ranges::binary_search(found, row->uid))
            continue;
        store::MessageEntry entry;
        entry.id = {row->uid, row->message_id, row->received.time_since_epoch().count(),
                    row->size_octets};
        entry.step = store::Step::none;
        entry.when = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
        without.push_back(std::move(entry));
    }
    if (auto recorded = ledger.finished(mailbox, without); !recorded)
        return tl::unexpected(std::move(recorded.error()));
    return found;
}

}  // namespace mail::work
