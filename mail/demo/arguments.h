#pragma once
// What follows the name of an IMAP command (RFC 3501, 9). Reading fails once and stays failed, so
// that the code looks like the grammar and asks at the end. Literals stand in the text as they
// came:
// "{3}\r\nabc". Pure.

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace mail::demo {

/// "2,4:7,*": numbers of messages or UIDs. `*` is the highest there is, said at contains().
class NumberSet {
public:
    void add(std::uint32_t first, std::uint32_t last) { ranges_.emplace_back(first, last); }
    [[nodiscard]] bool contains(std::uint32_t number, std::uint32_t highest) const;

    static constexpr std::uint32_t star = 0;  ///< no message has the number 0

private:
    std::vector<std::pair<std::uint32_t, std::uint32_t>> ranges_;
};

class Arguments {
public:
    explicit Arguments(std::string_view text) : text_(text) {}

    /// One blank.
    void space() { expect(' '); }
    void expect(char letter);
    /// Whether the next letter is this one; it is then read.
    bool accept(char letter);
    [[nodiscard]] char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }

    /// Letters up to a blank, a parenthesis, a quote or a control character; at least one.
    /// `stops` end it as well.
    std::string atom(std::string_view stops = {});
    /// An atom in upper case.
    std::string word(std::string_view stops = {});
    /// Quoted string or literal.
    std::string string();
    std::string astring();
    std::uint64_t number();
    NumberSet number_set();
    /// "(a b c)", of astrings; may be empty.
    std::vector<std::string> list();
    /// The rest as it is.
    std::string_view rest();

    [[nodiscard]] bool failed() const { return failed_; }
    /// All is read, and well-formed.
    [[nodiscard]] bool done() const { return !failed_ && at_ == text_.size(); }

private:
    std::string quoted();
    std::string literal();
    std::uint32_t set_number();

    std::string_view text_;
    std::size_t at_ = 0;
    bool failed_ = false;
};

}  // namespace mail::demo
