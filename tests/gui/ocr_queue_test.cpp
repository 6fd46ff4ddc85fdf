// The screen of an OCR point: what it shows, what is done there by mouse and by keyboard, and the
// question whether its command may run.

#include <gtest/gtest.h>

#include "tests/gui/ocr_samples.h"
#include "tests/gui/shell_bench.h"

namespace gui::test {
namespace {

using mail::JobView;
using State = mail::store::OcrJob::State;

mail::JobId last_job(const ShellBench& bench) {
    return mail::JobId{100} + bench.posted.size();
}

void end_job(ShellBench& bench, mail::JobId id, JobView::State state,
             std::optional<mail::Cause> cause = std::nullopt) {
    auto job = std::make_shared<JobView>();
    job->id = id;
    job->kind = JobView::Kind::ocr;
    job->point = "ocr";
    job->state = state;
    if (cause)
        job->error = mail::Error{*cause, mail::Layer::point, mail::Reach::point, {}};
    bench.snapshot.jobs = {job};
    ++bench.snapshot.version;
    bench.settle();
}

/// With the OCR point shown, and its queue as it is.
std::unique_ptr<ShellBench> bench_of(mail::Snapshot snapshot) {
    auto bench = std::make_unique<ShellBench>(std::move(snapshot));
    bench->click("###point_ocr");
    return bench;
}

std::unique_ptr<ShellBench> bench_not_allowed() {
    // The first command is for the queue: there is nothing else that is done by itself.
    auto bench = bench_of(ocr_not_allowed(101));
    EXPECT_EQ(bench->all<mail::RunOcr>().size(), 1U);
    EXPECT_EQ(bench->all<mail::WatchOcr>().size(), 1U);
    return bench;
}

TEST(OcrQueue, is_started_once_when_the_window_opens_whatever_is_shown) {
    ShellBench bench(ocr_snapshot());
    EXPECT_EQ(bench.shell.title(), "Faktury kosztowe");
    ASSERT_EQ(bench.all<mail::RunOcr>().size(), 1U);
    EXPECT_EQ(bench.all<mail::RunOcr>()[0].point, "ocr");
    EXPECT_EQ(bench.all<mail::RunOcr>()[0].until, mail::RunOcr::Until::stopped);
    bench.settle();
    EXPECT_EQ(bench.all<mail::RunOcr>().size(), 1U);
    EXPECT_TRUE(bench.all<mail::OpenPoint>().empty());
}

TEST(OcrQueue, is_shown_in_place_of_the_list_newest_first_with_states_and_reasons) {
    const auto bench = bench_of(ocr_snapshot());
    EXPECT_EQ(bench->shell.title(), "Faktury – OCR");
    EXPECT_TRUE(bench->all<mail::OpenPoint>().empty());
    for (const char* words :
         {"W kolejce, od dawna", "W trakcie na biuro-pc-2", "Gotowe", "Błąd",
          "punkt nie przyjmuje tego typu", "polecenie zakończyło się kodem 8: InputFileError",
          "done/FV_2026_11_0410.pdf", "8\u00a0plików", "Kolejka działa. Czeka: 2, w trakcie: 2",
          "Dłużej niż 60 min czeka: 1\u00a0plik"})
        EXPECT_TRUE(bench->driver->says(words)) << words << bench->driver->words();
    std::vector<std::string> rows;
    for (const std::string& label : bench->driver->labels())
        if (label.starts_with("##record"))
            rows.push_back(label.substr(8));
    ASSERT_EQ(rows.size(), 8U);
    EXPECT_EQ(rows.front(), "FV_2026_11_0413.pdf");
    EXPECT_EQ(rows.back(), "FV_2026_10_0998.pdf");
}

TEST(OcrQueue, files_that_come_leave_the_focus_with_the_question_over_them) {
    mail::OcrView none;
    const auto bench = bench_of(ocr_snapshot_with(none));
    bench->key(ImGuiKey_Comma, ImGuiMod_Ctrl);
    ASSERT_TRUE(bench->driver->has_focus("##language"));
    bench->point(bench->snapshot.points.size() - 1).ocr = ocr_snapshot().points.back()->ocr;
    bench->settle();
    EXPECT_TRUE(bench->driver->shown("##recordFV_2026_11_0413.pdf"));
    EXPECT_TRUE(bench->driver->has_focus("##language"));
}

TEST(OcrQueue, has_nothing_of_mails_about_it) {
    const auto bench = bench_of(ocr_snapshot());
    for (const char* item :
         {"###generate", "###set_folder", "###remove", "###refresh", "##details"})
        EXPECT_FALSE(bench->driver->shown(item)) << item;
    bench->key(ImGuiKey_F10);
    EXPECT_TRUE(bench->driver->shown("Edytuj punkt…"));
    EXPECT_FALSE(bench->driver->shown("Kwarantanna"));
    EXPECT_FALSE(bench->driver->shown("Panel szczegółów"));
}

TEST(OcrQueue, keys_of_mails_do_nothing_there) {
    const auto bench = bench_of(ocr_snapshot());
    const std::size_t before = bench->posted.size();
    bench->key(ImGuiKey_F5);
    bench->key(ImGuiKey_Delete);
    bench->key(ImGuiKey_Delete, ImGuiMod_Shift);
    bench->key(ImGuiKey_O, ImGuiMod_Ctrl | ImGuiMod_Shift);
    EXPECT_EQ(bench->posted.size(), before);
    EXPECT_FALSE(bench->driver->shown("##folder_dialog"));
}

TEST(OcrQueue, filter_chips_count_and_choose) {
    const auto bench = bench_of(ocr_snapshot());
    bench->click("###ocr_chip3");
    EXPECT_FALSE(bench->driver->shown("##recordFV_2026_11_0413.pdf"));
    EXPECT_TRUE(bench->driver->shown("##recordwyciąg_bankowy.xlsx"));
    EXPECT_TRUE(bench->driver->says("pokazano 2 z 8"));
    bench->click("###ocr_chip0");
    EXPECT_TRUE(bench->driver->shown("##recordFV_2026_11_0413.pdf"));
    bench->key(ImGuiKey_F, ImGuiMod_Ctrl);
    bench->type("zazolc");
    EXPECT_TRUE(bench->driver->says("pokazano 1 z 8"));
}

TEST(OcrQueue, is_stopped_and_run_by_the_primary_button_and_its_key) {
    const auto bench = bench_of(ocr_snapshot());
    const mail::JobId run = last_job(*bench);
    bench->click("Zatrzymaj");
    ASSERT_EQ(bench->cancelled, std::vector<mail::JobId>{run});
    EXPECT_TRUE(bench->all<mail::WatchOcr>().empty());
    end_job(*bench, run, JobView::State::done);
    // The folder is looked at all the same.
    ASSERT_EQ(bench->all<mail::WatchOcr>().size(), 1U);
    EXPECT_TRUE(bench->driver->says("Kolejka jest zatrzymana. Czeka: 2"));
    const mail::JobId watch = last_job(*bench);
    bench->key(ImGuiKey_Enter, ImGuiMod_Ctrl);
    EXPECT_EQ(bench->cancelled.back(), watch);
    end_job(*bench, watch, JobView::State::cancelled);
    EXPECT_EQ(bench->all<mail::RunOcr>().size(), 2U);
    EXPECT_TRUE(bench->driver->shown("Zatrzymaj"));
}

TEST(OcrQueue, failed_files_are_tried_again_the_selected_ones_or_all) {
    const auto bench = bench_of(ocr_snapshot());
    bench->click("Spróbuj ponownie (2)");
    ASSERT_EQ(bench->all<mail::RetryOcr>().size(), 1U);
    EXPECT_EQ(bench->all<mail::RetryOcr>()[0].files.size(), 2U);
    bench->click("##recordwyciąg_bankowy.xlsx");
    bench->key(ImGuiKey_R, ImGuiMod_Ctrl);
    ASSERT_EQ(bench->all<mail::RetryOcr>().size(), 2U);
    EXPECT_EQ(bench->all<mail::RetryOcr>()[1].files,
              std::vector<std::string>{"wyciąg_bankowy.xlsx"});
    // What is done is not tried again.
    bench->click("##recordFV_2026_11_0410.pdf");
    EXPECT_FALSE(bench->driver->enabled("###ocr_retry"));
    bench->key(ImGuiKey_R, ImGuiMod_Ctrl);
    EXPECT_EQ(bench->all<mail::RetryOcr>().size(), 2U);
}

TEST(OcrQueue, only_what_runs_here_is_stopped) {
    const auto bench = bench_of(ocr_snapshot());
    bench->click("##recordFV_2026_11_0412.pdf");
    EXPECT_FALSE(bench->driver->enabled("###ocr_stop_file"));
    bench->click("##recordFV_2026_11_0411.tif");
    bench->key(ImGuiKey_Period, ImGuiMod_Ctrl);
    ASSERT_EQ(bench->all<mail::StopOcrFile>().size(), 1U);
    EXPECT_EQ(bench->all<mail::StopOcrFile>()[0].file, "FV_2026_11_0411.tif");
}

TEST(OcrQueue, enter_opens_the_result_or_the_file_and_the_folder_of_what_may_do_harm) {
    const auto bench = bench_of(ocr_snapshot());
    bench->click("##recordFV_2026_11_0410.pdf");
    bench->key(ImGuiKey_Enter);
    EXPECT_EQ(bench->opened(), "/home/biuro/Faktury/OCR/done/FV_2026_11_0410.pdf");
    bench->click("##recordFV_2026_11_0413.pdf");
    bench->key(ImGuiKey_Enter);
    EXPECT_EQ(bench->opened(), "/home/biuro/Faktury/OCR/FV_2026_11_0413.pdf");
    bench->click("##recordwyciąg_bankowy.xlsx");
    bench->key(ImGuiKey_O, ImGuiMod_Ctrl);
    EXPECT_EQ(bench->opened(), "/home/biuro/Faktury/OCR");
    bench->click("###ocr_folder");
    EXPECT_EQ(bench->opened(), "/home/biuro/Faktury/OCR");
}

TEST(OcrQueue, the_menu_of_the_rows_comes_by_mouse_and_by_key) {
    const auto bench = bench_of(ocr_snapshot());
    bench->driver->right_click("##recordFV_2026_11_0410.pdf");
    bench->settle();
    bench->click("Otwórz wynik");
    EXPECT_EQ(bench->opened(), "/home/biuro/Faktury/OCR/done/FV_2026_11_0410.pdf");
    bench->click("##recordwyciąg_bankowy.xlsx");
    bench->key(ImGuiKey_F10, ImGuiMod_Shift);
    bench->click("Kopiuj szczegóły");
    EXPECT_NE(Driver::clipboard().find("Błąd\twyciąg_bankowy.xlsx\t"), std::string::npos)
        << Driver::clipboard();
    EXPECT_EQ(Driver::clipboard().find("0410"), std::string::npos);
}

TEST(OcrQueue, rows_are_walked_and_chosen_by_keys_alone) {
    const auto bench = bench_of(ocr_snapshot());
    bench->key(ImGuiKey_DownArrow);
    bench->key(ImGuiKey_DownArrow, ImGuiMod_Shift);
    EXPECT_TRUE(bench->driver->says("zaznaczono 2"));
    // The focus stays with its file where one comes on top.
    mail::OcrView more = *bench->snapshot.points.back()->ocr;
    more.files.push_back(ocr_file("nowy.pdf", State::queued, 0));
    bench->point(4).ocr = std::make_shared<const mail::OcrView>(more);
    bench->settle();
    EXPECT_TRUE(bench->driver->has_focus("##recordFV_2026_11_0411.tif"));
    EXPECT_TRUE(bench->driver->says("zaznaczono 2"));
    // Round the panes, and back.
    bench->key(ImGuiKey_F6);
    EXPECT_TRUE(bench->driver->has_focus("###ocr_run"));
    bench->key(ImGuiKey_F6, ImGuiMod_Shift);
    EXPECT_TRUE(bench->driver->has_focus("##recordFV_2026_11_0411.tif"));
}

TEST(OcrQueue, says_so_where_it_is_empty_and_where_nothing_fits) {
    const auto bench = bench_of(ocr_snapshot_with({}));
    EXPECT_TRUE(bench->driver->says("Kolejka jest pusta"));
    EXPECT_FALSE(bench->driver->enabled("###ocr_retry"));
    mail::OcrView one;
    one.files = {ocr_file("a.pdf", State::queued, 1)};
    bench->point(4).ocr = std::make_shared<const mail::OcrView>(one);
    bench->settle();
    bench->click("###ocr_chip2");
    EXPECT_TRUE(bench->driver->says("Nie ma takich plików"));
}

TEST(OcrQueue, what_keeps_it_from_its_folder_is_said_over_the_files) {
    const auto bench = bench_of(ocr_fault());
    EXPECT_TRUE(bench->driver->shown("###ocr_copy_fault"));
    EXPECT_TRUE(bench->driver->says("/home/biuro/Faktury/OCR"));
    EXPECT_TRUE(bench->driver->says("Brak dostępu do kolejki"));
    EXPECT_TRUE(bench->driver->shown("##recordFV_2026_11_0413.pdf"));
    bench->click("###ocr_copy_fault");
    EXPECT_NE(Driver::clipboard().find("folder_not_found"), std::string::npos);
}

TEST(OcrQueue, of_a_point_without_a_command_nothing_is_run) {
    mail::Snapshot snapshot = ocr_snapshot();
    auto point = std::make_shared<mail::PointView>(*snapshot.points.back());
    auto definition = std::make_shared<mail::point::Point>(*point->definition);
    definition->ocr.command.clear();
    point->definition = std::move(definition);
    snapshot.points.back() = std::move(point);
    const auto bench = bench_of(std::move(snapshot));
    EXPECT_FALSE(bench->driver->enabled("###ocr_run"));
    EXPECT_TRUE(bench->driver->says("Pliki zabiera inny program. Czeka: 2"));
}

TEST(OcrQueue, the_list_of_points_says_how_many_wait_and_what_needs_somebody) {
    ShellBench bench(ocr_snapshot());
    EXPECT_TRUE(bench.driver->says("Od dawna: 1 · Błędy: 2 · 4\u00a0pliki w kolejce"))
        << bench.driver->words();
    auto& costs = bench.point(0);
    auto definition = std::make_shared<mail::point::Point>(*costs.definition);
    definition->general.ocr_point = "ocr";
    costs.definition = std::move(definition);
    bench.settle();
    EXPECT_TRUE(bench.driver->says("OCR: od dawna czeka: 1\u00a0plik"));
    bench.point(4).ocr = std::make_shared<const mail::OcrView>();
    bench.settle();
    EXPECT_FALSE(bench.driver->says("OCR: od dawna"));
    EXPECT_TRUE(bench.driver->says("Kolejka jest pusta"));
}

TEST(OcrQueue, begins_anew_with_a_definition_that_has_changed) {
    const auto bench = bench_of(ocr_snapshot());
    const mail::JobId run = last_job(*bench);
    auto& point = bench->point(4);
    auto definition = std::make_shared<mail::point::Point>(*point.definition);
    definition->ocr.jobs = 2;
    point.definition = std::move(definition);
    bench->settle();
    EXPECT_EQ(bench->cancelled, std::vector<mail::JobId>{run});
    EXPECT_EQ(bench->all<mail::RunOcr>().size(), 1U);
    end_job(*bench, run, JobView::State::done);
    EXPECT_EQ(bench->all<mail::RunOcr>().size(), 2U);
}

TEST(OcrConsent, is_not_asked_for_until_somebody_wants_it_to_run) {
    const auto bench = bench_not_allowed();
    EXPECT_FALSE(bench->driver->shown("###ocr_allow"));
    EXPECT_TRUE(bench->driver->says("Polecenie nie ma jeszcze zgody na tym komputerze. Czeka: 2"));
    EXPECT_TRUE(bench->driver->enabled("Uruchom (2)"));
}

/// The primary button is pressed, and the engine says what is missing.
void want_to_run(ShellBench& bench) {
    const mail::JobId watch = last_job(bench);
    bench.key(ImGuiKey_Enter, ImGuiMod_Ctrl);
    EXPECT_EQ(bench.cancelled.back(), watch);
    end_job(bench, watch, JobView::State::cancelled);
    end_job(bench, last_job(bench), JobView::State::failed, mail::Cause::command_not_allowed);
}

TEST(OcrConsent, shows_the_command_whole_and_gives_the_focus_to_the_harmless_answer) {
    const auto bench = bench_not_allowed();
    want_to_run(*bench);
    ASSERT_TRUE(bench->driver->shown("###ocr_allow"));
    EXPECT_TRUE(bench->driver->has_focus("###ocr_allow_no"));
    for (const char* words : {"ocrmypdf -l pol --skip-text {in} {out}", "z Twoimi uprawnieniami",
                              "/dane/ocr.json", "/home/biuro/Faktury/OCR/done/faktura.pdf"})
        EXPECT_TRUE(bench->driver->says(words)) << words << bench->driver->words();
    // Esc allows nothing, and it goes on watching.
    bench->key(ImGuiKey_Escape);
    EXPECT_FALSE(bench->driver->shown("###ocr_allow"));
    EXPECT_TRUE(bench->all<mail::AllowOcrCommand>().empty());
    EXPECT_EQ(bench->all<mail::WatchOcr>().size(), 2U);
}

TEST(OcrConsent, once_given_is_kept_and_the_queue_runs) {
    const auto bench = bench_not_allowed();
    want_to_run(*bench);
    bench->click("###ocr_allow");
    ASSERT_EQ(bench->all<mail::AllowOcrCommand>().size(), 1U);
    EXPECT_EQ(bench->all<mail::AllowOcrCommand>()[0].command,
              "ocrmypdf -l pol --skip-text {in} {out}");
    // Not before it is known to be kept.
    EXPECT_TRUE(bench->driver->shown("###ocr_allow"));
    const std::size_t runs = bench->all<mail::RunOcr>().size();
    const mail::JobId watch = last_job(*bench) - 1;
    end_job(*bench, last_job(*bench), JobView::State::done);
    EXPECT_FALSE(bench->driver->shown("###ocr_allow"));
    EXPECT_EQ(bench->cancelled.back(), watch);
    end_job(*bench, watch, JobView::State::cancelled);
    EXPECT_EQ(bench->all<mail::RunOcr>().size(), runs + 1);
}

TEST(OcrConsent, is_for_the_command_that_was_shown) {
    const auto bench = bench_not_allowed();
    want_to_run(*bench);
    auto& point = bench->point(4);
    auto definition = std::make_shared<mail::point::Point>(*point.definition);
    definition->ocr.command = "rm {in}";
    point.definition = std::move(definition);
    bench->settle();
    EXPECT_FALSE(bench->driver->enabled("###ocr_allow"));
    EXPECT_TRUE(bench->driver->says("obejrzyj polecenie od nowa"));
    EXPECT_FALSE(bench->driver->says("rm {in}"));
}

TEST(OcrConsent, shows_what_hides) {
    mail::Snapshot snapshot = ocr_not_allowed(101);
    auto point = std::make_shared<mail::PointView>(*snapshot.points.back());
    auto definition = std::make_shared<mail::point::Point>(*point->definition);
    definition->ocr.command = "ocr\u202Efdp {in} \"a b\"";
    point->definition = std::move(definition);
    snapshot.points.back() = std::move(point);
    const auto bench = bench_of(std::move(snapshot));
    want_to_run(*bench);
    EXPECT_TRUE(bench->driver->says("ocr<U+202E>fdp"));
    EXPECT_TRUE(bench->driver->says("Niewidoczne znaki"));
}

TEST(OcrHandOver, says_of_a_document_what_became_of_it_and_offers_what_helps) {
    ShellBench bench(ocr_handed_over());
    bench.click("##3");
    EXPECT_TRUE(bench.driver->says("OCR: Błąd, ")) << bench.driver->words();
    bench.click("###ocr_link_2");
    ASSERT_EQ(bench.all<mail::RetryOcr>().size(), 1U);
    EXPECT_EQ(bench.all<mail::RetryOcr>()[0].point, "ocr");
    EXPECT_EQ(bench.all<mail::RetryOcr>()[0].files, std::vector<std::string>{"FV_2026_11_414.pdf"});
    bench.click("##7");
    EXPECT_TRUE(bench.driver->says("OCR: Gotowe"));
    bench.click("###ocr_link_2");
    EXPECT_EQ(bench.opened(), "/home/biuro/Faktury/OCR/done/FV_2026_11_418.pdf");
    bench.click("##10");
    EXPECT_TRUE(bench.driver->says("OCR: W kolejce"));
    EXPECT_FALSE(bench.driver->shown("###ocr_link_2"));
}

TEST(OcrHandOver, says_before_what_will_not_be_accepted_and_why) {
    ShellBench bench(ocr_handed_over());
    bench.click("##1");
    EXPECT_TRUE(bench.driver->says("Program OCR tego nie przyjmie: punkt nie przyjmuje tego typu"))
        << bench.driver->words();
    // It is taken all the same.
    EXPECT_TRUE(bench.driver->enabled("Generuj dokument (1)"));
    auto& ocr = bench.point(4);
    auto definition = std::make_shared<mail::point::Point>(*ocr.definition);
    definition->ocr.types = {"pdf"};
    ocr.definition = definition;
    bench.settle();
    EXPECT_FALSE(bench.driver->says("Program OCR tego nie przyjmie"));
    definition = std::make_shared<mail::point::Point>(*ocr.definition);
    definition->ocr.max_megabytes = 0;
    bench.point(4).definition = definition;
    bench.settle();
    EXPECT_TRUE(bench.driver->says("jest większy, niż punkt przyjmuje"));
}

TEST(OcrHandOver, a_taking_says_how_many_of_its_files_will_not_be_accepted) {
    ShellBench bench(ocr_handed_over());
    bench.click("##1");
    bench.click("Generuj dokument (1)");
    ASSERT_EQ(bench.all<mail::Take>().size(), 1U);
    auto& costs = bench.point(0);
    auto mailbox = std::make_shared<mail::MailboxView>(*costs.mailbox);
    mail::Parts parts = mailbox->chunks.front()->front().parts.unpack();
    mail::MessageState taken;
    taken.status = mail::Status::taken;
    for (mail::PartView& part : parts)
        if (part.verdict == mail::Verdict::will_be_taken) {
            part.verdict = mail::Verdict::taken;
            part.file = "/home/biuro/Faktury/2026-11/" + part.part.name;
        }
    taken.parts = mail::work::PartList(parts);
    mailbox->changes = mailbox->changes.with({{1, taken}});
    costs.mailbox = std::move(mailbox);
    auto job = std::make_shared<JobView>();
    job->id = last_job(bench);
    job->kind = JobView::Kind::take;
    job->point = "koszty";
    job->state = JobView::State::done;
    job->messages_done = job->messages_total = job->documents = job->files = 1;
    bench.snapshot.jobs = {job};
    bench.settle();
    EXPECT_TRUE(bench.driver->says("Program OCR nie przyjmie: 1\u00a0plik"))
        << bench.driver->words();
}

TEST(OcrHandOver, another_file_of_that_name_is_not_the_documents) {
    mail::Snapshot snapshot = ocr_handed_over();
    auto ocr = std::make_shared<mail::PointView>(*snapshot.points.back());
    auto queue = std::make_shared<mail::OcrView>(*ocr->ocr);
    ++queue->files[0].job.size_octets;
    ocr->ocr = std::move(queue);
    snapshot.points.back() = std::move(ocr);
    ShellBench bench(std::move(snapshot));
    bench.click("##3");
    EXPECT_FALSE(bench.driver->says("OCR: Błąd"));
    EXPECT_FALSE(bench.driver->shown("###ocr_link_2"));
}

}  // namespace
}  // namespace gui::test
