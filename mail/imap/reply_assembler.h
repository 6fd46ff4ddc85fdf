#pragma once
// Joins the framer's pieces into whole replies. Short literals (names, subjects) become part of the
// reply; those of BODY[…] and BINARY[…] are passed on in pieces and leave only a mark behind, so
// that no mail is ever held whole and the parser never has to say "need more".

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mail/imap/framer.h"

namespace mail::imap {

/// A literal that went past the reply it belongs to.
struct StreamedLiteral {
    std::size_t at = 0;  ///< where in Reply::raw its octets would stand
    std::uint64_t octets = 0;
};

/// A whole reply as it came, without the last CRLF and without the octets of streamed literals.
struct Reply {
    std::string raw;
    std::vector<StreamedLiteral> streamed;  ///< ascending
};

/// More folded octets in one reply than this are an error: names and envelopes are short.
inline constexpr std::size_t default_max_reply_octets = 32U << 20U;

class ReplyAssembler {
public:
    struct Event {
        enum class Kind {
            body_begins,  ///< reply().raw ends with the literal's announcement; `octets` will come
            body_octets,  ///< `raw` of them; `octets` are left, 0 ends it
            reply,        ///< reply() is whole
        };
        Kind kind = Kind::reply;
        std::string_view raw;
        std::uint64_t octets = 0;
    };

    explicit ReplyAssembler(std::size_t max_reply_octets = default_max_reply_octets);
    /// Error reply_too_long, as soon as a literal is announced: reaches the connection.
    [[nodiscard]] Result<std::optional<Event>> add(const Piece& piece);
    /// What there is of the reply so far. Valid until the next add().
    [[nodiscard]] const Reply& reply() const { return reply_; }

private:
    enum class Literal { none, folded, streamed };

    [[nodiscard]] Result<std::optional<Event>> add_line(const Piece& piece);

    std::size_t max_reply_octets_;
    Reply reply_;
    Literal literal_ = Literal::none;
    bool whole_ = false;  ///< reply_ was given out: the next piece begins another
};

/// The item ("BODY[1.2]<0>", "BINARY[3]") that a line just before a literal's size names, or "".
[[nodiscard]] std::string_view body_item_before_literal(std::string_view raw_line);

}  // namespace mail::imap
