#include "mail/imap/sequence_set.h"

#include <gtest/gtest.h>

namespace mail::imap {
namespace {

TEST(SequenceSet, joins_neighbours) {
    EXPECT_EQ(to_sequence_set({}), "");
    EXPECT_EQ(to_sequence_set({5}), "5");
    EXPECT_EQ(to_sequence_set({1, 2, 3, 7, 9, 10}), "1:3,7,9:10");
    EXPECT_EQ(to_sequence_set({4294967294, 4294967295}), "4294967294:4294967295");
}

TEST(SequenceSet, is_read_back) {
    for (const std::vector<Uid>& uids :
         {std::vector<Uid>{1}, {1, 2, 3, 7, 9, 10}, {4294967294, 4294967295}})
        EXPECT_EQ(parse_sequence_set(to_sequence_set(uids)).value(), uids);
    EXPECT_EQ(parse_sequence_set("4:2").value(), (std::vector<Uid>{2, 3, 4}));
}

TEST(SequenceSet, what_is_none_is_refused) {
    for (const std::string_view raw :
         {"", "*", "1:*", "0", "0:3", "1,", ",1", "1:2:3", "a", "-1", "1 2"})
        EXPECT_EQ(parse_sequence_set(raw).error().cause, Cause::reply_malformed) << raw;
}

TEST(SequenceSet, a_bomb_is_refused_before_it_expands) {
    EXPECT_EQ(parse_sequence_set("1:4294967295").error().cause, Cause::reply_too_long);
    EXPECT_EQ(parse_sequence_set("1:3,5:7", 5).error().cause, Cause::reply_too_long);
    EXPECT_EQ(parse_sequence_set("1:3,5:7", 6).value().size(), 6U);
}

}  // namespace
}  // namespace mail::imap
