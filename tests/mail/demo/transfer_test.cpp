#include "mail/demo/transfer.h"

#include <gtest/gtest.h>

#include "mail/demo/checksums.h"

namespace mail::demo {
namespace {

std::string decoded(std::string_view body, TransferEncoding encoding) {
    std::string raw;
    decode(body, encoding, [&raw](std::string_view piece) {
        raw += piece;
        return true;
    });
    return raw;
}

TEST(Transfer, base64_of_the_rfc) {
    // RFC 4648, 10.
    const std::pair<const char*, const char*> table[] = {
        {"", ""}, {"f", "Zg=="}, {"fo", "Zm8="}, {"foo", "Zm9v"}, {"foobar", "Zm9vYmFy"}};
    for (const auto& [raw, text] : table) {
        EXPECT_EQ(base64(raw), text);
        EXPECT_EQ(from_base64(text), raw);
    }
    for (const char* text : {"Zg=", "Zg", "Z===", "Zm9v\r\n", "Zg==Zg==", "Zm 9"})
        EXPECT_EQ(from_base64(text), std::nullopt) << text;
}

TEST(Transfer, what_is_encoded_comes_out_again) {
    std::string raw;
    for (unsigned i = 0; i < 200'000; ++i)
        raw += static_cast<char>(i * i % 253);
    EXPECT_EQ(decoded(base64_lines(raw), TransferEncoding::base64), raw);
    const std::string text = "Zażółć = gęślą jaźń; koniec wiersza ze spacją \r\n" +
                             std::string(300, 'x') + "\r\n\r\nkoniec";
    const std::string quoted = quoted_printable(text);
    EXPECT_EQ(decoded(quoted, TransferEncoding::quoted_printable), text);
    for (std::size_t at = 0; at < quoted.size();) {
        const std::size_t end = std::min(quoted.find("\r\n", at), quoted.size());
        EXPECT_LE(end - at, 76U);
        at = end + 2;
    }
}

TEST(Transfer, encodings_are_known_in_any_case) {
    EXPECT_EQ(transfer_encoding("BASE64"), TransferEncoding::base64);
    EXPECT_EQ(transfer_encoding("Quoted-Printable"), TransferEncoding::quoted_printable);
    EXPECT_EQ(transfer_encoding("8BIT"), TransferEncoding::identity);
    EXPECT_EQ(transfer_encoding("x-obce"), TransferEncoding::unknown);
}

TEST(Transfer, decoding_stops_when_told) {
    int pieces = 0;
    decode(base64_lines(std::string(1'000'000, 'x')), TransferEncoding::base64,
           [&pieces](std::string_view) { return ++pieces < 3; });
    EXPECT_EQ(pieces, 3);
}

TEST(Checksums, of_the_usual_example) {
    EXPECT_EQ(crc32("123456789"), 0xCBF43926U);
    EXPECT_EQ(adler32("Wikipedia"), 0x11E60398U);
    EXPECT_EQ(little_endian(0x01020304, 3), "\x04\x03\x02");
    EXPECT_EQ(big_endian(0x01020304, 3), "\x02\x03\x04");
}

}  // namespace
}  // namespace mail::demo
