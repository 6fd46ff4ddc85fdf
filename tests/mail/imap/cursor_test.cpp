#include "mail/imap/cursor.h"

#include <gtest/gtest.h>

namespace mail::imap {
namespace {

TEST(Cursor, reads_strings_of_every_form) {
    const std::vector<std::pair<std::string_view, std::string_view>> table{
        {R"("a b")", "a b"},
        {R"("a\"b\\c")", R"(a"b\c)"},
        {R"("")", ""},
        {"NIL", ""},
        {"nil", ""},
        {"{3}\r\na\"b", "a\"b"},
        {"~{2}\r\n\r\n", "\r\n"},
        {"{0}\r\n", ""},
        {"atom", "atom"},
        {"\"\xc4\x85\"", "\xc4\x85"},
        {"NILLY", "NILLY"},
    };
    for (const auto& [raw, text] : table) {
        Cursor cursor(raw);
        EXPECT_EQ(cursor.nstring(), text) << raw;
        EXPECT_FALSE(cursor.failed()) << raw;
        EXPECT_TRUE(cursor.at_end()) << raw;
    }
}

TEST(Cursor, a_quoted_string_ends_wherever_its_quote_stands) {
    for (std::size_t octets = 0; octets < 50; ++octets)
        for (const std::size_t behind : {0U, 1U, 15U, 16U, 40U}) {
            const std::string text(octets, 'a');
            const std::string raw = "\"" + text + "\"" + std::string(behind, ' ');
            Cursor cursor(raw);
            EXPECT_EQ(cursor.nstring(), text);
            EXPECT_EQ(cursor.offset(), octets + 2);
            Cursor skipping(raw);
            skipping.skip_value();
            EXPECT_EQ(skipping.offset(), octets + 2);
            const std::string escaped = "\"" + text + "\\\"" + text + "\"";
            Cursor other(escaped);
            EXPECT_EQ(other.nstring(), text + "\"" + text);
            const std::string cut = "\"" + text + "\r\n" + text + "\"";
            Cursor refusing(cut);
            (void)refusing.nstring();
            EXPECT_TRUE(refusing.failed());
        }
}

TEST(Cursor, a_text_of_nothing_but_escapes_takes_linear_time) {
    constexpr std::size_t letters = 8U << 20U;
    std::string raw = "\"";
    for (std::size_t i = 0; i < letters; ++i)
        raw += "\\a";
    raw += "\"";
    Cursor cursor(raw);
    EXPECT_EQ(cursor.nstring(), std::string(letters, 'a'));
    std::string quotes = "\"";
    for (std::size_t i = 0; i < letters; ++i)
        quotes += "\\\"";
    quotes += "\"";
    Cursor other(quotes);
    EXPECT_EQ(other.nstring(), std::string(letters, '"'));
}

TEST(Cursor, refuses_what_is_cut_off) {
    for (const std::string_view raw :
         {"\"abc", "\"abc\\", "{5}\r\nab", "{5}", "{", "", ")", "\"a\r\nb\""}) {
        Cursor cursor(raw);
        (void)cursor.nstring();
        EXPECT_TRUE(cursor.failed()) << raw;
    }
}

TEST(Cursor, failure_sticks_and_names_its_offset) {
    Cursor cursor("abc (");
    (void)cursor.atom();
    cursor.expect('!');
    EXPECT_TRUE(cursor.failed());
    EXPECT_EQ(cursor.atom(), "");
    EXPECT_FALSE(cursor.take(' '));
    cursor.refuse(Cause::nesting_too_deep);
    const Error error = cursor.error(Reach::message);
    EXPECT_EQ(error.cause, Cause::reply_malformed);
    EXPECT_EQ(error.fact("offset"), "3");
}

TEST(Cursor, skips_values_however_deep) {
    std::string raw(100'000, '(');
    raw += "a \")\" {1}\r\n)";
    raw.append(100'000, ')');
    Cursor cursor(raw);
    cursor.skip_value();
    EXPECT_FALSE(cursor.failed());
    EXPECT_TRUE(cursor.at_end());
}

TEST(Cursor, numbers_are_exact_and_sizes_lenient) {
    EXPECT_EQ(Cursor("4294967295").number(), 4294967295U);
    for (const std::string_view raw : {"4294967296", "-1", "x", ""}) {
        Cursor cursor(raw);
        (void)cursor.number();
        EXPECT_TRUE(cursor.failed()) << raw;
    }
    EXPECT_EQ(Cursor("5000000000").lenient_number(), 5000000000U);
    EXPECT_EQ(Cursor("NIL").lenient_number(), 0U);
    EXPECT_EQ(Cursor("-1").lenient_number(), 0U);
    EXPECT_EQ(Cursor("99999999999999999999999").lenient_number(), 0U);
}

TEST(Cursor, words_end_where_atoms_end) {
    EXPECT_TRUE(Cursor("nil)").sees_word("NIL"));
    EXPECT_FALSE(Cursor("NILS").sees_word("NIL"));
    EXPECT_TRUE(Cursor("FETCH (").take_word("fetch"));
}

}  // namespace
}  // namespace mail::imap
