#include "mail/demo/fields.h"

#include "mail/base/ascii.h"
#include "mail/demo/letters.h"

namespace mail::demo {
namespace {

std::string unfolded(std::string_view raw_value) {
    std::string text;
    for (const char letter : trimmed(raw_value))
        if (letter != '\r' && letter != '\n')
            text += letter;
    return text;
}

/// Where the line that starts at `at` ends, its LF included.
std::size_t line_end(std::string_view raw, std::size_t at) {
    const std::size_t end = raw.find('\n', at);
    return end == std::string_view::npos ? raw.size() : end + 1;
}

/// Reads structured field bodies word by word (RFC 5322, 3.2).
class Words {
public:
    explicit Words(std::string_view text) : text_(text) {}

    [[nodiscard]] char peek() {
        skip_blanks_and_comments();
        return at_ < text_.size() ? text_[at_] : '\0';
    }
    void skip() { ++at_; }
    /// A quoted string without its quotes, or all up to one of `stops`.
    std::string word(std::string_view stops) {
        if (peek() == '"')
            return quoted();
        const std::size_t first = at_;
        while (at_ < text_.size() && stops.find(text_[at_]) == std::string_view::npos)
            ++at_;
        return std::string(trimmed(text_.substr(first, at_ - first)));
    }
    /// The text of the last comment that was skipped: old mailers write names there.
    std::string comment;

private:
    std::string quoted() {
        std::string result;
        for (++at_; at_ < text_.size() && text_[at_] != '"'; ++at_) {
            if (text_[at_] == '\\' && at_ + 1 < text_.size())
                ++at_;
            result += text_[at_];
        }
        ++at_;
        return result;
    }
    void skip_blanks_and_comments() {
        while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\t' || text_[at_] == '('))
            if (text_[at_] == '(')
                skip_comment();
            else
                ++at_;
    }
    void skip_comment() {
        const std::size_t first = at_ + 1;
        int depth = 0;
        for (; at_ < text_.size(); ++at_) {
            depth += text_[at_] == '(' ? 1 : text_[at_] == ')' ? -1 : 0;
            if (depth == 0)
                break;
        }
        comment = text_.substr(first, at_ - first);
        if (at_ < text_.size())
            ++at_;
    }

    std::string_view text_;
    std::size_t at_ = 0;
};

void set_address(MailAddress& address, std::string_view text) {
    const std::size_t at = text.rfind('@');
    address.mailbox = trimmed(text.substr(0, at));
    if (at != std::string_view::npos)
        address.host = trimmed(text.substr(at + 1));
}

}  // namespace

Fields fields_of(std::string_view raw_head) {
    Fields fields;
    for (std::size_t at = 0; at < raw_head.size();) {
        std::size_t end = line_end(raw_head, at);
        while (end < raw_head.size() && (raw_head[end] == ' ' || raw_head[end] == '\t'))
            end = line_end(raw_head, end);
        const std::string_view raw = raw_head.substr(at, end - at);
        const std::size_t colon = raw.find(':');
        if (colon != std::string_view::npos)
            fields.push_back({trimmed(raw.substr(0, colon)), raw, raw.substr(colon + 1)});
        at = end;
    }
    return fields;
}

std::optional<std::string> value_of(const Fields& fields, std::string_view name) {
    for (const Field& field : fields)
        if (same_letters(field.name, name))
            return unfolded(field.raw_value);
    return std::nullopt;
}

ParameterisedValue parse_parameters(std::string_view value) {
    ParameterisedValue result;
    Words words(value);
    result.value = words.word("; \t(");
    while (words.peek() != '\0') {
        if (words.peek() != ';') {
            words.skip();
            continue;
        }
        words.skip();
        std::string key = words.word("=; \t(");
        if (words.peek() != '=')
            continue;
        words.skip();
        result.parameters.emplace_back(std::move(key), words.word("; \t("));
    }
    return result;
}

std::vector<MailAddress> parse_addresses(std::string_view value) {
    std::vector<MailAddress> addresses;
    Words words(value);
    MailAddress address;
    std::string phrase;
    const auto finish = [&] {
        if (address.mailbox.empty() && phrase.find('@') != std::string::npos) {
            set_address(address, phrase);
            address.name = words.comment;
        } else {
            address.name = phrase;
        }
        if (!address.mailbox.empty())
            addresses.push_back(address);
        address = {};
        phrase.clear();
        words.comment.clear();
    };
    for (char next = words.peek(); next != '\0'; next = words.peek()) {
        if (next == ',' || next == ';') {
            words.skip();
            finish();
        } else if (next == ':') {
            words.skip();
            phrase.clear();
        } else if (next == '<') {
            words.skip();
            set_address(address, words.word(">"));
            words.skip();
        } else {
            const std::string word = words.word(",;:<( \t");
            phrase += (phrase.empty() ? "" : " ") + word;
            if (word.empty())
                words.skip();
        }
    }
    finish();
    return addresses;
}

}  // namespace mail::demo
