#include "mail/work/copies.h"

#include <algorithm>
#include <iterator>

#include "mail/base/hash.h"
#include "mail/work/disk_source.h"
#include "mail/work/removal_record.h"

namespace mail::work {

namespace {

// So many copies, or octets of them, share their syncs and a commit …
constexpr std::size_t copies_a_flush = 64;
constexpr std::uint64_t octets_a_flush = 32ULL << 20;
// … but over a slow line none is long without its name in the ledger.
constexpr auto time_a_flush = std::chrono::seconds(1);

/// What gets here is more than the message's: whoever fetches has to stop.
Error reaching_all(Error error) {
    error.reach = std::max(error.reach, Reach::folder);
    return error;
}

bool is_stop(const Error& error) {
    return error.cause == Cause::cancelled || error.cause == Cause::deadline;
}

}  // namespace

std::string copy_prefix(const store::MailboxId& mailbox) {
    const std::string login = mailbox.account.substr(0, mailbox.account.rfind('@'));
    const std::string whose = mailbox.point + '\n' + login + '\n' + mailbox.folder;
    return sha256_hex(whose).substr(0, 12) + "-";
}

Copies::Copies(const RemoveContext& context, std::vector<Leaving> messages, bool is_gated)
    : context_(context), folder_(context.quarantine), is_gated_(is_gated),
      messages_(std::move(messages)) {
    if (folder_ == nullptr && is_gated)
        folder_ = context.spool;
}

Copies::~Copies() {
    // After an error: nobody will come for them.
    for (Arrived& one : arrived_) {
        one.mail.file.reset();
        static_cast<void>(folder_->disk().remove(one.mail.arrival.temporary));
    }
}

Result<void> Copies::run(imap::Session& session, const Wait& wait) {
    if (folder_ == nullptr) {
        std::vector<store::RemovalEntry> entries;
        for (Leaving& message : messages_)
            entries.push_back(std::move(message.entry));
        return tell_ledger(entries);
    }
    wait_ = wait;
    // As in quirks.h: no other server that was tried errs there.
    sizes_ = session.capabilities().uidplus ? Sizes::exact : Sizes::rough;
    flushed_at_ = wait_.now();
    std::vector<imap::PartRequest> requests;
    for (const Leaving& message : messages_) {
        imap::PartRequest request;
        request.uid = message.row->uid;
        request.may_decode = false;
        requests.push_back(std::move(request));
    }
    auto fetched = imap::fetch_parts(session, requests, *this, wait);
    if (broke_)
        return tl::unexpected(*broke_);
    return fetched.and_then([this] { return flush(); });
}

Result<void> Copies::broke(Error error) {
    broke_ = reaching_all(std::move(error));
    return tl::unexpected(*broke_);
}

Result<void> Copies::begin(std::size_t /*request*/, Form /*form*/) {
    incoming_.reset();
    came_ = {};
    auto incoming = folder_->begin();
    if (!incoming)
        return broke(std::move(incoming.error()));
    incoming_.emplace(std::move(*incoming));
    return {};
}

Result<void> Copies::data(std::size_t /*request*/, std::string_view raw) {
    came_.octets += raw.size();
    context_.moved(raw.size());
    came_.line_ends += static_cast<std::uint64_t>(std::ranges::count(raw, '\n'));
    if (auto written = incoming_->write(raw); !written)
        return broke(std::move(written.error()));
    return flush_if_due();
}

Result<void> Copies::end(std::size_t request, Result<void> outcome) {
    const std::uint32_t uid = messages_[request].row->uid;
    if (broke_) {
        // That the connection is given up for it is no fault of this message.
        incoming_.reset();
        return tl::unexpected(*broke_);
    }
    if (!outcome || !incoming_) {
        incoming_.reset();
        const bool stops = !outcome && outcome.error().reach > Reach::message;
        keep_out(uid, "",
                 outcome ? Error{Cause::part_missing, Layer::fetch, Reach::message, {}}
                         : outcome.error());
        return stops ? outcome : Result<void>();
    }
    auto finished = incoming_->finish_unsynced();
    incoming_.reset();
    if (!finished)
        return broke(std::move(finished.error()));
    if (context_.quarantine != nullptr)
        finished->file->begin_sync();
    arrived_octets_ += came_.octets;
    arrived_.push_back({request, std::move(*finished), came_});
    return flush_if_due();
}

Result<void> Copies::flush_if_due() {
    const bool many = arrived_.size() >= copies_a_flush || arrived_octets_ >= octets_a_flush;
    const bool due = !arrived_.empty() && wait_.now() - flushed_at_ >= time_a_flush;
    auto done = many || due ? flush() : Result<void>();
    return done ? done : broke(std::move(done.error()));
}

Result<void> Copies::check(const Leaving& message, const std::string& path,
                           const CameWhole& came) const {
    const MessageRow& row = *message.row;
    const auto source = source_on(folder_->disk(), path, came.octets, wait_);
    const auto mail = mime::Message::read(*source);
    if (!mail)
        return tl::unexpected(mail.error());
    auto checked = check_copy(row, *mail, came, sizes_).and_then([&] {
        return check_taken_parts(row, *mail);
    });
    // What others have marked nobody was to take.
    if (!checked || !is_gated_ || store::was_marked(message.entry))
        return checked;
    return check_mail(row, *mail, context_.general, wait_).and_then([&](Gate gate) {
        return gate.lock == Gate::Lock::open
                   ? Result<void>()
                   : Result<void>(tl::unexpected(error_of(row.uid, std::move(gate))));
    });
}

Result<void> Copies::flush() {
    std::vector<Arrived> arrived = std::exchange(arrived_, {});
    arrived_octets_ = 0;
    const auto entries =
        context_.quarantine != nullptr ? keep(std::move(arrived)) : judge(std::move(arrived));
    if (!entries)
        return tl::unexpected(entries.error());
    flushed_at_ = wait_.now();
    return tell_ledger(*entries);
}

Result<std::vector<store::RemovalEntry>> Copies::keep(std::vector<Arrived> arrived) {
    std::vector<Unsynced> mails;
    for (Arrived& one : arrived)
        mails.push_back(std::move(one.mail));
    const auto copies =
        context_.quarantine->keep(std::move(mails), copy_prefix(context_.mailbox), wait_);
    std::vector<store::RemovalEntry> entries;
    std::optional<Error> stopped;
    for (std::size_t i = 0; i < copies.size(); ++i) {
        const Leaving& message = messages_[arrived[i].message];
        const auto& copy = copies[i];
        auto good = copy ? check(message, folder_->path_of(copy->name), arrived[i].came)
                         : Result<void>(tl::unexpected(copy.error()));
        if (!good && is_stop(good.error())) {
            if (copy)
                static_cast<void>(context_.quarantine->drop(copy->name));
            stopped = std::move(good.error());
            continue;
        }
        if (!good) {
            keep_out(message.row->uid, copy ? copy->name : "", std::move(good.error()));
            continue;
        }
        entries.push_back(message.entry);
        entries.back().copy = copy->name;
        entries.back().copy_octets = copy->size_octets;
        entries.back().copy_sha256 = copy->sha256;
    }
    if (!stopped)
        return entries;
    drop_all(entries);
    return tl::unexpected(std::move(*stopped));
}

Result<std::vector<store::RemovalEntry>> Copies::judge(std::vector<Arrived> arrived) {
    std::vector<store::RemovalEntry> entries;
    std::optional<Error> stopped;
    for (Arrived& one : arrived) {
        const Leaving& message = messages_[one.message];
        one.mail.file.reset();
        auto good = stopped ? Result<void>() : check(message, one.mail.arrival.temporary, one.came);
        // Before anything is said to the server: nothing is left of it when the mail is gone.
        if (auto dropped = folder_->disk().remove(one.mail.arrival.temporary); good && !dropped)
            good = std::move(dropped);
        if (!good && is_stop(good.error()))
            stopped = std::move(good.error());
        else if (!good)
            keep_out(message.row->uid, "", std::move(good.error()));
        else
            entries.push_back(message.entry);
    }
    if (stopped)
        return tl::unexpected(std::move(*stopped));
    return entries;
}

Result<void> Copies::tell_ledger(const std::vector<store::RemovalEntry>& entries) {
    if (entries.empty())
        return {};
    const auto refused = context_.ledger.removing(context_.mailbox, entries);
    if (!refused) {
        drop_all(entries);
        return tl::unexpected(reaching_all(refused.error()));
    }
    std::vector<store::RemovalEntry> named;
    for (const store::RemovalEntry& entry : entries) {
        const auto no = std::ranges::find(*refused, entry.id.uid, &store::Ledger::Refusal::uid);
        if (no != refused->end())
            keep_out(entry.id.uid, entry.copy, no->error);
        else
            named.push_back(entry);
    }
    return check_still_there(std::move(named));
}

Result<void> Copies::check_still_there(std::vector<store::RemovalEntry> named) {
    if (context_.quarantine == nullptr || named.empty()) {
        std::ranges::move(named, std::back_inserter(ready_));
        return {};
    }
    const auto now = context_.quarantine->now_there();
    if (!now) {
        auto taken_back = take_back(context_, named, now.error());
        return tl::unexpected(reaching_all(taken_back ? now.error() : taken_back.error()));
    }
    for (store::RemovalEntry& entry : named) {
        auto there = context_.quarantine->check_young(
            {entry.copy, entry.copy_octets, entry.copy_sha256}, *now);
        if (there) {
            ready_.push_back(std::move(entry));
            continue;
        }
        if (there.error().cause == Cause::file_not_found)
            there.error().cause = Cause::copy_missing;
        if (auto taken_back = take_back(context_, {entry}, there.error()); !taken_back)
            return tl::unexpected(reaching_all(std::move(taken_back.error())));
        kept_.emplace_back(entry.id.uid, std::move(there.error()));
    }
    return {};
}

void Copies::drop_all(const std::vector<store::RemovalEntry>& entries) {
    for (const store::RemovalEntry& entry : entries)
        if (!entry.copy.empty())
            static_cast<void>(context_.quarantine->drop(entry.copy));
}

void Copies::keep_out(std::uint32_t uid, const std::string& copy, Error why) {
    if (!copy.empty())
        static_cast<void>(context_.quarantine->drop(copy));
    kept_.emplace_back(uid, std::move(why));
}

}  // namespace mail::work
