// Pictures and texts of strangers, looked at: within the limits, and as large as it says.

#include <array>
#include <cstddef>
#include <cstdint>

#include "mail/base/utf8.h"
#include "mail/preview/preview.h"
#include "tests/fuzz/require.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace mail;
    preview::Limits limits;
    limits.picture.pixels = 1 << 20;
    limits.picture.memory_octets = 4 << 20;
    limits.picture.side = 24;
    limits.text_octets = 1000;
    static constexpr std::array<const char*, 3> types{"image/png", "text/plain", "text/html"};
    const std::string_view raw{reinterpret_cast<const char*>(data), size};
    const char* type = types.at(size % types.size());
    const preview::Content content{raw, type, size % 2 == 0 ? "utf-8" : "", mime::Flow::flowed,
                                   false};
    const auto made = preview::make(content, limits, {});
    fuzz::require(made.has_value(), "what is wrong with it is no error");
    if (const auto* text = std::get_if<preview::Text>(&*made)) {
        fuzz::require(text->text.size() <= limits.text_octets, "no more than was asked for");
        fuzz::require(utf8::valid(text->text), "valid UTF-8");
    }
    if (const auto* picture = std::get_if<preview::Picture>(&*made)) {
        fuzz::require(picture->width > 0 && picture->width <= limits.picture.side, "its width");
        fuzz::require(picture->height > 0 && picture->height <= limits.picture.side, "its height");
        fuzz::require(picture->rgba.size() == std::size_t{4} * picture->width * picture->height,
                      "its pixels");
    }
    return 0;
}
