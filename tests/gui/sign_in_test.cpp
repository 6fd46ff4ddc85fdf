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
