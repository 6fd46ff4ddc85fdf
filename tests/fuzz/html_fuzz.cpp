// HTML of strangers: whatever comes, text comes out, valid, within its bound, and shows nothing
// that controls a screen.

#include <cstddef>
#include <cstdint>

#include "mail/base/utf8.h"
#include "mail/mime/html_text.h"
#include "tests/fuzz/require.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    // As whoever calls has it from to_utf8().
    const std::string html = mail::utf8::repaired({reinterpret_cast<const char*>(data), size});
    constexpr std::size_t room = 1000;
    for (const std::size_t most : {room, room * 1000}) {
        const auto text = mail::mime::html_to_text(html, most);
        fuzz::require(text.text.size() <= most, "no more than was asked for");
        fuzz::require(mail::utf8::valid(text.text), "valid UTF-8");
        for (std::size_t at = 0; at < text.text.size();) {
            const char32_t code_point = mail::utf8::next(text.text, at);
            fuzz::require(code_point == '\n' || !mail::utf8::is_control(code_point), "no controls");
            fuzz::require(!mail::utf8::is_invisible(code_point), "nothing unseen");
        }
    }
    return 0;
}
