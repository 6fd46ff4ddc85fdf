// Who is an operator of the workspace, and who of them an administrator.

#include <gtest/gtest.h>

#include "tests/gui/shell_bench.h"

namespace gui::test {
namespace {

using mail::JobView;

mail::point::Operator person(const std::string& id, const std::string& name, bool administrator) {
    mail::point::Operator made;
    made.id = id;
    made.account = id == "ala" ? "1000" : "1001";
    made.account_name = id;
    made.name = name;
    made.administrator = administrator;
    return made;
}

mail::Snapshot office_of_two() {
    mail::Snapshot snapshot = office_snapshot();
    snapshot.operators = std::make_shared<mail::point::Operators>(
        mail::point::Operators{person("ala", "Ala Nowak", true), person("jan", "Jan Kos", false)});
    snapshot.me = "ala";
    return snapshot;
}

void open_dialog(ShellBench& bench) {
    bench.key(ImGuiKey_F10);
    bench.click("Operatorzy…");
}

TEST(OperatorsDialog, names_people_accounts_and_administrators) {
    ShellBench bench(office_of_two());
    open_dialog(bench);
    EXPECT_TRUE(bench.driver->says("Ala Nowak (to Ty)"));
    EXPECT_TRUE(bench.driver->says("jan"));
    EXPECT_TRUE(bench.driver->has_focus("###operators_close"));
    EXPECT_FALSE(bench.driver->enabled("###operators_save"));
    bench.key(ImGuiKey_Escape);
    EXPECT_FALSE(bench.driver->shown("###operators_close"));
    EXPECT_TRUE(bench.posted.empty());
}

TEST(OperatorsDialog, the_last_administrator_stays) {
    ShellBench bench(office_of_two());
    open_dialog(bench);
    EXPECT_FALSE(bench.driver->enabled("###administrator_ala"));
    EXPECT_TRUE(bench.driver->says("Musi zostać przynajmniej jeden administrator."));
    bench.click("###administrator_jan");
    EXPECT_TRUE(bench.driver->enabled("###administrator_ala"));
    bench.click("###administrator_ala");
    EXPECT_FALSE(bench.driver->enabled("###administrator_jan"));
    bench.click("###operators_save");
    ASSERT_EQ(bench.all<mail::SaveOperators>().size(), 1U);
    const mail::SaveOperators save = bench.all<mail::SaveOperators>()[0];
    EXPECT_FALSE(save.operators.at(0).administrator);
    EXPECT_TRUE(save.operators.at(1).administrator);
    EXPECT_EQ(save.based_on, *bench.snapshot.operators);
}

TEST(OperatorsDialog, the_points_area_is_given_and_who_has_left_is_removed) {
    ShellBench bench(office_of_two());
    open_dialog(bench);
    EXPECT_FALSE(bench.driver->enabled("###points_area_ala")) << "sees all of them";
    EXPECT_FALSE(bench.driver->shown("###remove_ala")) << "the last administrator";
    bench.click("###points_area_jan");
    bench.click("###operators_save");
    ASSERT_EQ(bench.all<mail::SaveOperators>().size(), 1U);
    EXPECT_TRUE(bench.all<mail::SaveOperators>()[0].operators.at(1).points_area);
    EXPECT_FALSE(bench.all<mail::SaveOperators>()[0].operators.at(0).points_area);
    auto job = std::make_shared<JobView>();
    job->id = 100 + bench.posted.size();
    job->kind = JobView::Kind::operators;
    job->state = JobView::State::done;
    bench.snapshot.jobs = {job};
    bench.settle();
    open_dialog(bench);
    bench.click("###remove_jan");
    EXPECT_FALSE(bench.driver->says("Jan Kos"));
    bench.click("###operators_save");
    ASSERT_EQ(bench.all<mail::SaveOperators>().size(), 2U);
    EXPECT_EQ(bench.all<mail::SaveOperators>()[1].operators.size(), 1U);
}

TEST(OperatorsDialog, what_others_have_changed_meanwhile_is_shown_before_it_is_written_over) {
    ShellBench bench(office_of_two());
    open_dialog(bench);
    bench.click("###administrator_jan");
    bench.click("###operators_save");
    bench.snapshot.operators = std::make_shared<mail::point::Operators>(mail::point::Operators{
        person("ala", "Ala Nowak", true), person("jan", "Jan Kos-Lis", false)});
    auto job = std::make_shared<JobView>();
    job->id = 100 + bench.posted.size();
    job->kind = JobView::Kind::operators;
    job->state = JobView::State::failed;
    job->error =
        mail::Error{mail::Cause::point_changed, mail::Layer::workspace, mail::Reach::point, {}};
    bench.snapshot.jobs = {job};
    bench.settle();
    EXPECT_TRUE(bench.driver->says("Jan Kos-Lis"));
    bench.click("###administrator_jan");
    bench.click("###operators_save");
    ASSERT_EQ(bench.all<mail::SaveOperators>().size(), 2U);
    EXPECT_EQ(bench.all<mail::SaveOperators>()[1].based_on, *bench.snapshot.operators);
    auto done = std::make_shared<JobView>(*job);
    done->id = 100 + bench.posted.size();
    done->state = JobView::State::done;
    done->error.reset();
    bench.snapshot.jobs = {done};
    bench.settle();
    EXPECT_FALSE(bench.driver->shown("###operators_close"));
}

TEST(OperatorsDialog, is_for_administrators) {
    mail::Snapshot snapshot = office_of_two();
    snapshot.may_define = false;
    snapshot.me = "jan";
    ShellBench bench(std::move(snapshot));
    bench.key(ImGuiKey_F10);
    EXPECT_FALSE(bench.driver->enabled("Operatorzy…"));
}

}  // namespace
}  // namespace gui::test
