#pragma once
// Cuts what an IMAP server sends into lines and literals (RFC 9051, 4.3) before anything is parsed.
// Pure: no socket, no clock. Apart from the parser so that the borders of replies stay right even
// where a reply is malformed, and so that a literal of any size passes through in pieces.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "mail/base/result.h"

namespace mail::imap {

/// The octets of a SEARCH reply that names a million messages fit; nothing honest is longer.
inline constexpr std::size_t default_max_line_octets = 8U << 20U;
/// RFC 3501's number is one of 32 bits, and no server stores a larger mail.
inline constexpr std::uint64_t max_literal_octets = 0xFFFF'FFFFU;

/// One piece of a reply. `raw` holds octets, not UTF-8, and dies at the next call on the framer.
struct Piece {
    enum class Kind { line, literal };
    Kind kind = Kind::line;
    std::string_view raw;           ///< of a line: without its CRLF
    std::uint64_t octets_left = 0;  ///< of a literal: still to come after `raw`; 0 closes it
    /// Of a line: the octets of the literal that goes on with it. Nothing: the reply ends here.
    std::optional<std::uint64_t> announces;
};

/// Not thread-safe: one per connection, used by the thread that reads it.
class Framer {
public:
    /// A longer line is an error; literals stream, so only their announced size is checked.
    explicit Framer(std::size_t max_line_octets = default_max_line_octets);

    /// `crlf` unless told otherwise: a server that lets a lone LF of a header through must not be
    /// able to begin a reply with what follows it. Where no reply can hold any text of a mail,
    /// a lone LF may end a line, too (quirks.h: line_end_while_signing_in).
    enum class LineEnd { crlf, lone_lf_too };
    void set_line_end(LineEnd line_end) { line_end_ = line_end; }

    /// `raw` must live until next() has returned nothing, which must happen before the next feed().
    /// However the octets are split, the pieces join to the same (tests/fuzz/framer_fuzz.cpp).
    void feed(std::string_view raw);
    /// The next piece, or nothing until more is fed. Errors: reply_too_long, literal_size; both
    /// reach the connection: close it.
    [[nodiscard]] Result<std::optional<Piece>> next();
    /// Nothing was fed that has not been given out. STARTTLS demands it.
    [[nodiscard]] bool empty() const { return pending_.empty() && input_.empty(); }
    /// What there is of a line whose end was not fed yet.
    [[nodiscard]] std::string_view unended() const { return pending_; }
    /// Something was fed that next() has not looked at yet.
    [[nodiscard]] bool has_input() const { return !input_.empty(); }

private:
    enum class State { reply_start, reply_goes_on, literal };

    [[nodiscard]] Result<std::optional<Piece>> next_line();
    [[nodiscard]] Piece next_literal();
    [[nodiscard]] Result<std::optional<Piece>> finish_line(std::string_view line);

    std::size_t max_line_octets_;
    LineEnd line_end_ = LineEnd::crlf;
    std::string pending_;  ///< the start of a line whose end was not fed yet
    bool pending_given_out_ = false;
    std::string_view input_;
    State state_ = State::reply_start;
    std::uint64_t literal_left_ = 0;
};

}  // namespace mail::imap
