#include "mail/work/known.h"

#include <algorithm>

#include "mail/work/choose.h"
#include "mail/work/gate.h"

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

/// One that came and has no file, though nothing in its content is against it: another message's
/// file has that content.
void remember_repeat(PartView& part, const store::FileEntry& file, point::RepeatedFiles rule,
                     const SavedBefore& saved_before) {
    const bool came = file.temporary.empty() && file.file.empty() && !file.sha256.empty();
    if (!came || !saved_before || part.verdict != Verdict::will_be_taken)
        return;
    if (auto saved = saved_before(file)) {
        part.part.name = file.name.empty() ? part.part.name : file.name;
        judge_repeat(part, std::move(*saved), rule);
    }
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

Known::Marks Known::marks_of(const store::MessageId& id) {
    return {id.message_id, id.received, id.size_octets};
}

Result<Known> Known::load(store::Ledger& ledger, const store::MailboxId& mailbox) {
    auto here = ledger.messages(mailbox);
    if (!here)
        return tl::unexpected(std::move(here.error()));
    auto elsewhere = ledger.messages_elsewhere(mailbox);
    if (!elsewhere)
        return tl::unexpected(std::move(elsewhere.error()));
    auto removals = ledger.removals(mailbox);
    if (!removals)
        return tl::unexpected(std::move(removals.error()));
    auto removals_elsewhere = ledger.removals_elsewhere(mailbox);
    if (!removals_elsewhere)
        return tl::unexpected(std::move(removals_elsewhere.error()));
    Known known;
    known.ledger_ = &ledger;
    known.mailbox_ = mailbox;
    for (store::RemovalEntry& entry : *removals)
        known.removals_.emplace(entry.id.uid, std::move(entry));
    for (store::RemovalEntry& entry : *removals_elsewhere)
        if (entry.stage == store::RemovalEntry::Stage::hidden)
            known.removals_elsewhere_.emplace(marks_of(entry.id), std::move(entry));
    for (store::MessageEntry& entry : *here)
        known.by_uid_.emplace(entry.id.uid, std::move(entry));
    for (store::MessageEntry& entry : *elsewhere) {
        known.elsewhere_.emplace(marks_of(entry.id), std::move(entry));
    }
    return known;
}

store::MessageId id_of(const MessageRow& row) {
    return {row.uid, row.message_id, row.received.time_since_epoch().count(), row.size_octets};
}

store::FileEntry file_of(const PartView& saved) {
    return {saved.part.path,
            saved.part.name,
            saved.type,
            saved.size_octets,
            saved.sha256,
            "",
            saved.reason == Reason::saved_before ? std::string() : saved.file};
}

std::vector<store::FileEntry> files_on_record(const MessageRow& row) {
    std::vector<store::FileEntry> files;
    for (const PartView& part : row.initial.parts.unpack())
        if (part.verdict == Verdict::taken && !part.file.empty())
            files.push_back(file_of(part));
    return files;
}

store::MessageEntry reopened(const MessageRow& row, const std::string& who) {
    store::MessageEntry entry;
    entry.id = id_of(row);
    entry.step = store::Step::partial;
    for (const PartView& part : row.initial.parts.unpack())
        if (is_saved(part))
            entry.files.push_back(file_of(part));
    entry.folder = row.initial.folder;
    entry.cause = name_of(Cause::gate_locked);
    entry.when = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    entry.who = who;
    entry.subject = row.subject;
    return entry;
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
    const auto at = elsewhere_.find(marks_of(id));
    if (at == elsewhere_.end())
        return nullptr;
    moved_.push_back({id, at->second});
    return &at->second;
}

const store::RemovalEntry* Known::find_removal(const MessageRow& row) const {
    if (const auto at = removals_.find(row.uid); at != removals_.end()) {
        const std::string& message_id = at->second.id.message_id;
        // What is said to be out of the mailbox and is there is another, or was put back by others.
        const bool is_there = at->second.stage == store::RemovalEntry::Stage::removed;
        return is_there || message_id != row.message_id ? nullptr : &at->second;
    }
    if (row.message_id.empty() || removals_elsewhere_.empty())
        return nullptr;
    const store::MessageId id = id_of(row);
    const auto at = removals_elsewhere_.find(marks_of(id));
    if (at == removals_elsewhere_.end())
        return nullptr;
    store::MessageEntry before;
    before.id = at->second.id;
    moved_.push_back({id, std::move(before)});
    return &at->second;
}

void Known::sort_by_content() const {
    by_content_.emplace();
    const auto add = [&](const store::MessageEntry& message) {
        for (const store::FileEntry& file : message.files) {
            if (file.file.empty() || file.sha256.empty() || !file.temporary.empty())
                continue;
            Content& newest =
                by_content_->try_emplace(file.sha256, Content{&message, &file}).first->second;
            if (newest.message->when < message.when)
                newest = {&message, &file};
        }
    };
    for (const auto& [uid, message] : by_uid_)
        add(message);
    for (const auto& [marks, message] : elsewhere_)
        add(message);
}

std::optional<SavedFile> Known::saved_before(const MessageRow& row,
                                             const store::FileEntry& file) const {
    if (!by_content_)
        sort_by_content();
    const auto here = by_content_->find(file.sha256);
    // Most are of the same folder: the ledger is asked for the few others.
    if (here != by_content_->end() && here->second.message->id.uid != row.uid)
        return SavedFile{here->second.file->file, here->second.message->when};
    const auto earlier = ledger_->earlier_file(mailbox_, row.uid, file.sha256);
    if (!earlier || !*earlier)
        return std::nullopt;
    return SavedFile{(*earlier)->file.file, (*earlier)->when};
}

bool Known::is_finished(std::uint32_t uid) const {
    // What is said to be out of the mailbox and is there is another: see find_removal().
    if (const auto removal = removals_.find(uid); removal != removals_.end())
        return removal->second.stage != store::RemovalEntry::Stage::removed;
    const auto at = by_uid_.find(uid);
    return at != by_uid_.end() &&
           (at->second.step == store::Step::stored || at->second.step == store::Step::none);
}

Result<void> Known::adopt_moved(store::Ledger& ledger) const {
    if (moved_.empty())
        return {};
    return ledger.adopt(mailbox_, moved_);
}

void remember(MessageRow& row, const store::MessageEntry& entry, const point::General& general,
              const SavedBefore& saved_before) {
    const auto cause = cause_named(entry.cause);
    // Stopped before anything had its name: the message is as if nobody had begun with it.
    if (entry.step == store::Step::failed && cause == Cause::cancelled)
        return;
    MessageState& state = row.initial;
    state.taken_at = entry.when;
    state.folder = entry.folder;
    Parts parts = row.parts.unpack();
    const bool finished = entry.step == store::Step::stored || entry.step == store::Step::none;
    const bool repeats_count = finished || general.repeated_files != point::RepeatedFiles::save;
    for (const store::FileEntry& file : entry.files) {
        auto part = std::ranges::find_if(parts, [&](const PartView& view) {
            return view.part.path == file.part && !view.part.has_children;
        });
        if (part == parts.end()) {
            parts.push_back(part_of(file));
            part = std::prev(parts.end());
        }
        remember_file(*part, file, general);
        if (repeats_count)
            remember_repeat(*part, file, general.repeated_files, saved_before);
    }
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
    if (entry.step == store::Step::partial && cause == Cause::gate_locked) {
        row.whole_needed = true;
        state.error = error_of(row.uid, {Gate::Lock::part_not_saved, {}, {}});
    }
    if (entry.step == store::Step::failed && cause) {
        state.status = Status::failed;
        state.error = Error{*cause, Layer::fetch, Reach::message, {}};
    }
}

void remember_removal(MessageRow& row, const store::RemovalEntry& entry) {
    using Stage = store::RemovalEntry::Stage;
    row.initial.status = entry.stage == Stage::hidden ? Status::hidden : Status::held;
    if (entry.stage != Stage::hidden)
        row.initial.error = Error{Cause::busy_elsewhere,
                                  Layer::ledger,
                                  Reach::message,
                                  {{"uid", std::to_string(row.uid)}}};
}

void remember(MessageRow& row, const Known& known, const point::General& general) {
    if (const auto* entry = known.find(row))
        remember(row, *entry, general,
                 [&](const store::FileEntry& file) { return known.saved_before(row, file); });
    if (const auto* entry = known.find_removal(row))
        remember_removal(row, *entry);
}

}  // namespace mail::work
