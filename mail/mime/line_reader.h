#pragma once
// The lines of a source, read through a window, with their offsets: so that parts are found without
// holding the mail. A line may be of any length; only its first octets are shown.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "mail/mime/source.h"

namespace mail::mime {

/// Where octets stand in a source.
struct Range {
    std::uint64_t begin = 0, end = 0;
    [[nodiscard]] std::uint64_t octets() const { return end - begin; }
};

/// How much of a line is shown at most.
inline constexpr std::size_t line_text_octets = 64 << 10;

struct Line {
    std::uint64_t begin = 0, end = 0;  ///< without the line break
    std::uint64_t next = 0;            ///< where the next line begins
    std::string_view text;             ///< the first octets, until the next call on the reader
};

/// How the lines of a mail end: CRLF and LF alike, or by CR alone (old Macintosh programs).
enum class LineBreak : std::uint8_t { line_feed, carriage_return };

/// By the first octets of a range: CR alone where there is no LF at all.
[[nodiscard]] Result<LineBreak> line_break_of(const Source& source, Range range);

class LineReader {
public:
    /// Any window gives the same lines.
    LineReader(const Source& source, Range range, std::size_t window_octets);
    /// Nothing at the end of the range.
    [[nodiscard]] Result<std::optional<Line>> next();
    void use(LineBreak line_break) { break_ = line_break == LineBreak::line_feed ? '\n' : '\r'; }
    /// The line that begins at `offset` is the next one.
    void seek(std::uint64_t offset) { at_ = offset; }
    [[nodiscard]] std::uint64_t at() const { return at_; }

private:
    [[nodiscard]] Result<void> fill(std::uint64_t offset);
    /// What the window holds from `offset` on; filled anew where it holds nothing of it.
    [[nodiscard]] Result<std::string_view> window_at(std::uint64_t offset);
    [[nodiscard]] Result<Line> long_line();

    const Source& source_;
    Range range_;
    std::uint64_t at_;
    std::uint64_t window_begin_ = 0;
    std::size_t window_size_ = 0;
    std::string window_, long_line_;
    char break_ = '\n';
};

/// Gives the octets of `range` in pieces.
[[nodiscard]] Result<void> read_range(const Source& source, Range range, std::size_t piece_octets,
                                      const Sink& sink);

}  // namespace mail::mime
