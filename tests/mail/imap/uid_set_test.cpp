#include "mail/imap/uid_set.h"

#include <algorithm>
#include <iterator>
#include <random>

#include <gtest/gtest.h>

namespace mail::imap {
namespace {

using Uids = std::vector<Uid>;

TEST(UidSet, is_the_same_in_any_order_and_form) {
    for (const std::string_view raw : {"1:3,7", "7,3:1", "2,1,3,7,7", "1:2,2:3,7:7", "7,1:2,3"})
        EXPECT_EQ(UidSet::parse(raw).value().text(), "1:3,7") << raw;
    EXPECT_EQ(UidSet(Uids{7, 3, 1, 2, 3}).text(), "1:3,7");
    EXPECT_EQ(UidSet(Uids{7, 3, 1, 2, 3}).size(), 4U);
    EXPECT_EQ(UidSet().text(), "");
    EXPECT_TRUE(UidSet().empty());
    EXPECT_EQ(UidSet::parse("1:10,3:4").value().size(), 10U);
}

TEST(UidSet, what_is_none_is_refused) {
    for (const std::string_view raw :
         {"", "*", "1:*", "0", "0:3", "1,", ",1", "1:2:3", "a", "-1", "1 2", "4294967296"})
        EXPECT_EQ(UidSet::parse(raw).error().cause, Cause::reply_malformed) << raw;
}

TEST(UidSet, all_numbers_there_are_take_no_room) {
    const UidSet all = UidSet::parse("1:4294967295,4294967295:5").value();
    EXPECT_EQ(all.ranges().size(), 1U);
    EXPECT_EQ(all.size(), 4'294'967'295U);
    EXPECT_TRUE(all.contains(1));
    EXPECT_TRUE(all.contains(4'294'967'295U));
    const UidSet few(Uids{1, 5, 4'294'967'295U});
    EXPECT_EQ(all.intersected(few), few);
    EXPECT_EQ(few.intersected(all), few);
    EXPECT_TRUE(few.without(all).empty());
    EXPECT_EQ(all.without(few).text(), "2:4,6:4294967294");
    EXPECT_EQ(all.without(all).size(), 0U);
}

TEST(UidSet, does_what_sets_do) {
    std::mt19937 random(7);
    for (int round = 0; round < 300; ++round) {
        const auto some = [&] {
            Uids uids;
            for (Uid uid = 1; uid < 60; ++uid)
                if (random() % 3 != 0)
                    uids.push_back(uid);
            return uids;
        };
        const Uids one = some();
        const Uids other = some();
        Uids both, rest;
        std::ranges::set_intersection(one, other, std::back_inserter(both));
        std::ranges::set_difference(one, other, std::back_inserter(rest));
        EXPECT_EQ(UidSet(one).uids(), one);
        EXPECT_EQ(UidSet(one).intersected(UidSet(other)).uids(), both);
        EXPECT_EQ(UidSet(one).without(UidSet(other)).uids(), rest);
        EXPECT_EQ(UidSet(one).without(UidSet(other)).size(), rest.size());
        for (Uid uid = 1; uid < 62; ++uid)
            EXPECT_EQ(UidSet(one).contains(uid), std::ranges::binary_search(one, uid));
    }
}

}  // namespace
}  // namespace mail::imap
