#include "mail/demo/folder_names.h"

#include <algorithm>
#include <vector>

#include "mail/base/utf8.h"
#include "mail/demo/letters.h"
#include "mail/demo/transfer.h"

namespace mail::demo {
namespace {

bool is_plain(char letter) {
    return letter >= ' ' && letter <= '~';
}

std::string shifted(std::string_view text) {
    std::string units;
    for (const char16_t unit : utf8::to_utf16(text))
        units.append({static_cast<char>(unit >> 8), static_cast<char>(unit & 255)});
    std::string letters = base64(units);
    letters.erase(std::min(letters.find('='), letters.size()));
    std::replace(letters.begin(), letters.end(), '/', ',');
    return '&' + letters + '-';
}

std::optional<std::string> unshifted(std::string_view letters) {
    std::string padded(letters);
    std::replace(padded.begin(), padded.end(), ',', '/');
    padded.append((4 - padded.size() % 4) % 4, '=');
    const auto units = from_base64(padded);
    if (!units || units->size() % 2 != 0)
        return std::nullopt;
    std::u16string text;
    for (std::size_t i = 0; i < units->size(); i += 2)
        text += static_cast<char16_t>(static_cast<unsigned char>((*units)[i]) << 8 |
                                      static_cast<unsigned char>((*units)[i + 1]));
    return utf8::from_utf16(text);
}

}  // namespace

std::string to_modified_utf7(std::string_view name) {
    std::string raw;
    for (std::size_t at = 0; at < name.size();) {
        const auto rest = name.begin() + at;
        const auto stop = std::find_if_not(rest, name.end(), is_plain);
        if (stop == rest) {
            const auto plain = std::find_if(rest, name.end(), is_plain);
            raw += shifted(name.substr(at, static_cast<std::size_t>(plain - rest)));
            at += static_cast<std::size_t>(plain - rest);
        } else {
            raw += name[at] == '&' ? "&-" : std::string(1, name[at]);
            ++at;
        }
    }
    return raw;
}

std::optional<std::string> from_modified_utf7(std::string_view raw_name) {
    std::string name;
    for (std::size_t at = 0; at < raw_name.size(); ++at) {
        if (!is_plain(raw_name[at]))
            return std::nullopt;
        if (raw_name[at] != '&') {
            name += raw_name[at];
            continue;
        }
        const std::size_t end = raw_name.find('-', at);
        if (end == std::string_view::npos)
            return std::nullopt;
        const auto text =
            end == at + 1 ? std::string("&") : unshifted(raw_name.substr(at + 1, end - at - 1));
        if (!text)
            return std::nullopt;
        name += *text;
        at = end;
    }
    return name;
}

bool matches_pattern(std::string_view name, std::string_view pattern) {
    // possible[i]: the pattern read so far matches the first i octets of the name. Linear in both,
    // whatever stars the pattern has.
    std::vector<bool> possible(name.size() + 1, false);
    possible[0] = true;
    for (const char letter : pattern) {
        if (letter == '*' || letter == '%') {
            for (std::size_t i = 1; i <= name.size(); ++i)
                possible[i] = possible[i] || (possible[i - 1] &&
                                              (letter == '*' || name[i - 1] != folder_delimiter));
            continue;
        }
        for (std::size_t i = name.size(); i > 0; --i)
            possible[i] = possible[i - 1] && (name[i - 1] == letter ||
                                              (same_letters(name, "INBOX") &&
                                               lower_letter(name[i - 1]) == lower_letter(letter)));
        possible[0] = false;
    }
    return possible[name.size()];
}

}  // namespace mail::demo
