// The ways to the diagnosis of a point, for somebody who comes to help.

#include <gtest/gtest.h>

#include "tests/gui/shell_bench.h"

namespace gui::test {
namespace {

void expect_diagnosed(const ShellBench& bench, const char* way,
                      const std::string& point = "koszty") {
    const auto asked = bench.all<mail::Diagnose>();
    ASSERT_EQ(asked.size(), 1U) << way;
    EXPECT_EQ(asked[0].point.id, point) << way;
    EXPECT_FALSE(asked[0].password) << way;
}

}  // namespace

TEST(Diagnosis, is_a_click_a_key_and_a_word_away) {
    {
        ShellBench bench(office_snapshot());
        bench.click("Diagnostyka###diagnose");
        expect_diagnosed(bench, "toolbar");
    }
    {
        ShellBench bench(office_snapshot());
        bench.key(ImGuiKey_D, ImGuiMod_Ctrl);
        expect_diagnosed(bench, "keys");
    }
    {
        ShellBench bench(office_snapshot());
        bench.key(ImGuiKey_K, ImGuiMod_Ctrl);
        bench.type("diagn");
        bench.key(ImGuiKey_Enter);
        expect_diagnosed(bench, "palette");
    }
}

TEST(Diagnosis, is_shown_from_the_strip_that_says_what_fails) {
    ShellBench bench(down_snapshot());
    bench.click("Pokaż diagnostykę###show_diagnosis");
    expect_diagnosed(bench, "strip", "reklamacje");
}

TEST(Diagnosis, is_there_for_who_may_only_see_the_point) {
    mail::Snapshot snapshot = office_snapshot();
    snapshot.may_define = false;
    ShellBench bench(snapshot);
    bench.key(ImGuiKey_D, ImGuiMod_Ctrl);
    expect_diagnosed(bench, "keys");
    EXPECT_FALSE(bench.driver->shown("Zapisz###save"));
}

}  // namespace gui::test
