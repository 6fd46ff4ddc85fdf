#include "mail/work/whole_mail.h"

#include <algorithm>
#include <string>
#include <string_view>

#include "mail/base/hash.h"
#include "mail/imap/quirks.h"
#include "mail/mime/headers.h"

namespace mail::work {

namespace {

bool is_blank(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/// What stands between the angles, without the blanks that servers fold or drop.
std::string core_of(std::string_view id) {
    const std::size_t open = id.find('<');
    if (open != std::string_view::npos)
        id.remove_prefix(open + 1);
    id = id.substr(0, id.rfind('>'));
    std::string core;
    std::ranges::copy_if(id, std::back_inserter(core), [](char c) { return !is_blank(c); });
    return core;
}

// What is left of a line and a boundary that was to end the part.
constexpr std::uint64_t most_octets_of_an_end = 128;

/// A mail of one part has no end to be seen.
bool is_open_at_its_end(const mime::Part& root) {
    return !root.is_multipart() ||
           std::ranges::find(root.repaired, mime::Repair::boundary) != root.repaired.end();
}

/// Of the part of this path by the structure; 0: it knows none.
std::uint64_t octets_listed(const Parts& listed, const mime::Part& part) {
    const auto at = std::ranges::find_if(
        listed, [&](const PartView& view) { return view.part.path == part.path; });
    return at == listed.end() ? 0 : at->part.size_octets;
}

bool is_as_listed(const mime::Part& part, std::uint64_t octets) {
    return octets != 0 && part.size_octets >= octets &&
           part.size_octets <= octets + most_octets_of_an_end;
}

/// What the parts of a mail say of its being whole.
enum class Evidence : std::uint8_t { none, all_there, missing };

Evidence evidence_of(const MessageRow& row, const mime::Structure& structure) {
    // Where the list was wrong of the parts, they are known from an earlier reading or not at all.
    const Parts listed = row.whole_needed ? row.initial.parts.unpack() : row.parts.unpack();
    Evidence evidence = Evidence::none;
    bool all = true;
    for (const PartView& view : listed) {
        const std::uint64_t octets = view.part.size_octets;
        if (view.part.has_children || octets == 0)
            continue;
        const auto part = std::ranges::find(structure.parts, view.part.path, &mime::Part::path);
        if (part == structure.parts.end())
            return Evidence::missing;
        all = all && is_as_listed(*part, octets);
        evidence = Evidence::all_there;
    }
    return all ? evidence : Evidence::none;
}

Error error_of(Cause cause, const mime::Message& mail) {
    return Error{cause, Layer::fetch, Reach::message, {{"message_id", mail.head().message_id}}};
}

}  // namespace

bool same_message_id(std::string_view listed, std::string_view read) {
    const std::string one = core_of(listed);
    const std::string other = core_of(read);
    // Servers cut long ones, so the beginning decides.
    const std::size_t octets = std::min(one.size(), other.size());
    return octets > 0 && one.compare(0, octets, other, 0, octets) == 0;
}

Result<void> check_identity(const MessageRow& row, const mime::Message& mail,
                            std::uint64_t octets) {
    const mime::Head& head = mail.head();
    // Of several Message-IDs server and splitter may choose differently, but then the size agrees.
    const bool same = row.message_id.empty() || same_message_id(row.message_id, head.message_id) ||
                      octets == row.size_octets;
    const bool substitute = imap::quirks::is_substitute(head.subject, head.sender_address) &&
                            row.subject != head.subject;
    if (substitute || (!same && head.message_id.empty()))
        return tl::unexpected(error_of(Cause::message_gone, mail));
    if (!same)
        return tl::unexpected(error_of(Cause::wrong_message, mail));
    return {};
}

MessageRow filled_from(MessageRow row, const mime::Head& head, std::uint64_t octets) {
    if (row.received == std::chrono::sys_seconds{})
        row.received = mime::parse_date(head.raw_date).value_or(row.received);
    if (row.sender_name.empty() && row.sender_address.empty()) {
        row.sender_name = head.sender_name;
        row.sender_address = head.sender_address;
    }
    if (row.subject.empty())
        row.subject = head.subject;
    if (row.message_id.empty() && !head.message_id.empty())
        row.message_id = "<" + head.message_id + ">";  // as the list has it
    if (row.size_octets == 0)
        row.size_octets = octets;
    return row;
}

std::vector<std::size_t> parts_cut_off(const MessageRow& row, const mime::Structure& structure,
                                       const CameWhole& came) {
    std::vector<std::size_t> cut;
    const std::uint64_t said = row.size_octets;
    const bool is_whole = imap::quirks::same_octets({said, came.octets, came.line_ends});
    if (structure.parts.empty() || (said != 0 && is_whole))
        return cut;
    const bool is_short = came.octets < said;
    const bool is_open = is_open_at_its_end(structure.parts.front());
    const Parts listed = row.parts.unpack();
    for (std::size_t i = 0; i < structure.parts.size(); ++i) {
        const mime::Part& part = structure.parts[i];
        if (part.has_children)
            continue;
        const std::uint64_t octets = octets_listed(listed, part);
        // Where only the structure says so, line ends that it counts otherwise say nothing.
        const bool short_of_listed =
            part.size_octets + (is_short ? 0 : came.line_ends) < octets && (is_short || is_open);
        const bool as_listed = is_as_listed(part, octets);
        const bool breaks_off =
            i + 1 == structure.parts.size() && is_short && is_open && !as_listed;
        if (short_of_listed || breaks_off)
            cut.push_back(i);
    }
    return cut;
}

Parts parts_withheld(const MessageRow& row, const mime::Structure& structure,
                     const CameWhole& came) {
    const std::uint64_t said = row.size_octets;
    // Where all of it came, the list was wrong of its parts.
    if (!structure.complete || came.octets >= said ||
        imap::quirks::same_octets({said, came.octets, came.line_ends}))
        return {};
    Parts withheld = row.parts.unpack();
    std::erase_if(withheld, [&](const PartView& view) {
        const bool is_wanted =
            view.verdict == Verdict::will_be_taken || view.verdict == Verdict::needs_you;
        return !is_wanted || view.part.has_children || view.part.size_octets == 0 ||
               std::ranges::find(structure.parts, view.part.path, &mime::Part::path) !=
                   structure.parts.end();
    });
    return withheld;
}

Result<void> check_copy(const MessageRow& row, const mime::Message& mail, const CameWhole& came,
                        Sizes sizes) {
    if (auto same = check_identity(row, mail, came.octets); !same)
        return same;
    const std::string& id = mail.head().message_id;
    const std::uint64_t said = row.size_octets;
    const bool as_said = imap::quirks::same_octets({said, came.octets, came.line_ends});
    const bool same_id =
        row.message_id.empty() ? id.empty() || as_said : same_message_id(row.message_id, id);
    if (!same_id)
        return tl::unexpected(error_of(Cause::wrong_message, mail));
    // A server's own lines, and a twentieth and more of a size that is only estimated.
    const std::uint64_t slack = 512 + came.line_ends + said / 8;
    const bool near = came.octets <= said + slack && said <= came.octets + slack;
    const Evidence evidence = evidence_of(row, mail.structure());
    const bool whole =
        parts_cut_off(row, mail.structure(), came).empty() && evidence != Evidence::missing;
    const bool may_be_off = sizes == Sizes::rough || evidence == Evidence::all_there;
    if (as_said || (whole && (said == 0 || (near && may_be_off))))
        return {};
    Error error = error_of(Cause::part_incomplete, mail);
    error.facts.emplace_back("octets_said", std::to_string(said));
    error.facts.emplace_back("octets_came", std::to_string(came.octets));
    return tl::unexpected(std::move(error));
}

Result<void> check_taken_parts(const MessageRow& row, const mime::Message& mail) {
    const std::vector<mime::Part>& parts = mail.structure().parts;
    for (const PartView& taken : row.initial.parts.unpack()) {
        const auto part = std::ranges::find(parts, taken.part.path, &mime::Part::path);
        if (taken.verdict != Verdict::taken || taken.sha256.empty() || part == parts.end() ||
            part->encoding != "base64")
            continue;
        Sha256 hash;
        std::vector<mime::Repair> repaired;
        const auto decoded = mail.decode(
            static_cast<std::size_t>(part - parts.begin()),
            [&](std::string_view raw) {
                hash.update(raw);
                return Result<void>();
            },
            repaired);
        if (!decoded)
            return decoded;
        if (to_hex(hash.finish()) == taken.sha256)
            continue;
        Error error = error_of(Cause::part_incomplete, mail);
        error.facts.emplace_back("part", part->path);
        return tl::unexpected(std::move(error));
    }
    return {};
}

}  // namespace mail::work
