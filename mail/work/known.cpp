#include "mail/work/known.h"

#include <algorithm>

#include "mail/work/choose.h"
#include "mail/work/claims.h"
#include "mail/work/decide.h"
#include "mail/work/gate.h"
#include "mail/work/part_decision.h"

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
/// But for those about which somebody has decided.
void close_open_parts(Parts& parts, const Decided& decided) {
    for (PartView& part : parts)
        if (part.verdict == Verdict::will_be_taken &&
            std::ranges::none_of(decided, [&](const store::PartDecision* one) {
                return is_about(one->part, one->name, part);
            })) {
            part.verdict = Verdict::not_attachment;
            part.reason = Reason::container;
            part.counts = false;
        }
}

// Mailutils 3.15 counts lines of its own along, which come and go (quirks.h).
bool sizes_may_be_of_one(std::uint64_t one, std::uint64_t other) {
    constexpr std::uint64_t own_lines = 512;
    return std::max(one, other) - std::min(one, other) <= own_lines;
}

/// Whether the message that has the UID may be the one that had it. Two Message-IDs tell; without
/// them date and size do, unless the list told nothing of it, then or now.
bool may_be_the_same(const store::MessageId& known, const MessageRow& row) {
    if (!known.message_id.empty() && !row.message_id.empty())
        return known.message_id == row.message_id;
    const store::MessageId now = id_of(row);
    if (known.received == 0 || now.received == 0)
        return true;
    return known.received == now.received &&
           sizes_may_be_of_one(known.size_octets, now.size_octets);
}

}  // namespace

Known::Marks Known::marks_of(const store::MessageId& id) {
    return {id.message_id, id.received, id.size_octets};
}

Known::Named Known::name_of(const store::MessageId& id) {
    return {id.message_id, id.received, id.message_id.empty() ? id.uid : 0};
}

Result<Known> Known::load(store::Ledger& ledger, const store::MailboxId& mailbox, Numbers numbers) {
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
    auto decisions = ledger.decisions(mailbox);
    if (!decisions)
        return tl::unexpected(std::move(decisions.error()));
    Known known;
    known.ledger_ = &ledger;
    known.mailbox_ = mailbox;
    known.numbers_ = numbers;
    for (store::RemovalEntry& entry : *removals)
        if (entry.number == 0)
            known.removals_.emplace(entry.id.uid, std::move(entry));
    for (store::RemovalEntry& entry : *removals_elsewhere)
        if (entry.stage == store::RemovalEntry::Stage::hidden)
            known.removals_elsewhere_.emplace(marks_of(entry.id), std::move(entry));
    for (store::MessageEntry& entry : *here)
        known.by_uid_.emplace(entry.id.uid, std::move(entry));
    for (store::MessageEntry& entry : *elsewhere) {
        known.elsewhere_.emplace(marks_of(entry.id), std::move(entry));
    }
    for (store::PartDecision& decision : *decisions)
        known.decisions_[name_of(decision.message)].push_back(std::move(decision));
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

std::vector<store::LeftOut> left_out_of(const Parts& parts) {
    std::vector<store::LeftOut> left_out;
    for (const PartView& part : parts)
        if (part.verdict == Verdict::skipped || part.verdict == Verdict::needs_you)
            left_out.push_back({part.part.name, std::string(name_of(part.reason)),
                                part.verdict == Verdict::needs_you});
    return left_out;
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
        if (may_be_the_same(at->second.id, row))
            return &at->second;
        strangers_.push_back(row.uid);
    }
    // Without a Message-ID date and size alone would match strangers.
    if (row.message_id.empty())
        return nullptr;
    if (const auto* renumbered = find_renumbered(row))
        return renumbered;
    const store::MessageId id = id_of(row);
    const auto at = elsewhere_.find(marks_of(id));
    if (at == elsewhere_.end())
        return nullptr;
    moved_.push_back({id, at->second});
    return &at->second;
}

const store::MessageEntry* Known::find_renumbered(const MessageRow& row) const {
    if (numbers_ == Numbers::last && strangers_.empty())
        return nullptr;
    if (!by_message_id_) {
        by_message_id_.emplace();
        for (const auto& [uid, entry] : by_uid_)
            if (!entry.id.message_id.empty())
                by_message_id_->emplace(entry.id.message_id, &entry);
    }
    const store::MessageId now = id_of(row);
    const auto [first, last] = by_message_id_->equal_range(row.message_id);
    for (auto at = first; at != last; ++at) {
        const store::MessageEntry& entry = *at->second;
        const bool is_held =
            entry.step == store::Step::planned || entry.step == store::Step::placing;
        // What goes makes numbers smaller, never larger.
        if (is_held || entry.id.uid <= row.uid || entry.id.received != now.received ||
            !sizes_may_be_of_one(entry.id.size_octets, now.size_octets))
            continue;
        moved_.push_back({now, entry, true});
        return &entry;
    }
    return nullptr;
}

const store::RemovalEntry* Known::find_removal(const MessageRow& row) const {
    if (const auto at = removals_.find(row.uid); at != removals_.end()) {
        using Stage = store::RemovalEntry::Stage;
        // What is said to be out of the mailbox and is there is another, or was put back by others.
        // One that was only marked is there as before.
        const bool is_there = at->second.stage == Stage::removed ||
                              (at->second.stage == Stage::marked && !at->second.is_hidden_too);
        const bool is_another =
            at->second.id.message_id != row.message_id || !may_be_the_same(at->second.id, row);
        if (is_another && at->second.stage == Stage::hidden)
            not_hidden_.push_back(row.uid);
        return is_there || is_another ? nullptr : &at->second;
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

const store::MessageEntry* Known::entry_of(const MessageRow& row) const {
    const auto at = by_uid_.find(row.uid);
    return at != by_uid_.end() && may_be_the_same(at->second.id, row) ? &at->second : nullptr;
}

const store::RemovalEntry* Known::removal_of(const MessageRow& row) const {
    const auto at = removals_.find(row.uid);
    const bool is_it = at != removals_.end() && at->second.id.message_id == row.message_id &&
                       may_be_the_same(at->second.id, row);
    return is_it ? &at->second : nullptr;
}

bool Known::is_marked(const MessageRow& row) const {
    const auto* removal = removal_of(row);
    return removal != nullptr && removal->stage == store::RemovalEntry::Stage::marked;
}

bool Known::is_claimed_elsewhere(const MessageRow& row, const store::MessageEntry* entry) const {
    using store::MessageEntry;
    if (row.claimed_by == ClaimedBy::nobody)
        return false;
    // Of what has our mark and no entry somebody has made a document that we know nothing of.
    const bool has_ours =
        row.claimed_by == ClaimedBy::us || row.claimed_by == ClaimedBy::us_and_another;
    if (entry != nullptr && (has_ours || entry->step != store::Step::failed))
        return false;
    // Our plan alone says nothing: the program may have been stopped before it knew that it lost.
    if (row.claimed_by == ClaimedBy::another || row.claimed_by == ClaimedBy::us_and_another)
        return true;
    if (entry != nullptr && entry->claim == MessageEntry::Claim::ours)
        return false;
    if (!claimed_by_other_points_)
        claimed_by_other_points_ =
            ledger_->claimed_by_others(mailbox_).value_or(std::vector<std::uint32_t>());
    return !std::ranges::binary_search(*claimed_by_other_points_, row.uid);
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

std::vector<const store::PartDecision*> Known::decisions_of(const MessageRow& row) const {
    std::vector<const store::PartDecision*> found;
    if (decisions_.empty())
        return found;
    if (const auto at = decisions_.find(name_of(id_of(row))); at != decisions_.end())
        for (const store::PartDecision& one : at->second)
            found.push_back(&one);
    return found;
}

void Known::decide(const store::PartDecision& decision) {
    auto& of_message = decisions_[name_of(decision.message)];
    std::erase_if(of_message,
                  [&](const store::PartDecision& one) { return one.part == decision.part; });
    of_message.push_back(decision);
}

/// Somebody has wanted a part while another run brought the message to its end.
bool Known::has_unmet_wish(const store::MessageEntry& entry) const {
    const auto decided = decisions_.find(name_of(entry.id));
    if (decided == decisions_.end())
        return false;
    return std::ranges::any_of(decided->second, [&](const store::PartDecision& one) {
        return one.decision == store::Decision::take &&
               std::ranges::none_of(entry.files, [&](const store::FileEntry& file) {
                   return file.part == one.part && file.name == one.name && !file.file.empty();
               });
    });
}

bool Known::is_finished(std::uint32_t uid) const {
    using Stage = store::RemovalEntry::Stage;
    // What is said to be out of the mailbox and is there is another: see find_removal().
    if (const auto removal = removals_.find(uid); removal != removals_.end()) {
        const bool is_marked = removal->second.stage == Stage::marked;
        if (!is_marked || removal->second.is_hidden_too)
            return removal->second.stage != Stage::removed;
    }
    const auto at = by_uid_.find(uid);
    return at != by_uid_.end() &&
           (at->second.step == store::Step::stored || at->second.step == store::Step::none) &&
           !has_unmet_wish(at->second);
}

Result<void> Known::adopt_moved(store::Ledger& ledger) const {
    if (moved_.empty() && strangers_.empty() && not_hidden_.empty())
        return {};
    return ledger.adopt(mailbox_, moved_, {strangers_, not_hidden_});
}

void remember(MessageRow& row, const store::MessageEntry& entry, const point::General& general,
              const SavedBefore& saved_before, const Decided& decided) {
    const auto cause = cause_named(entry.cause);
    // Stopped before anything had its name: the message is as if nobody had begun with it.
    if (entry.step == store::Step::failed && cause == Cause::cancelled)
        return;
    MessageState& state = row.initial;
    state.taken_at = entry.when;
    state.folder = entry.folder;
    state.who = entry.who;
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
        close_open_parts(parts, decided);
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
    const bool is_hidden = entry.stage == Stage::hidden || entry.stage == Stage::marked;
    row.initial.status = is_hidden ? Status::hidden : Status::held;
    if (!is_hidden)
        row.initial.error = Error{Cause::busy_elsewhere,
                                  Layer::ledger,
                                  Reach::message,
                                  {{"uid", std::to_string(row.uid)}}};
}

Decided decided_of(const MessageRow& row, const Known& known) {
    return row.whole_needed ? Decided() : known.decisions_of(row);
}

void remember(MessageRow& row, const Known& known, const point::General& general) {
    const auto* known_entry = known.find(row);
    const Decided decided = decided_of(row, known);
    if (known_entry != nullptr)
        remember(
            row, *known_entry, general,
            [&](const store::FileEntry& file) { return known.saved_before(row, file); }, decided);
    apply_decisions(decided, row);
    if (is_open(row.initial) && known.is_claimed_elsewhere(row, known_entry)) {
        row.initial.status = Status::taken_elsewhere;
        row.initial.error = claimed_error(row.uid);
    }
    if (const auto* entry = known.find_removal(row))
        remember_removal(row, *entry);
    // Somebody else may have taken the mark back.
    row.initial.is_marked = row.is_deleted && known.is_marked(row);
}

}  // namespace mail::work
