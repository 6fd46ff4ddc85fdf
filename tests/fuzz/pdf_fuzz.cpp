// A PDF that somebody else made: its pages are counted, or not known, in bounded time.

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "mail/ocr/pdf.h"
#include "tests/fuzz/require.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view raw(reinterpret_cast<const char*>(data), size);
    const auto facts = mail::ocr::pdf_facts(raw);
    fuzz::require(facts == mail::ocr::pdf_facts(raw), "the same octets are the same PDF");
    return 0;
}
