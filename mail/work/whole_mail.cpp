#include "mail/work/whole_mail.h"

#include <algorithm>
#include <string>
#include <string_view>

#include "mail/imap/quirks.h"

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

/// Servers cut long ones, so the beginning decides.
bool same_id(std::string_view listed, std::string_view read) {
    const std::string one = core_of(listed);
    const std::string other = core_of(read);
    const std::size_t octets = std::min(one.size(), other.size());
    return octets > 0 && one.compare(0, octets, other, 0, octets) == 0;
}

bool is_much_less(std::uint64_t octets, std::uint64_t said) {
    return octets < said - said / 10;
}

Error error_of(Cause cause, const mime::Message& mail) {
    return Error{cause, Layer::fetch, Reach::message, {{"message_id", mail.head().message_id}}};
}

}  // namespace

Result<void> check_identity(const MessageRow& row, const mime::Message& mail,
                            std::uint64_t octets) {
    const mime::Head& head = mail.head();
    // Of several Message-IDs server and splitter may choose differently, but then the size agrees.
    const bool same = row.message_id.empty() || same_id(row.message_id, head.message_id) ||
                      octets == row.size_octets;
    const bool substitute = imap::quirks::is_substitute(head.subject, head.sender_address) &&
                            row.subject != head.subject;
    if (substitute || (!same && head.message_id.empty()))
        return tl::unexpected(error_of(Cause::message_gone, mail));
    if (!same)
        return tl::unexpected(error_of(Cause::wrong_message, mail));
    return {};
}

std::optional<std::size_t> part_cut_off(const MessageRow& row, const mime::Structure& structure,
                                        std::uint64_t octets) {
    if (structure.parts.empty() || !is_much_less(octets, row.size_octets))
        return std::nullopt;
    const mime::Part& root = structure.parts.front();
    const std::size_t last = structure.parts.size() - 1;
    if (root.is_multipart()) {
        const bool open =
            std::ranges::find(root.repaired, mime::Repair::boundary) != root.repaired.end();
        return open ? std::optional(last) : std::nullopt;
    }
    // A mail of one part has no end to be seen: it is cut off if both sizes say so.
    const Parts listed = row.parts.unpack();
    const bool said_more = !listed.empty() && is_much_less(structure.parts[last].size_octets,
                                                           listed.back().part.size_octets);
    return said_more ? std::optional(last) : std::nullopt;
}

}  // namespace mail::work
