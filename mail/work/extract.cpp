#include "mail/work/extract.h"

#include "mail/mime/headers.h"
#include "mail/mime/sniff.h"
#include "mail/work/choose.h"
#include "mail/work/filing.h"
#include "mail/work/naming.h"

namespace mail::work {

namespace {

/// Decodes without writing: just what the part is.
Result<Arrival> measure(const mime::Message& mail, std::size_t index, PartView& part,
                        const Wait& wait) {
    Sha256 hash;
    std::string first_octets;
    Arrival arrival;
    const auto decoded = mail.decode(
        index,
        [&](std::string_view raw) -> Result<void> {
            hash.update(raw);
            if (first_octets.size() < mime::sniff_octets)
                first_octets += raw.substr(0, mime::sniff_octets - first_octets.size());
            arrival.size_octets += raw.size();
            return wait.check(Layer::mime, Reach::point);
        },
        part.part.repaired);
    if (!decoded)
        return tl::unexpected(decoded.error());
    arrival.sha256 = to_hex(hash.finish());
    arrival.type = mime::sniff(first_octets);
    return arrival;
}

/// Decodes into a temporary file.
Result<Arrival> write(Result<Incoming> incoming, const mime::Message& mail, std::size_t index,
                      PartView& part, const Wait& wait) {
    if (!incoming)
        return tl::unexpected(std::move(incoming.error()));
    const auto decoded = mail.decode(
        index,
        [&](std::string_view raw) -> Result<void> {
            if (auto go_on = wait.check(Layer::mime, Reach::point); !go_on)
                return go_on;
            return incoming->write(raw);
        },
        part.part.repaired);
    if (!decoded)
        return tl::unexpected(decoded.error());
    return incoming->finish();
}

NamingFields naming_fields(const Extraction& extraction, const PartView& part, unsigned number) {
    NamingFields fields;
    fields.received =
        mime::parse_date(extraction.head.raw_date).value_or(std::chrono::sys_seconds{});
    fields.sender = extraction.head.sender_name;
    fields.sender_address = extraction.head.sender_address;
    fields.subject = extraction.head.subject;
    fields.name = part.part.name;
    fields.number = number;
    fields.type = part.type;
    return fields;
}

/// What is not placed is not left behind.
Result<TargetFolder::Name> place(TargetFolder& target, const Arrival& arrival,
                                 const std::string& wanted) {
    auto placed = target.name_for(wanted, arrival).and_then([&](TargetFolder::Name name) {
        return name.same_content_there ? Result<TargetFolder::Name>(std::move(name))
                                       : target.place(arrival, name.path);
    });
    // Nothing to do where it is gone already.
    if (!placed || placed->same_content_there)
        static_cast<void>(target.disk().remove(arrival.temporary));
    return placed;
}

Result<void> file(TargetFolder& target, const Arrival& arrival, PartView& part,
                  const std::string& wanted) {
    if (part.verdict != Verdict::will_be_taken)
        return target.disk().remove(arrival.temporary);
    auto placed = place(target, arrival, wanted);
    if (!placed)
        return tl::unexpected(std::move(placed.error()));
    part.verdict = Verdict::taken;
    part.reason = placed->same_content_there ? Reason::already_there : part.reason;
    part.file = std::move(placed->path);
    return {};
}

void fail_part(PartView& part, const Error& error) {
    part.verdict = Verdict::needs_you;
    part.reason = Reason::failed;
    part.error = error;
}

}  // namespace

Result<Parts> judge_parts(const mime::Message& mail, const point::General& general,
                          const Wait& wait) {
    Parts parts = choose(mail.structure(), general);
    for (std::size_t i = 0; i < parts.size(); ++i) {
        PartView& part = parts[i];
        const bool is_taken = part.verdict == Verdict::will_be_taken;
        if (!is_taken && part.verdict != Verdict::needs_you)
            continue;
        const auto arrival = measure(mail, i, part, wait);
        if (!arrival && arrival.error().reach > Reach::message)
            return tl::unexpected(arrival.error());
        if (!arrival) {
            if (is_taken)
                fail_part(part, arrival.error());
            continue;
        }
        if (is_taken)
            judge_content(part, arrival->type, arrival->size_octets, general);
        part.sha256 = arrival->sha256;
    }
    return parts;
}

Result<Extraction> extract(Disk& disk, const mime::Source& mail,
                           const std::optional<std::string>& folder, const point::General& general,
                           const Wait& wait) {
    const auto message = mime::Message::read(mail);
    if (!message)
        return tl::unexpected(message.error());
    std::optional<TargetFolder> target;
    if (folder) {
        auto opened = TargetFolder::open_or_make(disk, *folder);
        if (!opened)
            return tl::unexpected(std::move(opened.error()));
        target.emplace(std::move(*opened));
    }
    Extraction extraction{message->head(), choose(message->structure(), general)};
    unsigned number = 0;
    for (std::size_t i = 0; i < extraction.parts.size(); ++i) {
        PartView& part = extraction.parts[i];
        if (!part.counts)
            continue;
        const bool to_write = target && part.verdict == Verdict::will_be_taken;
        const auto arrival =
            to_write ? write(Incoming::create(target->disk(), temporary_path(target->path())),
                             *message, i, part, wait)
                     : measure(*message, i, part, wait);
        if (!arrival && arrival.error().reach > Reach::message)
            return tl::unexpected(arrival.error());
        if (!arrival) {
            fail_part(part, arrival.error());
            continue;
        }
        judge_content(part, arrival->type, arrival->size_octets, general);
        part.sha256 = arrival->sha256;
        if (!to_write)
            continue;
        const auto wanted =
            file_name_for(general.naming, naming_fields(extraction, part, ++number));
        // It may be this name alone; a disk that fails altogether ends it at the next part.
        if (const auto filed = file(*target, *arrival, part, wanted); !filed)
            fail_part(part, filed.error());
    }
    if (target)
        if (auto synced = target->sync(); !synced)
            return tl::unexpected(std::move(synced.error()));
    return extraction;
}

}  // namespace mail::work
