#include "mail/imap/utf7.h"

#include <random>

#include <gtest/gtest.h>

#include "mail/base/utf8.h"

namespace mail::imap {
namespace {

TEST(ModifiedUtf7, is_written_and_read_back) {
    const std::vector<std::pair<std::string_view, std::string_view>> table{
        {"INBOX", "INBOX"},
        {"Zakończone", "Zako&AUQ-czone"},
        {"Zażółć/gęślą", "Za&AXwA8wFCAQc-/g&ARkBWw-l&AQU-"},
        {"a&b", "a&-b"},
        {"&", "&-"},
        {"~peter/mail/台北/日本語", "~peter/mail/&U,BTFw-/&ZeVnLIqe-"},
        {"😀", "&2D3eAA-"},
        {"ą&ę", "&AQU-&-&ARk-"},
        {"", ""},
    };
    for (const auto& [name, raw] : table) {
        EXPECT_EQ(to_modified_utf7(name), raw);
        EXPECT_EQ(from_modified_utf7(raw), name);
    }
}

TEST(ModifiedUtf7, names_that_are_none_are_taken_as_they_are) {
    EXPECT_EQ(from_modified_utf7("Zakończone"), "Zakończone");
    EXPECT_EQ(from_modified_utf7("R&D"), "R&D");
    EXPECT_EQ(from_modified_utf7("R&D-x"), "R&D-x");
    EXPECT_EQ(from_modified_utf7("a&AUQ"), "a&AUQ");
    EXPECT_EQ(from_modified_utf7("&A!-"), "&A!-");
    EXPECT_TRUE(utf8::valid(from_modified_utf7("\xff\xfe&2AA-")));
}

TEST(ModifiedUtf7, any_name_survives_both_ways) {
    std::mt19937 random(3);
    for (int round = 0; round < 2000; ++round) {
        std::string name;
        for (auto length = random() % 12; length > 0; --length) {
            const auto point =
                static_cast<char32_t>(random() % (random() % 4 == 0 ? 0x10FFFF : 0x180));
            if (point >= 0x20 && !(point >= 0xD800 && point < 0xE000))
                utf8::append(name, point);
        }
        EXPECT_EQ(from_modified_utf7(to_modified_utf7(name)), name);
    }
}

}  // namespace
}  // namespace mail::imap
