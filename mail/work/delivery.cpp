#include "mail/work/delivery.h"

#include <algorithm>
#include <utility>

#include "mail/work/choose.h"
#include "mail/work/known.h"
#include "mail/work/naming.h"
#include "mail/work/part_decision.h"
#include "mail/work/whole_mail.h"

namespace mail::work {

namespace {

// Of one message; several wait for the same sync.
constexpr std::size_t most_open_files = 32;

// A disk that is full or gone, for example: the caller must know.
bool stops_more_than_message(const Error& error) {
    return error.reach > Reach::message;
}

/// A part that an earlier run ended with.
bool is_on_record(const PartView& part) {
    return (part.verdict == Verdict::taken && !part.file.empty()) ||
           part.reason == Reason::saved_before;
}

// The part is not there, or is not what the structure says.
bool contradicts_structure(const Error& error) {
    return error.layer == Layer::fetch &&
           (error.cause == Cause::part_missing || error.cause == Cause::part_incomplete);
}

}  // namespace

Delivery::Delivery(Disk& disk, const std::string& folder, const MessageRow& row,
                   const point::General& general, const Order& order)
    : disk_(&disk), folder_(folder), row_(&row), general_(&general), order_(order),
      parts_((row.initial.parts && order.extent == Extent::what_is_open ? row.initial.parts
                                                                        : row.parts)
                 .unpack()) {
    if (order.extent == Extent::all_again)
        earlier_ = files_on_record(row);
    if (order.extent == Extent::all_again)
        carry_decisions(row.initial.parts.unpack(), parts_);
    // What failed before is tried again.
    for (PartView& part : parts_)
        if (part.verdict == Verdict::needs_you && part.error) {
            part.verdict = Verdict::will_be_taken;
            part.reason =
                part.decision == store::Decision::take ? Reason::asked_for : Reason::attachment;
            part.error.reset();
        }
    if (is_whole()) {
        slots_.emplace_back();
        slots_.back().temporary = temporary_path(folder_);
    } else {
        add_slots();
    }
    open_slots_ = slots_.size();
}

Delivery::~Delivery() = default;

void Delivery::add_slots() {
    for (std::size_t i = 0; i < parts_.size(); ++i) {
        if (parts_[i].verdict != Verdict::will_be_taken)
            continue;
        slots_.emplace_back();
        slots_.back().part = i;
        slots_.back().temporary = temporary_path(folder_);
    }
}

std::vector<imap::PartRequest> Delivery::requests() const {
    std::vector<imap::PartRequest> requests;
    for (const Slot& slot : slots_) {
        imap::PartRequest request;
        request.uid = row_->uid;
        request.may_decode = slot.part != spool && order_.transfer == Transfer::server_may_decode;
        if (slot.part != spool) {
            request.size_octets = parts_[slot.part].part.size_octets;
            request.section = parts_[slot.part].part.path;
            request.encoding = parts_[slot.part].part.encoding;
        }
        requests.push_back(std::move(request));
    }
    return requests;
}

Result<void> Delivery::begin(std::size_t index, imap::PartSink::Form form) {
    Slot& slot = slots_.at(index);
    slot.incoming.reset();
    line_ends_ = 0;
    auto incoming = Incoming::create(*disk_, slot.temporary);
    if (!incoming)
        return tl::unexpected(std::move(incoming.error()));
    slot.incoming.emplace(std::move(*incoming));
    const bool decode = slot.part != spool && form == imap::PartSink::Form::encoded;
    slot.decoder = decode ? mime::make_decoder(parts_[slot.part].part.encoding) : nullptr;
    return {};
}

Result<void> Delivery::data(std::size_t index, std::string_view raw) {
    Slot& slot = slots_.at(index);
    // Progress counts what stands in the mail: base64 is 4 octets for 3, and a line end for
    // each 76.
    const bool server_decoded =
        slot.part != spool && !slot.decoder && parts_[slot.part].part.encoding == "base64";
    done_octets_ += server_decoded ? raw.size() * 137 / 100 : raw.size();
    if (slot.part == spool)
        line_ends_ += static_cast<std::uint64_t>(std::ranges::count(raw, '\n'));
    if (!slot.decoder)
        return slot.incoming->write(raw);
    return slot.decoder->feed(
        raw, [&](std::string_view decoded) { return slot.incoming->write(decoded); });
}

Result<void> Delivery::end(std::size_t index, Result<void> outcome) {
    Slot& slot = slots_.at(index);
    --open_slots_;
    if (outcome && slot.decoder) {
        outcome = slot.decoder->finish(
            [&](std::string_view decoded) { return slot.incoming->write(decoded); });
        if (slot.decoder->damaged())
            parts_[slot.part].part.repaired.push_back(mime::Repair::base64_damaged);
    }
    slot.decoder.reset();
    if (!outcome) {
        slot.incoming.reset();
        slot.error = outcome.error();
        mistrusted_ = mistrusted_ || contradicts_structure(*slot.error);
        return stops_more_than_message(*slot.error) ? outcome : Result<void>();
    }
    auto arrived = slot.incoming->finish_unsynced();
    slot.incoming.reset();
    return note_arrival(slot, std::move(arrived));
}

Result<void> Delivery::note_arrival(Slot& slot, Result<Unsynced> arrived) {
    if (!arrived) {
        slot.error = arrived.error();
        return stops_more_than_message(*slot.error) ? tl::unexpected(arrived.error())
                                                    : Result<void>();
    }
    slot.arrival = std::move(arrived->arrival);
    // The whole mail is only read once more; it needs to last no longer than this program.
    if (slot.part == spool)
        return {};
    slot.unsynced = std::move(arrived->file);
    slot.unsynced->begin_sync();
    const std::vector<NewFile*> open_files = unsynced();
    if (open_files.size() < most_open_files)
        return {};
    return note_synced(disk_->sync_all(open_files));
}

std::vector<NewFile*> Delivery::unsynced() const {
    std::vector<NewFile*> files;
    for (const Slot& slot : slots_)
        if (slot.unsynced)
            files.push_back(slot.unsynced.get());
    return files;
}

Result<void> Delivery::note_synced(std::span<const Result<void>> outcomes) {
    Result<void> worst;
    auto outcome = outcomes.begin();
    for (Slot& slot : slots_) {
        if (!slot.unsynced)
            continue;
        slot.unsynced.reset();
        const Result<void>& synced = *outcome++;
        if (synced)
            continue;
        slot.error = synced.error();
        if (stops_more_than_message(*slot.error))
            worst = synced;
    }
    return worst;
}

Result<void> Delivery::find_parts() {
    const Slot& whole = slots_.front();
    if (!whole.arrival)
        return {};
    auto source = mime::open_source(whole.arrival->temporary);
    if (!source)
        return tl::unexpected(std::move(source.error()));
    source_ = std::move(*source);
    auto mail = mime::Message::read(*source_);
    if (!mail)
        return tl::unexpected(std::move(mail.error()));
    mail_.emplace(std::move(*mail));
    const std::uint64_t octets = whole.arrival->size_octets;
    if (auto same = check_identity(*row_, *mail_, octets); !same)
        return same;
    const std::vector<std::size_t> cut =
        parts_cut_off(*row_, mail_->structure(), {octets, line_ends_});
    Parts withheld = parts_withheld(*row_, mail_->structure(), {octets, line_ends_});
    filled_row_ = filled_from(*row_, mail_->head(), octets);
    row_ = &*filled_row_;
    Parts found = choose(mail_->structure(), *general_);
    // What an earlier run took stays taken: a partial message is completed, not repeated.
    for (PartView& part : found) {
        const auto before = std::ranges::find_if(parts_, [&](const PartView& old) {
            return old.verdict == Verdict::taken && old.part.path == part.part.path;
        });
        if (before != parts_.end())
            part = *before;
    }
    carry_decisions(parts_, found);
    const Parts before = std::exchange(parts_, std::move(found));
    add_slots();
    refuse_parts(cut, octets);
    add_withheld(std::move(withheld), before);
    return {};
}

void Delivery::add_withheld(Parts withheld, const Parts& before) {
    for (PartView& part : withheld) {
        const auto earlier = std::ranges::find_if(before, [&](const PartView& old) {
            return is_on_record(old) && old.part.path == part.part.path;
        });
        if (earlier == before.end())
            parts_.push_back(std::move(part));
        else
            parts_.push_back(*earlier);
        if (parts_.back().verdict != Verdict::will_be_taken)
            continue;
        slots_.emplace_back();
        slots_.back().part = parts_.size() - 1;
        slots_.back().error = Error{
            Cause::part_missing, Layer::fetch, Reach::part, {{"part", parts_.back().part.path}}};
    }
}

void Delivery::refuse_parts(const std::vector<std::size_t>& cut_off, std::uint64_t octets) {
    const Error incomplete{Cause::part_incomplete,
                           Layer::fetch,
                           Reach::part,
                           {{"octets_said", std::to_string(row_->size_octets)},
                            {"octets_came", std::to_string(octets)}}};
    for (const std::size_t cut : cut_off) {
        const auto slot = std::ranges::find(slots_, cut, &Slot::part);
        if (slot != slots_.end())
            slot->error = incomplete;
        else if (cut + 1 == mail_->structure().parts.size())
            // Nobody wants it, but what is wanted may have stood behind it.
            slots_.front().error = incomplete;
    }
}

Result<void> Delivery::decode_parts() {
    if (!mail_)
        return {};
    for (Slot& slot : slots_) {
        if (slot.part == spool || slot.error)
            continue;
        auto incoming = Incoming::create(*disk_, slot.temporary);
        if (!incoming)
            return tl::unexpected(std::move(incoming.error()));
        auto decoded = mail_->decode(
            slot.part, [&](std::string_view raw) { return incoming->write(raw); },
            parts_[slot.part].part.repaired);
        if (!decoded)
            return decoded;
        auto arrived = incoming->finish_unsynced();
        if (!arrived)
            return tl::unexpected(std::move(arrived.error()));
        if (auto noted = note_arrival(slot, std::move(arrived)); !noted)
            return noted;
    }
    mail_.reset();
    source_.reset();
    return {};
}

bool Delivery::any_taken() const {
    return !earlier_.empty() || std::ranges::any_of(parts_, [](const PartView& part) {
        return part.verdict == Verdict::taken;
    });
}

store::MessageEntry Delivery::entry() const {
    store::MessageEntry entry;
    entry.id = id_of(*row_);
    entry.left_out = left_out_of(parts_);
    entry.folder = folder_;
    entry.files = earlier_;
    for (const PartView& part : parts_)
        if (is_on_record(part) && std::ranges::none_of(slots_, [&](const Slot& slot) {
                return slot.part != spool && &parts_[slot.part] == &part;
            }))
            entry.files.push_back(file_of(part));
    for (const Slot& slot : slots_) {
        if (slot.part == spool && slot.temporary.empty())
            continue;
        store::FileEntry file;
        if (slot.part != spool) {
            const PartView& part = parts_[slot.part];
            file.part = part.part.path;
            file.name = part.part.name;
            file.type = part.type;
            file.was_there = slot.already_there || part.reason == Reason::saved_before;
        }
        if (slot.arrival) {
            file.size_octets = slot.arrival->size_octets;
            file.sha256 = slot.arrival->sha256;
        }
        file.temporary = slot.temporary;
        file.file = slot.file;
        entry.files.push_back(std::move(file));
    }
    return entry;
}

void Delivery::drop_temporary(Slot& slot) {
    slot.incoming.reset();
    slot.unsynced.reset();
    const bool is_there = !slot.temporary.empty() && slot.arrival && !slot.placed;
    if (is_there && (is_placing_ || !disk_->remove(slot.temporary)))
        dropped_.push_back(std::move(slot.temporary));
    slot.temporary.clear();
}

void Delivery::settled() {
    is_placing_ = false;
    for (const std::string& temporary : std::exchange(dropped_, {}))
        static_cast<void>(disk_->remove(temporary));
}

void Delivery::fail_part(const Slot& slot) {
    PartView& part = parts_[slot.part];
    part.verdict = Verdict::needs_you;
    part.reason = slot.error->cause == Cause::part_missing ? Reason::not_delivered : Reason::failed;
    part.error = slot.error;
}

std::vector<std::string> Delivery::contents() const {
    std::vector<std::string> contents;
    for (const Slot& slot : slots_) {
        const bool is_dropped = slot.temporary.empty() && slot.file.empty();
        if (slot.part != spool && slot.arrival && !slot.error && !is_dropped)
            contents.push_back(slot.arrival->sha256);
    }
    return contents;
}

Result<void> Delivery::judge_arrival(Slot& slot, const Repeats& repeats) {
    PartView& part = parts_[slot.part];
    // The structure promised octets and none came: the server lied, which must not count as an
    // empty file.
    constexpr std::uint64_t line_end_and_padding = 4;
    if (slot.arrival && slot.arrival->size_octets == 0 && !is_whole() &&
        part.part.estimated_octets() > line_end_and_padding)
        slot.error =
            Error{Cause::part_missing, Layer::fetch, Reach::part, {{"part", part.part.path}}};
    if (slot.error)
        fail_part(slot);
    if (slot.error || !slot.arrival)
        return {};
    judge_content(part, slot.arrival->type, slot.arrival->size_octets, *general_);
    part.sha256 = slot.arrival->sha256;
    // What is asked for by name is wanted, whatever other messages brought.
    if (part.verdict != Verdict::will_be_taken || part.decision == store::Decision::take)
        return {};
    return repeats.find(row_->uid, *slot.arrival).map([&](std::optional<SavedFile> saved) {
        if (saved)
            judge_repeat(part, std::move(*saved), repeats.rule());
    });
}

Result<void> Delivery::name_slot(Slot& slot, TargetFolder& target, const std::string& point_name,
                                 const std::string& naming) {
    PartView& part = parts_[slot.part];
    if (!slot.arrival || part.verdict != Verdict::will_be_taken) {
        drop_temporary(slot);
        return {};
    }
    NamingFields fields{row_->received,
                        row_->sender_name,
                        row_->sender_address,
                        row_->subject,
                        part.part.name,
                        point_name,
                        1,
                        part.type};
    for (const Slot& other : slots_) {
        if (&other == &slot)
            break;
        fields.number += other.part != spool ? 1 : 0;
    }
    auto name = target.name_for(file_name_for(naming, fields), *slot.arrival);
    if (!name)
        return tl::unexpected(std::move(name.error()));
    slot.file = std::move(name->path);
    slot.already_there = name->same_content_there;
    if (slot.already_there)
        drop_temporary(slot);
    return {};
}

Result<void> Delivery::choose_names(TargetFolder& target, const std::string& point_name,
                                    const std::string& naming, const Repeats& repeats) {
    for (Slot& slot : slots_) {
        if (slot.part == spool) {
            drop_temporary(slot);
            continue;
        }
        auto named = judge_arrival(slot, repeats).and_then([&] {
            return name_slot(slot, target, point_name, naming);
        });
        if (!named)
            return named;
    }
    return {};
}

Result<void> Delivery::read_back() {
    for (Slot& slot : slots_) {
        if (slot.file.empty() || slot.already_there)
            continue;
        const auto there = sha256_of(*disk_, slot.temporary);
        if (!there)
            return tl::unexpected(there.error());
        if (*there != slot.arrival->sha256)
            return fail(Cause::verify_failed, Layer::target, Reach::message,
                        {{"path", slot.temporary}, {"reason", "content"}});
        slot.was_read_back = true;
    }
    return {};
}

std::set<std::string> Delivery::read_back_files() const {
    std::set<std::string> files;
    for (const Slot& slot : slots_)
        if (slot.was_read_back && slot.placed && !slot.already_there)
            files.insert(slot.file);
    return files;
}

Result<void> Delivery::place(TargetFolder& target) {
    for (Slot& slot : slots_) {
        if (slot.file.empty())
            continue;
        if (!slot.already_there) {
            auto placed = target.place(*slot.arrival, slot.file);
            if (!placed)
                return tl::unexpected(std::move(placed.error()));
            slot.file = std::move(placed->path);
            slot.already_there = placed->same_content_there;
            slot.placed = true;
            slot.temporary.clear();
        }
        PartView& part = parts_[slot.part];
        part.verdict = Verdict::taken;
        part.reason = slot.already_there ? Reason::already_there : Reason::attachment;
        part.file = slot.file;
    }
    const bool has_its_own = std::ranges::any_of(
        parts_, [](const PartView& part) { return part.verdict == Verdict::taken; });
    if (has_its_own && !error())
        earlier_.clear();
    return {};
}

void Delivery::abandon() {
    for (Slot& slot : slots_) {
        // A name that was only chosen is no file.
        if (!slot.placed)
            slot.file.clear();
        drop_temporary(slot);
    }
}

void Delivery::give_up(const Error& why) {
    for (Slot& slot : slots_) {
        const bool open = slot.part == spool || parts_[slot.part].verdict == Verdict::will_be_taken;
        if (!open)
            continue;
        slot.error = slot.error.value_or(why);
        slot.file.clear();
        drop_temporary(slot);
        if (slot.part != spool)
            fail_part(slot);
    }
}

std::optional<Error> Delivery::error() const {
    for (const Slot& slot : slots_)
        if (slot.error)
            return slot.error;
    return std::nullopt;
}

std::uint64_t Delivery::total_octets() const {
    if (is_whole())
        return row_->size_octets;
    std::uint64_t total = 0;
    for (const Slot& slot : slots_)
        total += parts_[slot.part].part.size_octets;
    return total;
}

}  // namespace mail::work
