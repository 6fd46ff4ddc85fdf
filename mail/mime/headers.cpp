#include "mail/mime/headers.h"

#include "mail/base/ascii.h"
#include "mail/base/utf8.h"
#include "mail/mime/encoded_word.h"

namespace mail::mime {

namespace {

std::string unfolded(std::string_view raw) {
    std::string line;
    line.reserve(raw.size());
    for (std::size_t at = 0; at < raw.size();) {
        if (!is_space(raw[at])) {
            line += raw[at++];
            continue;
        }
        std::size_t end = at;
        while (end < raw.size() && is_space(raw[end]))
            ++end;
        // White space that holds a line break was put in for the line's length.
        const std::string_view space = raw.substr(at, end - at);
        if (space.find_first_of("\r\n") == std::string_view::npos)
            line += space;
        else
            line += ' ';
        at = end;
    }
    return line;
}

}  // namespace

std::string decode_text(std::string_view raw) {
    if (utf8::plain_octets(raw) == raw.size() && raw.find("=?") == std::string_view::npos)
        return std::string(trimmed(raw));
    const bool folded =
        raw.find('\n') != std::string_view::npos || raw.find('\r') != std::string_view::npos;
    const std::string line = folded ? unfolded(raw) : std::string();
    std::string text = decode_words(trimmed(folded ? line : raw)).text;
    const std::string_view shown = trimmed(text);
    return shown.size() == text.size() ? text : std::string(shown);
}

}  // namespace mail::mime
