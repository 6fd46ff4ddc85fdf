// The quarantine and the activity log: tables in dialogs, read from the engine.

#include <cmath>

#include <gtest/gtest.h>

#include "gui/text/causes.h"
#include "mail/base/disk.h"
#include "tests/gui/shell_bench.h"

namespace gui::test {
namespace {

using mail::JobView;

void end_job(ShellBench& bench, JobView::State state,
             const std::function<void(JobView&)>& more = {}) {
    auto job = std::make_shared<JobView>();
    job->id = 100 + bench.posted.size();
    job->state = state;
    job->point = "koszty";
    if (more)
        more(*job);
    bench.snapshot.jobs = {std::move(job)};
    ++bench.snapshot.version;
    bench.settle();
}

void find_copies(ShellBench& bench, std::vector<mail::QuarantineView> found) {
    end_job(bench, JobView::State::done, [&found](JobView& job) {
        job.quarantine = std::make_shared<std::vector<mail::QuarantineView>>(std::move(found));
    });
}

void open_quarantine(ShellBench& bench, std::vector<mail::QuarantineView> found) {
    bench.key(ImGuiKey_F10);
    bench.click("Kwarantanna");
    find_copies(bench, std::move(found));
}

TEST(Quarantine, shows_what_left_the_mailbox_of_the_point) {
    ShellBench bench(removing_snapshot());
    bench.key(ImGuiKey_F10);
    bench.click("Kwarantanna");
    ASSERT_EQ(bench.all<mail::LookUpQuarantine>().size(), 1U);
    EXPECT_EQ(bench.all<mail::LookUpQuarantine>()[0].point, "koszty");
    EXPECT_TRUE(bench.driver->says("Kwarantanna: Faktury kosztowe"));
    find_copies(bench, sample_quarantine());
    EXPECT_TRUE(bench.driver->says("Rechnung 2026-4402"));
    EXPECT_TRUE(bench.driver->says("(bez tematu)"));
    EXPECT_TRUE(bench.driver->says("Sklep Łąka"));
    EXPECT_TRUE(bench.driver->says("dziś 08:15")) << "in the test's time zone";
    EXPECT_FALSE(bench.driver->enabled("###quarantine_restore"));
    bench.key(ImGuiKey_Escape);
    EXPECT_FALSE(bench.driver->shown("###quarantine_close"));
}

TEST(Quarantine, the_selected_ones_are_put_back_by_keyboard_alone) {
    ShellBench bench(removing_snapshot());
    open_quarantine(bench, sample_quarantine());
    bench.key(ImGuiKey_DownArrow);
    bench.key(ImGuiKey_DownArrow, ImGuiMod_Shift);
    bench.key(ImGuiKey_Tab);
    EXPECT_TRUE(bench.driver->has_focus("###quarantine_restore"));
    bench.key(ImGuiKey_Enter);
    ASSERT_EQ(bench.all<mail::Restore>().size(), 1U);
    const mail::Restore back = bench.all<mail::Restore>()[0];
    EXPECT_EQ(back.point, "koszty");
    ASSERT_EQ(back.messages.size(), 2U);
    EXPECT_EQ(back.messages[0].uid, 30U);
    EXPECT_EQ(back.messages[1].uid, 27U);
    EXPECT_EQ(back.messages[1].uid_validity, 7U);
    EXPECT_FALSE(bench.driver->enabled("###quarantine_restore")) << "it is under way";
    end_job(bench, JobView::State::done,
            [](JobView& job) { job.kind = JobView::Kind::restore_messages; });
    EXPECT_EQ(bench.all<mail::LookUpQuarantine>().size(), 2U) << "it is read anew";
    find_copies(bench, {});
    EXPECT_TRUE(bench.driver->says("Przywrócono: 2\u00a0wiadomości"));
    EXPECT_FALSE(bench.driver->shown("###toast_close")) << "it is said once";
    EXPECT_TRUE(bench.driver->says("Kwarantanna jest pusta"));
}

TEST(Quarantine, what_is_put_back_after_it_was_closed_is_told_by_a_toast) {
    ShellBench bench(removing_snapshot());
    open_quarantine(bench, sample_quarantine());
    bench.click("##record0");
    bench.click("###quarantine_restore");
    bench.key(ImGuiKey_Escape);
    end_job(bench, JobView::State::done,
            [](JobView& job) { job.kind = JobView::Kind::restore_messages; });
    EXPECT_TRUE(bench.driver->shown("###toast_close"));
    EXPECT_TRUE(bench.driver->says("Przywrócono: 1\u00a0wiadomość"));
}

TEST(Quarantine, a_restoring_that_was_stopped_is_not_told_as_done) {
    ShellBench bench(removing_snapshot());
    open_quarantine(bench, sample_quarantine());
    bench.click("##record0");
    bench.click("###quarantine_restore");
    end_job(bench, JobView::State::cancelled,
            [](JobView& job) { job.kind = JobView::Kind::restore_messages; });
    find_copies(bench, sample_quarantine());
    EXPECT_TRUE(bench.driver->says("Przerwano. To, co już zrobiono, pozostaje."));
    EXPECT_FALSE(bench.driver->says("Przywrócono"));
}

/// Rings of the focus in the table, in the frame that was drawn last.
std::size_t rings() {
    std::size_t found = 0;
    const ImU32 ink = colours().accent;
    for (const ImDrawList* list : ImGui::GetDrawData()->CmdLists)
        if (std::string_view(list->_OwnerName).find("records") != std::string_view::npos) {
            float below = -100.F;
            for (const ImDrawVert& corner : list->VtxBuffer)
                if (corner.col == ink && std::abs(corner.pos.y - below) > 40.F) {
                    below = corner.pos.y;
                    ++found;
                }
        }
    return found;
}

TEST(Quarantine, one_row_has_the_focus_also_in_the_frame_in_which_it_moves) {
    ShellBench bench(removing_snapshot());
    open_quarantine(bench, sample_quarantine());
    ASSERT_EQ(rings(), 1U);
    ImGui::GetIO().AddKeyEvent(ImGuiKey_DownArrow, true);
    for (int i = 0; i < 4; ++i) {
        bench.driver->frames(1);
        EXPECT_EQ(rings(), 1U) << i;
    }
    ImGui::GetIO().AddKeyEvent(ImGuiKey_DownArrow, false);
    bench.settle();
}

TEST(Quarantine, what_could_not_be_put_back_is_said_there) {
    ShellBench bench(removing_snapshot());
    open_quarantine(bench, sample_quarantine());
    bench.click("##record0");
    bench.click("###quarantine_restore");
    end_job(bench, JobView::State::done, [](JobView& job) {
        job.kind = JobView::Kind::restore_messages;
        job.kept = {
            {31, mail::Error{
                     mail::Cause::append_refused, mail::Layer::folders, mail::Reach::message, {}}}};
    });
    find_copies(bench, sample_quarantine());
    EXPECT_TRUE(bench.driver->says("Nie przywrócono: 1\u00a0wiadomość. Serwer nie przyjął"));
    EXPECT_TRUE(bench.driver->says("Kopia zostaje w kwarantannie."));
}

TEST(Quarantine, is_emptied_after_a_question) {
    ShellBench bench(removing_snapshot());
    open_quarantine(bench, sample_quarantine());
    bench.click("###quarantine_empty");
    EXPECT_TRUE(bench.driver->says("Opróżnić kwarantannę? Tego nie można cofnąć."));
    EXPECT_TRUE(bench.driver->has_focus("###purge_no"));
    bench.key(ImGuiKey_Escape);
    EXPECT_TRUE(bench.all<mail::EmptyQuarantine>().empty());
    EXPECT_TRUE(bench.driver->shown("###quarantine_close")) << "only the question is left";
    bench.click("###quarantine_empty");
    bench.click("###purge_yes");
    ASSERT_EQ(bench.all<mail::EmptyQuarantine>().size(), 1U);
    EXPECT_EQ(bench.all<mail::EmptyQuarantine>()[0].point, "koszty");
    EXPECT_FALSE(bench.driver->enabled("###quarantine_empty"));
    end_job(bench, JobView::State::done);
    find_copies(bench, {});
    EXPECT_TRUE(bench.driver->says("Kwarantanna jest pusta"));
    EXPECT_FALSE(bench.driver->enabled("###quarantine_empty"));
}

TEST(Quarantine, that_cannot_be_read_says_why_and_is_tried_again) {
    ShellBench bench(removing_snapshot());
    bench.key(ImGuiKey_F10);
    bench.click("Kwarantanna");
    end_job(bench, JobView::State::failed, [](JobView& job) {
        job.error =
            mail::Error{mail::Cause::ledger_busy, mail::Layer::ledger, mail::Reach::point, {}};
    });
    EXPECT_FALSE(bench.driver->says("Kwarantanna jest pusta"));
    bench.click("Spróbuj ponownie");
    EXPECT_EQ(bench.all<mail::LookUpQuarantine>().size(), 2U);
    find_copies(bench, sample_quarantine());
    EXPECT_TRUE(bench.driver->says("Rechnung 2026-4402"));
}

void find_actions(ShellBench& bench, std::vector<mail::store::Action> found,
                  std::int64_t older = 0) {
    end_job(bench, JobView::State::done, [&found, older](JobView& job) {
        job.kind = JobView::Kind::log;
        job.log_older = older;
        job.log = std::make_shared<std::vector<mail::store::Action>>(std::move(found));
    });
}

void open_log(ShellBench& bench, std::vector<mail::store::Action> found, std::int64_t older = 0) {
    bench.key(ImGuiKey_F10);
    bench.click("Dziennik działań");
    find_actions(bench, std::move(found), older);
}

TEST(ActivityLog, says_who_did_what_and_what_came_of_it) {
    ShellBench bench(removing_snapshot());
    open_log(bench, sample_log());
    ASSERT_EQ(bench.all<mail::LookUpLog>().size(), 1U);
    EXPECT_EQ(bench.all<mail::LookUpLog>()[0].query.point, "") << "of all points";
    EXPECT_TRUE(bench.driver->says("Usunięcie ze skrzynki"));
    EXPECT_TRUE(bench.driver->says("Zapisano 3 z 4\u00a0plików"));
    EXPECT_TRUE(bench.driver->says("Na dysku"));
    EXPECT_TRUE(bench.driver->says("11\u00a0wpisów"));
    EXPECT_FALSE(bench.driver->shown("Pokaż starsze"));
}

TEST(ActivityLog, is_filtered_in_the_words_that_are_shown) {
    ShellBench bench(removing_snapshot());
    open_log(bench, sample_log());
    EXPECT_TRUE(bench.driver->has_focus("###log_filter"));
    bench.type("zak usuniecie");
    EXPECT_TRUE(bench.driver->says("pokazano 2 z 11"));
    EXPECT_FALSE(bench.driver->says("Rechnung 2026-4402"));
    bench.type(" nieznane");
    EXPECT_TRUE(bench.driver->says("Nic nie pasuje do „zak usuniecie nieznane”"));
    bench.key(ImGuiKey_Escape);
    EXPECT_TRUE(bench.driver->says("11\u00a0wpisów"));
    EXPECT_TRUE(bench.driver->shown("###log_close"));
    bench.key(ImGuiKey_Escape);
    EXPECT_FALSE(bench.driver->shown("###log_close"));
}

TEST(ActivityLog, older_entries_come_on_demand) {
    ShellBench bench(removing_snapshot());
    // However few came: the engine knows whether there are more.
    open_log(bench, {sample_log().front()}, 4001);
    bench.click("Pokaż starsze");
    ASSERT_EQ(bench.all<mail::LookUpLog>().size(), 2U);
    EXPECT_EQ(bench.all<mail::LookUpLog>()[1].query.before, 4001);
    find_actions(bench, sample_log());
    EXPECT_TRUE(bench.driver->says("12\u00a0wpisów"));
    EXPECT_FALSE(bench.driver->shown("Pokaż starsze"));
}

TEST(ActivityLog, says_how_many_there_are_beyond_those_that_are_read) {
    ShellBench bench(removing_snapshot());
    bench.key(ImGuiKey_F10);
    bench.click("Dziennik działań");
    end_job(bench, JobView::State::done, [](JobView& job) {
        job.kind = JobView::Kind::log;
        job.log_older = 4001;
        job.log_total = 3214;
        job.log = std::make_shared<std::vector<mail::store::Action>>(sample_log());
    });
    EXPECT_TRUE(bench.driver->says("pokazano 11 z 3214"));
    EXPECT_FALSE(bench.driver->says("11\u00a0wpisów"));
}

TEST(ActivityLog, is_asked_for_by_point_kind_and_period) {
    using What = mail::store::Action::What;
    ShellBench bench(removing_snapshot());
    open_log(bench, sample_log(), 4001);
    bench.click("##log_kinds");
    bench.click("Przywrócenia");
    ASSERT_EQ(bench.all<mail::LookUpLog>().size(), 2U);
    const auto asked = [&] { return bench.all<mail::LookUpLog>().back().query; };
    EXPECT_EQ(asked().kinds, (std::vector<What>{What::shown, What::restored}));
    EXPECT_EQ(asked().before, 0) << "from the newest on";
    EXPECT_TRUE(bench.driver->says("Rechnung 2026-4402")) << "until the answer is there";
    find_actions(bench, {sample_log().front()});
    EXPECT_TRUE(bench.driver->says("1\u00a0wpis"));
    bench.click("##log_points");
    bench.key(ImGuiKey_DownArrow);
    bench.key(ImGuiKey_Enter);
    EXPECT_EQ(asked().point, "koszty");
    EXPECT_EQ(asked().kinds.size(), 2U) << "together with the other choice";
    find_actions(bench, {});
    EXPECT_TRUE(bench.driver->says("Nie ma takich wpisów"));
    bench.click("##log_periods");
    bench.click("Ostatnie 7 dni");
    EXPECT_EQ(asked().since, sample_now() - std::chrono::days{7});
    // Opened again it has none of that.
    find_actions(bench, {});
    bench.click("###log_close");
    open_log(bench, sample_log());
    EXPECT_EQ(asked().point, "");
    EXPECT_TRUE(asked().kinds.empty());
    EXPECT_EQ(asked().since, std::chrono::sys_seconds{});
}

TEST(ActivityLog, what_is_shown_is_copied_as_a_table) {
    ShellBench bench(removing_snapshot());
    open_log(bench, sample_log());
    bench.type("rechnung");
    bench.click("###log_copy");
    EXPECT_EQ(Driver::clipboard().substr(0, 6), "Kiedy\t");
    EXPECT_NE(Driver::clipboard().find("\tAla Źrebiec\tFaktury kosztowe\tPrzywrócenie do "
                                       "skrzynki\tRechnung 2026-4402\tWykonano\n"),
              std::string::npos)
        << Driver::clipboard();
}

/// A workspace whose path is known, because the file is proposed there.
mail::Snapshot exporting_snapshot() {
    mail::Snapshot snapshot = removing_snapshot();
    snapshot.workspace = "/srv/mailpoint";
    return snapshot;
}

void refuse(ShellBench& bench, mail::Cause cause, const std::string& path) {
    end_job(bench, JobView::State::failed, [&](JobView& job) {
        job.error = mail::Error{cause, mail::Layer::target, mail::Reach::point, {{"path", path}}};
    });
}

TEST(ActivityLog, goes_to_a_file_by_keyboard_alone) {
    ShellBench bench(exporting_snapshot());
    open_log(bench, sample_log());
    bench.type("rechnung");
    bench.key(ImGuiKey_DownArrow);
    bench.key(ImGuiKey_Tab);
    ASSERT_TRUE(bench.driver->has_focus("###log_export"));
    bench.key(ImGuiKey_Enter);
    EXPECT_TRUE(bench.driver->says("Eksport dziennika działań"));
    EXPECT_TRUE(bench.driver->has_focus("###file_path"));
    bench.key(ImGuiKey_Enter);
    ASSERT_EQ(bench.all<mail::ExportLog>().size(), 1U);
    const mail::ExportLog posted = bench.all<mail::ExportLog>()[0];
    EXPECT_EQ(posted.path, mail::join_path("/srv/mailpoint", "dziennik-2026-11-24.csv"));
    EXPECT_EQ(posted.form, mail::ExportLog::Form::csv);
    EXPECT_FALSE(posted.replace);
    EXPECT_EQ(posted.query.point, "") << "of all points";
    EXPECT_EQ(posted.query.before, 0) << "from the newest on";
    end_job(bench, JobView::State::done);
    EXPECT_FALSE(bench.driver->shown("###file_path"));
    EXPECT_TRUE(bench.driver->shown("###log_close")) << "the log stays";
    EXPECT_TRUE(bench.driver->says("Dziennik zapisano w " + posted.path));
    EXPECT_FALSE(bench.driver->shown("###toast_close")) << "it is said once";
    bench.click("###log_folder");
    EXPECT_EQ(bench.opened(), "/srv/mailpoint");
}

TEST(ActivityLog, is_json_where_the_name_of_the_file_says_so) {
    ShellBench bench(exporting_snapshot());
    bench.settings.language = text::Language::en;
    bench.key(ImGuiKey_F10);
    bench.click("Activity log");
    find_actions(bench, sample_log());
    bench.click("###log_export");
    bench.driver->replace("###file_path", "/srv/Log.JSON");
    bench.click("###file_yes");
    bench.click("###file_no");
    bench.click("###log_export");
    bench.click("###file_yes");
    ASSERT_EQ(bench.all<mail::ExportLog>().size(), 2U);
    EXPECT_EQ(bench.all<mail::ExportLog>()[0].path, "/srv/Log.JSON");
    EXPECT_EQ(bench.all<mail::ExportLog>()[0].form, mail::ExportLog::Form::json);
    EXPECT_EQ(bench.all<mail::ExportLog>()[1].path,
              mail::join_path("/srv/mailpoint", "activity-log-2026-11-24.csv"));
    EXPECT_EQ(bench.all<mail::ExportLog>()[1].form, mail::ExportLog::Form::csv);
}

TEST(ActivityLog, replaces_a_file_only_by_the_button) {
    ShellBench bench(exporting_snapshot());
    open_log(bench, sample_log());
    bench.click("###log_export");
    bench.key(ImGuiKey_Enter);
    refuse(bench, mail::Cause::file_exists, "/srv/mailpoint/dziennik-2026-11-24.csv");
    EXPECT_TRUE(bench.driver->says("dziennik-2026-11-24.csv już istnieje"));
    bench.key(ImGuiKey_Enter);
    EXPECT_EQ(bench.all<mail::ExportLog>().size(), 1U);
    bench.click("Zastąp");
    ASSERT_EQ(bench.all<mail::ExportLog>().size(), 2U);
    EXPECT_TRUE(bench.all<mail::ExportLog>()[1].replace);
}

TEST(ActivityLog, that_cannot_be_written_says_why_and_what_next) {
    ShellBench bench(exporting_snapshot());
    open_log(bench, sample_log());
    bench.click("###log_export");
    bench.click("###file_yes");
    refuse(bench, mail::Cause::no_permission_there, "/srv/mailpoint");
    const text::ErrorWords words = text::words_of({mail::Cause::no_permission_there,
                                                   mail::Layer::target,
                                                   mail::Reach::point,
                                                   {{"path", "/srv/mailpoint"}}},
                                                  text::Language::pl);
    EXPECT_TRUE(bench.driver->says(words.cause));
    EXPECT_TRUE(bench.driver->says(words.next_step));
    EXPECT_FALSE(bench.driver->says("Dziennik zapisano"));
    // Esc means the question first, then the log.
    bench.key(ImGuiKey_Escape);
    EXPECT_FALSE(bench.driver->shown("###file_path"));
    EXPECT_TRUE(bench.driver->shown("###log_close"));
    bench.key(ImGuiKey_Escape);
    EXPECT_FALSE(bench.driver->shown("###log_close"));
}

TEST(ActivityLog, is_walked_through_by_arrows_and_left_by_tab) {
    ShellBench bench(removing_snapshot());
    open_log(bench, sample_log());
    bench.key(ImGuiKey_DownArrow);
    EXPECT_TRUE(bench.driver->has_focus("##record0"));
    bench.key(ImGuiKey_DownArrow);
    EXPECT_TRUE(bench.driver->has_focus("##record1"));
    for (const char* next : {"###log_export", "###log_copy", "###log_close"}) {
        bench.key(ImGuiKey_Tab);
        EXPECT_TRUE(bench.driver->has_focus(next)) << next;
    }
}

TEST(ActivityLog, gives_the_keys_back_when_it_is_closed_by_one) {
    ShellBench bench(removing_snapshot());
    bench.click("##3");
    open_log(bench, sample_log());
    bench.key(ImGuiKey_DownArrow);
    for (int i = 0; i < 3; ++i)
        bench.key(ImGuiKey_Tab);
    ASSERT_TRUE(bench.driver->has_focus("###log_close"));
    bench.key(ImGuiKey_Enter);
    EXPECT_FALSE(bench.driver->shown("###log_close"));
    bench.key(ImGuiKey_Escape);
    bench.key(ImGuiKey_DownArrow);
    bench.key(ImGuiKey_Delete);
    ASSERT_EQ(bench.all<mail::Remove>().size(), 1U);
    EXPECT_EQ(bench.all<mail::Remove>()[0].uids, std::vector<std::uint32_t>{4});
    bench.key(ImGuiKey_F10);
    EXPECT_TRUE(bench.driver->shown("Dziennik działań"));
}

TEST(ActivityLog, without_entries_or_without_an_answer_says_so) {
    ShellBench bench(removing_snapshot());
    open_log(bench, {});
    EXPECT_TRUE(bench.driver->says("Jeszcze nic się nie działo"));
    EXPECT_FALSE(bench.driver->enabled("###log_copy"));
    EXPECT_FALSE(bench.driver->enabled("###log_export"));
    bench.click("###log_close");
    bench.key(ImGuiKey_F10);
    bench.click("Dziennik działań");
    end_job(bench, JobView::State::failed, [](JobView& job) {
        job.error =
            mail::Error{mail::Cause::no_permission, mail::Layer::workspace, mail::Reach::point, {}};
    });
    EXPECT_TRUE(bench.driver->says("Nie masz do tego uprawnień."));
    EXPECT_TRUE(bench.driver->shown("Spróbuj ponownie"));
}

void open_report(ShellBench& bench, mail::DayReport found) {
    bench.key(ImGuiKey_F10);
    bench.click("Raport dnia…");
    end_job(bench, JobView::State::done, [&found](JobView& job) {
        job.report = std::make_shared<const mail::DayReport>(std::move(found));
    });
}

TEST(DayReport, tab_goes_from_the_rows_to_what_is_beside_them) {
    ShellBench bench(removing_snapshot());
    open_report(bench, sample_report());
    bench.click("###report3");
    bench.key(ImGuiKey_Tab);
    EXPECT_TRUE(bench.driver->has_focus("##record0"));
    bench.key(ImGuiKey_Tab);
    EXPECT_TRUE(bench.driver->has_focus("###report_export"));
    bench.key(ImGuiKey_Tab, ImGuiMod_Shift);
    EXPECT_TRUE(bench.driver->has_focus("##record0"));
    bench.key(ImGuiKey_Tab, ImGuiMod_Shift);
    EXPECT_TRUE(bench.driver->has_focus("###report3"));
}

TEST(DayReport, is_asked_for_today_and_has_four_views) {
    ShellBench bench(removing_snapshot());
    open_report(bench, sample_report());
    ASSERT_EQ(bench.all<mail::MakeReport>().size(), 1U);
    const mail::MakeReport asked = bench.all<mail::MakeReport>()[0];
    EXPECT_EQ(asked.until - asked.since, std::chrono::hours(24));
    EXPECT_LE(asked.since, sample_now());
    EXPECT_GT(asked.until, sample_now());
    EXPECT_TRUE(bench.driver->says("Zamówienie 7730"));
    EXPECT_TRUE(bench.driver->says("pominięte części: 3"));
    EXPECT_TRUE(bench.driver->says("Lista nie jest teraz otwarta"));
    bench.click("###report1");
    EXPECT_TRUE(bench.driver->says("/home/biuro/Faktury/2026-11/spec.pdf"));
    bench.click("###report2");
    EXPECT_TRUE(bench.driver->says("makro.exe"));
    EXPECT_TRUE(bench.driver->says("oferta.pdf"));
    EXPECT_TRUE(bench.driver->says("decyzja operatora: Ewa Śliwa"));
    bench.click("###report3");
    EXPECT_TRUE(bench.driver->says("Transbud Łódź"));
    bench.key(ImGuiKey_Escape);
    EXPECT_FALSE(bench.driver->shown("###report_close"));
}

TEST(DayReport, what_was_skipped_as_a_whole_is_not_called_a_message_without_attachments) {
    ShellBench bench(removing_snapshot());
    mail::DayReport report = sample_report();
    mail::DayReport::Document& one = report.documents.front();
    one.status = mail::Status::none;
    one.files.clear();
    one.left_out = {{"oferta.pdf", mail::Reason::not_wanted, false, "Ewa Śliwa"}};
    open_report(bench, std::move(report));
    EXPECT_TRUE(bench.driver->says("Pominięta"));
    EXPECT_FALSE(bench.driver->says("Bez załączników"));
}

TEST(DayReport, other_days_and_points_are_asked_for_anew) {
    ShellBench bench(removing_snapshot());
    open_report(bench, sample_report());
    EXPECT_FALSE(bench.driver->enabled("###report_after")) << "tomorrow has no report";
    bench.click("###report_before");
    ASSERT_EQ(bench.all<mail::MakeReport>().size(), 2U);
    const mail::MakeReport today = bench.all<mail::MakeReport>()[0],
                           before = bench.all<mail::MakeReport>()[1];
    EXPECT_EQ(before.until, today.since);
    EXPECT_TRUE(bench.driver->enabled("###report_after"));
    bench.click("##report_points");
    bench.key(ImGuiKey_DownArrow);
    bench.key(ImGuiKey_Enter);
    EXPECT_EQ(bench.all<mail::MakeReport>().back().point, "koszty");
    bench.click("###report_today");
    EXPECT_EQ(bench.all<mail::MakeReport>().back().since, today.since);
}

TEST(DayReport, is_exported_and_copied) {
    ShellBench bench(removing_snapshot());
    open_report(bench, sample_report());
    bench.click("###report_copy");
    EXPECT_NE(Driver::clipboard().find("Zamówienie 7730"), std::string::npos);
    bench.click("###report_export");
    bench.driver->replace("###file_path", "/tmp/raport.json");
    bench.key(ImGuiKey_Enter);
    ASSERT_EQ(bench.all<mail::ExportReport>().size(), 1U);
    EXPECT_EQ(bench.all<mail::ExportReport>()[0].form, mail::ExportLog::Form::json);
    EXPECT_EQ(bench.all<mail::ExportReport>()[0].report.since,
              bench.all<mail::MakeReport>()[0].since);
    end_job(bench, JobView::State::done);
    EXPECT_TRUE(bench.driver->says("Raport zapisano w /tmp/raport.json"));
    bench.click("###report_folder");
    EXPECT_EQ(bench.opened(), "/tmp");
}

TEST(DayReport, a_fault_is_said_and_can_be_tried_again) {
    ShellBench bench(removing_snapshot());
    bench.key(ImGuiKey_F10);
    bench.click("Raport dnia…");
    end_job(bench, JobView::State::failed, [](JobView& job) {
        job.error =
            mail::Error{mail::Cause::ledger_failed, mail::Layer::ledger, mail::Reach::point, {}};
    });
    bench.click("###report_again");
    EXPECT_EQ(bench.all<mail::MakeReport>().size(), 2U);
}

void open_dry_run(ShellBench& bench) {
    bench.key(ImGuiKey_F10);
    bench.click("Próba na sucho…");
}

TEST(DryRun, shows_what_becomes_of_each_part_before_anything_is_taken) {
    ShellBench bench(removing_snapshot());
    open_dry_run(bench);
    ASSERT_EQ(bench.all<mail::WhatIf>().size(), 1U);
    EXPECT_EQ(bench.all<mail::WhatIf>()[0].point.id, "koszty");
    EXPECT_EQ(bench.all<mail::WhatIf>()[0].last, 500U);
    EXPECT_TRUE(bench.driver->says("Czytanie listy wiadomości…"));
    end_job(bench, JobView::State::done, [](JobView& job) {
        job.forecast = std::make_shared<const mail::work::Forecast>(sample_forecast());
    });
    EXPECT_TRUE(bench.driver->says("2026-11-24 Müller GmbH Rechnung.pdf"));
    EXPECT_TRUE(bench.driver->says("image001.png"));
    EXPECT_TRUE(bench.driver->says("Najpierw trzeba przeczytać całą wiadomość"));
    bench.click("###what_if3");
    EXPECT_TRUE(bench.driver->says("faktura.exe"));
    EXPECT_FALSE(bench.driver->says("image001.png"));
    EXPECT_TRUE(bench.all<mail::Take>().empty());
    bench.click("###what_if_copy");
    EXPECT_NE(Driver::clipboard().find("faktura.exe"), std::string::npos);
    EXPECT_EQ(Driver::clipboard().find("Rechnung.pdf"), std::string::npos) << "as it is filtered";
}

TEST(DryRun, says_of_how_many_files_only_their_content_will_tell) {
    ShellBench bench(removing_snapshot());
    open_dry_run(bench);
    end_job(bench, JobView::State::done, [](JobView& job) {
        mail::work::Forecast all = sample_forecast();
        all.messages[1].files[0].reason = mail::Reason::not_graphic;
        job.forecast = std::make_shared<const mail::work::Forecast>(std::move(all));
    });
    EXPECT_TRUE(bench.driver->says("Z tych plików 1 tylko wtedy, gdy okaże się"))
        << bench.driver->words();
    EXPECT_TRUE(bench.driver->says("Do pobrania, jeśli okaże się plikiem graficznym"));
}

TEST(DryRun, leaving_it_stops_what_is_under_way) {
    ShellBench bench(removing_snapshot());
    open_dry_run(bench);
    bench.key(ImGuiKey_Escape);
    ASSERT_EQ(bench.cancelled.size(), 1U);
    EXPECT_FALSE(bench.driver->shown("###what_if_close"));
}

TEST(DryRun, a_fault_is_said_and_can_be_tried_again) {
    ShellBench bench(removing_snapshot());
    open_dry_run(bench);
    end_job(bench, JobView::State::failed, [](JobView& job) {
        job.error =
            mail::Error{mail::Cause::connect_timeout, mail::Layer::tcp, mail::Reach::point, {}};
    });
    bench.click("###what_if_again");
    EXPECT_EQ(bench.all<mail::WhatIf>().size(), 2U);
}

}  // namespace
}  // namespace gui::test
