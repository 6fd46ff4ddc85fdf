#include "mail/work/describe.h"

#include <algorithm>
#include <array>

#include "mail/base/ascii.h"
#include "mail/base/utf8.h"
#include "mail/imap/claim.h"
#include "mail/mime/decoder.h"
#include "mail/mime/file_name.h"
#include "mail/mime/headers.h"
#include "mail/work/choose.h"

namespace mail::work {

namespace {

// Longer subjects exist only to do harm; a row shows one line.
constexpr std::size_t max_subject_octets = 1000;
constexpr std::size_t max_sender_octets = 300;

std::string_view parameter(const imap::RawParameters& parameters, std::string_view key) {
    const auto at = std::ranges::find(parameters, key, &std::pair<std::string, std::string>::first);
    return at == parameters.end() ? std::string_view() : at->second;
}

std::string without_angles(std::string_view id) {
    if (id.starts_with('<'))
        id.remove_prefix(1);
    if (id.ends_with('>'))
        id.remove_suffix(1);
    return std::string(id);
}

mime::Disposition disposition_of(std::string_view word) {
    if (word.empty())
        return mime::Disposition::none;
    if (word == "inline")
        return mime::Disposition::inline_;
    return word == "attachment" ? mime::Disposition::attachment : mime::Disposition::other;
}

void fill(mime::Part& part, imap::BodyNode& node) {
    part.parent = node.parent;
    part.path = std::move(node.section);
    part.type.reserve(node.type.size() + 1 + node.subtype.size());
    part.type.append(node.type).append(1, '/').append(node.subtype);
    if (const std::string_view charset = parameter(node.parameters, "charset"); !charset.empty())
        part.charset = lower_case(charset);
    part.flow =
        mime::flow_of(parameter(node.parameters, "format"), parameter(node.parameters, "delsp"));
    mime::FileName name = mime::file_name_of(node.disposition_parameters, node.parameters);
    part.name = std::move(name.name);
    part.repaired = std::move(name.repaired);
    part.content_id = without_angles(node.raw_id);
    part.encoding = std::move(node.encoding);
    part.disposition = disposition_of(node.disposition);
    part.size_octets = node.size_octets;
}

bool is_encoded(const mime::Part& part) {
    return !part.encoding.empty() && !mime::is_identity(part.encoding);
}

bool ends_with_word(std::string_view text, std::string_view word) {
    return text.size() >= word.size() &&
           std::ranges::equal(text.substr(text.size() - word.size()), word, {}, to_lower);
}

// Containers that only our own reader can open.
bool holds_hidden_parts(const mime::Part& part) {
    static constexpr std::array<std::string_view, 5> types{
        "application/ms-tnef", "application/vnd.ms-tnef", "application/pkcs7-mime",
        "application/x-pkcs7-mime", "application/pkcs7"};
    constexpr std::string_view tnef_name = "winmail.dat";
    return std::ranges::find(types, part.type) != types.end() ||
           (part.name.size() == tnef_name.size() && ends_with_word(part.name, tnef_name)) ||
           ends_with_word(part.name, ".p7m");
}

// Servers cut an unquoted name at its first blank: "FV.12 nr 5.pdf" becomes "FV.12" (Dovecot 2.3).
bool has_cut_name(const mime::Part& part) {
    if (part.name.empty())
        return false;
    const std::string_view extension = mime::split_name(part.name).extension;
    return !mime::is_real_extension(extension) ||
           (part.type == "application/pdf" && !ends_with_word(extension, ".pdf"));
}

// What is no text by its nature can't be 7 bit: the server didn't understand the encoding, such as
// "base64;" (Dovecot 2.3).
bool has_lost_its_encoding(const mime::Part& part) {
    const bool binary = part.type == "application/pdf" || part.type == "application/zip" ||
                        part.type == "application/octet-stream" ||
                        part.type.starts_with("application/vnd.") ||
                        part.type.starts_with("image/");
    return binary && (part.encoding.empty() || part.encoding == "7bit");
}

// A type without its half, or a file without an octet, is what broken heads leave (Dovecot 2.3).
bool has_odd_head(const mime::Part& part) {
    return part.type.starts_with('/') || part.type.ends_with('/') ||
           (part.size_octets == 0 && !part.is_text());
}

// What is left of a multipart whose boundary never occurs: one text without an octet (Dovecot 2.3).
bool has_lost_its_parts(const mime::Structure& structure) {
    const auto& parts = structure.parts;
    return parts.size() == 2 && parts[0].is_multipart() && parts[1].type == "text/plain" &&
           parts[1].size_octets == 0;
}

// Parts behind the last delimiter are listed by no server; the size tells of them. Heads and texts
// around the parts take room, too, and some servers only estimate sizes.
bool leaves_octets_unexplained(const mime::Structure& structure, std::uint64_t size_octets) {
    constexpr std::uint64_t room_for_heads = 64ULL << 10;
    std::uint64_t explained = room_for_heads;
    for (const mime::Part& part : structure.parts)
        explained += part.has_children ? 0 : part.size_octets;
    return size_octets > explained && size_octets - explained > size_octets / 4;
}

bool is_known_encoding(std::string_view encoding) {
    return encoding.empty() || mime::is_identity(encoding) || encoding == "base64" ||
           encoding == "quoted-printable";
}

}  // namespace

mime::Structure structure_of(imap::BodyStructure nodes) {
    mime::Structure structure;
    structure.parts.reserve(nodes.size());
    for (imap::BodyNode& node : nodes) {
        if (node.parent >= 0)
            structure.parts.at(static_cast<std::size_t>(node.parent)).has_children = true;
        fill(structure.parts.emplace_back(), node);
    }
    return structure;
}

bool needs_whole_mail(const mime::Structure& structure) {
    if (structure.parts.empty() || has_lost_its_parts(structure))
        return true;
    return std::ranges::any_of(structure.parts, [](const mime::Part& part) {
        if (part.is_multipart() || part.is_message())
            return !part.has_children || is_encoded(part);
        return !is_known_encoding(part.encoding) || holds_hidden_parts(part) ||
               has_cut_name(part) || has_lost_its_encoding(part) || has_odd_head(part);
    });
}

Status status_as_listed(const MessageRow& row) {
    const Status status = status_of(row.parts.unpack());
    // What can't be seen yet may hold something: never "no attachments" before it was read.
    return row.whole_needed && status == Status::none ? Status::new_ : status;
}

MessageRow describe(imap::MessageData data, const point::General& general) {
    MessageRow row;
    row.uid = data.uid;
    imap::Envelope& envelope = data.envelope;
    row.subject = utf8::one_line(mime::decode_text(envelope.raw_subject), max_subject_octets);
    const auto& senders = envelope.from.empty() ? envelope.sender : envelope.from;
    if (!senders.empty()) {
        const imap::Address& sender = senders.front();
        row.sender_name = utf8::one_line(mime::decode_text(sender.raw_name), max_sender_octets);
        std::string address = sender.raw_mailbox;
        if (!sender.raw_host.empty())
            address.append(1, '@').append(sender.raw_host);
        row.sender_address = utf8::one_line(address, max_sender_octets);
    }
    row.message_id = std::move(envelope.raw_message_id);
    row.received = data.internal_date;
    row.size_octets = data.size_octets;
    row.is_deleted = std::ranges::any_of(
        data.flags, [](const std::string& flag) { return utf8::folded(flag) == "\\deleted"; });
    if (const auto claimants = imap::claimants_of(data.flags); !claimants.empty())
        row.claimed_by = claimants.front() == 0 ? ClaimedBy::somebody : ClaimedBy::another;
    mime::Structure structure = structure_of(std::move(data.structure));
    row.structure_error = std::move(data.structure_error);
    row.whole_needed = row.structure_error.has_value() || needs_whole_mail(structure) ||
                       leaves_octets_unexplained(structure, data.size_octets);
    const Parts parts = choose(std::move(structure), general);
    row.attachments = attachments_in(parts);
    row.parts = PartList(parts);
    row.initial.status = status_as_listed(row);
    return row;
}

MessageRow row_without_data(std::uint32_t uid, const Error& why) {
    MessageRow row;
    row.uid = uid;
    row.parts = PartList(Parts{});
    row.whole_needed = true;
    row.structure_error = why;
    return row;
}

}  // namespace mail::work
