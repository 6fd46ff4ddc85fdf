#include "mail/imap/transcript.h"

#include <algorithm>

#include "mail/base/utf8.h"
#include "mail/imap/ascii.h"

namespace mail::imap {

namespace {

/// Nobody reads on in a longer line, and a list of 100,000 mails must not cost twice.
constexpr std::size_t max_read_octets = 4000;

bool is_fetch(std::string_view raw) {
    if (!raw.starts_with("* "))
        return false;
    const std::size_t word = raw.find_first_not_of("0123456789", 2);
    return word != std::string_view::npos && word > 2 && raw.substr(word).starts_with(" FETCH ");
}

/// Types, charsets and encodings show what a structure is; anything else may be a text of the mail.
bool is_token(std::string_view text) {
    return text.size() <= 80 && std::all_of(text.begin(), text.end(), [](char c) {
               return is_digit(c) || (lower(c) >= 'a' && lower(c) <= 'z') ||
                      std::string_view(".-/+_*").find(c) != std::string_view::npos;
           });
}

bool names_a_file(std::string_view key) {
    const std::string word = lower(key);
    return word.starts_with("name") || word.starts_with("filename");
}

/// Copies a FETCH without what is a mail's own words.
class FetchShower {
public:
    explicit FetchShower(std::string_view raw) : raw_(raw) {}

    std::string show() {
        while (at_ < raw_.size()) {
            if (raw_[at_] == '"')
                quoted();
            else if (raw_.substr(at_).starts_with("ENVELOPE ("))
                envelope();
            else
                shown_ += raw_[at_++];
        }
        return std::move(shown_);
    }

private:
    void quoted() {
        std::size_t end = at_ + 1;
        while (end < raw_.size() && raw_[end] != '"')
            end += raw_[end] == '\\' ? 2 : 1;
        end = std::min(end, raw_.size());
        const std::string_view text = raw_.substr(at_ + 1, end - at_ - 1);
        const bool open = is_token(text) && !names_a_file(previous_);
        shown_ += open ? "\"" + std::string(text) + "\"" : "\"…\"";
        previous_ = open ? text : std::string_view{};
        at_ = std::min(end + 1, raw_.size());
    }

    /// Literals are gone from it already; one that is cut off hides all that follows.
    void envelope() {
        shown_ += "ENVELOPE (…)";
        int depth = 0;
        bool in_quotes = false;
        for (; at_ < raw_.size(); ++at_) {
            const char c = raw_[at_];
            if (in_quotes && c == '\\')
                ++at_;
            else if (c == '"')
                in_quotes = !in_quotes;
            else if (!in_quotes && c == '(')
                ++depth;
            else if (!in_quotes && c == ')' && --depth == 0)
                break;
        }
        at_ = std::min(at_ + 1, raw_.size());
    }

    std::string_view raw_;
    std::size_t at_ = 0;
    std::string shown_;
    std::string_view previous_;
};

/// Where the octets of the literal end whose announcement ends at `at`, or `at` where it streamed.
std::size_t literal_end(const Reply& reply, std::size_t at) {
    const bool streamed =
        std::any_of(reply.streamed.begin(), reply.streamed.end(),
                    [&](const StreamedLiteral& literal) { return literal.at == at; });
    const std::size_t open = reply.raw.rfind('{', at);
    if (streamed || open == std::string::npos)
        return at;
    std::string_view digits = std::string_view(reply.raw).substr(open + 1, at - open - 4);
    if (digits.ends_with('+'))
        digits.remove_suffix(1);
    const auto octets = number_of<std::size_t>(digits);
    return octets ? std::min(at + *octets, reply.raw.size()) : at;
}

/// The reply as one line: every literal "{n} …".
std::string without_literals(const Reply& reply) {
    std::string line;
    std::size_t at = 0;
    while (at < reply.raw.size() && line.size() < max_read_octets) {
        const std::size_t end = reply.raw.find("}\r\n", at);
        if (end == std::string::npos) {
            line += std::string_view(reply.raw).substr(at, max_read_octets);
            break;
        }
        line += std::string_view(reply.raw).substr(at, end + 1 - at);
        line += " …";
        at = literal_end(reply, end + 3);
    }
    return line;
}

}  // namespace

std::string shown_reply(const Reply& reply) {
    // What follows "+" during a login is a challenge, and that may say our own words back.
    if (reply.raw.starts_with('+'))
        return "+ …";
    const std::string line = without_literals(reply);
    return is_fetch(line) ? FetchShower(line).show() : line;
}

Transcript::Transcript(TranscriptObserver observer) : observer_(std::move(observer)) {}

void Transcript::hide(const Secret& secret) {
    redactor_.hide(secret);
}

void Transcript::sent(std::string_view shown) const {
    show(TranscriptLine::From::us, shown);
}

void Transcript::received(const Reply& reply) const {
    if (observer_)
        show(TranscriptLine::From::server, shown_reply(reply));
}

void Transcript::note(std::string_view text) const {
    show(TranscriptLine::From::note, text);
}

std::string Transcript::quotable(std::string_view raw) const {
    return utf8::one_line(redactor_.redacted(raw.substr(0, max_read_octets)));
}

void Transcript::show(TranscriptLine::From from, std::string_view text) const {
    if (observer_)
        observer_({from, std::chrono::system_clock::now(), quotable(text)});
}

}  // namespace mail::imap
