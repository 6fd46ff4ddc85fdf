// The window around the list: points, jobs, trouble, sign-in, keys and settings.

#include <gtest/gtest.h>

#include "gui/text/causes.h"
#include "gui/text/screens.h"
#include "tests/gui/shell_bench.h"

namespace gui::test {
namespace {

using mail::JobView;

std::shared_ptr<const JobView> job_with(mail::JobId id, JobView::Kind kind, JobView::State state) {
    auto job = std::make_shared<JobView>();
    job->id = id;
    job->kind = kind;
    job->state = state;
    job->point = "koszty";
    job->messages_total = 3;
    job->messages_done = 3;
    job->documents = 3;
    job->files = 5;
    return job;
}

TEST(Shell, without_a_point_it_asks_for_an_address) {
    ShellBench bench({});
    EXPECT_TRUE(bench.driver->shown("Dalej"));
    EXPECT_FALSE(bench.driver->shown("###generate"));
}

TEST(Shell, who_may_see_no_point_is_told_who_can_give_the_permission) {
    mail::Snapshot snapshot = office_snapshot();
    snapshot.points.clear();
    snapshot.me.clear();
    snapshot.may_define = snapshot.may_see_points = false;
    ShellBench bench(std::move(snapshot));
    EXPECT_FALSE(bench.driver->shown("##address"));
    EXPECT_TRUE(bench.driver->says("Nie masz do tego uprawnień."));
    EXPECT_TRUE(bench.driver->says("Może je nadać: Ala Źrebiec."));
    EXPECT_FALSE(bench.driver->shown("###add_point"));
}

TEST(Shell, damaged_rules_are_said_and_are_no_first_run) {
    mail::Snapshot snapshot;
    snapshot.may_define = snapshot.may_see_points = false;
    snapshot.operators_error = mail::Error{mail::Cause::point_damaged,
                                           mail::Layer::point,
                                           mail::Reach::point,
                                           {{"file", "/biuro/operators.json"}, {"line", "3"}}};
    ShellBench bench(std::move(snapshot));
    EXPECT_FALSE(bench.driver->shown("##address"));
    EXPECT_TRUE(bench.driver->shown("##operators"));
    EXPECT_TRUE(bench.driver->says("operators.json"));
    // Mended while the program runs.
    bench.snapshot = office_snapshot();
    bench.settle();
    EXPECT_EQ(bench.shell.title(), "Faktury kosztowe");
}

TEST(Shell, the_first_run_ends_when_somebody_else_has_become_administrator) {
    ShellBench bench({});
    ASSERT_TRUE(bench.driver->shown("##address"));
    bench.snapshot.operators = office_snapshot().operators;
    bench.snapshot.may_define = bench.snapshot.may_see_points = false;
    bench.settle();
    EXPECT_FALSE(bench.driver->shown("##address"));
    EXPECT_TRUE(bench.driver->says("Może je nadać: Ala Źrebiec."));
}

TEST(Shell, what_concerns_the_workspace_is_said_at_the_first_run_too) {
    mail::Snapshot snapshot;
    snapshot.ledger_error = mail::Error{mail::Cause::no_permission_there,
                                        mail::Layer::workspace,
                                        mail::Reach::point,
                                        {{"path", "/biuro/ledger.db"}}};
    ShellBench bench(std::move(snapshot));
    EXPECT_TRUE(bench.driver->shown("##address"));
    EXPECT_TRUE(bench.driver->says("/biuro/ledger.db"));
}

TEST(Shell, a_point_that_was_never_opened_is_opened_when_it_is_shown_once) {
    mail::Snapshot snapshot = office_snapshot();
    snapshot.points.insert(snapshot.points.begin(),
                           sample_point("nowy", "Nowy", mail::PointHealth::never));
    ShellBench bench(std::move(snapshot));
    bench.settle();
    ASSERT_EQ(bench.all<mail::OpenPoint>().size(), 1U);
    EXPECT_EQ(bench.all<mail::OpenPoint>()[0].point, "nowy");
}

TEST(Shell, points_that_take_by_themselves_are_opened_unseen_one_after_the_other) {
    using mail::PointHealth;
    mail::Snapshot snapshot = office_snapshot();
    const auto add = [&](const std::string& id, bool takes) {
        auto view = std::make_shared<mail::PointView>(*sample_point(id, id, PointHealth::never));
        auto point = std::make_shared<mail::point::Point>(*view->definition);
        point->general.take_by_itself = takes;
        view->definition = std::move(point);
        snapshot.points.push_back(std::move(view));
    };
    add("jeden", true);
    add("nie", false);
    add("dwa", true);
    ShellBench bench(std::move(snapshot));
    bench.settle();
    ASSERT_EQ(bench.all<mail::OpenPoint>().size(), 1U);
    EXPECT_EQ(bench.all<mail::OpenPoint>()[0].point, "jeden");
    for (auto& point : bench.snapshot.points)
        if (point->definition->id == "jeden") {
            auto answered = std::make_shared<mail::PointView>(*point);
            answered->health = PointHealth::down;
            point = std::move(answered);
        }
    ++bench.snapshot.version;
    bench.settle();
    ASSERT_EQ(bench.all<mail::OpenPoint>().size(), 2U);
    EXPECT_EQ(bench.all<mail::OpenPoint>()[1].point, "dwa");
}

TEST(Shell, points_are_chosen_by_click_and_by_number) {
    ShellBench bench(office_snapshot());
    EXPECT_EQ(bench.shell.title(), "Faktury kosztowe");
    bench.click("###point_zamowienia");
    EXPECT_TRUE(bench.driver->says("3\u00a0wiadomości"));
    bench.key(ImGuiKey_1, ImGuiMod_Ctrl);
    EXPECT_EQ(bench.shell.title(), "Faktury kosztowe");
}

TEST(Shell, a_point_that_never_had_a_connection_has_none_since_no_hour) {
    ShellBench bench(office_snapshot());
    bench.point(0).health = mail::PointHealth::down;
    bench.point(0).checked_at = {};
    bench.settle();
    EXPECT_TRUE(bench.driver->says("Brak połączenia"));
    EXPECT_FALSE(bench.driver->says("od 00:00"));
}

TEST(Shell, each_point_keeps_its_selection_and_filter) {
    ShellBench bench(office_snapshot());
    bench.click("##2");
    bench.click("###point_zamowienia");
    EXPECT_FALSE(bench.driver->enabled("###generate"));
    bench.click("###point_koszty");
    EXPECT_TRUE(bench.driver->enabled("Generuj dokument (1)"));
}

TEST(Shell, who_starts_with_the_demo_sees_nothing_else_before_it) {
    ShellBench bench(office_snapshot(), {1280, 800}, 1.F, ShellBench::Begin::with_demo);
    EXPECT_EQ(bench.shell.title(), "");
    EXPECT_TRUE(bench.driver->says("Otwieranie skrzynki demo…"));
    ASSERT_EQ(bench.posted.size(), 1U);
    ASSERT_EQ(bench.all<mail::OpenDemo>().size(), 1U);
    auto done =
        std::make_shared<JobView>(*job_with(101, JobView::Kind::demo, JobView::State::done));
    done->saved_point = "demo";
    bench.snapshot.points.push_back(sample_point("demo", "Demo", mail::PointHealth::ok));
    bench.snapshot.jobs = {done};
    bench.settle();
    EXPECT_EQ(bench.shell.title(), "Demo");
}

/// A job of that kind on "koszty" that runs in one frame and has ended in the next.
void end_job(ShellBench& bench, JobView::Kind kind) {
    const auto id = static_cast<mail::JobId>(100 + bench.posted.size());
    bench.snapshot.jobs = {job_with(id, kind, JobView::State::running)};
    bench.settle();
    bench.snapshot.jobs = {job_with(id, kind, JobView::State::done)};
}

TEST(Shell, a_point_is_deleted_after_a_question_and_brought_back_by_the_toast) {
    ShellBench bench(office_snapshot());
    bench.driver->right_click("###point_koszty");
    bench.settle();
    bench.click("Usuń punkt…");
    EXPECT_TRUE(bench.driver->says("Usunąć punkt Faktury kosztowe?"));
    EXPECT_TRUE(bench.driver->has_focus("###delete_no"));
    EXPECT_TRUE(bench.all<mail::DeletePoint>().empty());
    bench.click("###delete_yes");
    ASSERT_EQ(bench.all<mail::DeletePoint>().size(), 1U);
    EXPECT_EQ(bench.all<mail::DeletePoint>()[0].point, "koszty");
    end_job(bench, JobView::Kind::remove);
    std::erase_if(bench.snapshot.points,
                  [](const auto& point) { return point->definition->id == "koszty"; });
    bench.settle();
    EXPECT_TRUE(bench.driver->says("Usunięto punkt Faktury kosztowe"));
    EXPECT_NE(bench.shell.title(), "Faktury kosztowe");
    bench.click("Cofnij");
    ASSERT_EQ(bench.all<mail::RestorePoint>().size(), 1U);
    EXPECT_EQ(bench.all<mail::RestorePoint>()[0].point, "koszty");
}

TEST(Shell, a_deleted_point_comes_back_by_a_key_when_the_toast_has_gone) {
    ShellBench bench(office_snapshot());
    bench.key(ImGuiKey_Z, ImGuiMod_Ctrl);
    EXPECT_TRUE(bench.all<mail::RestorePoint>().empty()) << "nothing was deleted";
    bench.driver->right_click("###point_koszty");
    bench.settle();
    bench.click("Usuń punkt…");
    bench.click("###delete_yes");
    end_job(bench, JobView::Kind::remove);
    bench.driver->seconds(11);
    bench.settle();
    EXPECT_FALSE(bench.driver->shown("Cofnij"));
    bench.click("###search");
    bench.key(ImGuiKey_Z, ImGuiMod_Ctrl);
    EXPECT_TRUE(bench.all<mail::RestorePoint>().empty()) << "that undoes what is typed";
    bench.click("##2");
    bench.key(ImGuiKey_Z, ImGuiMod_Ctrl);
    ASSERT_EQ(bench.all<mail::RestorePoint>().size(), 1U);
    EXPECT_EQ(bench.all<mail::RestorePoint>()[0].point, "koszty");
    end_job(bench, JobView::Kind::restore);
    bench.key(ImGuiKey_Z, ImGuiMod_Ctrl);
    EXPECT_EQ(bench.all<mail::RestorePoint>().size(), 1U) << "once";
}

TEST(Shell, who_deletes_an_ocr_point_sees_whose_files_go_elsewhere_then) {
    mail::Snapshot snapshot = office_snapshot();
    mail::PointView ocr;
    mail::point::Point folder;
    folder.type = mail::point::Type::ocr;
    folder.id = "ocr";
    folder.name = "Skany";
    ocr.definition = std::make_shared<const mail::point::Point>(folder);
    snapshot.points.push_back(std::make_shared<const mail::PointView>(ocr));
    ShellBench bench(std::move(snapshot));
    mail::point::Point costs = *bench.snapshot.points[0]->definition;
    costs.general.ocr_point = "ocr";
    bench.point(0).definition = std::make_shared<const mail::point::Point>(costs);
    bench.settle();
    bench.driver->right_click("###point_ocr");
    bench.settle();
    bench.click("Usuń punkt…");
    EXPECT_TRUE(bench.driver->says("trafiają załączniki punktów: Faktury kosztowe."));
    bench.key(ImGuiKey_Escape);
    bench.driver->right_click("###point_koszty");
    bench.settle();
    bench.click("Usuń punkt…");
    EXPECT_FALSE(bench.driver->says("trafiają załączniki punktów"));
}

TEST(Shell, who_deletes_a_point_that_is_signed_in_is_told_that_the_sign_in_stays) {
    ShellBench bench(office_snapshot());
    mail::point::Point costs = *bench.snapshot.points[0]->definition;
    costs.connection.authentication = mail::point::Authentication::oauth2;
    bench.point(0).definition = std::make_shared<const mail::point::Point>(costs);
    bench.settle();
    bench.driver->right_click("###point_koszty");
    bench.settle();
    bench.click("Usuń punkt…");
    EXPECT_TRUE(bench.driver->says("Logowanie OAuth2 pozostaje zapisane"));
}

TEST(Shell, an_export_is_proposed_under_a_whole_path) {
    mail::Snapshot snapshot = office_snapshot();
    snapshot.workspace = "/home/ala/mailpoint";
    ShellBench bench(std::move(snapshot));
    mail::point::Point costs = *bench.snapshot.points[0]->definition;
    costs.name = "FV/2026: koszty";
    bench.point(0).definition = std::make_shared<const mail::point::Point>(costs);
    bench.settle();
    bench.driver->right_click("###point_" + costs.id);
    bench.settle();
    bench.click("Eksportuj punkt…");
    bench.key(ImGuiKey_Enter);
    ASSERT_EQ(bench.all<mail::ExportPoint>().size(), 1U);
    EXPECT_EQ(bench.all<mail::ExportPoint>()[0].path, "/home/ala/mailpoint/FV_2026_ koszty.json");
}

TEST(Shell, escape_deletes_nothing) {
    ShellBench bench(office_snapshot());
    bench.driver->right_click("###point_koszty");
    bench.settle();
    bench.click("Usuń punkt…");
    bench.key(ImGuiKey_Escape);
    EXPECT_TRUE(bench.all<mail::DeletePoint>().empty());
    EXPECT_FALSE(bench.driver->shown("###delete_yes"));
}

TEST(Shell, a_copy_of_a_point_is_a_new_one_under_another_name) {
    ShellBench bench(office_snapshot());
    bench.driver->right_click("###point_koszty");
    bench.settle();
    bench.click("Powiel punkt");
    bench.settle();
    bench.click("###save");
    ASSERT_EQ(bench.all<mail::SavePoint>().size(), 1U);
    const mail::SavePoint save = bench.all<mail::SavePoint>()[0];
    EXPECT_EQ(save.point.id, "");
    EXPECT_EQ(save.point.name, "Faktury kosztowe (kopia)");
    EXPECT_FALSE(save.password.has_value());
    EXPECT_FALSE(save.based_on.has_value());
}

TEST(Shell, a_file_that_is_there_is_replaced_only_by_the_button) {
    ShellBench bench(office_snapshot());
    bench.driver->right_click("###point_koszty");
    bench.settle();
    bench.click("Eksportuj punkt…");
    bench.driver->replace("###file_path", "/srv/punkt.json");
    bench.key(ImGuiKey_Enter);
    ASSERT_EQ(bench.all<mail::ExportPoint>().size(), 1U);
    EXPECT_FALSE(bench.all<mail::ExportPoint>()[0].replace);
    auto refused = std::make_shared<JobView>(
        *job_with(100 + bench.posted.size(), JobView::Kind::export_, JobView::State::failed));
    refused->error = mail::Error{mail::Cause::file_exists,
                                 mail::Layer::target,
                                 mail::Reach::point,
                                 {{"path", "/srv/punkt.json"}}};
    bench.snapshot.jobs = {refused};
    bench.settle();
    EXPECT_TRUE(bench.driver->says("„Zastąp” wstawi nowy w jego miejsce"));
    bench.key(ImGuiKey_Enter);
    EXPECT_EQ(bench.all<mail::ExportPoint>().size(), 1U);
    bench.click("Zastąp");
    ASSERT_EQ(bench.all<mail::ExportPoint>().size(), 2U);
    EXPECT_TRUE(bench.all<mail::ExportPoint>()[1].replace);
}

TEST(Shell, who_may_not_define_finds_the_ways_to_it_closed) {
    mail::Snapshot snapshot = office_snapshot();
    snapshot.may_define = false;
    ShellBench bench(std::move(snapshot));
    EXPECT_FALSE(bench.driver->shown("###add_point"));
    bench.key(ImGuiKey_N, ImGuiMod_Ctrl);
    EXPECT_FALSE(bench.driver->shown("##address"));
    bench.driver->right_click("###point_koszty");
    bench.settle();
    EXPECT_FALSE(bench.driver->enabled("Usuń punkt…"));
    EXPECT_FALSE(bench.driver->enabled("Powiel punkt"));
    EXPECT_TRUE(bench.driver->enabled("Eksportuj punkt…"));
}

TEST(Shell, who_may_not_define_sees_the_definition_and_can_test_it) {
    mail::Snapshot snapshot = office_snapshot();
    snapshot.may_define = false;
    mail::point::Operator ala;
    ala.id = ala.name = "Ala Nowak";
    ala.administrator = true;
    snapshot.operators = std::make_shared<mail::point::Operators>(mail::point::Operators{ala});
    ShellBench bench(std::move(snapshot));
    bench.driver->right_click("###point_koszty");
    bench.settle();
    bench.click("Pokaż definicję…");
    EXPECT_TRUE(
        bench.driver->says("Tylko do odczytu: punkty definiują administratorzy (Ala Nowak)"));
    EXPECT_FALSE(bench.driver->enabled("##server"));
    EXPECT_FALSE(bench.driver->enabled("##password"));
    EXPECT_FALSE(bench.driver->shown("###save"));
    bench.key(ImGuiKey_S, ImGuiMod_Ctrl);
    EXPECT_TRUE(bench.all<mail::SavePoint>().empty());
    bench.click("###test_connection");
    ASSERT_EQ(bench.all<mail::Diagnose>().size(), 1U);
    EXPECT_EQ(bench.all<mail::Diagnose>()[0].point, *bench.snapshot.points[0]->definition);
    bench.click("###test_back");
    bench.key(ImGuiKey_Escape);
    EXPECT_FALSE(bench.driver->says("Punkt konfiguracyjny"));
}

TEST(Shell, many_points_are_searched_and_ocr_points_stand_apart) {
    mail::Snapshot snapshot = office_snapshot();
    for (int i = 0; i < 6; ++i)
        snapshot.points.push_back(sample_point("p" + std::to_string(i), "Łódź " + std::to_string(i),
                                               mail::PointHealth::ok));
    mail::point::Point ocr;
    ocr.type = mail::point::Type::ocr;
    ocr.id = "ocr";
    ocr.name = "Skany";
    ocr.general.folder = "/srv/ocr";
    auto view = sample_point("ocr", "Skany", mail::PointHealth::never);
    view->definition = std::make_shared<const mail::point::Point>(ocr);
    snapshot.points.push_back(view);
    ShellBench bench(std::move(snapshot));
    EXPECT_TRUE(bench.driver->says("Punkty OCR"));
    bench.driver->replace("###search_points", "lodz 3");
    bench.settle();
    EXPECT_TRUE(bench.driver->shown("###point_p3"));
    EXPECT_FALSE(bench.driver->shown("###point_p2"));
    EXPECT_FALSE(bench.driver->shown("###point_ocr"));
    bench.driver->replace("###search_points", "skany");
    bench.settle();
    bench.click("###point_ocr");
    EXPECT_EQ(bench.shell.title(), "Skany");
    EXPECT_FALSE(bench.driver->says("Punkt konfiguracyjny"));
    EXPECT_TRUE(bench.all<mail::OpenPoint>().empty());
}

TEST(Shell, f5_looks_for_new_mail) {
    ShellBench bench(office_snapshot());
    bench.key(ImGuiKey_F5);
    ASSERT_EQ(bench.all<mail::OpenPoint>().size(), 1U);
    EXPECT_EQ(bench.all<mail::OpenPoint>()[0].point, "koszty");
}

TEST(Shell, cancel_stops_the_job_and_says_so_at_once) {
    ShellBench bench(taking_snapshot());
    EXPECT_TRUE(bench.driver->says("Pobieranie: 1 z 3\u00a0wiadomości"));
    bench.click("Anuluj###cancel");
    EXPECT_EQ(bench.cancelled, std::vector<mail::JobId>{7});
    EXPECT_TRUE(bench.driver->says("Przerywanie…"));
    EXPECT_FALSE(bench.driver->enabled("###cancel"));
}

TEST(Shell, a_key_cancels_the_job_wherever_the_focus_is) {
    ShellBench bench(taking_snapshot());
    bench.key(ImGuiKey_F, ImGuiMod_Ctrl);
    bench.key(ImGuiKey_Period, ImGuiMod_Ctrl);
    EXPECT_EQ(bench.cancelled, std::vector<mail::JobId>{7});
    EXPECT_TRUE(bench.driver->says("Przerywanie…"));
    bench.key(ImGuiKey_Period, ImGuiMod_Ctrl);
    EXPECT_EQ(bench.cancelled.size(), 1U) << "it is stopping already";
    bench.key(ImGuiKey_F1);
    EXPECT_TRUE(bench.driver->says("Anuluj bieżące zadanie"));
    EXPECT_TRUE(bench.driver->says("Ctrl+."));
}

TEST(Shell, where_nothing_is_running_that_key_does_nothing) {
    ShellBench bench(office_snapshot());
    bench.key(ImGuiKey_Period, ImGuiMod_Ctrl);
    EXPECT_TRUE(bench.cancelled.empty());
    EXPECT_TRUE(bench.posted.size() == ShellBench(office_snapshot()).posted.size());
}

TEST(Shell, generate_is_off_while_messages_are_being_taken) {
    ShellBench bench(taking_snapshot());
    bench.click("##4");
    EXPECT_FALSE(bench.driver->enabled("###generate"));
    bench.key(ImGuiKey_Enter, ImGuiMod_Ctrl);
    EXPECT_TRUE(bench.all<mail::Take>().empty());
}

TEST(Shell, cancel_is_in_sight_however_little_room_there_is) {
    for (const auto& [size, scale] :
         {std::pair{ImVec2{1024, 640}, 2.F}, std::pair{ImVec2{800, 560}, 1.F},
          std::pair{ImVec2{1600, 900}, 1.F}}) {
        ShellBench bench(taking_snapshot(), size, scale);
        const Item* cancel = bench.driver->find("###cancel");
        ASSERT_NE(cancel, nullptr) << size.x;
        EXPECT_TRUE(cancel->clip.Contains(cancel->rect)) << size.x;
        bench.click("###cancel");
        EXPECT_EQ(bench.cancelled.size(), 1U) << size.x;
    }
}

TEST(Shell, a_job_that_is_done_tells_what_came_of_it) {
    ShellBench bench(taking_snapshot());
    bench.snapshot.jobs = {job_with(7, JobView::Kind::take, JobView::State::done)};
    bench.settle();
    EXPECT_TRUE(bench.driver->says("Wygenerowano 3\u00a0dokumenty"));
    bench.click("Otwórz folder###toast_button");
    EXPECT_EQ(bench.opened(), "/home/biuro/Faktury/2026-11");
    EXPECT_FALSE(bench.driver->shown("###toast_button"));
}

/// What a taking tells that has ended so.
bool tells_of_taking(const std::function<void(JobView&)>& change, const std::string& words,
                     JobView::State state = JobView::State::done) {
    ShellBench bench(taking_snapshot());
    auto job = std::make_shared<JobView>(*job_with(7, JobView::Kind::take, state));
    change(*job);
    bench.snapshot.jobs = {job};
    bench.settle();
    return bench.driver->says(words);
}

TEST(Shell, what_was_there_already_is_not_told_as_made) {
    EXPECT_TRUE(tells_of_taking(
        [](JobView& job) {
            job.documents = 1;
            job.files = 2;
            job.files_there = 1;
        },
        "Wygenerowano 1\u00a0dokument (2\u00a0pliki). 1\u00a0plik był już zapisany"));
    const auto nothing_new = [](JobView& job) {
        job.documents = job.files = 0;
        job.files_there = 3;
    };
    EXPECT_TRUE(tells_of_taking(nothing_new, "Nic nowego. 3\u00a0pliki były już zapisane"));
    EXPECT_FALSE(tells_of_taking(nothing_new, "Wygenerowano"));
    EXPECT_TRUE(tells_of_taking([](JobView& job) { job.documents = job.files = 0; },
                                "Nic do zapisania: 3\u00a0wiadomości"));
}

TEST(Shell, a_taking_that_was_stopped_tells_how_far_it_had_come) {
    EXPECT_TRUE(tells_of_taking(
        [](JobView& job) {
            job.messages_total = 130;
            job.messages_done = 21;
        },
        "Przerwano: pobrano 21 z 130\u00a0wiadomości. Zapisane pliki zostają.",
        JobView::State::cancelled));
    EXPECT_TRUE(tells_of_taking([](JobView& job) { job.messages_total = job.messages_done = 0; },
                                "Przerwano. Zapisane pliki zostają.", JobView::State::cancelled));
}

TEST(Shell, what_a_taking_tells_covers_neither_the_details_nor_the_strip_of_a_job) {
    ShellBench bench(taking_snapshot());
    bench.click("##3");
    bench.snapshot.jobs = {job_with(7, JobView::Kind::take, JobView::State::done)};
    bench.settle();
    const Item* toast = bench.driver->find("###toast_button");
    ASSERT_NE(toast, nullptr);
    float details = 0;
    for (const Item& item : bench.driver->all_items())
        if (item.window.find("##details") != std::string::npos)
            details = details == 0 ? item.rect.Min.y : std::min(details, item.rect.Min.y);
    ASSERT_GT(details, 0.F);
    EXPECT_LE(toast->rect.Max.y, details);
}

TEST(Shell, the_list_of_keys_names_each_once) {
    ShellBench bench(office_snapshot());
    bench.key(ImGuiKey_F1);
    ASSERT_TRUE(bench.driver->shown("###keys_close"));
    EXPECT_TRUE(bench.driver->says(std::string(text::key_search.pl)));
    // Once as the hint of the search field behind it, never as the name of the key's row.
    const std::string words = bench.driver->words();
    const std::size_t first = words.find("(Ctrl+F)");
    ASSERT_NE(first, std::string::npos);
    EXPECT_EQ(words.find("(Ctrl+F)", first + 1), std::string::npos) << words;
}

TEST(Shell, what_is_told_changes_its_language_with_the_rest) {
    ShellBench bench(taking_snapshot());
    bench.snapshot.jobs = {job_with(7, JobView::Kind::take, JobView::State::done)};
    bench.settle();
    bench.settings.language = text::Language::en;
    bench.settle();
    EXPECT_TRUE(bench.driver->says("3\u00a0documents generated"));
    EXPECT_TRUE(bench.driver->shown("Open folder###toast_button"));
}

TEST(Shell, messages_that_need_somebody_are_told_and_shown) {
    ShellBench bench(taking_snapshot());
    auto job = std::make_shared<JobView>(*job_with(7, JobView::Kind::take, JobView::State::done));
    job->messages_check = 1;
    bench.snapshot.jobs = {job};
    bench.settle();
    EXPECT_TRUE(bench.driver->says("Pobrano 2 z 3\u00a0wiadomości; do sprawdzenia: 1"));
    bench.click("Pokaż###toast_button");
    EXPECT_EQ(bench.rows(), (std::vector<std::uint32_t>{4, 6, 9}));
}

TEST(Shell, a_job_that_fails_in_the_middle_tells_what_it_had_done_by_then) {
    ShellBench bench(taking_snapshot());
    auto job = std::make_shared<JobView>(*job_with(7, JobView::Kind::take, JobView::State::failed));
    job->messages_done = 2;
    job->error = mail::Error{mail::Cause::disk_full, mail::Layer::target, mail::Reach::point, {}};
    job->kept = {
        {4, mail::Error{mail::Cause::gate_locked, mail::Layer::list, mail::Reach::message, {}}}};
    bench.snapshot.jobs = {job};
    bench.settle();
    EXPECT_TRUE(bench.driver->says("Pobrano 2 z 3\u00a0wiadomości. "));
    EXPECT_TRUE(bench.driver->says(text::words_of(*job->error, text::Language::pl).cause));
    EXPECT_TRUE(bench.driver->says("Pozostawiono: 1\u00a0wiadomość. "));
    EXPECT_TRUE(bench.driver->says("nie wszystkie jej załączniki są bezpiecznie na dysku"));
    bench.click("###toast_button");
    EXPECT_NE(Driver::clipboard().find("disk_full"), std::string::npos);
}

TEST(Shell, a_toast_goes_by_itself_and_an_error_stays) {
    ShellBench bench(taking_snapshot());
    bench.snapshot.jobs = {job_with(7, JobView::Kind::take, JobView::State::cancelled)};
    bench.settle();
    EXPECT_TRUE(bench.driver->says("Przerwano: "));
    bench.driver->seconds(6);
    EXPECT_FALSE(bench.driver->says("Przerwano: "));

    bench.snapshot.jobs = {job_with(8, JobView::Kind::take, JobView::State::running)};
    bench.settle();
    auto failed =
        std::make_shared<JobView>(*job_with(8, JobView::Kind::take, JobView::State::failed));
    failed->error =
        mail::Error{mail::Cause::disk_full, mail::Layer::target, mail::Reach::point, {}};
    bench.snapshot.jobs = {failed};
    bench.settle();
    bench.driver->seconds(30);
    EXPECT_TRUE(bench.driver->shown("###toast_close"));
    bench.click("###toast_close");
    EXPECT_FALSE(bench.driver->shown("###toast_close"));
}

TEST(Shell, an_error_is_told_until_it_is_closed_whatever_went_well_since) {
    ShellBench bench(taking_snapshot());
    const auto end = [&](mail::JobId id, JobView::State state) {
        bench.snapshot.jobs = {job_with(id, JobView::Kind::take, JobView::State::running)};
        bench.settle();
        auto ended = std::make_shared<JobView>(*job_with(id, JobView::Kind::take, state));
        if (state == JobView::State::failed)
            ended->error =
                mail::Error{mail::Cause::disk_full, mail::Layer::target, mail::Reach::point, {}};
        bench.snapshot.jobs = {ended};
        bench.settle();
    };
    const auto full = [&] {
        return bench.driver->says(
            text::words_of(
                mail::Error{mail::Cause::disk_full, mail::Layer::target, mail::Reach::point, {}},
                text::Language::pl)
                .cause);
    };
    end(8, JobView::State::failed);
    EXPECT_TRUE(full());
    end(9, JobView::State::done);
    EXPECT_TRUE(bench.driver->says("Wygenerowano"));
    EXPECT_FALSE(full()) << "one at a time";
    bench.click("###toast_close");
    EXPECT_TRUE(full());
    bench.click("###toast_close");
    EXPECT_FALSE(bench.driver->shown("###toast_close"));
}

TEST(Shell, what_is_told_is_reached_and_closed_by_keyboard) {
    ShellBench bench(office_snapshot());
    bench.click("##2");
    auto failed =
        std::make_shared<JobView>(*job_with(7, JobView::Kind::take, JobView::State::failed));
    failed->error = mail::Error{
        mail::Cause::disk_full, mail::Layer::target, mail::Reach::point, {{"path", "/srv"}}};
    const auto run =
        std::make_shared<JobView>(*job_with(7, JobView::Kind::take, JobView::State::running));
    const auto fail_again = [&](mail::JobId id) {
        auto running = std::make_shared<JobView>(*run);
        running->id = id;
        bench.snapshot.jobs = {running};
        bench.settle();
        auto ended = std::make_shared<JobView>(*failed);
        ended->id = id;
        bench.snapshot.jobs = {ended};
        bench.settle();
    };
    fail_again(7);
    ASSERT_TRUE(bench.driver->shown("###toast_close"));
    EXPECT_FALSE(bench.driver->has_focus("###toast_button")) << "it takes the focus from nobody";
    bench.key(ImGuiKey_F6);
    bench.key(ImGuiKey_F6);
    ASSERT_TRUE(bench.driver->has_focus("###toast_button"));
    bench.key(ImGuiKey_F6);
    EXPECT_TRUE(bench.driver->has_focus("###generate"));
    bench.key(ImGuiKey_F6, ImGuiMod_Shift);
    ASSERT_TRUE(bench.driver->has_focus("###toast_button"));
    bench.key(ImGuiKey_Escape);
    EXPECT_FALSE(bench.driver->shown("###toast_close"));
    EXPECT_TRUE(bench.driver->has_focus("##2"));
    fail_again(8);
    bench.key(ImGuiKey_F6);
    bench.key(ImGuiKey_F6);
    bench.key(ImGuiKey_Enter);
    EXPECT_NE(Driver::clipboard().find("/srv"), std::string::npos);
    EXPECT_TRUE(bench.driver->has_focus("##2"));
}

TEST(Shell, a_password_is_given_with_enter) {
    ShellBench bench(signin_snapshot(mail::Cause::password_needed));
    bench.driver->replace("##password", "zażółć ");
    bench.key(ImGuiKey_Enter);
    const auto given = bench.all<mail::GivePassword>();
    ASSERT_EQ(given.size(), 1U);
    EXPECT_EQ(given[0].point, "biuro");
    EXPECT_EQ(given[0].password.reveal(), "zażółć ");
    EXPECT_TRUE(given[0].remember);
}

TEST(Shell, a_sign_in_that_has_ended_is_renewed_over_the_list) {
    ShellBench bench(provider_snapshot());
    EXPECT_TRUE(bench.driver->says("trzeba zalogować się u dostawcy"));
    EXPECT_TRUE(bench.driver->says("Autoryzacja wygasła: nie była używana zbyt długo"));
    EXPECT_FALSE(bench.driver->shown("##password"));
    bench.click("###authorize");
    const auto begun = bench.all<mail::Authorize>();
    ASSERT_EQ(begun.size(), 1U);
    EXPECT_EQ(begun[0].point.id, "biuro");
    const mail::JobId job_id = 100 + bench.posted.size();
    const auto show = [&](SigningIn state) {
        auto job = sign_in_job(state);
        job->id = job_id;
        bench.snapshot.jobs = {std::move(job)};
        ++bench.snapshot.version;
        bench.settle();
    };
    show(SigningIn::browser);
    EXPECT_TRUE(bench.driver->says("Czekam na logowanie w przeglądarce"));
    EXPECT_TRUE(bench.all<mail::OpenPoint>().empty());
    show(SigningIn::done);
    const auto opened = bench.all<mail::OpenPoint>();
    ASSERT_EQ(opened.size(), 1U) << "the list comes by itself";
    EXPECT_EQ(opened[0].point, "biuro");
}

TEST(Shell, a_password_that_is_not_to_be_kept_is_not) {
    ShellBench bench(signin_snapshot(mail::Cause::login_refused));
    EXPECT_TRUE(bench.driver->says("Błędny login lub hasło"));
    EXPECT_FALSE(bench.driver->enabled("###sign_in"));
    bench.driver->replace("##password", "x");
    bench.click("Zapamiętaj w magazynie haseł systemu");
    bench.click("###sign_in");
    const auto given = bench.all<mail::GivePassword>();
    ASSERT_EQ(given.size(), 1U);
    EXPECT_FALSE(given[0].remember);
    EXPECT_FALSE(bench.driver->enabled("###sign_in"));  // the field is empty again
}

TEST(Shell, trouble_says_cause_and_cure_over_rows_that_can_still_be_read) {
    ShellBench bench(down_snapshot());
    EXPECT_TRUE(bench.driver->says("Brak odpowiedzi"));
    EXPECT_FALSE(bench.rows().empty());
    bench.click("##2");
    EXPECT_FALSE(bench.driver->enabled("###generate"));
    bench.click("Kopiuj szczegóły###copy");
    EXPECT_NE(Driver::clipboard().find("imap.firma.example"), std::string::npos);
    bench.click("Spróbuj ponownie###again");
    EXPECT_EQ(bench.all<mail::OpenPoint>().size(), 1U);
}

TEST(Shell, when_trouble_goes_the_focus_that_was_there_goes_to_the_list) {
    ShellBench bench(office_snapshot());
    const auto fail = [&bench] {
        mail::PointView& point = bench.point(0);
        point.health = mail::PointHealth::down;
        point.error = mail::Error{
            mail::Cause::connection_refused, mail::Layer::tcp, mail::Reach::connection, {}};
        bench.settle();
    };
    fail();
    bench.click("###again");
    bench.point(0).health = mail::PointHealth::checking;
    bench.settle();
    EXPECT_TRUE(bench.driver->has_focus("##1"));
    fail();
    EXPECT_TRUE(bench.driver->has_focus("##1")) << "nor does it go back by itself";
    bench.driver->click("###search");
    bench.point(0).health = mail::PointHealth::ok;
    bench.settle();
    EXPECT_TRUE(bench.driver->has_focus("###search")) << "somebody is elsewhere by now";
}

TEST(Shell, f6_goes_round_through_all_panes) {
    ShellBench bench(office_snapshot());
    bench.click("##2");
    bench.key(ImGuiKey_F6);
    EXPECT_TRUE(bench.driver->has_focus("treść wiadomości"));
    bench.key(ImGuiKey_F6);
    EXPECT_TRUE(bench.driver->has_focus("###generate"));
    bench.key(ImGuiKey_F6);
    EXPECT_TRUE(bench.driver->has_focus("###point_koszty"));
    bench.key(ImGuiKey_F6);
    EXPECT_TRUE(bench.driver->has_focus("###chip0"));
    bench.key(ImGuiKey_F6);
    EXPECT_TRUE(bench.driver->has_focus("##2"));
    bench.key(ImGuiKey_F6, ImGuiMod_Shift);
    EXPECT_TRUE(bench.driver->has_focus("###chip0"));
}

/// Where F6 leads to, from the first of them round to it again.
void expect_round(ShellBench&& bench, const std::vector<const char*>& stops,
                  ImGuiKeyChord first = 0) {
    if (first != 0)
        bench.key(static_cast<ImGuiKey>(first & ~ImGuiMod_Mask_), first & ImGuiMod_Mask_);
    for (const char* stop : stops) {
        EXPECT_TRUE(bench.driver->has_focus(stop)) << stop;
        bench.key(ImGuiKey_F6);
    }
    EXPECT_TRUE(bench.driver->has_focus(stops.front())) << "round to the first";
}

TEST(Shell, f6_passes_over_what_has_nothing_to_go_to) {
    expect_round(ShellBench(office_snapshot()),
                 {"##1", "Ustaw folder", "###point_koszty", "###chip0"});
    expect_round(ShellBench(signin_snapshot(mail::Cause::password_needed)),
                 {"##password", "Ustaw folder", "###point_biuro", "###chip0"});
    mail::Snapshot empty = office_snapshot();
    auto point = std::make_shared<mail::PointView>(*empty.points[0]);
    point->mailbox = sample_mailbox({});
    empty.points[0] = point;
    expect_round(ShellBench(std::move(empty)), {"###point_koszty", "###chip0", "Ustaw folder"},
                 ImGuiKey_F6);
    expect_round(ShellBench(damaged_snapshot()), {"###again", "Odśwież", "###point_damaged"},
                 ImGuiMod_Ctrl | ImGuiKey_2);
}

TEST(Shell, escape_leaves_the_focus_where_it_is) {
    ShellBench bench(office_snapshot());
    bench.key(ImGuiKey_DownArrow);
    bench.key(ImGuiKey_Escape);
    EXPECT_TRUE(bench.driver->has_focus("##2"));
    bench.key(ImGuiKey_F6, ImGuiMod_Shift);
    bench.key(ImGuiKey_Escape);
    EXPECT_TRUE(bench.driver->has_focus("###chip0"));
}

TEST(Shell, the_password_has_the_focus_each_time_its_point_is_chosen) {
    ShellBench bench(office_snapshot());
    for (int i = 0; i < 2; ++i) {
        bench.key(ImGuiKey_3, ImGuiMod_Ctrl);
        EXPECT_TRUE(bench.driver->has_focus("##password")) << i;
        bench.key(ImGuiKey_1, ImGuiMod_Ctrl);
        EXPECT_FALSE(bench.driver->shown("##password"));
    }
}

TEST(Shell, ctrl_enter_generates_wherever_the_focus_is) {
    ShellBench bench(office_snapshot());
    bench.click("##2");
    bench.key(ImGuiKey_F6, ImGuiMod_Shift);
    EXPECT_TRUE(bench.driver->has_focus("###chip0"));
    bench.key(ImGuiKey_F6, ImGuiMod_Shift);
    bench.key(ImGuiKey_Enter, ImGuiMod_Ctrl);
    ASSERT_EQ(bench.all<mail::Take>().size(), 1U);
    EXPECT_EQ(bench.shell.title(), "Faktury kosztowe");
}

TEST(Shell, leaving_the_list_keeps_the_selection) {
    ShellBench bench(office_snapshot());
    bench.click("##2");
    bench.key(ImGuiKey_Tab);
    bench.key(ImGuiKey_F6);
    EXPECT_TRUE(bench.driver->enabled("Generuj dokument (1)"));
    bench.key(ImGuiKey_Space);  // the focus is on the primary button
    EXPECT_EQ(bench.all<mail::Take>().size(), 1U);
}

TEST(Shell, scale_and_details_have_keys) {
    ShellBench bench(office_snapshot());
    bench.key(ImGuiKey_Equal, ImGuiMod_Ctrl);
    EXPECT_EQ(bench.settings.scale_percent, 125);
    bench.key(ImGuiKey_0, ImGuiMod_Ctrl);
    EXPECT_EQ(bench.settings.scale_percent, 100);
    bench.key(ImGuiKey_F8);
    EXPECT_FALSE(bench.settings.details_open);
}

TEST(Shell, narrow_windows_show_a_rail_and_never_lose_the_primary_button) {
    for (const float scale : {1.F, 2.F}) {
        ShellBench bench(office_snapshot(), {1024, 640}, scale);
        EXPECT_TRUE(bench.driver->shown("###generate"));
        EXPECT_TRUE(bench.driver->shown("###search"));
        EXPECT_TRUE(bench.driver->shown("###menu"));
        EXPECT_FALSE(bench.driver->says("Na bieżąco · 09"));
        EXPECT_FALSE(bench.rows().empty());
    }
}

TEST(Shell, f1_shows_the_keys_and_escape_closes_it) {
    ShellBench bench(office_snapshot());
    bench.key(ImGuiKey_F1);
    EXPECT_TRUE(bench.driver->says("Ctrl+Enter"));
    EXPECT_TRUE(bench.driver->says("Edytor punktu"));
    EXPECT_TRUE(bench.driver->says("Ctrl+S"));
    EXPECT_TRUE(bench.driver->says("Pytania i okna"));
    bench.key(ImGuiKey_F5);  // keys of the window rest while something stands over it
    EXPECT_TRUE(bench.all<mail::OpenPoint>().empty());
    bench.key(ImGuiKey_Escape);
    EXPECT_FALSE(bench.driver->says("Ctrl+Enter"));
}

TEST(Shell, closing_asks_only_while_work_is_under_way) {
    ShellBench idle(office_snapshot());
    idle.key(ImGuiKey_Q, ImGuiMod_Ctrl);
    EXPECT_TRUE(idle.shell.ended());
}

TEST(Shell, work_under_way_is_stopped_only_if_somebody_says_so) {
    ShellBench bench(taking_snapshot());
    bench.key(ImGuiKey_Q, ImGuiMod_Ctrl);
    EXPECT_FALSE(bench.shell.ended());
    bench.key(ImGuiKey_Enter);  // the focus is on the harmless button
    EXPECT_FALSE(bench.shell.ended());
    EXPECT_FALSE(bench.driver->shown("###stop_and_quit"));
    bench.key(ImGuiKey_Q, ImGuiMod_Ctrl);
    bench.click("###stop_and_quit");
    EXPECT_TRUE(bench.shell.ended());
}

TEST(Shell, what_the_desktop_cannot_open_is_told) {
    ShellBench bench(office_snapshot());
    bench.point(0).target_folder = "/missing";
    bench.settle();
    bench.click("##target");
    EXPECT_EQ(bench.opened(), "/missing");
    for (int i = 0; i < 1000 && !bench.driver->shown("###toast_close"); ++i)
        bench.settle();
    EXPECT_TRUE(bench.driver->shown("###toast_close"));
}

}  // namespace
}  // namespace gui::test
