#pragma once
// Reads one whole reply from left to right. Failure sticks: read on as the grammar says and ask
// once at the end, so that the code above it looks like the grammar. After a failure every read
// gives an empty value and moves nothing. Pure.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mail/base/result.h"
#include "mail/imap/reply_assembler.h"

namespace mail::imap {

/// What stands where the grammar wants a string: quoted, a literal, an atom (tolerated), or NIL.
struct StringValue {
    enum class Kind { nil, text, streamed };
    Kind kind = Kind::nil;
    std::string text;
    std::size_t literal = 0;  ///< of a streamed one: its index in Reply::streamed
};

/// Views `raw` and `streamed`: both must outlive it. Copy it to try something.
class Cursor {
public:
    explicit Cursor(std::string_view raw, const std::vector<StreamedLiteral>* streamed = nullptr);

    [[nodiscard]] bool failed() const { return failure_.has_value(); }
    void refuse(Cause cause = Cause::reply_malformed);
    /// reply_malformed or nesting_too_deep, with the fact "offset". Only after a failure.
    [[nodiscard]] Error error(Reach reach) const;

    [[nodiscard]] std::size_t offset() const { return at_; }
    [[nodiscard]] bool at_end() const { return at_ >= raw_.size(); }
    [[nodiscard]] bool sees(char c) const { return !failed() && !at_end() && raw_[at_] == c; }
    [[nodiscard]] bool sees_word(std::string_view word) const;  ///< an atom, in any case
    [[nodiscard]] std::string_view rest() const {
        return failed() ? std::string_view{} : raw_.substr(at_);
    }

    /// Moves behind it if it is there.
    bool take(char c) {
        if (!sees(c))
            return false;
        ++at_;
        return true;
    }
    bool take_word(std::string_view word);
    void expect(char c) {
        if (!take(c))
            refuse();
    }
    /// One, or more where servers are careless.
    void blank() {
        expect(' ');
        blanks();
    }
    /// None, one or more: likewise.
    void blanks() {
        while (take(' ')) {
        }
    }

    [[nodiscard]] std::string_view atom();
    [[nodiscard]] std::string_view attribute_name();               ///< up to a section; may be ""
    [[nodiscard]] std::string_view until(std::string_view stops);  ///< up to one of these, or all
    [[nodiscard]] std::uint32_t number();
    /// A size: NIL, nothing sensible below 0 and what is too large for us become 0.
    [[nodiscard]] std::uint64_t lenient_number();
    [[nodiscard]] StringValue string_value();
    /// NIL is ""; a streamed literal fails.
    [[nodiscard]] std::string nstring();
    /// Over one value of any form, however deep.
    void skip_value();
    /// Over the values up to the ")" of the list that we are in, and over it.
    void skip_to_list_end();

private:
    /// Gives `take` the pieces between its escapes.
    template <class Take>
    void quoted_pieces(Take take_piece);
    /// At a quote: what is quoted, if nothing in it is escaped, as nearly always. Moves behind it.
    [[nodiscard]] std::optional<std::string_view> plain_quoted();
    [[nodiscard]] std::string quoted();
    /// The octets of a literal in `raw_`, or the index of one that streamed.
    struct Literal {
        std::string_view octets;
        std::optional<std::size_t> streamed;
    };
    [[nodiscard]] Literal literal();
    void skip_string();
    [[nodiscard]] bool sees_literal() const;

    std::string_view raw_;
    const std::vector<StreamedLiteral>* streamed_;
    std::size_t at_ = 0;
    std::optional<Cause> failure_;
};

}  // namespace mail::imap
