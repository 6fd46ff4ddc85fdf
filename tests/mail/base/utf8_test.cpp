#include "mail/base/utf8.h"

#include <algorithm>
#include <vector>

#include <gtest/gtest.h>

namespace mail::utf8 {
namespace {

std::vector<char32_t> all_of(std::string_view text) {
    std::vector<char32_t> points;
    for (std::size_t at = 0; at < text.size();)
        points.push_back(next(text, at));
    return points;
}

TEST(Utf8, well_formed_text_is_valid) {
    EXPECT_TRUE(valid(""));
    EXPECT_TRUE(valid("Zażółć gęślą jaźń"));
    EXPECT_TRUE(valid("\xF0\x9F\x98\x80\xF4\x8F\xBF\xBF"));
}

TEST(Utf8, overlong_forms_surrogates_and_cut_ends_are_not) {
    for (const std::string_view raw :
         {"\xC0\xAF", "\xE0\x80\xAF", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\x80", "\xC5",
          "a\xE2\x82", "\xF5\x80\x80\x80", "\xFF"})
        EXPECT_FALSE(valid(raw)) << repaired(raw);
}

TEST(Utf8, malformed_octets_become_one_mark_for_each_maximal_piece) {
    EXPECT_EQ(all_of("\xE2\x82"
                     "a"),
              (std::vector<char32_t>{0xFFFD, 'a'}));
    EXPECT_EQ(all_of("\xED\xA0\x80"), (std::vector<char32_t>{0xFFFD, 0xFFFD, 0xFFFD}));
    EXPECT_EQ(all_of("\xF0\x9F\x98"), (std::vector<char32_t>{0xFFFD}));
    EXPECT_EQ(repaired("z\xB3oty"), "z\uFFFDoty");
    EXPECT_TRUE(valid(repaired("\xFF\xFE\xC5\xC5\x82")));
}

TEST(Utf8, append_is_the_other_way_of_next) {
    for (const char32_t code_point :
         {U'\0', U'a', U'\x7F', U'\x80', U'\x7FF', U'\x800', U'\xFFFF', U'\x10000', U'\x10FFFF'}) {
        std::string text;
        append(text, code_point);
        EXPECT_EQ(all_of(text), std::vector<char32_t>{code_point});
    }
    std::string text;
    append(text, 0xD800);
    append(text, 0x110000);
    EXPECT_EQ(text, "\uFFFD\uFFFD");
}

TEST(Utf8, plain_octets_end_at_the_first_that_is_not) {
    const std::string plain(100, 'a');
    for (const char odd : {'\0', '\x1F', '\x7F', '\x80', '\xFF', '\n'})
        for (std::size_t at = 0; at < 40; ++at) {
            std::string text = plain;
            text[at] = odd;
            EXPECT_EQ(plain_octets(text), at);
        }
    for (std::size_t octets = 0; octets < 40; ++octets)
        EXPECT_EQ(plain_octets(plain.substr(0, octets)), octets);
    std::string all;
    for (char c = ' '; c <= '~'; ++c)
        all += c;
    EXPECT_EQ(plain_octets(all), all.size());
}

TEST(OneLine, line_breaks_and_controls_become_blanks) {
    EXPECT_EQ(one_line("x\r\n2026 ERROR login ok\x1B[31m"), "x  2026 ERROR login ok [31m");
    EXPECT_EQ(one_line("a\u2028b\u0085"
                       "c\x7F"),
              "a b c ");
    EXPECT_EQ(one_line(std::string_view("a\0b", 3)), "a b");
}

TEST(OneLine, invisible_characters_that_reorder_text_are_taken_out) {
    EXPECT_EQ(one_line("faktura\u202Efdp.exe"), "fakturafdp.exe");
    EXPECT_EQ(one_line("\uFEFFa\u200Bb\u2066c\u2069\u00ADd"), "abcd");
    EXPECT_EQ(one_line("za\u0142\u00ADa\u0301\xC5 \xC5"), "za\u0142a\u0301\uFFFD \uFFFD");
}

TEST(OneLine, a_long_text_is_cut_at_a_letter_and_says_so) {
    EXPECT_EQ(one_line("abcdef", 6), "abcdef");
    EXPECT_EQ(one_line("abcdefg", 6), "abc…");
    EXPECT_EQ(one_line("żżżżż", 9), "żżż…");
    EXPECT_EQ(one_line("żż", 2), "");
    EXPECT_EQ(one_line("abcdefżż", 10), "abcdefżż");
    EXPECT_EQ(one_line("abcdefżżx", 10), "abcdef…");
    const std::string huge(1 << 20, 'x');
    EXPECT_EQ(one_line(huge).size(), 500U);
}

TEST(Folded, letters_of_four_alphabets_lose_their_case) {
    EXPECT_EQ(folded("ZAŻÓŁĆ GĘŚLĄ JAŹŃ"), "zażółć gęślą jaźń");
    EXPECT_EQ(folded("ÄÖÜ ÇÑ ŐŰ ȘȚ"), "äöü çñ őű șț");
    EXPECT_EQ(folded("ΑΒΓ ΆΈ СЧЁТ ЇЄ"), "αβγ άέ счёт їє");
    EXPECT_EQ(folded("日本 42"), "日本 42");
}

TEST(Unaccented, letters_lose_their_diacritics_however_they_are_written) {
    EXPECT_EQ(unaccented("Zażółć gęślą jaźń"), "zazolc gesla jazn");
    EXPECT_EQ(unaccented("o\u0301 z\u0307 l\u0142"), "o z ll");
    EXPECT_EQ(unaccented("Straße Ærø Łódź"), "strasse aero lodz");
    EXPECT_EQ(unaccented("ế"), "e");
    EXPECT_EQ(unaccented("й"), "й");
}

TEST(Composed, a_letter_and_its_mark_become_one_letter) {
    EXPECT_EQ(composed("fakto\u0301ra z\u0307o\u0301\u0142ta"), "faktóra żółta");
    EXPECT_EQ(composed("e\u0302\u0301"), "ế");
    EXPECT_EQ(composed("x\u0301"), "x\u0301");
    EXPECT_EQ(composed("\u0301"), "\u0301");
}

TEST(SortKey, is_the_order_of_a_polish_dictionary) {
    const std::vector<std::string> expected = {
        "",   " a", "(a)", "9",   "10",  "A",   "a",  "a 2",   "a 10", "Azja", "ącki",
        "Ąż", "bc", "cc",  "ćma", "ela", "ęsi", "lz", "Łąka",  "ma",   "nz",   "ńa",
        "oz", "óa", "sz",  "śa",  "zz",  "źa",  "ża", "Żuraw", "абв",  "日本"};
    std::vector<std::string> sorted = expected;
    std::reverse(sorted.begin(), sorted.end());
    std::sort(sorted.begin(), sorted.end(),
              [](const auto& a, const auto& b) { return sort_key(a) < sort_key(b); });
    EXPECT_EQ(sorted, expected);
}

TEST(SortKey, digits_count_by_their_value) {
    EXPECT_LT(sort_key("faktura 2.pdf"), sort_key("faktura 10.pdf"));
    EXPECT_LT(sort_key("f7"), sort_key("f007x"));
    EXPECT_LT(sort_key("FV/9/2026"), sort_key("FV/10/2025"));
    EXPECT_LT(sort_key(std::string(300, '9')), sort_key("1" + std::string(300, '0')));
    EXPECT_NE(sort_key("f07"), sort_key("f7"));
}

TEST(Utf16, goes_there_and_back) {
    const std::string text = "Zażółć 日本 \U0001F600";
    EXPECT_EQ(from_utf16(to_utf16(text)), text);
    EXPECT_EQ(to_utf16("\U0001F600"), u"\xD83D\xDE00");
    EXPECT_EQ(from_utf16(std::u16string{0xD83D, u'x', 0xDE00}), "\uFFFDx\uFFFD");
}

}  // namespace
}  // namespace mail::utf8
