#include "mail/mime/encoded_word.h"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "mail/base/ascii.h"
#include "mail/mime/decoder_base64.h"

namespace mail::mime {
namespace {

struct Word {
    std::string_view charset, text;
    char encoding;
    bool cut;
    std::size_t octets;  ///< of the whole word
};

constexpr std::size_t max_charset_octets = 64;

std::optional<Word> word_at(std::string_view raw) {
    if (!raw.starts_with("=?"))
        return std::nullopt;
    const std::size_t charset_end = raw.substr(0, max_charset_octets).find('?', 2);
    if (charset_end == std::string_view::npos || charset_end + 2 >= raw.size() ||
        raw[charset_end + 2] != '?')
        return std::nullopt;
    const char encoding = to_lower(raw[charset_end + 1]);
    std::string_view charset = raw.substr(2, charset_end - 2);
    charset = charset.substr(0, charset.find('*'));  // a language, RFC 2231, 5
    if ((encoding != 'b' && encoding != 'q') || charset.find(' ') != std::string_view::npos)
        return std::nullopt;
    const std::size_t begin = charset_end + 3;
    const std::size_t end = raw.find("?=", begin);
    if (end != std::string_view::npos)
        return Word{charset, raw.substr(begin, end - begin), encoding, false, end + 2};
    std::string_view text = raw.substr(begin, raw.find(' ', begin) - begin);
    const std::size_t octets = begin + text.size();
    if (text.ends_with('?'))
        text.remove_suffix(1);
    return Word{charset, text, encoding, true, octets};
}

std::string decode_q(std::string_view text) {
    std::string raw;
    raw.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool code = text[i] == '=' && i + 2 < text.size() && hex_value(text[i + 1]) >= 0 &&
                          hex_value(text[i + 2]) >= 0;
        if (code) {
            raw += static_cast<char>(hex_value(text[i + 1]) * 16 + hex_value(text[i + 2]));
            i += 2;
        } else {
            raw += text[i] == '_' ? ' ' : text[i];
        }
    }
    return raw;
}

std::string decode_b(std::string_view text) {
    std::string raw;
    const Sink sink = [&raw](std::string_view piece) -> Result<void> {
        raw += piece;
        return {};
    };
    Base64Decoder decoder;
    // The sink can't fail, so neither can these.
    static_cast<void>(decoder.feed(text, sink));
    static_cast<void>(decoder.finish(sink));
    return raw;
}

/// Words of one charset that stand side by side: their octets are joined before they are converted,
/// because some programs split characters.
class Run {
public:
    explicit Run(DecodedWords& out) : out_(out) {}

    void add(const Word& word) {
        std::string charset = lower_case(word.charset);
        if (!charset_.empty() && charset_ != charset)
            flush();
        charset_ = std::move(charset);
        // A base64 text that ends inside a quantum goes on in the next word.
        const bool goes_on =
            word.encoding == 'b' && open_base64_.size() % 4 != 0 && !open_base64_.ends_with('=');
        if (!goes_on)
            close_base64();
        if (word.encoding == 'b')
            open_base64_ += word.text;
        else
            raw_ += decode_q(word.text);
    }

    void flush() {
        close_base64();
        if (raw_.empty()) {
            charset_.clear();
            return;
        }
        const Text text = to_utf8(raw_, charset_);
        out_.text += text.text;
        if (text.reading == Reading::guessed)
            out_.reading = Reading::guessed;
        raw_.clear();
        charset_.clear();
    }

private:
    void close_base64() {
        if (!open_base64_.empty())
            raw_ += decode_b(open_base64_);
        open_base64_.clear();
    }

    DecodedWords& out_;
    std::string charset_, raw_, open_base64_;
};

void append_literal(DecodedWords& out, std::string_view raw) {
    const Text text = guessed_utf8(raw);
    out.text += text.text;
    if (text.reading == Reading::guessed)
        out.reading = Reading::guessed;
}

bool is_only_space(std::string_view text) {
    return trimmed(text).empty();
}

}  // namespace

DecodedWords decode_words(std::string_view raw) {
    DecodedWords out;
    Run run(out);
    bool in_run = false;
    std::size_t literal = 0;  // where the text that is no word begins
    for (std::size_t at = raw.find("=?"); at != std::string_view::npos; at = raw.find("=?", at)) {
        const std::optional<Word> word = word_at(raw.substr(at));
        if (!word) {
            at += 2;
            continue;
        }
        const std::string_view between = raw.substr(literal, at - literal);
        if (!in_run || !is_only_space(between)) {
            run.flush();
            append_literal(out, between);
        }
        run.add(*word);
        in_run = true;
        out.had_words = true;
        out.cut = out.cut || word->cut;
        at += word->octets;
        literal = at;
    }
    run.flush();
    append_literal(out, raw.substr(std::min(literal, raw.size())));
    return out;
}

}  // namespace mail::mime
