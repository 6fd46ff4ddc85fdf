#include "gui/font_file.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <random>

#include <gtest/gtest.h>

#include "gui/font_search.h"

namespace mailpoint_embedded {
extern const unsigned char inter_regular[], material_icons[];
extern const std::size_t inter_regular_size, material_icons_size;
}  // namespace mailpoint_embedded

namespace gui {
namespace {

std::string inter() {
    return {reinterpret_cast<const char*>(mailpoint_embedded::inter_regular),
            mailpoint_embedded::inter_regular_size};
}

std::string icons() {
    return {reinterpret_cast<const char*>(mailpoint_embedded::material_icons),
            mailpoint_embedded::material_icons_size};
}

std::string with(std::string octets, std::size_t at, std::string_view changed) {
    return octets.replace(at, changed.size(), changed);
}

/// The two fonts in one file, as OpenType 1.9 has it: their tables' places count from its start.
std::string collection_of(const std::string& one) {
    const std::string head("ttcf\0\1\0\0\0\0\0\2\0\0\0\x14\0\0\0\x14", 20);
    std::string moved = one;
    const auto byte = [&](std::size_t at) {
        return static_cast<unsigned>(static_cast<unsigned char>(moved[at]));
    };
    const std::size_t tables = byte(4) << 8U | byte(5);
    for (std::size_t at = 12 + 8; at < 12 + tables * 16; at += 16) {
        unsigned place = byte(at) << 24U | byte(at + 1) << 16U | byte(at + 2) << 8U | byte(at + 3);
        place += 20;
        for (std::size_t i = 0; i < 4; ++i)
            moved[at + i] = static_cast<char>(place >> (24 - 8 * i) & 0xFFU);
    }
    return head + moved;
}

TEST(FontFile, tells_which_characters_a_font_has) {
    const std::string font = inter();
    EXPECT_EQ(faces_in(font), 1U);
    for (const char32_t c : U"aZ9ąĆŁżΩЖ€…")
        EXPECT_TRUE(c == 0 || has_character(font, 0, c)) << static_cast<unsigned>(c);
    for (const char32_t c : U"発한العש漢😀")
        EXPECT_TRUE(c == 0 || !has_character(font, 0, c)) << static_cast<unsigned>(c);
    EXPECT_TRUE(has_character(icons(), 0, 0xE000));
    EXPECT_FALSE(has_character(icons(), 0, U'ą'));
}

TEST(FontFile, measures_the_em) {
    EXPECT_NEAR(em_share(inter(), 0).value_or(0.F), 0.826F, 0.001F);
}

TEST(FontFile, reads_several_fonts_in_one_file) {
    const std::string both = collection_of(inter());
    EXPECT_EQ(faces_in(both), 2U);
    EXPECT_TRUE(has_character(both, 1, U'ą'));
    EXPECT_TRUE(em_share(both, 1));
    EXPECT_FALSE(em_share(both, 2));
    EXPECT_FALSE(has_character(both, 2, U'a'));
    EXPECT_FALSE(em_share(inter(), 1));
}

TEST(FontFile, what_is_no_font_is_none) {
    for (const std::string& octets : {std::string(), std::string("ttcf"), std::string("OTTO"),
                                      std::string("<html>"), std::string(64, '\0')}) {
        EXPECT_FALSE(em_share(octets, 0));
        EXPECT_FALSE(has_character(octets, 0, U'a'));
    }
    EXPECT_FALSE(em_share(with(icons(), 4, std::string_view("\0\0", 2)), 0));
}

TEST(FontFile, pictures_for_glyphs_are_refused) {
    std::string font = icons();
    for (const char* outlines : {"glyf", "CFF "})
        if (const std::size_t at = font.find(outlines); at < 400)
            font.replace(at, 4, "CBDT");
    EXPECT_FALSE(em_share(font, 0));
    EXPECT_TRUE(em_share(icons(), 0));
}

TEST(FontFile, damage_anywhere_is_read_without_harm) {
    std::mt19937 random(20261129);
    const std::string whole = icons();
    for (int i = 0; i < 3000; ++i) {
        std::string font = whole.substr(0, i % 3 == 0 ? random() % whole.size() : whole.size());
        for (int k = 0; k < 4 && !font.empty(); ++k)
            font[random() % std::min<std::size_t>(font.size(), 2000)] = static_cast<char>(random());
        static_cast<void>(em_share(font, 0));
        static_cast<void>(has_character(font, static_cast<unsigned>(random() % 3),
                                        static_cast<char32_t>(random() % 0x20000)));
        static_cast<void>(faces_in(font));
    }
}

TEST(FontSearch, files_that_are_not_there_or_lack_all_are_passed_over) {
    const std::string folder = ::testing::TempDir();
    const auto write = [&folder](const std::string& name, const std::string& octets) {
        std::ofstream file(folder + name, std::ios::binary);
        file.write(octets.data(), static_cast<std::streamsize>(octets.size()));
        return folder + name;
    };
    const std::vector<std::string> paths{folder + "missing.ttf", write("damaged.ttf", "OTTO"),
                                         write("icons.ttf", icons()), write("inter.otf", inter()),
                                         write("again.otf", inter())};
    const std::vector<FontFile> found = fonts_among(paths, U"ąЖ漢");
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].octets, inter());
    EXPECT_TRUE(fonts_among(paths, U"漢").empty());
    EXPECT_EQ(fonts_among(paths, std::u32string{U'ą', 0xE000}).size(), 2U);
}

}  // namespace
}  // namespace gui
