#include "mail/demo/arguments.h"

#include <algorithm>
#include <limits>

#include "mail/demo/letters.h"

namespace mail::demo {

bool NumberSet::contains(std::uint32_t number, std::uint32_t highest) const {
    return std::any_of(ranges_.begin(), ranges_.end(), [&](const auto& range) {
        const std::uint32_t first = range.first == star ? highest : range.first;
        const std::uint32_t last = range.second == star ? highest : range.second;
        return number >= std::min(first, last) && number <= std::max(first, last);
    });
}

void Arguments::expect(char letter) {
    if (!accept(letter))
        failed_ = true;
}

bool Arguments::accept(char letter) {
    if (failed_ || peek() != letter || at_ == text_.size())
        return false;
    ++at_;
    return true;
}

std::string Arguments::atom(std::string_view stops) {
    const std::size_t first = at_;
    const auto ends = [stops](char letter) {
        return static_cast<unsigned char>(letter) <= ' ' ||
               std::string_view("(){\"").find(letter) != std::string_view::npos ||
               stops.find(letter) != std::string_view::npos;
    };
    while (at_ < text_.size() && !ends(text_[at_]))
        ++at_;
    if (at_ == first)
        failed_ = true;
    return failed_ ? "" : std::string(text_.substr(first, at_ - first));
}

std::string Arguments::word(std::string_view stops) {
    return upper_case(atom(stops));
}

std::string Arguments::string() {
    return peek() == '{' ? literal() : quoted();
}

std::string Arguments::astring() {
    return peek() == '"' || peek() == '{' ? string() : atom();
}

std::string Arguments::quoted() {
    std::string result;
    expect('"');
    while (!failed_ && !accept('"')) {
        if (peek() == '\\')
            ++at_;
        if (at_ >= text_.size())
            failed_ = true;
        else
            result += text_[at_++];
    }
    return result;
}

std::string Arguments::literal() {
    expect('{');
    const std::uint64_t size = number();
    accept('+');
    expect('}');
    expect('\r');
    expect('\n');
    if (failed_ || size > text_.size() - at_) {
        failed_ = true;
        return {};
    }
    at_ += size;
    return std::string(text_.substr(at_ - size, size));
}

std::uint64_t Arguments::number() {
    std::uint64_t value = 0;
    const std::size_t first = at_;
    for (; peek() >= '0' && peek() <= '9'; ++at_) {
        const auto digit = static_cast<std::uint64_t>(peek() - '0');
        if (value > (std::numeric_limits<std::uint64_t>::max() - digit) / 10)
            failed_ = true;
        value = value * 10 + digit;
    }
    if (at_ == first)
        failed_ = true;
    return value;
}

std::uint32_t Arguments::set_number() {
    if (accept('*'))
        return NumberSet::star;
    const std::uint64_t value = number();
    if (value == 0 || value > std::numeric_limits<std::uint32_t>::max())
        failed_ = true;
    return static_cast<std::uint32_t>(value);
}

NumberSet Arguments::number_set() {
    NumberSet set;
    do {
        const std::uint32_t first = set_number();
        set.add(first, accept(':') ? set_number() : first);
    } while (accept(','));
    return set;
}

std::vector<std::string> Arguments::list() {
    std::vector<std::string> items;
    expect('(');
    if (accept(')'))
        return items;
    do
        items.push_back(astring());
    while (accept(' '));
    expect(')');
    return items;
}

std::string_view Arguments::rest() {
    const std::string_view text = text_.substr(std::min(at_, text_.size()));
    at_ = text_.size();
    return text;
}

}  // namespace mail::demo
