#include "gui/visual_order.h"

#include <string>

#include <gtest/gtest.h>

#include "mail/base/utf8.h"

namespace gui {
namespace {

std::string shown(std::string_view text) {
    std::string all;
    for (const VisualLetter& letter : in_visual_order(text))
        if (letter.shown != 0)
            mail::utf8::append(all, letter.shown);
    return all;
}

TEST(VisualOrder, what_runs_from_left_to_right_is_left_alone) {
    for (const char* text : {"", "Faktura 12/2026", "Żółć – „ĄĆ”", "Счёт № 7", "請求書",
                             "\U0001F600", "Հայ", "\xff\xd6"}) {
        EXPECT_FALSE(runs_right_to_left(text)) << text;
    }
    EXPECT_EQ(shown("Żółć (12)"), "Żółć (12)");
}

TEST(VisualOrder, hebrew_runs_from_right_to_left_and_its_numbers_do_not) {
    EXPECT_TRUE(runs_right_to_left("חשבונית מס 5521"));
    EXPECT_EQ(shown("חשבונית מס 5521"), "5521 סמ תינובשח");
    EXPECT_EQ(shown("אב (גד)"), "(דג) בא") << "brackets are turned";
}

TEST(VisualOrder, a_line_that_begins_in_latin_stays_one) {
    EXPECT_EQ(shown("FV 12 אבג.pdf"), "FV 12 גבא.pdf");
    EXPECT_EQ(shown("אבג.pdf"), "pdf.גבא");
}

TEST(VisualOrder, arabic_letters_are_joined) {
    EXPECT_TRUE(runs_right_to_left("فاتورة"));
    // feh-alef, teh-waw, reh, teh marbuta: from the left.
    EXPECT_EQ(shown("فاتورة"), "\uFE93\uFEAD\uFEEE\uFE97\uFE8E\uFED3");
    EXPECT_EQ(shown("لا"), "\uFEFB") << "a ligature for both";
    EXPECT_EQ(shown("لَا"), "\u064E\uFEFB") << "also with a mark between them";
}

TEST(VisualOrder, a_vowel_mark_does_not_part_two_letters) {
    const std::string plain = shown("بب"), marked = shown("بَب");
    EXPECT_EQ(plain, "\uFE90\uFE91");
    std::string without = marked;
    without.erase(without.find("\u064E"), 2);
    EXPECT_EQ(without, plain);
}

TEST(VisualOrder, each_letter_says_where_it_comes_from) {
    const std::string text = "אב c";
    const auto letters = in_visual_order(text);
    ASSERT_EQ(letters.size(), 4U);
    EXPECT_EQ(letters[0].from, 5U);
    EXPECT_EQ(letters[3].from, 0U);
    EXPECT_EQ(letters[3].plain, U'א');
}

TEST(VisualOrder, a_text_without_end_is_cut_and_garbage_is_no_fault) {
    std::string text;
    for (int i = 0; i < 100000; ++i)
        text += "א";
    EXPECT_EQ(in_visual_order(text).size(), 4096U);
    EXPECT_FALSE(in_visual_order("\xd7\xd7\xff\xd8").empty());
    EXPECT_TRUE(in_visual_order("").empty());
}

}  // namespace
}  // namespace gui
