// A definition that somebody else wrote: refused with a reason, or read; and what was read is
// written and read again as the same.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "mail/point/point_file.h"
#include "mail/point/validate.h"
#include "tests/fuzz/require.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string json(data, data + size);
    const auto point = mail::point::parse_point(json);
    if (!point)
        return 0;
    static_cast<void>(mail::point::validate(*point, {"another"}));
    const auto again = mail::point::parse_point(mail::point::format_point(*point));
    fuzz::require(again.has_value() && *again == *point, "what was read comes back the same");
    return 0;
}
