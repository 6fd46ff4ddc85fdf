#include "mail/work/text_files.h"

#include <algorithm>

#include "mail/imap/listing.h"
#include "mail/work/choose.h"
#include "mail/work/known.h"

namespace mail::work {

namespace {

// "begin 644 name", one line of data and "end" are no shorter.
constexpr std::uint64_t least_octets = 30;

// A mode of uuencode begins with what its owner may do (444, 644, 755), or with a zero before it.
const std::string begins =
    R"(OR OR OR OR BODY "begin 0" BODY "begin 4" BODY "begin 5" BODY "begin 6" BODY "begin 7")";
// Or the head of a part that the server took for text, because a boundary is wrong or missing.
const std::string marks = "OR " + begins + R"( BODY "Content-Disposition: attachment")";
// Beside attachments: a letter is shorter as a rule, a file rarely; and the server reads what it
// searches.
constexpr std::uint64_t least_octets_beside = 2048;
// Of several Content-Types a server may take the first, and see one text (Dovecot 2.3).
const std::string marks_of_one_text = R"(OR HEADER Content-Type "multipart/" )" + marks;

Result<std::vector<imap::Uid>>
matching(imap::Session& session, const std::vector<const MessageRow*>& rows, const Wait& wait) {
    std::vector<imap::Uid> texts;
    std::vector<imap::Uid> multiparts;
    std::vector<imap::Uid> with_attachments;
    for (const MessageRow* row : rows)
        (may_hold_file_beside(*row) ? with_attachments
         : row->parts.size() == 1   ? texts
                                    : multiparts)
            .push_back(row->uid);
    std::vector<imap::Uid> found;
    for (const auto& [uids, criteria] :
         {std::pair(texts, marks_of_one_text), std::pair(multiparts, marks),
          std::pair(with_attachments, begins)}) {
        if (uids.empty())
            continue;
        auto some = imap::uids_matching(session, uids, criteria, wait);
        if (!some)
            return some;
        found.insert(found.end(), some->begin(), some->end());
    }
    std::ranges::sort(found);
    return found;
}

/// It was read whole before, since its list shows nothing that could have failed and nobody wants
/// more of it. That the server finds nothing now, or has forgotten how to, says less.
bool is_to_be_repeated(const MessageRow& row) {
    const Status status = row.initial.status;
    return (status == Status::failed || status == Status::partial) &&
           status_of(row.parts.unpack()) == Status::none &&
           std::ranges::none_of(row.initial.parts.unpack(), [](const PartView& part) {
               return part.decision == store::Decision::take;
           });
}

}  // namespace

std::vector<std::uint32_t> uids_of(const std::vector<const MessageRow*>& rows) {
    std::vector<std::uint32_t> uids;
    for (const MessageRow* row : rows)
        uids.push_back(row->uid);
    std::ranges::sort(uids);
    return uids;
}

bool may_hold_text_file(const MessageRow& row) {
    const MessageState& state = row.initial;
    const bool unseen =
        state.status == Status::none && state.taken_at == std::chrono::sys_seconds{};
    if (!unseen && !is_to_be_repeated(row))
        return false;
    const Parts parts = row.parts.unpack();
    return status_of(parts) == Status::none && std::ranges::any_of(parts, [](const PartView& view) {
               return view.part.type == "text/plain" && view.part.size_octets >= least_octets;
           });
}

bool may_hold_file_beside(const MessageRow& row) {
    if (row.whole_needed || !is_open(row.initial) || row.attachments == 0)
        return false;
    return std::ranges::any_of(row.parts.unpack(), [](const PartView& view) {
        return view.part.type == "text/plain" && view.part.name.empty() &&
               view.part.disposition != mime::Disposition::attachment &&
               view.part.size_octets >= least_octets_beside;
    });
}

Result<std::vector<std::uint32_t>> find_text_files(imap::Session& session, store::Ledger& ledger,
                                                   const store::MailboxId& mailbox,
                                                   const std::vector<const MessageRow*>& rows,
                                                   const Wait& wait) {
    std::vector<const MessageRow*> unseen, to_repeat;
    for (const MessageRow* row : rows)
        (is_to_be_repeated(*row) ? to_repeat : unseen).push_back(row);
    if (unseen.empty())
        return uids_of(to_repeat);
    auto found = matching(session, unseen, wait);
    if (!found)
        return tl::unexpected(std::move(found.error()));
    std::vector<store::MessageEntry> without;
    for (const MessageRow* row : unseen) {
        if (std::ranges::binary_search(*found, row->uid) || may_hold_file_beside(*row))
            continue;
        store::MessageEntry entry;
        entry.id = id_of(*row);
        entry.step = store::Step::none;
        entry.left_out = left_out_of(row->parts.unpack());
        entry.when = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
        without.push_back(std::move(entry));
    }
    if (auto recorded = ledger.finished(mailbox, without); !recorded)
        return tl::unexpected(std::move(recorded.error()));
    const std::vector<std::uint32_t> again = uids_of(to_repeat);
    found->insert(found->end(), again.begin(), again.end());
    std::ranges::sort(*found);
    return std::move(*found);
}

}  // namespace mail::work
