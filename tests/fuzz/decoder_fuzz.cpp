// Transfer encodings: how the input was split must not show in the output, and nothing makes a
// decoder fail.

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "mail/mime/decoder.h"
#include "tests/fuzz/require.h"

namespace {

std::string decoded(std::string_view encoding, std::string_view raw, std::size_t step) {
    const auto decoder = mail::mime::make_decoder(encoding);
    std::string out;
    const mail::mime::Sink sink = [&](std::string_view piece) -> mail::Result<void> {
        out += piece;
        return {};
    };
    for (std::size_t at = 0; at < raw.size(); at += step)
        fuzz::require(decoder->feed(raw.substr(at, step), sink).has_value(), "nothing fails");
    fuzz::require(decoder->finish(sink).has_value(), "the end does not fail");
    return out;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static constexpr std::array<std::string_view, 4> encodings{"base64", "quoted-printable",
                                                               "x-uuencode", "8bit"};
    if (size < 2)
        return 0;
    const auto encoding = encodings[data[0] % encodings.size()];
    const std::size_t step = 1 + data[1] % 7U;
    const std::string raw(data + 2, data + size);
    fuzz::require(decoded(encoding, raw, raw.size() + 1) == decoded(encoding, raw, step),
                  "any split gives the same");
    return 0;
}
