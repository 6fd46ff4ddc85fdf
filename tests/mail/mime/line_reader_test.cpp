#include "mail/mime/line_reader.h"

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace mail::mime {
namespace {

struct Seen {
    std::string text;
    std::uint64_t begin, end, next;
    bool operator==(const Seen&) const = default;
};

std::vector<Seen> lines_of(std::string_view raw, Range range, std::size_t window) {
    const auto source = source_of(std::string(raw));
    LineReader reader(*source, range, window);
    std::vector<Seen> lines;
    for (auto line = reader.next(); line && *line; line = reader.next())
        lines.push_back({std::string((*line)->text), (*line)->begin, (*line)->end, (*line)->next});
    return lines;
}

TEST(LineReader, any_window_gives_the_same_lines) {
    const std::string_view raw = "a\r\nbb\n\n\r\nccc\r\r\nd\re\r\n\n last";
    const std::vector<Seen> expected = {
        {"a", 0, 1, 3},       {"bb", 3, 5, 6},      {"", 6, 6, 7},    {"", 7, 7, 9},
        {"ccc\r", 9, 13, 15}, {"d\re", 15, 18, 20}, {"", 20, 20, 21}, {" last", 21, 26, 26}};
    for (std::size_t window = 1; window < 40; ++window)
        EXPECT_EQ(lines_of(raw, {0, raw.size()}, window), expected) << window;
}

TEST(LineReader, stays_inside_its_range) {
    for (std::size_t window = 1; window < 12; ++window)
        EXPECT_EQ(lines_of("aaa\nbbb\nccc\n", {4, 9}, window),
                  (std::vector<Seen>{{"bbb", 4, 7, 8}, {"c", 8, 9, 9}}));
    EXPECT_TRUE(lines_of("abc", {3, 3}, 10).empty());
}

TEST(LineReader, an_endless_line_is_shown_in_its_beginning_only) {
    const std::string raw = std::string(300'000, 'x') + "\r\ny\n";
    for (const std::size_t window : {100U, 65'536U, 1'000'000U}) {
        const std::vector<Seen> lines = lines_of(raw, {0, raw.size()}, window);
        ASSERT_EQ(lines.size(), 2U);
        EXPECT_EQ(lines[0].text.size(), line_text_octets);
        EXPECT_EQ(lines[0].end, 300'000U);
        EXPECT_EQ(lines[1].text, "y");
    }
}

TEST(LineReader, goes_back_where_it_is_told) {
    const auto source = source_of("one\ntwo\nthree\n");
    LineReader reader(*source, {0, 14}, 5);
    static_cast<void>(reader.next());
    static_cast<void>(reader.next());
    reader.seek(4);
    EXPECT_EQ((*reader.next())->text, "two");
    EXPECT_EQ((*reader.next())->text, "three");
}

TEST(LineBreakOf, is_cr_only_where_there_is_no_lf) {
    const auto line_break = [](std::string_view raw) {
        const auto source = source_of(std::string(raw));
        return *line_break_of(*source, {0, raw.size()});
    };
    EXPECT_EQ(line_break("a\rb\r"), LineBreak::carriage_return);
    EXPECT_EQ(line_break("a\rb\n"), LineBreak::line_feed);
    EXPECT_EQ(line_break("a\r\n"), LineBreak::line_feed);
    EXPECT_EQ(line_break("abc"), LineBreak::line_feed);
    EXPECT_EQ(line_break("abc\r"), LineBreak::line_feed);
    EXPECT_EQ(line_break(""), LineBreak::line_feed);
}

TEST(OpenSource, reads_a_file_and_says_why_it_can_not) {
    const std::filesystem::path path = std::filesystem::temp_directory_path() /
                                       ("mailpoint-source-" + std::to_string(std::rand()) + ".eml");
    std::ofstream(path, std::ios::binary) << "0123456789";
    {
        const auto source = open_source(path.string());
        ASSERT_TRUE(source);
        EXPECT_EQ((*source)->size(), 10U);
        char to[8] = {};
        EXPECT_EQ((*source)->read_at(3, to, 4), 4U);
        EXPECT_EQ(std::string(to, 4), "3456");
        EXPECT_EQ((*source)->read_at(8, to, 8), 2U);
        EXPECT_EQ((*source)->read_at(10, to, 8), 0U);
    }
    std::filesystem::remove(path);
    const auto missing = open_source(path.string());
    ASSERT_FALSE(missing);
    EXPECT_EQ(missing.error().cause, Cause::file_not_found);
    const auto folder = open_source(std::filesystem::temp_directory_path().string());
    ASSERT_FALSE(folder);
    EXPECT_NE(folder.error().cause, Cause::disk_error);
}

}  // namespace
}  // namespace mail::mime
