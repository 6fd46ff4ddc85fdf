#include "gui/png.h"

#include <gtest/gtest.h>

namespace gui {
namespace {

std::uint32_t number_at(const std::string& octets, std::size_t at) {
    std::uint32_t n = 0;
    for (std::size_t i = 0; i < 4; ++i)
        n = n << 8U | static_cast<std::uint8_t>(octets[at + i]);
    return n;
}

TEST(Png, begins_and_ends_as_every_reader_expects) {
    const std::string octets = png_of({2, 1, {255, 0, 0, 0, 0, 255}});
    EXPECT_TRUE(octets.starts_with("\x89PNG\r\n\x1a\n"));
    EXPECT_EQ(octets.substr(12, 4), "IHDR");
    EXPECT_EQ(number_at(octets, 16), 2U);
    EXPECT_EQ(number_at(octets, 20), 1U);
    // The last chunk is the same in every PNG, its checksum too.
    EXPECT_TRUE(octets.ends_with("IEND\xae\x42\x60\x82"));
}

TEST(Png, a_row_longer_than_a_block_is_cut_into_blocks) {
    const std::uint32_t width = 30000;
    const std::string octets =
        png_of({width, 1, std::vector<std::uint8_t>(std::size_t{width} * 3, 7)});
    const std::size_t data = octets.find("IDAT") + 4;
    const std::size_t row = 1 + std::size_t{width} * 3;
    EXPECT_EQ(number_at(octets, data - 8), 2 + 5 * 2 + row + 4);
    EXPECT_EQ(octets[data + 2], 0);           // another block follows
    EXPECT_EQ(octets[data + 7 + 65535], 1);   // the last one
    EXPECT_EQ(octets[data + 7 + 1], '\x07');  // after the filter of the row
}

}  // namespace
}  // namespace gui
