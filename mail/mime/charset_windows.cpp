#include "mail/mime/charset.h"

#include <windows.h>

#include <algorithm>
#include <iterator>
#include <limits>
#include <string>

#include "mail/base/utf8.h"

namespace mail::mime {
namespace {

struct CodePage {
    std::string_view charset;
    UINT number;
};

constexpr CodePage code_pages[] = {
    {"windows-1255", 1255}, {"windows-1256", 1256}, {"windows-1258", 1258}, {"koi8-u", 21866},
    {"iso-8859-6", 28596},  {"iso-8859-8", 28598},  {"iso-8859-11", 874},   {"tis-620", 874},
    {"gb18030", 54936},     {"big5-hkscs", 950},    {"cp932", 932},         {"cp949", 949},
    {"euc-jp", 20932},      {"iso-2022-jp", 50220}, {"iso-2022-kr", 50225}, {"hz-gb-2312", 52936},
    {"utf-7", 65000},       {"cp850", 850},         {"ibm850", 850},        {"cp866", 866}};

enum class ByteOrder { little, big };

std::string from_utf16_octets(std::string_view raw, ByteOrder order) {
    std::u16string wide;
    for (std::size_t at = 0; at + 1 < raw.size(); at += 2) {
        const auto first = static_cast<unsigned char>(raw[at]);
        const auto second = static_cast<unsigned char>(raw[at + 1]);
        wide += static_cast<char16_t>(order == ByteOrder::little ? first | (second << 8)
                                                                 : second | (first << 8));
    }
    return utf8::from_utf16(wide);
}

}  // namespace

std::optional<std::string> convert_by_system(std::string_view raw, const std::string& charset) {
    if (charset.starts_with("utf-16"))
        return from_utf16_octets(raw, charset == "utf-16le" || raw.starts_with("\xFF\xFE")
                                          ? ByteOrder::little
                                          : ByteOrder::big);
    const auto* const page =
        std::find_if(std::begin(code_pages), std::end(code_pages),
                     [&charset](const CodePage& row) { return row.charset == charset; });
    if (page == std::end(code_pages) ||
        raw.size() > static_cast<std::size_t>(std::numeric_limits<int>::max()))
        return std::nullopt;
    const int octets = static_cast<int>(raw.size());
    const int units = ::MultiByteToWideChar(page->number, 0, raw.data(), octets, nullptr, 0);
    if (units <= 0)
        return std::nullopt;
    std::wstring wide(static_cast<std::size_t>(units), L'\0');
    ::MultiByteToWideChar(page->number, 0, raw.data(), octets, wide.data(), units);
    return utf8::from_utf16(std::u16string(wide.begin(), wide.end()));
}

}  // namespace mail::mime
