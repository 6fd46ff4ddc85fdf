#include "mail/imap/cursor.h"

#include <algorithm>
#include <array>
#include <bit>

#include "mail/imap/ascii.h"

namespace mail::imap {

namespace {

/// More than the grammar allows (8-bit, "]", "*"), less than would hide the end of an atom.
constexpr std::array<bool, 256> atom_octets = [] {
    std::array<bool, 256> is_one{};
    for (std::size_t octet = 0x21; octet < is_one.size(); ++octet)
        is_one.at(octet) =
            std::string_view("()\"{\x7f").find(static_cast<char>(octet)) == std::string_view::npos;
    return is_one;
}();

constexpr bool is_atom_octet(char c) {
    return atom_octets[static_cast<unsigned char>(c)];
}

/// 1 or 0, without a branch.
constexpr std::uint8_t ends_piece(char c) {
    return static_cast<std::uint8_t>(static_cast<unsigned>(c == '"') |
                                     static_cast<unsigned>(c == '\\') |
                                     static_cast<unsigned>(c == '\r'));
}

/// How far it reaches to a quote, an escape, or what may be a line's end. Half of a list is quoted:
/// sixteen octets at once (compilers make vectors of the inner loop), since the texts are too short
/// for the library's searches to pay.
std::size_t plain_quoted_octets(std::string_view raw) {
    constexpr std::size_t block = 16;
    std::size_t octets = 0;
    if constexpr (std::endian::native == std::endian::little) {
        for (; raw.size() - octets >= block; octets += block) {
            const std::string_view some = raw.substr(octets, block);
            std::array<std::uint8_t, block> ends{};
            for (std::size_t i = 0; i < block; ++i)
                ends[i] = ends_piece(some[i]);
            const auto [low, high] = std::bit_cast<std::array<std::uint64_t, 2>>(ends);
            if (low != 0)
                return octets + static_cast<std::size_t>(std::countr_zero(low)) / 8;
            if (high != 0)
                return octets + 8 + static_cast<std::size_t>(std::countr_zero(high)) / 8;
        }
    }
    while (octets < raw.size() && ends_piece(raw[octets]) == 0)
        ++octets;
    return octets;
}

}  // namespace

Cursor::Cursor(std::string_view raw, const std::vector<StreamedLiteral>* streamed)
    : raw_(raw), streamed_(streamed) {}

void Cursor::refuse(Cause cause) {
    if (!failure_)
        failure_ = cause;
}

Error Cursor::error(Reach reach) const {
    return Error{
        failure_.value_or(Cause::internal), Layer::list, reach, {{"offset", std::to_string(at_)}}};
}

bool Cursor::sees_word(std::string_view word) const {
    const std::string_view left = rest();
    if (left.size() < word.size() || !same_word(left.substr(0, word.size()), word))
        return false;
    return left.size() == word.size() || !is_atom_octet(left[word.size()]);
}

bool Cursor::take_word(std::string_view word) {
    if (!sees_word(word))
        return false;
    at_ += word.size();
    return true;
}

std::string_view Cursor::atom() {
    const std::string_view left = rest();
    const auto end = std::find_if_not(left.begin(), left.end(), is_atom_octet);
    const auto octets = static_cast<std::size_t>(end - left.begin());
    if (octets == 0)
        refuse();
    else
        at_ += octets;
    return left.substr(0, octets);
}

std::string_view Cursor::attribute_name() {
    const std::string_view left = rest();
    const auto end = std::find_if_not(
        left.begin(), left.end(), [](char c) { return is_atom_octet(c) && c != '[' && c != ']'; });
    at_ += static_cast<std::size_t>(end - left.begin());
    return left.substr(0, static_cast<std::size_t>(end - left.begin()));
}

std::string_view Cursor::until(std::string_view stops) {
    const std::string_view left = rest();
    // A loop of our own: for so few stops a call of memchr() per octet costs more than all else.
    const auto end = std::find_if(left.begin(), left.end(), [stops](char c) {
        return std::any_of(stops.begin(), stops.end(), [c](char stop) { return c == stop; });
    });
    const std::string_view taken = left.substr(0, static_cast<std::size_t>(end - left.begin()));
    at_ += taken.size();
    return taken;
}

std::uint32_t Cursor::number() {
    const std::string_view left = rest();
    const auto end = std::find_if_not(left.begin(), left.end(), is_digit);
    const std::string_view digits = left.substr(0, static_cast<std::size_t>(end - left.begin()));
    const auto value = number_of<std::uint32_t>(digits);
    if (!value)
        refuse();
    else
        at_ += digits.size();
    return value.value_or(0);
}

std::uint64_t Cursor::lenient_number() {
    if (!at_end() && is_digit(raw_[at_]))
        return number_of<std::uint64_t>(atom()).value_or(0);
    const StringValue value = string_value();
    if (value.kind == StringValue::Kind::streamed)
        refuse();
    return number_of<std::uint64_t>(value.text).value_or(0);
}

template <class Take>
void Cursor::quoted_pieces(Take take_piece) {
    expect('"');
    while (!failed()) {
        const std::string_view piece = raw_.substr(at_, plain_quoted_octets(raw_.substr(at_)));
        at_ += piece.size();
        take_piece(piece);
        if (take('"'))
            return;
        // A CRLF stands only behind a literal's size: a quote that runs over one was never closed.
        const std::string_view left = raw_.substr(at_, 2);
        const bool is_escape = left.size() == 2 && left[0] == '\\';
        if (left.empty() || left == "\r\n" || left == "\\") {
            refuse();
            return;
        }
        // A backslash escapes whatever follows it, though only '"' and '\' need it.
        take_piece(left.substr(is_escape ? 1 : 0, 1));
        at_ += is_escape ? 2 : 1;
    }
}

std::optional<std::string_view> Cursor::plain_quoted() {
    const std::string_view text = raw_.substr(at_ + 1);
    const std::size_t octets = plain_quoted_octets(text);
    if (octets == text.size() || text[octets] != '"')
        return std::nullopt;
    at_ += octets + 2;
    return text.substr(0, octets);
}

std::string Cursor::quoted() {
    if (const auto plain = plain_quoted())
        return std::string(*plain);
    std::string text;
    quoted_pieces([&](std::string_view piece) { text.append(piece); });
    if (failed())
        text.clear();
    return text;
}

bool Cursor::sees_literal() const {
    return sees('{') || (sees('~') && at_ + 1 < raw_.size() && raw_[at_ + 1] == '{');
}

Cursor::Literal Cursor::literal() {
    take('~');
    expect('{');
    const std::uint32_t octets = number();
    take('+');
    expect('}');
    expect('\r');
    expect('\n');
    if (failed())
        return {};
    if (streamed_ != nullptr) {
        const auto found = std::lower_bound(
            streamed_->begin(), streamed_->end(), at_,
            [](const StreamedLiteral& one, std::size_t at) { return one.at < at; });
        if (found != streamed_->end() && found->at == at_)
            return {{}, static_cast<std::size_t>(found - streamed_->begin())};
    }
    if (raw_.size() - at_ < octets) {
        refuse();
        return {};
    }
    const std::string_view text = raw_.substr(at_, octets);
    at_ += octets;
    return {text, std::nullopt};
}

StringValue Cursor::string_value() {
    if (sees('"'))
        return {StringValue::Kind::text, quoted(), 0};
    if (sees_literal()) {
        const Literal value = literal();
        if (value.streamed)
            return {StringValue::Kind::streamed, {}, *value.streamed};
        return {failed() ? StringValue::Kind::nil : StringValue::Kind::text,
                std::string(value.octets), 0};
    }
    if (take_word("NIL"))
        return {};
    return {StringValue::Kind::text, std::string(atom()), 0};
}

std::string Cursor::nstring() {
    if (sees('"'))
        return quoted();
    if (take_word("NIL"))
        return {};
    StringValue value = string_value();
    if (value.kind == StringValue::Kind::streamed)
        refuse();
    return std::move(value.text);
}

void Cursor::skip_string() {
    if (sees('"')) {
        if (!plain_quoted())
            quoted_pieces([](std::string_view) {});
    } else if (sees_literal())
        (void)literal();
    else
        (void)atom();
}

void Cursor::skip_value() {
    // A counter in place of recursion: a hostile 100,000 parentheses cost no stack.
    std::size_t depth = 0;
    do {
        blanks();
        if (take('('))
            ++depth;
        else if (depth > 0 && take(')'))
            --depth;
        else
            skip_string();
    } while (depth > 0 && !failed());
}

void Cursor::skip_to_list_end() {
    blanks();
    while (!failed() && !take(')')) {
        skip_value();
        blanks();
    }
}

}  // namespace mail::imap
