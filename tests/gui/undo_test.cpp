#include "gui/undo.h"

#include <gtest/gtest.h>

namespace gui::test {
namespace {

TEST(Undo, begins_with_the_last_and_ends_with_nothing) {
    Undo undo;
    EXPECT_FALSE(undo.can());
    undo.wish_last();
    EXPECT_FALSE(undo.take_wish());
    undo.add_point("a");
    undo.add_messages("b", {{1, 7}});
    undo.wish_last();
    auto wished = undo.take_wish();
    ASSERT_TRUE(wished);
    EXPECT_EQ(wished->point, "b");
    ASSERT_EQ(wished->messages.size(), 1U);
    EXPECT_FALSE(undo.take_wish()) << "once";
    undo.begun(wished->number, 5);
    undo.wish_last();
    wished = undo.take_wish();
    ASSERT_TRUE(wished);
    EXPECT_EQ(wished->point, "a") << "the other one is under way";
    EXPECT_TRUE(wished->messages.empty());
    undo.point_is_back("a");
    undo.messages_are_back("b", {{1, 7}});
    EXPECT_FALSE(undo.can());
}

TEST(Undo, of_a_toast_is_its_own_however_old) {
    Undo undo;
    const std::uint64_t first = undo.add_messages("a", {{1, 7}});
    undo.add_messages("a", {{2, 7}});
    undo.wish(first);
    const auto wished = undo.take_wish();
    ASSERT_TRUE(wished);
    EXPECT_EQ(wished->messages[0].uid, 1U);
}

TEST(Undo, that_failed_can_be_tried_again) {
    Undo undo;
    undo.begun(undo.add_messages("a", {{1, 7}}), 5);
    EXPECT_FALSE(undo.can());
    undo.failed(5);
    EXPECT_TRUE(undo.can());
}

TEST(Undo, what_came_back_by_other_means_is_left_out) {
    Undo undo;
    undo.add_messages("a", {{1, 7}, {2, 7}, {2, 8}});
    undo.messages_are_back("other", {{1, 7}});
    undo.messages_are_back("a", {{1, 0}, {2, 8}});
    undo.wish_last();
    const auto wished = undo.take_wish();
    ASSERT_TRUE(wished);
    ASSERT_EQ(wished->messages.size(), 1U);
    EXPECT_EQ(wished->messages[0].uid, 2U);
    EXPECT_EQ(wished->messages[0].uid_validity, 7U);
}

TEST(Undo, a_point_deleted_twice_comes_back_once) {
    Undo undo;
    undo.add_point("a");
    undo.add_point("a");
    undo.point_is_back("a");
    EXPECT_FALSE(undo.can());
}

}  // namespace
}  // namespace gui::test
