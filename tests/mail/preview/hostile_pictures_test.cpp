// Pictures that are made to hurt whoever decodes them.

#include <gtest/gtest.h>

#include "mail/mime/sniff.h"
#include "mail/preview/picture.h"

namespace mail::preview {

namespace {

using std::string_literals::operator""s;

std::string big(std::uint32_t value, int octets) {
    std::string text;
    for (int i = octets; i > 0; --i)
        text += static_cast<char>(value >> 8 * (i - 1));
    return text;
}

std::string little(std::uint32_t value, int octets) {
    const std::string text = big(value, octets);
    return {text.rbegin(), text.rend()};
}

/// Of so many pixels, and nothing behind its header.
std::string png(std::uint32_t width, std::uint32_t height) {
    return "\x89PNG\r\n\x1A\n\0\0\0\rIHDR"s + big(width, 4) + big(height, 4) +
           "\x08\x06\0\0\0\0\0\0\0"s;
}

std::string jpeg(std::uint32_t width, std::uint32_t height) {
    return "\xFF\xD8\xFF\xC0\0\x0B\x08"s + big(height, 2) + big(width, 2) + "\x01\x01\x11\0"s +
           "\xFF\xDA\0\x08\x01\x01\0\0\x3F\0\0\0\0\0"s;
}

/// Progressive: each scan goes over all of it again, with nothing to say.
std::string jpeg_of_scans(int count) {
    std::string raw = "\xFF\xD8\xFF\xDB\0\x43\0"s + std::string(64, '\x01') +
                      "\xFF\xC2\0\x0B\x08"s + big(800, 2) + big(800, 2) + "\x01\x01\x11\0"s +
                      "\xFF\xC4\0\x14\0\x01"s + std::string(16, '\0');
    for (int i = 0; i < count; ++i)
        raw += "\xFF\xDA\0\x08\x01\x01\0\0\0\x01\0"s;
    return raw + "\xFF\xD9";
}

std::string gif(std::uint32_t width, std::uint32_t height) {
    return "GIF89a"s + little(width, 2) + little(height, 2) + "\0\0\0,\0\0\0\0"s +
           little(width, 2) + little(height, 2) + "\0\x08\x01\0\0"s;
}

std::string bmp(std::uint32_t width, std::uint32_t height) {
    return "BM\0\0\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0"s + little(width, 4) + little(height, 4) +
           "\x01\0\x18\0"s + std::string(24, '\0') + "octets of no row";
}

std::string webp(std::uint32_t width, std::uint32_t height) {
    const std::uint32_t sizes = (width - 1) | (height - 1) << 14;
    return "RIFF\x16\0\0\0WEBPVP8L\x0A\0\0\0\x2F"s + little(sizes, 4) + "\0\0\0\0\0"s;
}

Decoded decode(const std::string& raw, const PictureLimits& limits = {}, const Wait& wait = {}) {
    Picture picture;
    return decode_picture(mime::sniff(raw), raw, limits, wait, picture);
}

}  // namespace

TEST(HostilePicture, a_header_that_asks_for_too_much_is_refused_before_memory_is_taken) {
    EXPECT_EQ(decode(png(60'000, 60'000)), Decoded::too_large);
    EXPECT_EQ(decode(png(0x7FFFFFFF, 1)), Decoded::too_large);
    EXPECT_EQ(decode(jpeg(60'000, 60'000)), Decoded::too_large);
    EXPECT_EQ(decode(gif(60'000, 60'000)), Decoded::too_large);
    EXPECT_EQ(decode(bmp(60'000, 60'000)), Decoded::too_large);
    EXPECT_EQ(decode(bmp(0x7FFFFFFF, 0x80000001)), Decoded::too_large);
    EXPECT_EQ(decode(webp(16'384, 16'384)), Decoded::too_large);
}

TEST(HostilePicture, what_must_be_kept_whole_while_it_is_decoded_is_held_to_its_memory) {
    PictureLimits limits;
    limits.memory_octets = 1 << 20;
    EXPECT_EQ(decode(gif(2000, 2000), limits), Decoded::too_large);
    EXPECT_EQ(decode(webp(2000, 2000), limits), Decoded::too_large);
}

TEST(HostilePicture, nothing_and_less_is_broken) {
    EXPECT_EQ(decode(png(0, 7)), Decoded::broken);
    EXPECT_EQ(decode(gif(10, 0)), Decoded::broken);
    EXPECT_EQ(decode(bmp(0, 10)), Decoded::broken);
    for (const std::string& whole : {png(8, 8), jpeg(8, 8), gif(8, 8), bmp(8, 8), webp(8, 8)})
        for (std::size_t octets = 0; octets + 20 < whole.size(); ++octets) {
            const Decoded outcome = decode(whole.substr(0, octets));
            EXPECT_TRUE(outcome == Decoded::broken || outcome == Decoded::unknown) << octets;
        }
}

TEST(HostilePicture, a_stop_ends_it) {
    StopSource stop;
    stop.request_stop();
    Wait wait;
    wait.stop = stop.get_token();
    EXPECT_EQ(decode(bmp(1000, 1), {}, wait), Decoded::broken) << "there is no row to stop at";
    EXPECT_EQ(decode(jpeg_of_scans(1), {}, wait), Decoded::stopped);
}

TEST(HostilePicture, a_jpeg_that_is_refined_without_end_is_given_up) {
    EXPECT_EQ(decode(jpeg_of_scans(1)), Decoded::damaged) << "there is little in it";
    EXPECT_EQ(decode(jpeg_of_scans(1000)), Decoded::too_large);
}

}  // namespace mail::preview
