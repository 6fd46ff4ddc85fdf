#include "mail/preview/shrinker.h"

#include <gtest/gtest.h>

namespace mail::preview {

namespace {

using Pixel = std::array<std::uint8_t, 4>;

Picture shrunk(Size size, std::uint32_t side, const std::vector<Pixel>& pixels) {
    PictureLimits limits;
    limits.side = side;
    const Wait wait;
    Shrinker shrinker(limits, wait);
    shrinker.begin(size, size);
    for (std::size_t at = 0; at < pixels.size(); at += size.width)
        shrinker.add_row(pixels[at].data());
    return shrinker.take();
}

Pixel pixel(const Picture& picture, std::size_t x, std::size_t y) {
    const std::uint8_t* at = picture.rgba.data() + 4 * (y * picture.width + x);
    return {at[0], at[1], at[2], at[3]};
}

constexpr Pixel red{255, 0, 0, 255};
constexpr Pixel blue{0, 0, 255, 255};
constexpr Pixel nothing{0, 0, 0, 0};

}  // namespace

TEST(Shrinker, a_small_picture_stays_as_it_is) {
    const Picture picture = shrunk({2, 1}, 2, {red, blue});
    EXPECT_EQ(picture.width, 2U);
    EXPECT_EQ(pixel(picture, 0, 0), red);
    EXPECT_EQ(pixel(picture, 1, 0), blue);
}

TEST(Shrinker, each_pixel_is_the_mean_of_those_it_stands_for) {
    const Picture picture = shrunk({4, 2}, 2, {red, blue, red, red, red, blue, red, red});
    EXPECT_EQ(picture.width, 2U);
    EXPECT_EQ(picture.height, 1U);
    EXPECT_EQ(picture.original_width, 4U);
    EXPECT_EQ(pixel(picture, 0, 0), (Pixel{128, 0, 128, 255}));
    EXPECT_EQ(pixel(picture, 1, 0), red);
}

TEST(Shrinker, what_is_transparent_lends_no_colour) {
    EXPECT_EQ(pixel(shrunk({2, 1}, 1, {red, nothing}), 0, 0), (Pixel{255, 0, 0, 128}));
}

TEST(Shrinker, rows_that_do_not_come_are_transparent) {
    const Picture picture = shrunk({1, 3}, 3, {red});
    EXPECT_EQ(pixel(picture, 0, 0), red);
    EXPECT_EQ(pixel(picture, 0, 2), nothing);
}

TEST(Fitted, proportions_stay_and_no_side_is_lost) {
    const auto fit = [](Size size) {
        const Size small = fitted(size, 100);
        return std::pair(small.width, small.height);
    };
    EXPECT_EQ(fit({200, 100}), std::pair(100U, 50U));
    EXPECT_EQ(fit({50'000, 1}), std::pair(100U, 1U));
    EXPECT_EQ(fit({7, 9}), std::pair(7U, 9U));
}

}  // namespace mail::preview
