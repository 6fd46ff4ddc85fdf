#include "mail/point/plain_text.h"

#include "mail/base/utf8.h"

namespace mail::point {

namespace {

constexpr char32_t non_joiner = 0x200C, joiner = 0x200D;

bool is_any_blank(char32_t c) {
    return c == ' ' || (c >= '\t' && c <= '\r') || c == 0x85 || c == 0xA0 || c == 0x1680 ||
           (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 || c == 0x202F ||
           c == 0x205F || c == 0x3000;
}

/// Those of `text` that `stays` says.
template <class Stays>
std::string filtered(std::string_view text, const Stays& stays) {
    std::string kept;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t before = at;
        if (stays(utf8::next(text, at)))
            kept += text.substr(before, at - before);
    }
    return kept;
}

}  // namespace

std::string without_hidden(std::string_view text, Hidden hidden, Joiners joiners) {
    return filtered(text, [&](char32_t c) {
        if (joiners == Joiners::stay && (c == joiner || c == non_joiner))
            return true;
        return !utf8::is_control(c) && (hidden == Hidden::control || !utf8::is_invisible(c));
    });
}

std::string_view without_blanks_around(std::string_view text) {
    std::size_t begin = text.size(), end = 0;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t before = at;
        if (is_any_blank(utf8::next(text, at)))
            continue;
        begin = begin == text.size() ? before : begin;
        end = at;
    }
    return begin < end ? text.substr(begin, end - begin) : std::string_view();
}

std::string without_blanks(std::string_view text) {
    return filtered(text, [](char32_t c) { return !is_any_blank(c); });
}

}  // namespace mail::point
