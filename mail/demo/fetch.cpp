#include "mail/demo/fetch.h"

#include <algorithm>

#include "mail/demo/dates.h"
#include "mail/demo/describe.h"
#include "mail/demo/letters.h"
#include "mail/demo/transfer.h"

namespace mail::demo {
namespace {

using Kind = FetchItem::Kind;
using What = Section::What;

/// The fields whose names are (or are not) in the list, and the empty line.
std::string chosen_fields(std::string_view head, const Section& section) {
    std::string chosen;
    for (const Field& field : fields_of(head)) {
        const bool listed =
            std::any_of(section.names.begin(), section.names.end(),
                        [&](const auto& name) { return same_letters(name, field.name); });
        if (listed == (section.what == What::fields))
            chosen += field.raw;
    }
    return chosen + "\r\n";
}

/// The octets that a section names, or nothing where the mail has no such part. `made` keeps those
/// that do not stand in the mail as they are.
std::optional<std::string_view> octets_of(const Message& message, const Section& section,
                                          std::string& made) {
    const std::string_view mail = message.mail.raw;
    const Entity* part = find_part(message.outline(), section.path);
    if (part == nullptr)
        return std::nullopt;
    if (section.what == What::mime)
        return part->head_of(mail);
    if (section.what == What::whole)
        return section.path.empty() ? mail : part->body_of(mail);
    // HEADER and TEXT are those of the mail, or of a message inside it: no other part has them.
    if (!section.path.empty()) {
        if (!part->is_message())
            return std::nullopt;
        part = &part->children.front();
    }
    if (section.what == What::text)
        return part->body_of(mail);
    if (section.what == What::header)
        return part->head_of(mail);
    made = chosen_fields(part->head_of(mail), section);
    return made;
}

std::string_view cut(std::string_view octets, const std::optional<FetchItem::Partial>& partial) {
    if (!partial)
        return octets;
    octets.remove_prefix(std::min<std::uint64_t>(partial->first, octets.size()));
    return octets.substr(0, partial->count);
}

void tell_section(Channel& channel, const Message& message, const FetchItem& item) {
    std::string made;
    const auto octets = octets_of(message, item.section, made);
    channel.write(item.label);
    if (!octets) {
        channel.write(" NIL");
        return;
    }
    const std::string_view told = cut(*octets, item.partial);
    channel.write(" {" + std::to_string(told.size()) + "}\r\n");
    channel.write(told);
}

/// A part ready to be decoded.
struct Encoded {
    std::string_view raw;
    TransferEncoding encoding = TransferEncoding::identity;
};

std::optional<Encoded> encoded_part(const Message& message, const Section& section) {
    const Entity* part = find_part(message.outline(), section.path);
    if (part == nullptr)
        return std::nullopt;
    if (section.path.empty())
        return Encoded{message.mail.raw};
    const bool holds_parts = part->is_multipart() || part->is_message();
    return Encoded{part->body_of(message.mail.raw),
                   holds_parts ? TransferEncoding::identity : transfer_encoding(part->encoding)};
}

std::uint64_t decoded_octets(const Encoded& part) {
    std::uint64_t octets = 0;
    decode(part.raw, part.encoding, [&octets](std::string_view piece) {
        octets += piece.size();
        return true;
    });
    return octets;
}

void tell_decoded(Channel& channel, const Encoded& part, const FetchItem& item) {
    const std::uint64_t size = decoded_octets(part);
    std::uint64_t skip = item.partial ? std::min(item.partial->first, size) : 0;
    std::uint64_t left = item.partial ? std::min(item.partial->count, size - skip) : size;
    channel.write(item.label + " ~{" + std::to_string(left) + "}\r\n");
    decode(part.raw, part.encoding, [&](std::string_view piece) {
        const std::uint64_t skipped = std::min<std::uint64_t>(skip, piece.size());
        piece.remove_prefix(skipped);
        skip -= skipped;
        piece = piece.substr(0, left);
        left -= piece.size();
        channel.write(piece);
        return left > 0 && channel.alive();
    });
}

std::string simple_value(const Message& message, Kind kind) {
    const std::string& mail = message.mail.raw;
    const Entity& outline = message.outline();
    switch (kind) {
    case Kind::uid:
        return std::to_string(message.uid);
    case Kind::flags:
        return flag_list(message.flags());
    case Kind::mod_sequence:
        return "(" + std::to_string(message.mod_sequence()) + ")";
    case Kind::internal_date:
        return '"' + internal_date(message.mail.received) + '"';
    case Kind::size:
        return std::to_string(mail.size());
    case Kind::envelope:
        return envelope(outline.head_of(mail));
    case Kind::body:
        return body_structure(mail, outline, Extensions::left_out);
    case Kind::body_structure:
        return body_structure(mail, outline, Extensions::told);
    case Kind::section:
    case Kind::binary:
    case Kind::binary_size:
        break;
    }
    return {};
}

void tell_item(Channel& channel, const Message& message, const FetchItem& item) {
    if (item.kind == Kind::section)
        return tell_section(channel, message, item);
    if (item.kind != Kind::binary && item.kind != Kind::binary_size) {
        channel.write(item.label + " " + simple_value(message, item.kind));
        return;
    }
    const auto part = encoded_part(message, item.section);
    if (!part)
        channel.write(item.label + (item.kind == Kind::binary ? " NIL" : " 0"));
    else if (item.kind == Kind::binary)
        tell_decoded(channel, *part, item);
    else
        channel.write(item.label + " " + std::to_string(decoded_octets(*part)));
}

bool can_be_told(const Message& message, const FetchItem& item) {
    if (item.kind != Kind::binary && item.kind != Kind::binary_size)
        return true;
    const auto part = encoded_part(message, item.section);
    return !part || part->encoding != TransferEncoding::unknown;
}

}  // namespace

Told tell_message(Channel& channel, std::size_t number, const Message& message,
                  const std::vector<FetchItem>& items) {
    Told told = Told::all;
    std::string before = "* " + std::to_string(number) + " FETCH (";
    for (const FetchItem& item : items) {
        if (!can_be_told(message, item)) {
            told = Told::not_decoded;
            continue;
        }
        channel.write(before);
        tell_item(channel, message, item);
        before = " ";
    }
    if (before == " ")
        channel.write(")\r\n");
    return told;
}

std::string flag_list(const Flags& flags) {
    std::string list;
    for (const std::string& flag : flags)
        list += (list.empty() ? "" : " ") + flag;
    return "(" + list + ")";
}

}  // namespace mail::demo
