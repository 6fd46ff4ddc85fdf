#include "mail/work/peek.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "mail/imap/changes.h"
#include "mail/imap/fetch.h"
#include "mail/imap/quirks.h"
#include "mail/mime/decoder.h"
#include "mail/mime/message.h"
#include "mail/work/disk_source.h"
#include "mail/work/filing.h"
#include "mail/work/known.h"
#include "mail/work/same_message.h"
#include "mail/work/whole_mail.h"

namespace mail::work {

namespace {

Error about_message(Cause cause, const MessageRow& row) {
    return {cause, Layer::fetch, Reach::message, {{"uid", std::to_string(row.uid)}}};
}

// So much that nobody wants is let pass: less than a new sign-in costs.
constexpr std::uint64_t passes_octets = 1 << 20;

/// The beginning of what streams by. A server can't be told to stop within a part, so that the
/// error ends the connection as well; it is none where the beginning is enough.
class Beginning {
public:
    explicit Beginning(std::size_t max_octets) : max_octets_(max_octets) {}
    void clear() {
        octets_ = {};
        passed_octets_ = 0;
    }
    Result<void> add(std::string_view raw) {
        const std::size_t room = max_octets_ - octets_.raw.size();
        octets_.raw += raw.substr(0, room);
        octets_.is_cut = octets_.is_cut || raw.size() > room;
        passed_octets_ += raw.size() - std::min(room, raw.size());
        if (passed_octets_ > passes_octets)
            return fail(Cause::part_too_large, Layer::fetch, Reach::connection);
        return {};
    }
    [[nodiscard]] bool is_cut() const { return octets_.is_cut; }
    [[nodiscard]] PartOctets take() { return std::move(octets_); }

private:
    std::size_t max_octets_;
    std::uint64_t passed_octets_ = 0;
    PartOctets octets_;
};

/// One part, decoded as it comes.
class PartOfMessage final : public imap::PartSink {
public:
    PartOfMessage(std::string encoding, Beginning& to) : encoding_(std::move(encoding)), to_(to) {}
    Result<void> begin(std::size_t /*request*/, Form form) override {
        to_.clear();
        decoder_ = mime::make_decoder(form == Form::decoded ? "" : encoding_);
        return {};
    }
    Result<void> data(std::size_t /*request*/, std::string_view raw) override {
        return decoder_->feed(raw, sink());
    }
    Result<void> end(std::size_t /*request*/, Result<void> outcome) override {
        if (outcome && !to_.is_cut())
            outcome = decoder_->finish(sink());
        outcome_ = std::move(outcome);
        return {};
    }
    /// part_missing where nothing was said of it.
    [[nodiscard]] Result<void> outcome() const { return outcome_; }

private:
    [[nodiscard]] mime::Sink sink() {
        return [this](std::string_view decoded) { return to_.add(decoded); };
    }
    std::string encoding_;
    Beginning& to_;
    std::unique_ptr<mime::Decoder> decoder_;
    Result<void> outcome_ = fail(Cause::part_missing, Layer::fetch, Reach::message);
};

/// A whole message to wherever `begins` opens a place for it.
class WholeMessage final : public imap::PartSink {
public:
    using Begin = std::function<Result<void>()>;
    WholeMessage(Begin begins, mime::Sink to) : begins_(std::move(begins)), to_(std::move(to)) {}
    Result<void> begin(std::size_t /*request*/, Form /*form*/) override {
        came_ = {};
        return begins_();
    }
    Result<void> data(std::size_t /*request*/, std::string_view raw) override {
        came_.octets += raw.size();
        came_.line_ends += static_cast<std::uint64_t>(std::ranges::count(raw, '\n'));
        return to_(raw);
    }
    Result<void> end(std::size_t /*request*/, Result<void> outcome) override {
        outcome_ = std::move(outcome);
        return {};
    }
    /// What came of it, once it has come.
    [[nodiscard]] Result<CameWhole> outcome() const {
        return outcome_.map([this] { return came_; });
    }

private:
    Begin begins_;
    mime::Sink to_;
    CameWhole came_;
    Result<void> outcome_ = fail(Cause::part_missing, Layer::fetch, Reach::message);
};

Result<CameWhole> fetch_whole(imap::Session& session, const MessageRow& row, WholeMessage& message,
                              const Wait& wait) {
    imap::PartRequest request;
    request.uid = row.uid;
    request.may_decode = false;
    if (auto fetched = imap::fetch_parts(session, {request}, message, wait); !fetched)
        return tl::unexpected(std::move(fetched.error()));
    return message.outcome();
}

/// The temporary file goes, unless it has become the message's.
class Temporary {
public:
    Temporary(Disk& disk, std::string path) : disk_(&disk), path_(std::move(path)) {}
    Temporary(const Temporary&) = delete;
    Temporary& operator=(const Temporary&) = delete;
    ~Temporary() {
        if (!path_.empty())
            static_cast<void>(disk_->remove(path_));
    }
    Result<void> name(const SaveTo& to) {
        auto named = to.existing == SaveTo::Existing::replace ? disk_->rename_over(path_, to.path)
                                                              : disk_->rename_new(path_, to.path);
        if (named)
            path_.clear();
        return named;
    }

private:
    Disk* disk_;
    std::string path_;
};

Result<void> check_read_back(Disk& disk, const Arrival& arrival) {
    const auto again = sha256_of(disk, arrival.temporary);
    if (!again)
        return tl::unexpected(again.error());
    if (*again != arrival.sha256)
        return fail(Cause::verify_failed, Layer::target, Reach::message,
                    {{"path", arrival.temporary}});
    return {};
}

/// That it is this message; whether it is all of it.
Result<std::optional<Error>> judge(const mime::Source& source, const MessageRow& row,
                                   const CameWhole& came, Sizes sizes) {
    const auto mail = mime::Message::read(source);
    if (!mail)
        return tl::unexpected(mail.error());
    if (auto same = check_identity(row, *mail, came.octets); !same)
        return tl::unexpected(std::move(same.error()));
    const auto whole = check_copy(row, *mail, came, sizes);
    return whole ? std::nullopt : std::optional(whole.error());
}

bool is_found_by_us_alone(const MessageRow& row, const mime::Part& part) {
    return row.whole_needed || part.path.find('/') != std::string::npos;
}

}  // namespace

Result<Peek> Peek::open(imap::Session& session, const store::MailboxId& mailbox, const Wait& wait) {
    const auto opened = session.examine(mailbox.folder, wait);
    if (!opened)
        return tl::unexpected(opened.error());
    return on(session, *opened, mailbox.uid_validity);
}

Result<Peek> Peek::on(imap::Session& session, const imap::Mailbox& opened,
                      std::uint32_t listed_uid_validity) {
    if (opened.uid_validity != listed_uid_validity)
        return fail(Cause::uidvalidity_changed, Layer::select, Reach::folder,
                    {{"uid_validity", std::to_string(opened.uid_validity)}});
    return Peek(session, imap::quirks::keeps_its_numbers(session.capabilities(), opened));
}

Result<void> Peek::check_is_there(const MessageRow& row, const Wait& wait) {
    const auto marks = imap::marks_of(*session_, {row.uid}, wait);
    if (!marks)
        return tl::unexpected(marks.error());
    if (marks->empty())
        return tl::unexpected(about_message(Cause::message_gone, row));
    // What the list did not tell of it can't be held against it.
    const bool is_known = !row.message_id.empty() || row.size_octets != 0;
    if (is_known && !is_same(session_->capabilities(), id_of(row), marks->front()))
        return tl::unexpected(about_message(Cause::message_changed, row));
    return {};
}

Result<PartOctets> Peek::part(const MessageRow& row, const mime::Part& part, std::size_t max_octets,
                              const Wait& wait) {
    if (is_spent_)
        return tl::unexpected(about_message(Cause::part_too_large, row));
    if (auto there = check_is_there(row, wait); !there)
        return tl::unexpected(std::move(there.error()));
    if (is_found_by_us_alone(row, part))
        return out_of_whole(row, part, max_octets, wait);
    imap::PartRequest request;
    request.uid = row.uid;
    request.section = part.path;
    request.encoding = part.encoding;
    request.size_octets = part.size_octets;
    Beginning beginning(max_octets);
    PartOfMessage message(part.encoding, beginning);
    if (auto fetched = imap::fetch_parts(*session_, {request}, message, wait); !fetched) {
        is_spent_ = beginning.is_cut() && fetched.error().cause == Cause::part_too_large;
        if (!is_spent_)
            return tl::unexpected(std::move(fetched.error()));
        // Nobody can be asked any more which message that was.
        if (!numbers_last_)
            return tl::unexpected(about_message(Cause::part_too_large, row));
        return beginning.take();
    }
    const auto outcome = message.outcome();
    if (!outcome && !beginning.is_cut()) {
        const Cause cause = outcome.error().cause;
        // The server's description is wrong: only the whole message tells.
        if (cause == Cause::part_missing || cause == Cause::part_incomplete)
            return out_of_whole(row, part, max_octets, wait);
        return tl::unexpected(outcome.error());
    }
    if (auto same = numbers_last_ ? Result<void>() : check_is_there(row, wait); !same)
        return tl::unexpected(std::move(same.error()));
    return beginning.take();
}

Result<PartOctets> Peek::out_of_whole(const MessageRow& row, const mime::Part& part,
                                      std::size_t max_octets, const Wait& wait) {
    if (row.size_octets > most_octets_in_memory)
        return tl::unexpected(about_message(Cause::part_too_large, row));
    Beginning whole(most_octets_in_memory);
    WholeMessage message(
        [&] {
            whole.clear();
            return Result<void>();
        },
        [&](std::string_view raw) { return whole.add(raw); });
    const auto came = fetch_whole(*session_, row, message, wait);
    if (whole.is_cut()) {
        is_spent_ = !came;
        return tl::unexpected(about_message(Cause::part_too_large, row));
    }
    if (!came)
        return tl::unexpected(came.error());
    const auto source = mime::source_of(whole.take().raw);
    const auto mail = mime::Message::read(*source);
    if (!mail)
        return tl::unexpected(mail.error());
    if (auto same = check_identity(row, *mail, came->octets); !same)
        return tl::unexpected(std::move(same.error()));
    const auto& parts = mail->structure().parts;
    const auto at = std::ranges::find(parts, part.path, &mime::Part::path);
    if (at == parts.end())
        return tl::unexpected(about_message(Cause::part_missing, row));
    return beginning_of(*mail, static_cast<std::size_t>(at - parts.begin()), max_octets);
}

Result<PartOctets> beginning_of(const mime::Message& mail, std::size_t part,
                                std::size_t max_octets) {
    Beginning beginning(max_octets);
    std::vector<mime::Repair> repaired;
    const auto decoded = mail.decode(
        part, [&](std::string_view raw) { return beginning.add(raw); }, repaired);
    if (!decoded && !beginning.is_cut())
        return tl::unexpected(decoded.error());
    return beginning.take();
}

Result<SavedMail> Peek::save(Disk& disk, const MessageRow& row, const SaveTo& to,
                             const std::function<void(std::uint64_t octets)>& progress,
                             const Wait& wait) {
    const std::string folder = parent_path(to.path);
    const auto held = disk.hold(folder);
    if (!held)
        return tl::unexpected(held.error());
    Disk& there = **held;
    if (to.existing == SaveTo::Existing::keep && there.look(to.path))
        return fail(Cause::file_exists, Layer::target, Reach::message, {{"path", to.path}});
    if (auto listed = check_is_there(row, wait); !listed)
        return tl::unexpected(std::move(listed.error()));
    std::optional<Incoming> incoming;
    std::uint64_t octets = 0;
    WholeMessage message(
        [&] {
            incoming.reset();
            octets = 0;
            return Incoming::create(there, temporary_path(folder)).map([&](Incoming begun) {
                incoming.emplace(std::move(begun));
            });
        },
        [&](std::string_view raw) {
            octets += raw.size();
            progress(octets);
            return incoming->write(raw);
        });
    const auto came = fetch_whole(*session_, row, message, wait);
    if (!came)
        return tl::unexpected(came.error());
    const auto arrival = incoming->finish();
    incoming.reset();
    if (!arrival)
        return tl::unexpected(arrival.error());
    Temporary temporary(there, arrival->temporary);
    if (auto equal = check_read_back(there, *arrival); !equal)
        return tl::unexpected(std::move(equal.error()));
    const Sizes sizes = session_->capabilities().uidplus ? Sizes::exact : Sizes::rough;
    auto doubt =
        judge(*source_on(there, arrival->temporary, arrival->size_octets, wait), row, *came, sizes);
    if (!doubt)
        return tl::unexpected(std::move(doubt.error()));
    if (auto named = temporary.name(to); !named)
        return tl::unexpected(std::move(named.error()));
    if (auto synced = there.sync_folder(folder); !synced)
        return tl::unexpected(std::move(synced.error()));
    return SavedMail{arrival->size_octets, arrival->sha256, std::move(*doubt)};
}

}  // namespace mail::work
