// The menu of the list's headers: which columns are shown.

#include <algorithm>

#include <gtest/gtest.h>

#include "tests/gui/shell_bench.h"

namespace gui::test {
namespace {

void choose(ShellBench& bench, const char* choice) {
    bench.driver->right_click("###subject");
    bench.click(choice);
}

TEST(MailGrid, the_menu_of_a_header_hides_and_shows_columns) {
    ShellBench bench(office_snapshot());
    const auto keeps = [&](const char* column) {
        return std::ranges::count(bench.settings.grids["koszty"].columns, column) == 1;
    };
    ASSERT_TRUE(bench.driver->shown("###size"));
    choose(bench, "column_size");
    EXPECT_FALSE(bench.driver->shown("###size"));
    EXPECT_TRUE(keeps("sender"));
    EXPECT_FALSE(keeps("size"));
    choose(bench, "column_names");
    EXPECT_TRUE(bench.driver->shown("###names"));
    EXPECT_TRUE(keeps("names"));
    choose(bench, "column_size");
    EXPECT_TRUE(bench.driver->shown("###size"));
}

TEST(MailGrid, columns_and_sort_are_chosen_by_keyboard_alone) {
    ShellBench bench(office_snapshot());
    const auto open = [&bench] {
        bench.key(ImGuiKey_K, ImGuiMod_Ctrl);
        bench.type("kolumny");
        bench.key(ImGuiKey_Enter);
    };
    const auto go_down = [&bench](int times) {
        for (int i = 0; i < times; ++i)
            bench.key(ImGuiKey_DownArrow);
    };
    open();
    ASSERT_TRUE(bench.driver->shown("column_subject"));
    for (int i = 0; i < 30 && !bench.driver->has_focus("sort_subject"); ++i)
        go_down(1);
    ASSERT_TRUE(bench.driver->has_focus("sort_subject"));
    bench.key(ImGuiKey_Enter);
    const auto sort = [&bench] { return bench.settings.grids["koszty"].sort; };
    EXPECT_EQ(sort(), std::vector<std::string>{"subject"});
    EXPECT_TRUE(bench.driver->has_focus("##1")) << "back in the list";
    open();
    for (int i = 0; i < 30 && !bench.driver->has_focus("sort_subject"); ++i)
        go_down(1);
    bench.key(ImGuiKey_Enter);
    EXPECT_EQ(sort(), std::vector<std::string>{"-subject"});
    open();
    for (int i = 0; i < 30 && !bench.driver->has_focus("sort_size"); ++i)
        go_down(1);
    bench.key(ImGuiKey_Enter, ImGuiMod_Shift);
    EXPECT_EQ(sort(), (std::vector<std::string>{"-subject", "-size"}));
    open();
    for (int i = 0; i < 30 && !bench.driver->has_focus("column_size"); ++i)
        go_down(1);
    bench.key(ImGuiKey_Enter);
    EXPECT_FALSE(bench.driver->shown("###size"));
}

TEST(MailGrid, home_goes_to_the_first_row_and_not_to_the_titles) {
    ShellBench bench(office_snapshot());
    bench.click("##3");
    bench.key(ImGuiKey_Home);
    EXPECT_TRUE(bench.driver->has_focus("##1"));
    bench.key(ImGuiKey_UpArrow);
    EXPECT_TRUE(bench.driver->has_focus("##1"));
    bench.key(ImGuiKey_Enter, ImGuiMod_Ctrl);
    ASSERT_EQ(bench.all<mail::Take>().size(), 1U);
    EXPECT_EQ(bench.all<mail::Take>()[0].uids, std::vector<std::uint32_t>{1});
}

TEST(MailGrid, a_click_on_a_title_leaves_the_focus_on_its_row) {
    ShellBench bench(office_snapshot());
    bench.click("##3");
    bench.click("###subject");
    EXPECT_TRUE(bench.driver->has_focus("##3"));
    const auto sort = bench.settings.grids["koszty"].sort;
    EXPECT_EQ(sort, std::vector<std::string>{"subject"});
    bench.key(ImGuiKey_Space);
    EXPECT_EQ(bench.settings.grids["koszty"].sort, sort);
    bench.key(ImGuiKey_Enter, ImGuiMod_Ctrl);
    ASSERT_EQ(bench.all<mail::Take>().size(), 1U);
    EXPECT_EQ(bench.all<mail::Take>()[0].uids, std::vector<std::uint32_t>{3});
}

TEST(MailGrid, the_columns_go_back_to_those_of_the_point) {
    ShellBench bench(office_snapshot());
    choose(bench, "column_sender");
    ASSERT_FALSE(bench.driver->shown("###sender"));
    choose(bench, "reset_columns");
    EXPECT_TRUE(bench.driver->shown("###sender"));
    EXPECT_TRUE(bench.settings.grids["koszty"].columns.empty());
    EXPECT_TRUE(bench.driver->shown("##2"));
}

}  // namespace
}  // namespace gui::test
