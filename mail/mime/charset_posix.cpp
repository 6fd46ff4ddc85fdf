#include "mail/mime/charset.h"

#include <iconv.h>

#include <array>
#include <cerrno>

namespace mail::mime {

std::optional<std::string> convert_by_system(std::string_view raw, const std::string& charset) {
    const iconv_t converter = ::iconv_open("UTF-8", charset.c_str());
    // iconv_open answers with this integer in a pointer's clothes.
    if (converter == reinterpret_cast<iconv_t>(-1))  // NOLINT(performance-no-int-to-ptr)
        return std::nullopt;
    std::string input(raw), text;
    char* from = input.data();
    std::size_t left = input.size();
    std::array<char, 4096> buffer;
    while (true) {
        char* to = buffer.data();
        std::size_t room = buffer.size();
        const bool flush = left == 0;
        const std::size_t done =
            ::iconv(converter, flush ? nullptr : &from, flush ? nullptr : &left, &to, &room);
        const int problem = done == static_cast<std::size_t>(-1) ? errno : 0;
        text.append(buffer.data(), static_cast<std::size_t>(to - buffer.data()));
        if (flush && problem == 0)
            break;
        if (problem == EILSEQ || problem == EINVAL) {
            text += "\xEF\xBF\xBD";
            if (left > 0) {
                ++from;
                --left;
            }
        }
    }
    ::iconv_close(converter);
    return text;
}

}  // namespace mail::mime
