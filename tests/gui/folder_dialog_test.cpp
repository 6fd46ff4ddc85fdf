// Set folder: where the point lets the folder be chosen while it works, by its real widgets.

#include <gtest/gtest.h>

#include "gui/text/screens.h"
#include "tests/gui/shell_bench.h"

namespace gui::test {
namespace {

using mail::Cause;
using mail::JobView;
using From = mail::PointView::FolderFrom;

/// The switch of the first point's definition.
void let_choose(ShellBench& bench, bool choose) {
    mail::PointView& point = bench.point(0);
    auto definition = std::make_shared<mail::point::Point>(*point.definition);
    definition->general.set_folder_while_working = choose;
    point.definition = std::move(definition);
}

/// How the command that was posted last has ended.
void end_job(ShellBench& bench, JobView::State state, std::optional<mail::Error> error = {},
             mail::Facts facts = {}) {
    auto job = std::make_shared<JobView>();
    job->id = 100 + bench.posted.size();
    job->state = state;
    job->error = std::move(error);
    job->folder_facts = std::move(facts);
    bench.snapshot.jobs = {job};
    bench.settle();
}

mail::Error of_target(Cause cause, mail::Facts facts = {}) {
    return {cause, mail::Layer::target, mail::Reach::point, std::move(facts)};
}

/// What a tooltip says after the pointer has rested there.
bool tells(ShellBench& bench, const std::string& label, std::string_view words) {
    bench.driver->hover(label);
    for (int i = 0; i < 4; ++i)
        bench.driver->seconds(0.5);
    return bench.driver->says(std::string(words));
}

TEST(FolderDialog, is_opened_only_where_the_point_lets_its_folder_be_chosen) {
    ShellBench bench(office_snapshot());
    EXPECT_TRUE(bench.driver->enabled("###set_folder"));
    let_choose(bench, false);
    bench.settle();
    EXPECT_FALSE(bench.driver->enabled("###set_folder"));
    EXPECT_TRUE(tells(bench, "###set_folder", text::off_set_folder.pl));
    bench.key(ImGuiKey_O, ImGuiMod_Ctrl | ImGuiMod_Shift);
    EXPECT_FALSE(bench.driver->shown("###folder_path"));
    bench.settings.language = text::Language::en;
    EXPECT_TRUE(tells(bench, "###set_folder", text::off_set_folder.en));
    bench.point(0).folder_from = From::given;
    EXPECT_TRUE(tells(bench, "###set_folder", text::off_folder_given.en));
}

TEST(FolderDialog, posts_the_path_as_it_is_meant_and_shows_a_refusal) {
    ShellBench bench(office_snapshot());
    bench.key(ImGuiKey_O, ImGuiMod_Ctrl | ImGuiMod_Shift);
    bench.driver->replace("###folder_path", " \"/srv/Żółć – łąka\" ");
    bench.key(ImGuiKey_Enter);
    ASSERT_EQ(bench.all<mail::SetFolder>().size(), 1U);
    EXPECT_EQ(bench.all<mail::SetFolder>()[0].folder, "/srv/Żółć – łąka");
    EXPECT_FALSE(bench.all<mail::SetFolder>()[0].make);
    end_job(bench, JobView::State::failed, of_target(Cause::no_permission_there));
    EXPECT_TRUE(bench.driver->shown("###folder_path"));
    EXPECT_TRUE(bench.driver->says(std::string(text::fault_folder_rights.pl)));
    EXPECT_FALSE(bench.driver->shown("###folder_make"));
    bench.driver->replace("###folder_path", "/jest");
    EXPECT_FALSE(bench.driver->says(std::string(text::fault_folder_rights.pl)));
    bench.click("###folder_set");
    ASSERT_EQ(bench.all<mail::SetFolder>().size(), 2U);
    end_job(bench, JobView::State::done);
    EXPECT_FALSE(bench.driver->shown("###folder_path"));
}

TEST(FolderDialog, makes_a_folder_that_is_not_there_by_a_button) {
    ShellBench bench(office_snapshot());
    bench.click("###set_folder");
    bench.driver->replace("###folder_path", "/srv/nowy");
    bench.click("###folder_set");
    end_job(bench, JobView::State::failed, of_target(Cause::folder_not_found));
    EXPECT_TRUE(bench.driver->says(std::string(text::fault_folder_missing.pl)));
    bench.click("###folder_make");
    ASSERT_EQ(bench.all<mail::SetFolder>().size(), 2U);
    EXPECT_EQ(bench.all<mail::SetFolder>()[1].folder, "/srv/nowy");
    EXPECT_TRUE(bench.all<mail::SetFolder>()[1].make);
    end_job(bench, JobView::State::failed, of_target(Cause::no_permission_there));
    EXPECT_TRUE(bench.driver->says(std::string(text::folder_not_made.pl)));
    // Below one that is missing, too, nothing is made: it may be a share that is not mounted.
    bench.click("###folder_set");
    end_job(bench, JobView::State::failed,
            of_target(Cause::folder_not_found, {{"missing", "/srv/udział"}}));
    EXPECT_TRUE(bench.driver->says("/srv/udział"));
    EXPECT_FALSE(bench.driver->shown("###folder_make"));
}

TEST(FolderDialog, is_typed_in_further_after_a_refusal) {
    ShellBench bench(office_snapshot());
    bench.key(ImGuiKey_O, ImGuiMod_Ctrl | ImGuiMod_Shift);
    bench.driver->replace("###folder_path", "/srv/pust");
    bench.key(ImGuiKey_Enter);
    end_job(bench, JobView::State::failed, of_target(Cause::folder_not_found));
    bench.type("e");
    EXPECT_FALSE(bench.driver->says(std::string(text::fault_folder_missing.pl)));
    bench.key(ImGuiKey_Enter);
    ASSERT_EQ(bench.all<mail::SetFolder>().size(), 2U);
    EXPECT_EQ(bench.all<mail::SetFolder>()[1].folder, "/srv/puste") << "nothing was replaced";
    end_job(bench, JobView::State::failed, of_target(Cause::folder_not_found));
    // And after the button, too: what is there can be replaced at once.
    bench.click("###folder_set");
    end_job(bench, JobView::State::failed, of_target(Cause::folder_not_found));
    bench.key(ImGuiKey_A, ImGuiMod_Ctrl);
    bench.type("/inny");
    bench.key(ImGuiKey_Enter);
    ASSERT_EQ(bench.all<mail::SetFolder>().size(), 4U);
    EXPECT_EQ(bench.all<mail::SetFolder>()[3].folder, "/inny");
}

TEST(FolderDialog, stands_still_and_keeps_its_ways_out_while_a_fault_is_told) {
    ShellBench bench(office_snapshot());
    bench.point(0).folder_from = From::chosen;
    bench.click("###set_folder");
    const auto place = [&](const char* item) { return bench.driver->find(item)->rect.Min.y; };
    const float field = place("###folder_path"), back = place("###folder_back");
    bench.click("###folder_set");
    end_job(bench, JobView::State::failed, of_target(Cause::folder_not_found));
    EXPECT_TRUE(bench.driver->says(std::string(text::fault_folder_missing.pl)));
    EXPECT_TRUE(bench.driver->shown("###folder_make"));
    EXPECT_TRUE(bench.driver->says("Polecenia (mailpoint run) trzymają się folderu punktu."));
    EXPECT_TRUE(bench.driver->says("Folder punktu: /home/biuro/Faktury/2026-11"));
    EXPECT_EQ(place("###folder_path"), field);
    EXPECT_EQ(place("###folder_back"), back);
    bench.click("###folder_back");
    ASSERT_EQ(bench.all<mail::SetFolder>().size(), 2U);
    EXPECT_EQ(bench.all<mail::SetFolder>()[1].folder, "");
}

TEST(FolderDialog, has_room_for_a_fault_and_its_mend_in_a_small_window) {
    ShellBench bench(office_snapshot(), {1024, 640}, 2.F);
    bench.point(0).folder_from = From::chosen;
    bench.click("###set_folder");
    bench.click("###folder_set");
    end_job(bench, JobView::State::failed, of_target(Cause::folder_not_found));
    for (const char* one :
         {"###folder_path", "###folder_make", "###folder_back", "###folder_cancel"}) {
        const Item* item = bench.driver->find(one);
        ASSERT_NE(item, nullptr) << one;
        EXPECT_TRUE(item->clip.Contains(item->rect)) << one;
        EXPECT_TRUE(ImRect(0, 0, 1024, 640).Contains(item->rect)) << one;
    }
}

TEST(FolderDialog, shows_the_points_own_folder_and_leads_back_to_it) {
    ShellBench bench(office_snapshot());
    bench.click("###set_folder");
    EXPECT_TRUE(bench.driver->says("Folder punktu: /home/biuro/Faktury/2026-11"));
    EXPECT_FALSE(bench.driver->shown("###folder_back"));
    bench.key(ImGuiKey_Escape);
    bench.point(0).target_folder = "/srv/inny";
    bench.settle();
    const float plain = bench.driver->find("##target")->rect.GetWidth();
    bench.point(0).folder_from = From::chosen;
    bench.settle();
    // Seen without opening anything: the wrong folder is the dearest mistake.
    EXPECT_TRUE(bench.driver->says("/srv/inny"));
    EXPECT_GT(bench.driver->find("##target")->rect.GetWidth(), plain + 40) << "the word behind it";
    EXPECT_TRUE(tells(bench, "##target", text::folder_chosen.pl));
    EXPECT_TRUE(tells(bench, "##target", "Folder punktu: /home/biuro/Faktury/2026-11"));
    bench.click("###set_folder");
    bench.click("###folder_back");
    ASSERT_EQ(bench.all<mail::SetFolder>().size(), 1U);
    EXPECT_EQ(bench.all<mail::SetFolder>()[0].folder, "");
    end_job(bench, JobView::State::done);
    EXPECT_FALSE(bench.driver->shown("###folder_path"));
}

TEST(FolderDialog, says_that_another_point_files_there) {
    ShellBench bench(office_snapshot());
    bench.click("###set_folder");
    bench.driver->replace("###folder_path", "/srv/wspólny");
    bench.click("###folder_set");
    end_job(bench, JobView::State::done, {}, {{"used_by", "Zamówienia"}});
    EXPECT_TRUE(bench.driver->says("Ustawiono folder. Tego folderu używa już punkt Zamówienia."));
}

TEST(FolderDialog, says_how_long_a_choice_holds) {
    ShellBench bench(office_snapshot());
    bench.click("###set_folder");
    EXPECT_TRUE(bench.driver->says("Polecenia (mailpoint run) trzymają się folderu punktu."));
    bench.key(ImGuiKey_Escape);
    bench.point(0).demo = true;
    bench.click("###set_folder");
    EXPECT_TRUE(bench.driver->says(std::string(text::folder_for_this_run.pl)));
}

TEST(FolderDialog, is_what_a_point_without_a_folder_leads_to) {
    ShellBench bench(office_snapshot());
    bench.point(0).target_folder.clear();
    bench.settle();
    bench.click("##1");
    EXPECT_FALSE(bench.driver->enabled("###generate"));
    EXPECT_TRUE(bench.driver->says("Nie ustawiono folderu docelowego"));
    bench.click("##target");
    EXPECT_TRUE(bench.driver->shown("###folder_path"));
}

TEST(FolderDialog, is_no_way_out_where_only_the_point_can_name_one) {
    ShellBench bench(office_snapshot());
    bench.point(0).target_folder.clear();
    let_choose(bench, false);
    bench.settle();
    bench.click("##1");
    EXPECT_TRUE(tells(bench, "###generate", text::off_folder_of_point.pl));
    bench.click("##target");
    EXPECT_FALSE(bench.driver->shown("###folder_path"));
    EXPECT_TRUE(bench.driver->says(std::string(text::editor_title.pl)));
}

}  // namespace
}  // namespace gui::test
