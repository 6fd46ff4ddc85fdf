#include "mail/imap/framer.h"

#include <algorithm>
#include <array>
#include <cassert>

#include "mail/imap/ascii.h"

namespace mail::imap {

namespace {

/// What stands between the braces at the end of a line, if that has the form of a literal's size.
std::optional<std::string_view> announced_size(std::string_view line) {
    if (!line.ends_with('}'))
        return std::nullopt;
    const std::size_t open = line.rfind('{');
    if (open == std::string_view::npos)
        return std::nullopt;
    std::string_view size = line.substr(open + 1, line.size() - open - 2);
    // RFC 7888 lets clients alone write {n+}; servers that copy it mean the same.
    if (size.ends_with('+'))
        size.remove_suffix(1);
    const std::string_view digits = size.starts_with('-') ? size.substr(1) : size;
    if (digits.empty() || !std::all_of(digits.begin(), digits.end(), is_digit))
        return std::nullopt;
    return size;
}

/// Status replies and continuations end in free text, which may look like a literal and is none.
bool ends_in_free_text(std::string_view line) {
    if (line.starts_with('+'))
        return true;
    const std::size_t blank = line.find(' ');
    if (blank == std::string_view::npos)
        return false;
    const std::string_view rest = line.substr(blank + 1);
    const std::string_view word = rest.substr(0, rest.find(' '));
    constexpr std::array<std::string_view, 5> status_words{"OK", "NO", "BAD", "BYE", "PREAUTH"};
    return std::any_of(status_words.begin(), status_words.end(),
                       [&](std::string_view status) { return same_word(word, status); });
}

Result<std::uint64_t> literal_size(std::string_view digits) {
    const auto size = number_of<std::uint64_t>(digits);
    const bool leading_zero = digits.size() > 1 && digits.front() == '0';
    if (!size || leading_zero || *size > max_literal_octets)
        return fail(Cause::literal_size, Layer::list, Reach::connection,
                    {{"literal", std::string(digits.substr(0, 40))}});
    return *size;
}

}  // namespace

Framer::Framer(std::size_t max_line_octets) : max_line_octets_(max_line_octets) {}

void Framer::feed(std::string_view raw) {
    assert(input_.empty());
    input_ = raw;
}

Result<std::optional<Piece>> Framer::next() {
    if (pending_given_out_) {
        pending_.clear();
        pending_given_out_ = false;
    }
    if (state_ != State::literal)
        return next_line();
    // An empty literal is given out too: who asked for it must learn that it is empty.
    if (input_.empty() && literal_left_ > 0)
        return std::nullopt;
    return next_literal();
}

Piece Framer::next_literal() {
    const auto octets =
        static_cast<std::size_t>(std::min<std::uint64_t>(literal_left_, input_.size()));
    Piece piece{Piece::Kind::literal, input_.substr(0, octets), literal_left_ - octets, {}};
    input_.remove_prefix(octets);
    literal_left_ = piece.octets_left;
    if (literal_left_ == 0)
        state_ = State::reply_goes_on;
    return piece;
}

Result<std::optional<Piece>> Framer::next_line() {
    std::size_t from = 0;
    for (;;) {
        const std::size_t feed_at = input_.find('\n', from);
        if (feed_at == std::string_view::npos)
            break;
        const char before = feed_at > 0        ? input_[feed_at - 1]
                            : pending_.empty() ? '\0'
                                               : pending_.back();
        if (before != '\r' && line_end_ == LineEnd::crlf) {
            from = feed_at + 1;
            continue;
        }
        std::string_view line = input_.substr(0, feed_at + 1);
        if (pending_.size() + line.size() > max_line_octets_ + 2)
            break;
        input_.remove_prefix(feed_at + 1);
        if (!pending_.empty()) {
            pending_.append(line);
            pending_given_out_ = true;
            line = pending_;
        }
        return finish_line(line.substr(0, line.size() - (before == '\r' ? 2 : 1)));
    }
    if (pending_.size() + input_.size() > max_line_octets_ + 1)
        return fail(Cause::reply_too_long, Layer::list, Reach::connection,
                    {{"limit_octets", std::to_string(max_line_octets_)}});
    pending_.append(input_);
    input_ = {};
    return std::nullopt;
}

Result<std::optional<Piece>> Framer::finish_line(std::string_view line) {
    Piece piece{Piece::Kind::line, line, 0, {}};
    const auto size = state_ == State::reply_start && ends_in_free_text(line)
                          ? std::nullopt
                          : announced_size(line);
    state_ = State::reply_start;
    if (size) {
        const auto octets = literal_size(*size);
        if (!octets)
            return tl::unexpected(octets.error());
        piece.announces = *octets;
        literal_left_ = *octets;
        state_ = State::literal;
    }
    return piece;
}

}  // namespace mail::imap
