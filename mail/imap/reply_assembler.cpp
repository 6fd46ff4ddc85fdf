#include "mail/imap/reply_assembler.h"

#include <algorithm>

#include "mail/imap/ascii.h"

namespace mail::imap {

std::string_view body_item_before_literal(std::string_view raw_line) {
    const std::size_t open = raw_line.rfind('{');
    if (open == std::string_view::npos)
        return {};
    std::string_view line = raw_line.substr(0, open);
    if (line.ends_with('~'))
        line.remove_suffix(1);
    if (!line.ends_with(' '))
        return {};
    line.remove_suffix(1);
    std::string_view item = line;
    if (item.ends_with('>')) {
        const std::size_t angle = item.rfind('<');
        if (angle == std::string_view::npos)
            return {};
        item = item.substr(0, angle);
    }
    const std::size_t bracket = item.rfind('[');
    if (!item.ends_with(']') || bracket == std::string_view::npos)
        return {};
    const std::size_t begin = item.find_last_of(" (", bracket);
    if (begin == std::string_view::npos)
        return {};
    std::string_view name = item.substr(begin + 1, bracket - begin - 1);
    constexpr std::string_view peek = ".PEEK";
    if (name.size() > peek.size() && same_word(name.substr(name.size() - peek.size()), peek))
        name.remove_suffix(peek.size());
    if (!same_word(name, "BODY") && !same_word(name, "BINARY"))
        return {};
    return line.substr(begin + 1);
}

namespace {

/// Only an untagged FETCH has bodies to stream; anything else is folded, and so capped.
bool is_fetch(std::string_view reply) {
    if (!reply.starts_with("* "))
        return false;
    const std::size_t word = std::min(reply.find_first_not_of("0123456789", 2), reply.size());
    return word > 2 && same_word(reply.substr(word, 7), " FETCH ");
}

}  // namespace

ReplyAssembler::ReplyAssembler(std::size_t max_reply_octets)
    : max_reply_octets_(max_reply_octets) {}

Result<std::optional<ReplyAssembler::Event>> ReplyAssembler::add(const Piece& piece) {
    if (whole_) {
        reply_.raw.clear();
        reply_.streamed.clear();
        whole_ = false;
    }
    if (piece.kind == Piece::Kind::line)
        return add_line(piece);
    if (literal_ == Literal::streamed)
        return Event{Event::Kind::body_octets, piece.raw, piece.octets_left};
    reply_.raw.append(piece.raw);
    return std::nullopt;
}

Result<std::optional<ReplyAssembler::Event>> ReplyAssembler::add_line(const Piece& piece) {
    literal_ = Literal::none;
    reply_.raw.append(piece.raw);
    if (!piece.announces) {
        whole_ = true;
        return Event{Event::Kind::reply, reply_.raw, 0};
    }
    reply_.raw.append("\r\n");
    const bool streams = is_fetch(reply_.raw) && !body_item_before_literal(piece.raw).empty();
    literal_ = streams ? Literal::streamed : Literal::folded;
    if (streams)
        reply_.streamed.push_back({reply_.raw.size(), *piece.announces});
    const std::uint64_t folded = streams ? 0 : *piece.announces;
    if (reply_.raw.size() + folded > max_reply_octets_ || reply_.streamed.size() > 10'000)
        return fail(Cause::reply_too_long, Layer::list, Reach::connection,
                    {{"limit_octets", std::to_string(max_reply_octets_)}});
    if (!streams)
        return std::nullopt;
    return Event{Event::Kind::body_begins, reply_.raw, *piece.announces};
}

}  // namespace mail::imap
