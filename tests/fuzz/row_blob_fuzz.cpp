// A row of a list that somebody else wrote, or a bad disk: refused, or a row that can be gone
// through and is written again as one that reads the same.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "mail/base/utf8.h"
#include "mail/work/row_blob.h"
#include "tests/fuzz/require.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto row = mail::work::row_from_blob({reinterpret_cast<const char*>(data), size});
    if (!row)
        return 0;
    fuzz::require(row->uid != 0, "a message has a UID");
    fuzz::require(mail::utf8::valid(row->subject), "what is shown is UTF-8");
    std::size_t named = 0;
    row->parts.each_name([&](std::string_view name) {
        fuzz::require(mail::utf8::valid(name), "names are UTF-8");
        ++named;
    });
    const auto parts = row->parts.unpack();
    fuzz::require(parts.size() == named && parts.size() == row->parts.size(),
                  "all parts are there");
    for (std::size_t i = 0; i < parts.size(); ++i) {
        fuzz::require(parts[i].part.parent < static_cast<int>(i), "parents come before children");
        (void)mail::work::name_of(parts[i].reason);
        (void)mail::work::name_of(parts[i].verdict);
    }
    const std::string again = mail::work::to_blob(*row);
    const auto same = mail::work::row_from_blob(again);
    fuzz::require(same && mail::work::to_blob(*same) == again, "what is written reads the same");
    return 0;
}
