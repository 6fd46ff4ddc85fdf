// The password that a point asks for, given over its list.

#include <gtest/gtest.h>

#include "tests/gui/shell_bench.h"

namespace gui::test {
namespace {

TEST(SignIn, a_password_that_was_given_opens_the_point) {
    ShellBench bench(signin_snapshot(mail::Cause::password_needed));
    const std::size_t before = bench.all<mail::OpenPoint>().size();
    bench.driver->replace("##password", "tajne");
    bench.key(ImGuiKey_Enter);
    const auto given = bench.all<mail::GivePassword>();
    ASSERT_EQ(given.size(), 1U);
    const auto opened = bench.all<mail::OpenPoint>();
    ASSERT_EQ(opened.size(), before + 1);
    EXPECT_EQ(opened.back().point, given[0].point);
    EXPECT_FALSE(opened.back().only_look);
    // One after the other: the engine does them in that order.
    EXPECT_TRUE(std::holds_alternative<mail::OpenPoint>(bench.posted.back()));
}

mail::Snapshot waits_for_password_over_its_rows() {
    mail::Snapshot snapshot = office_snapshot();
    auto point = std::make_shared<mail::PointView>(*snapshot.points.at(0));
    point->health = mail::PointHealth::signin;
    point->error =
        mail::Error{mail::Cause::password_needed, mail::Layer::auth, mail::Reach::point, {}};
    snapshot.points[0] = point;
    return snapshot;
}

TEST(SignIn, who_opens_a_point_that_waits_for_its_password_types_it_at_once) {
    ShellBench bench(waits_for_password_over_its_rows());
    EXPECT_TRUE(bench.driver->has_focus("##password"));
    EXPECT_FALSE(bench.rows().empty()) << "its rows can be read below";
}

TEST(SignIn, the_rows_that_were_remembered_do_not_keep_the_focus_from_the_password) {
    mail::Snapshot asked = waits_for_password_over_its_rows();
    ShellBench bench(office_snapshot());
    bench.point(0).health = asked.points[0]->health;
    bench.point(0).error = asked.points[0]->error;
    bench.settle();
    EXPECT_TRUE(bench.driver->has_focus("##password"));
}

TEST(SignIn, afterwards_the_focus_is_in_the_list) {
    ShellBench bench(waits_for_password_over_its_rows());
    bench.driver->replace("##password", "tajne");
    bench.key(ImGuiKey_Enter);
    bench.point(0).health = mail::PointHealth::ok;
    bench.point(0).error.reset();
    bench.settle();
    EXPECT_TRUE(bench.driver->has_focus("##1"));
}

TEST(Dialogs, keep_the_focus_when_rows_come_below_them) {
    mail::Snapshot office = office_snapshot();
    mail::Snapshot first = office;
    auto empty = std::make_shared<mail::PointView>(*first.points.at(0));
    empty->mailbox.reset();
    first.points[0] = empty;
    ShellBench bench(first);
    bench.key(ImGuiKey_Comma, ImGuiMod_Ctrl);
    ASSERT_TRUE(bench.driver->has_focus("##language"));
    bench.point(0).mailbox = office.points[0]->mailbox;
    bench.settle();
    ASSERT_FALSE(bench.rows().empty());
    EXPECT_TRUE(bench.driver->has_focus("##language"));
    bench.key(ImGuiKey_Escape);
    EXPECT_TRUE(bench.driver->has_focus("##1"));
}

TEST(Choices, escape_closes_the_list_and_not_the_dialog_below_it) {
    ShellBench bench(office_snapshot());
    bench.key(ImGuiKey_Comma, ImGuiMod_Ctrl);
    bench.click("##theme");
    ASSERT_TRUE(bench.driver->shown("Wysoki kontrast"));
    bench.key(ImGuiKey_Escape);
    EXPECT_FALSE(bench.driver->shown("Wysoki kontrast"));
    EXPECT_TRUE(bench.driver->shown("##theme"));
    bench.key(ImGuiKey_Escape);
    EXPECT_FALSE(bench.driver->shown("##theme"));
}

}  // namespace
}  // namespace gui::test
