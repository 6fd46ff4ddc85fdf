#include "mail/point/validate.h"

#include <algorithm>
#include <string_view>

#include "mail/base/utf8.h"

namespace mail::point {

namespace {

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

bool looks_like_ipv4(std::string_view text) {
    int groups = 0;
    while (!text.empty() && groups < 4) {
        const std::size_t length = std::min(text.find('.'), text.size());
        const std::string_view group = text.substr(0, length);
        if (group.empty() || group.size() > 3 || !std::all_of(group.begin(), group.end(), is_digit))
            return false;
        if (group.size() == 3 && group > "255")
            return false;
        ++groups;
        text.remove_prefix(length);
        if (!text.empty() && text.size() > 1)
            text.remove_prefix(1);
    }
    return groups == 4 && text.empty();
}

/// Groups of hex digits with at least two colons; whether it is a good address the system says.
bool looks_like_ipv6(std::string_view text) {
    if (text.size() > 2 && text.front() == '[' && text.back() == ']')
        text = text.substr(1, text.size() - 2);
    const auto allowed = [](char c) {
        return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F') || c == ':' ||
               c == '.';
    };
    return std::count(text.begin(), text.end(), ':') >= 2 &&
           std::all_of(text.begin(), text.end(), allowed);
}

bool is_letter_of_some_script(char32_t c) {
    if (c < 0x80)
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    // Latin-1 punctuation, then the block of spaces and format characters, then what is no letter
    // anywhere: symbols, private use, halfwidth signs.
    if (c < 0xC0 || c == 0xD7 || c == 0xF7)
        return c == 0xAA || c == 0xB5 || c == 0xBA;
    return !utf8::is_invisible(c) &&
           !((c >= 0x2000 && c <= 0x2BFF) || (c >= 0x3000 && c <= 0x3004) ||
             (c >= 0xE000 && c <= 0xF8FF) || (c >= 0xFE00 && c <= 0xFE6F) || c >= 0xFF00);
}

bool looks_like_label(std::string_view label) {
    if (label.empty() || label.size() > 63 || label.front() == '-' || label.back() == '-')
        return false;
    for (std::size_t at = 0; at < label.size();) {
        const char32_t c = utf8::next(label, at);
        if (c != '-' && !is_letter_of_some_script(c))
            return false;
    }
    return true;
}

}  // namespace

bool looks_like_server(std::string_view text) {
    if (looks_like_ipv4(text) || looks_like_ipv6(text))
        return true;
    if (!text.empty() && text.back() == '.')
        text.remove_suffix(1);
    if (text.empty() || text.size() > 253)
        return false;
    std::string_view label;
    for (bool more = true; more;) {
        const std::size_t dot = text.find('.');
        more = dot != std::string_view::npos;
        label = text.substr(0, dot);
        if (!looks_like_label(label))
            return false;
        text.remove_prefix(more ? dot + 1 : text.size());
    }
    // No top domain is a number: this is an address with a fault in it.
    return !std::all_of(label.begin(), label.end(), is_digit);
}

}  // namespace mail::point
