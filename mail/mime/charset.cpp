#include "mail/mime/charset.h"

#include <algorithm>
#include <cctype>
#include <iterator>
#include <utility>

#include "mail/base/utf8.h"
#include "mail/mime/charset_tables.h"

namespace mail::mime {
namespace {

bool is_ascii(std::string_view raw) {
    return std::all_of(raw.begin(), raw.end(), [](char octet) { return (octet & 0x80) == 0; });
}

// Sets whose octets are all ASCII until a shift begins: being ASCII does not make them plain.
bool shifts_in_ascii(std::string_view charset) {
    return charset == "utf-7" || charset.starts_with("iso-2022") || charset.starts_with("hz-") ||
           charset.starts_with("utf-16") || charset.starts_with("utf-32") || charset == "ucs-2";
}

std::string by_table(std::string_view raw, const SingleByteTable& table) {
    std::string text;
    text.reserve(raw.size() + raw.size() / 8);
    for (const char octet : raw) {
        const auto value = static_cast<unsigned char>(octet);
        utf8::append(text, value < 0x80 ? char32_t{value} : table[value - 0x80U]);
    }
    return text;
}

bool is_letter(char octet) {
    return std::isalpha(static_cast<unsigned char>(octet)) != 0;
}

/// Whether every octet above ASCII is one of `letters`, and one of the `telling` ones stands beside
/// an ASCII letter: there the other sets have signs like ³ and ¹.
bool looks_polish(std::string_view raw, std::string_view letters, std::string_view telling) {
    bool told = false;
    for (std::size_t i = 0; i < raw.size(); ++i) {
        if ((raw[i] & 0x80) == 0)
            continue;
        if (letters.find(raw[i]) == std::string_view::npos)
            return false;
        const bool beside =
            (i > 0 && is_letter(raw[i - 1])) || (i + 1 < raw.size() && is_letter(raw[i + 1]));
        told = told || (beside && telling.find(raw[i]) != std::string_view::npos);
    }
    return told;
}

std::string_view guessed_charset(std::string_view raw) {
    // ą ć ę ł ń ó ś ź ż and their capitals, with the quotes and dashes that go with them.
    constexpr std::string_view windows = "\xB9\xE6\xEA\xB3\xF1\xF3\x9C\x9F\xBF\xA5\xC6\xCA\xA3\xD1"
                                         "\xD3\x8C\x8F\xAF\x84\x94\x96\x97\xA0";
    constexpr std::string_view windows_telling = "\xB9\xB3\x9C\x9F\xBF\xA5\xA3\x8C\x8F\xAF";
    constexpr std::string_view iso = "\xB1\xE6\xEA\xB3\xF1\xF3\xB6\xBC\xBF\xA1\xC6\xCA\xA3\xD1\xD3"
                                     "\xA6\xAC\xAF\xA0";
    constexpr std::string_view iso_telling = "\xB1\xB3\xB6\xBC\xBF\xA1\xA3\xA6\xAC\xAF";
    if (looks_polish(raw, windows, windows_telling))
        return "windows-1250";
    if (looks_polish(raw, iso, iso_telling))
        return "iso-8859-2";
    return "iso-8859-1";
}

struct Alias {
    std::string_view alias, charset;
};

// Aliases without "x-" and with hyphens for blanks and underscores. The larger sets stand for the
// smaller ones that are said in their place.
constexpr Alias aliases[] = {
    {"utf8", "utf-8"},
    {"unicode-1-1-utf-8", "utf-8"},
    {"utf-8-mac", "utf-8"},
    {"ascii", "us-ascii"},
    {"ansi-x3.4-1968", "us-ascii"},
    {"iso646-us", "us-ascii"},
    {"646", "us-ascii"},
    {"latin1", "iso-8859-1"},
    {"l1", "iso-8859-1"},
    {"windows-1252", "iso-8859-1"},
    {"latin2", "iso-8859-2"},
    {"l2", "iso-8859-2"},
    {"latin5", "iso-8859-9"},
    {"windows-1254", "iso-8859-9"},
    {"latin-9", "iso-8859-15"},
    {"latin9", "iso-8859-15"},
    {"ibm437", "cp437"},
    {"ibm852", "cp852"},
    {"cp-852", "cp852"},
    {"macintosh", "mac-roman"},
    {"macroman", "mac-roman"},
    {"gb2312", "gb18030"},
    {"gbk", "gb18030"},
    {"gb-2312-80", "gb18030"},
    {"ks-c-5601-1987", "cp949"},
    {"euc-kr", "cp949"},
    {"shift-jis", "cp932"},
    {"sjis", "cp932"},
    {"windows-31j", "cp932"},
    {"big5", "big5-hkscs"},
};

// The sets that the system is asked for. A closed list: some converters of C libraries had holes
// (CVE-2024-2961), and the name comes from a stranger.
constexpr std::string_view system_charsets[] = {
    "windows-1255", "windows-1256", "windows-1258", "koi8-u", "iso-8859-6", "iso-8859-8",
    "iso-8859-11",  "tis-620",      "gb18030",      "cp932",  "cp949",      "big5-hkscs",
    "euc-jp",       "iso-2022-jp",  "iso-2022-kr",  "utf-7",  "utf-16",     "utf-16le",
    "utf-16be",     "cp850",        "ibm850",       "cp866",  "hz-gb-2312"};

bool system_may_convert(std::string_view charset) {
    return std::find(std::begin(system_charsets), std::end(system_charsets), charset) !=
           std::end(system_charsets);
}

}  // namespace

std::string canonical_charset(std::string_view charset) {
    // What nearly every word says, and nothing has to be done to it.
    if (charset == "utf-8")
        return std::string(charset);
    std::string name;
    for (const char octet : charset.substr(0, 64)) {
        if (octet == '_' || octet == ' ')
            name += '-';
        else if (octet != '"' && octet != '\'' && octet > ' ')
            name += static_cast<char>(std::tolower(static_cast<unsigned char>(octet)));
    }
    if (name.starts_with("x-"))
        name.erase(0, 2);
    for (const std::string_view prefix : {"iso8859", "iso-8859", "8859"})
        if (name.starts_with(prefix) && name.size() > prefix.size()) {
            std::string_view number = std::string_view(name).substr(prefix.size());
            number.remove_prefix(number.front() == '-' ? 1 : 0);
            // "iso-8859-8-i": which way the text runs does not change the octets.
            number = number.substr(0, number.find_first_not_of("0123456789"));
            name = "iso-8859-" + std::string(number);
            break;
        }
    for (const std::string_view prefix : {"cp125", "win-125", "windows125", "win125", "cp-125"})
        if (name.starts_with(prefix))
            name = "windows-125" + name.substr(prefix.size());
    const auto* const found = std::find_if(std::begin(aliases), std::end(aliases),
                                           [&name](const Alias& row) { return row.alias == name; });
    return found != std::end(aliases) ? std::string(found->charset) : name;
}

Text guessed_utf8(std::string_view raw) {
    if (is_ascii(raw))
        return {std::string(raw), Reading::as_said};
    if (utf8::valid(raw))
        return {std::string(raw), Reading::guessed};
    return {by_table(raw, *table_of(guessed_charset(raw))), Reading::guessed};
}

Text to_utf8(std::string_view raw, std::string_view charset) {
    const std::string name = canonical_charset(charset);
    if (is_ascii(raw) && !shifts_in_ascii(name))
        return {std::string(raw), Reading::as_said};
    if (name == "utf-8" && utf8::valid(raw))
        return {std::string(raw), Reading::as_said};
    if (name.empty() || name == "utf-8" || name == "us-ascii")
        return guessed_utf8(raw);
    if (const SingleByteTable* const table = table_of(name))
        return {by_table(raw, *table), Reading::as_said};
    if (system_may_convert(name))
        if (std::optional<std::string> text = convert_by_system(raw, name))
            return {std::move(*text), Reading::as_said};
    return guessed_utf8(raw);
}

}  // namespace mail::mime
