// A file of secrets that somebody else wrote: refused, or read and written again as the same; and
// what is in it, should it open.

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "mail/secrets/sealed_file.h"
#include "tests/fuzz/require.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view raw(reinterpret_cast<const char*>(data), size);
    if (const auto file = mail::parse_sealed_file(raw))
        fuzz::require(file->text() == raw, "what was read is written as the same");
    if (const auto secrets = mail::unpack(mail::Secret(raw))) {
        const auto again = mail::unpack(mail::pack(*secrets));
        fuzz::require(again && again->size() == secrets->size(), "all of it comes back");
    }
    return 0;
}
