#include "mail/preview/picture.h"

#include <array>
#include <filesystem>
#include <fstream>
#include <string>

#include <gtest/gtest.h>

#include "mail/mime/sniff.h"

namespace mail::preview {

namespace {

std::string seed(const std::string& name) {
    std::ifstream in(std::string(MAILPOINT_SOURCE_DIR) + "/tests/fuzz/seeds/picture/" + name,
                     std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

Decoded decode(const std::string& raw, Picture& picture, const PictureLimits& limits = {}) {
    return decode_picture(mime::sniff(raw), raw, limits, {}, picture);
}

/// The colours of its quarters as they are seen: "rgbw" is red, green, blue and white.
std::string quarters(const Picture& picture) {
    std::string found;
    for (const auto& [x, y] : {std::pair(1, 1), {3, 1}, {1, 3}, {3, 3}}) {
        const auto column = static_cast<std::size_t>(x) * picture.width / 4;
        const auto row = static_cast<std::size_t>(y) * picture.height / 4;
        const std::uint8_t* at = picture.rgba.data() + 4 * (row * picture.width + column);
        const bool red = at[0] > 128;
        const bool green = at[1] > 128;
        const bool blue = at[2] > 128;
        found += at[3] == 0             ? '-'
                 : red && green && blue ? 'w'
                 : red                  ? 'r'
                 : green                ? 'g'
                 : blue                 ? 'b'
                                        : 'k';
    }
    return found;
}

}  // namespace

TEST(Picture, every_kind_shows_the_same) {
    for (const std::string name :
         {"quarters.png", "palette.png", "interlaced.png", "half_transparent.png", "quarters.jpg",
          "progressive.jpg", "cmyk.jpg", "lossless.webp", "lossy.webp", "alpha.webp",
          "quarters.gif", "interlaced.gif", "two_frames.gif", "quarters.bmp", "palette.bmp",
          "alpha.bmp"}) {
        Picture picture;
        EXPECT_EQ(decode(seed(name), picture), Decoded::whole) << name;
        EXPECT_EQ(picture.width, 32U) << name;
        EXPECT_EQ(picture.height, 16U) << name;
        EXPECT_EQ(picture.original_width, 32U) << name;
        EXPECT_EQ(quarters(picture), "rgbw") << name;
    }
}

TEST(Picture, grey_and_black_and_white_are_pictures_too) {
    for (const std::string name : {"grey.jpg", "one_bit.png", "one_bit.bmp"}) {
        Picture picture;
        EXPECT_EQ(decode(seed(name), picture), Decoded::whole) << name;
        EXPECT_EQ(quarters(picture).back(), 'w') << name;
    }
}

TEST(Picture, it_stands_upright_however_the_camera_was_held) {
    for (const std::string name : {"turned_2.jpg", "turned_3.jpg", "turned_4.jpg", "turned_5.png",
                                   "turned_6.jpg", "turned_7.webp", "turned_8.png"}) {
        Picture picture;
        EXPECT_EQ(decode(seed(name), picture), Decoded::whole) << name;
        EXPECT_EQ(picture.width, 32U) << name;
        EXPECT_EQ(picture.original_height, 16U) << name;
        EXPECT_EQ(quarters(picture), "rgbw") << name;
    }
}

TEST(Picture, what_is_transparent_stays_so) {
    Picture picture;
    ASSERT_EQ(decode(seed("half_transparent.png"), picture), Decoded::whole);
    EXPECT_EQ(picture.rgba[3], 128);
    ASSERT_EQ(decode(seed("transparent.gif"), picture), Decoded::whole);
    EXPECT_EQ(quarters(picture), "-gbw");
}

TEST(Picture, it_is_made_as_small_as_asked) {
    PictureLimits limits;
    limits.side = 8;
    for (const std::string name : {"quarters.png", "interlaced.png", "quarters.jpg", "lossy.webp",
                                   "quarters.gif", "quarters.bmp"}) {
        Picture picture;
        EXPECT_EQ(decode(seed(name), picture, limits), Decoded::whole) << name;
        EXPECT_EQ(picture.width, 8U) << name;
        EXPECT_EQ(picture.height, 4U) << name;
        EXPECT_EQ(picture.original_width, 32U) << name;
        EXPECT_EQ(picture.rgba.size(), 8U * 4U * 4U) << name;
        EXPECT_EQ(quarters(picture), "rgbw") << name;
    }
}

TEST(Picture, moving_webp_is_of_a_kind_that_is_not_decoded) {
    Picture picture;
    EXPECT_EQ(decode(seed("two_frames.webp"), picture), Decoded::unknown);
}

TEST(Picture, what_is_cut_shows_as_far_as_it_goes) {
    for (const std::string name : {"quarters.bmp", "quarters.jpg", "interlaced.gif"}) {
        std::string raw = seed(name);
        raw.resize(raw.size() - 10);
        Picture picture;
        EXPECT_EQ(decode(raw, picture), Decoded::damaged) << name;
        EXPECT_EQ(picture.width, 32U) << name;
    }
}

}  // namespace mail::preview
