#include "mail/mime/line_reader.h"

#include <algorithm>

namespace mail::mime {

LineReader::LineReader(const Source& source, Range range, std::size_t window_octets)
    : source_(source), range_(range), at_(range.begin),
      window_(std::max<std::size_t>(window_octets, 1), '\0') {}

Result<void> LineReader::fill(std::uint64_t offset) {
    const std::size_t room =
        static_cast<std::size_t>(std::min<std::uint64_t>(window_.size(), range_.end - offset));
    const Result<std::size_t> got = source_.read_at(offset, window_.data(), room);
    if (!got)
        return tl::make_unexpected(got.error());
    window_begin_ = offset;
    window_size_ = *got;
    // A file that became shorter than its size said ends here.
    if (*got < room)
        range_.end = offset + *got;
    return {};
}

Result<std::string_view> LineReader::window_at(std::uint64_t offset) {
    if (offset < window_begin_ || offset >= window_begin_ + window_size_)
        if (Result<void> filled = fill(offset); !filled)
            return tl::make_unexpected(filled.error());
    return std::string_view(window_)
        .substr(0, window_size_)
        .substr(static_cast<std::size_t>(offset - window_begin_));
}

Result<std::optional<Line>> LineReader::next() {
    if (at_ >= range_.end)
        return std::nullopt;
    Result<std::string_view> held = window_at(at_);
    if (!held)
        return tl::make_unexpected(held.error());
    std::size_t feed = held->find(break_);
    if (feed == std::string_view::npos && at_ != window_begin_) {
        // The line is cut by the window's end: the window moves to its beginning.
        if (Result<void> filled = fill(at_); !filled)
            return tl::make_unexpected(filled.error());
        held = std::string_view(window_).substr(0, window_size_);
        feed = held->find(break_);
    }
    if (feed == std::string_view::npos && at_ + held->size() < range_.end)
        return long_line();
    Line line;
    line.begin = at_;
    std::size_t octets = std::min(feed, held->size());
    line.next = at_ + octets + (feed == std::string_view::npos ? 0 : 1);
    if (octets > 0 && break_ == '\n' && (*held)[octets - 1] == '\r')
        --octets;
    line.end = at_ + octets;
    line.text = held->substr(0, std::min(octets, line_text_octets));
    at_ = line.next;
    return line;
}

/// A line that the window does not hold as a whole.
Result<Line> LineReader::long_line() {
    Line line;
    line.begin = at_;
    long_line_.clear();
    char last = 0;
    std::uint64_t offset = at_;
    bool found = false;
    while (!found && offset < range_.end) {
        const Result<std::string_view> held = window_at(offset);
        if (!held)
            return tl::make_unexpected(held.error());
        if (held->empty())
            break;
        const std::size_t feed = held->find(break_);
        found = feed != std::string_view::npos;
        const std::string_view piece = held->substr(0, feed);
        if (!piece.empty())
            last = piece.back();
        if (long_line_.size() < line_text_octets)
            long_line_ += piece.substr(0, line_text_octets - long_line_.size());
        offset += piece.size();
    }
    line.end = offset - (last == '\r' && break_ == '\n' ? 1 : 0);
    line.next = offset + (found ? 1 : 0);
    line.text = std::string_view(long_line_)
                    .substr(0, static_cast<std::size_t>(std::min<std::uint64_t>(
                                   line.end - line.begin, long_line_.size())));
    at_ = line.next;
    return line;
}

Result<LineBreak> line_break_of(const Source& source, Range range) {
    std::string first(static_cast<std::size_t>(std::min<std::uint64_t>(4096, range.octets())), 0);
    const Result<std::size_t> got = source.read_at(range.begin, first.data(), first.size());
    if (!got)
        return tl::make_unexpected(got.error());
    first.resize(*got);
    // A CR at the very end may have its LF behind it.
    const std::size_t alone = first.find('\r');
    return alone != std::string::npos && alone + 1 < first.size() &&
                   first.find('\n') == std::string::npos
               ? LineBreak::carriage_return
               : LineBreak::line_feed;
}

Result<void> read_range(const Source& source, Range range, std::size_t piece_octets,
                        const Sink& sink) {
    std::string piece(std::max<std::size_t>(piece_octets, 1), '\0');
    while (range.begin < range.end) {
        const std::size_t room =
            static_cast<std::size_t>(std::min<std::uint64_t>(piece.size(), range.octets()));
        const Result<std::size_t> got = source.read_at(range.begin, piece.data(), room);
        if (!got)
            return tl::make_unexpected(got.error());
        if (*got == 0)
            break;
        if (Result<void> taken = sink(std::string_view(piece).substr(0, *got)); !taken)
            return taken;
        range.begin += *got;
    }
    return {};
}

}  // namespace mail::mime
