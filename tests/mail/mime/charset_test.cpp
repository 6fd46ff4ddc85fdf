#include "mail/mime/charset.h"

#include <gtest/gtest.h>

#include "mail/base/utf8.h"

namespace mail::mime {
namespace {

struct Row {
    std::string_view charset, raw, text;
};

TEST(ToUtf8, polish_letters_in_every_set_that_has_them) {
    const Row rows[] = {{"utf-8", "ąćęłńóśźż", "ąćęłńóśźż"},
                        {"windows-1250", "\xB9\xE6\xEA\xB3\xF1\xF3\x9C\x9F\xBF", "ąćęłńóśźż"},
                        {"iso-8859-2", "\xB1\xE6\xEA\xB3\xF1\xF3\xB6\xBC\xBF", "ąćęłńóśźż"},
                        {"cp852", "\xA5\x86\xA9\x88\xE4\xA2\x98\xAB\xBE", "ąćęłńóśźż"},
                        {"iso-8859-16", "\xA2\xE5\xFD\xB3\xF1\xF3\xF7\xAE\xBF", "ąćęłńóśźż"},
                        {"iso-8859-13", "\xE0\xE3\xE6\xF9\xF1\xF3\xFA\xEA\xFD", "ąćęłńóśźż"},
                        {"windows-1257", "\xE0\xE3\xE6\xF9\xF1\xF3\xFA\xEA\xFD", "ąćęłńóśźż"}};
    for (const Row& row : rows) {
        EXPECT_EQ(to_utf8(row.raw, row.charset).text, row.text) << row.charset;
        EXPECT_EQ(to_utf8(row.raw, row.charset).reading, Reading::as_said) << row.charset;
    }
}

TEST(ToUtf8, other_sets) {
    const Row rows[] = {{"iso-8859-1", "\xE9\x80", "é€"},
                        {"iso-8859-15", "\xA4", "€"},
                        {"windows-1251", "\xCF\xF0\xE8", "При"},
                        {"koi8-r", "\xF0\xD2\xC9", "При"},
                        {"iso-8859-5", "\xBF\xE0\xD8", "При"},
                        {"windows-1253", "\xE1\xE2", "αβ"},
                        {"iso-8859-9", "\xFD\xFE", "ış"},
                        {"cp437", "\x81", "ü"},
                        {"mac-roman", "\x8A", "ä"},
                        {"iso-2022-jp", "\x1B$B$F$9$H\x1B(B", "てすと"},
                        {"shift_jis", "\x82\xC4", "て"},
                        {"gb2312", "\xB2\xE2", "测"},
                        {"big5", "\xBA\xDE", "管"},
                        {"euc-kr", "\xBB\xE7", "사"},
                        {"utf-7", "+AXw-", "ż"},
                        {"utf-16le", std::string_view("\x7C\x01", 2), "ż"}};
    for (const Row& row : rows)
        EXPECT_EQ(to_utf8(row.raw, row.charset).text, row.text) << row.charset;
}

TEST(ToUtf8, aliases_are_understood) {
    for (const std::string_view alias : {"Latin2", "ISO8859-2", "iso_8859-2", "8859-2", "iso88592",
                                         "\"iso-8859-2\"", "l2", "ISO-8859-2-windows"})
        EXPECT_EQ(canonical_charset(alias), "iso-8859-2") << alias;
    for (const std::string_view alias : {"CP1250", "x-cp1250", "win-1250", "windows_1250"})
        EXPECT_EQ(canonical_charset(alias), "windows-1250") << alias;
    EXPECT_EQ(canonical_charset("UTF8"), "utf-8");
    EXPECT_EQ(canonical_charset("x-mac-roman"), "mac-roman");
}

TEST(ToUtf8, a_wrong_or_unknown_name_leads_to_a_guess_that_is_told) {
    for (const std::string_view charset :
         {"us-ascii", "utf-8", "", "no-such", "unknown-8bit", "//IGNORE", "iso-2022-cn-ext"}) {
        const Text text = to_utf8("za\xBF\xF3\xB3\xE6", charset);
        EXPECT_EQ(text.text, "zażółć") << charset;
        EXPECT_EQ(text.reading, Reading::guessed) << charset;
    }
}

TEST(GuessedUtf8, polish_text_is_told_from_western_text) {
    EXPECT_EQ(guessed_utf8("plain").reading, Reading::as_said);
    EXPECT_EQ(guessed_utf8("zażółć").text, "zażółć");
    EXPECT_EQ(guessed_utf8("Za\xBF\xF3\xB3\xE6 \x84g\xEA\x9Cl\xB9\x94").text, "Zażółć „gęślą”");
    EXPECT_EQ(guessed_utf8("g\xEA\xB6l\xB1 ja\xBC\xF1").text, "gęślą jaźń");
    EXPECT_EQ(guessed_utf8("\xC4rger f\xFCr Caf\xE9").text, "Ärger für Café");
    EXPECT_EQ(guessed_utf8("5 \xB3 - 2 \xB1 1").text, "5 ³ - 2 ± 1");
}

TEST(ToUtf8, the_result_is_valid_whatever_comes) {
    std::string raw;
    for (int octet = 0; octet < 256; ++octet)
        raw += static_cast<char>(octet);
    for (const std::string_view charset :
         {"utf-8", "iso-8859-3", "iso-8859-7", "windows-1255", "gb18030", "shift_jis", "utf-7",
          "iso-2022-jp", "utf-16", "euc-jp", "big5", "koi8-u", "none"})
        EXPECT_TRUE(utf8::valid(to_utf8(raw, charset).text)) << charset;
}

}  // namespace
}  // namespace mail::mime
