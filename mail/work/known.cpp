#include "mail/work/known.h"

#include <algorithm>

#include "mail/work/choose.h"

namespace mail::work {

namespace {

/// What an earlier run did with the part. Nothing has a file that the ledger doesn't name.
void remember_file(PartView& part, const store::FileEntry& file, const point::General& general) {
    // Under way when it was read: it may get its name yet, or never.
    if (!file.temporary.empty())
        return;
    // It never arrived (a stop, a full disk, a lost connection): it is as open as the mail says.
    if (file.file.empty() && file.sha256.empty())
        return;
    part.sha256 = file.sha256;
    if (file.file.empty()) {
        judge_content(part, file.type, file.size_octets, general);
        return;
    }
    // The server may have cut the name, or read another encoding: the ledger knows better.
    part.part.name = file.name.empty() ? part.part.name : file.name;
    part.type = file.type.empty() ? part.type : file.type;
    part.size_octets = file.size_octets;
    part.verdict = Verdict::taken;
    part.reason = Reason::attachment;
    part.file = file.file;
    part.counts = true;
}

/// A part that only the whole mail showed: found inside a container, or where the server saw none.
PartView part_of(const store::FileEntry& file) {
    PartView part;
    part.part.path = file.part;
    part.part.name = file.name;
    part.part.type = file.type.empty() ? "application/octet-stream" : file.type;
    part.type = part.part.type;
    part.counts = true;
    part.verdict = Verdict::will_be_taken;
    part.reason = Reason::attachment;
    return part;
}

/// A finished message has no open part: what the whole mail showed to be no attachment stays none.
void close_open_parts(Parts& parts) {
    for (PartView& part : parts)
        if (part.verdict == Verdict::will_be_taken) {
            part.verdict = Verdict::not_attachment;
            part.reason = Reason::container;
            part.counts = false;
        }
}

}  // namespace

Result<Known> Known::load(store::Ledger& ledger, const store::MailboxId& mailbox) {
    auto here = ledger.messages(mailbox);
    if (!here)
        return tl::unexpected(std::move(here.error()));
    auto elsewhere = ledger.messages_elsewhere(mailbox);
    if (!elsewhere)
        return tl::unexpected(std::move(elsewhere.error()));
    Known known;
    known.mailbox_ = mailbox;
    for (store::MessageEntry& entry : *here)
        known.by_uid_.emplace(entry.id.uid, std::move(entry));
    for (store::MessageEntry& entry : *elsewhere) {
        Marks marks{entry.id.message_id, entry.id.received, entry.id.size_octets};
        known.elsewhere_.emplace(std::move(marks), std::move(entry));
    }
    return known;
}

store::MessageId id_of(const MessageRow& row) {
    return {row.uid, row.message_id, row.received.time_since_epoch().count(), row.size_octets};
}

store::FileEntry file_of(const PartView& taken) {
    return {taken.part.path, taken.part.name, taken.type, taken.size_octets, taken.sha256, "",
            taken.file};
}

std::vector<store::FileEntry> files_on_record(const MessageRow& row) {
    std::vector<store::FileEntry> files;
    for (const PartView& part : row.initial.parts.unpack())
        if (part.verdict == Verdict::taken && !part.file.empty())
            files.push_back(file_of(part));
    return files;
}

const store::MessageEntry* Known::find(const MessageRow& row) const {
    if (const auto at = by_uid_.find(row.uid); at != by_uid_.end()) {
        const std::string& message_id = at->second.id.message_id;
        if (message_id.empty() || row.message_id.empty() || message_id == row.message_id)
            return &at->second;
    }
    // Without a Message-ID date and size alone would match strangers.
    if (row.message_id.empty())
        return nullptr;
    const store::MessageId id = id_of(row);
    const auto at = elsewhere_.find(Marks{id.message_id, id.received, id.size_octets});
    if (at == elsewhere_.end())
        return nullptr;
    moved_.push_back({id, at->second});
    return &at->second;
}

bool Known::is_finished(std::uint32_t uid) const {
    const auto at = by_uid_.find(uid);
    return at != by_uid_.end() &&
           (at->second.step == store::Step::stored || at->second.step == store::Step::none);
}

Result<void> Known::adopt_moved(store::Ledger& ledger) const {
    if (moved_.empty())
        return {};
    return ledger.adopt(mailbox_, moved_);
}

void remember(MessageRow& row, const store::MessageEntry& entry, const point::General& general) {
    const auto cause = cause_named(entry.cause);
    // Stopped before anything had its name: the message is as if nobody had begun with it.
    if (entry.step == store::Step::failed && cause == Cause::cancelled)
        return;
    MessageState& state = row.initial;
    state.taken_at = entry.when;
    state.folder = entry.folder;
    Parts parts = row.parts.unpack();
    for (const store::FileEntry& file : entry.files) {
        auto part = std::ranges::find_if(parts, [&](const PartView& view) {
            return view.part.path == file.part && !view.part.has_children;
        });
        if (part == parts.end()) {
            parts.push_back(part_of(file));
            part = std::prev(parts.end());
        }
        remember_file(*part, file, general);
    }
    const bool finished = entry.step == store::Step::stored || entry.step == store::Step::none;
    if (finished)
        close_open_parts(parts);
    if (finished && cause == Cause::too_many_parts)
        mark_incomplete(parts);
    state.status = status_of(parts);
    row.attachments = attachments_in(parts);
    if (entry.step == store::Step::planned || entry.step == store::Step::placing) {
        state.status = Status::held;
        state.error = Error{Cause::busy_elsewhere,
                            Layer::ledger,
                            Reach::message,
                            {{"uid", std::to_string(row.uid)}}};
    }
    state.parts = PartList(parts);
    if (entry.step == store::Step::partial)
        state.status = Status::partial;
    if (entry.step == store::Step::failed && cause) {
        state.status = Status::failed;
        state.error = Error{*cause, Layer::fetch, Reach::message, {}};
    }
}

}  // namespace mail::work
