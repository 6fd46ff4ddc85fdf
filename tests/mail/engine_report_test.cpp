// What an engine says before and after: what a point would make of its mailbox, and the report of a
// day.

#include <filesystem>
#include <fstream>
#include <iterator>

#include <gtest/gtest.h>

#include "mail/demo/server.h"
#include "mail/engine.h"
#include "tests/fakes/scratch_folder.h"
#include "tests/fakes/waited_engine.h"

namespace mail {

namespace {

std::string mail_with(const std::string& parts) {
    return "Subject: Faktura\r\nFrom: =?utf-8?Q?=C5=BBak?= <biuro@zak.example>\r\n"
           "MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n" +
           parts + "--x--\r\n";
}

std::string file_part(const std::string& name) {
    return "--x\r\nContent-Type: application/pdf\r\nContent-Disposition: attachment; filename=" +
           name + "\r\n\r\n%PDF-1.4 " + name + "\r\n";
}

/// One that a message need not be read whole for, so that something can be decided about it.
std::string encoded_part(const std::string& name, const std::string& base64) {
    return "--x\r\nContent-Type: application/octet-stream\r\n"
           "Content-Disposition: attachment; filename=" +
           name + "\r\nContent-Transfer-Encoding: base64\r\n\r\n" + base64 + "\r\n";
}

class EngineReport : public testing::Test {
protected:
    void start(std::vector<demo::Mail> mails) {
        server_ = std::move(*demo::Server::start(std::move(mails)));
        auto workspace = point::Workspace::open(real_disk(), folder_ / "workspace");
        ASSERT_TRUE(workspace);
        Engine::Guest guest{form(), "", true, Secret("demo"), folder_ / "target"};
        Engine::Setup setup{std::move(*workspace), memory_secret_store(), {guest}, "Ala"};
        setup.report_text = [](const DayReport& report, ExportLog::Form form) {
            return std::string(form == ExportLog::Form::csv ? "csv " : "json ") +
                   std::to_string(report.documents.size());
        };
        engine_.start(std::move(setup));
    }
    [[nodiscard]] point::Point form() const {
        point::Point point;
        point.id = "demo";
        point.name = "Demo";
        point.connection.server = server_->endpoint().host;
        point.connection.port = server_->endpoint().port;
        point.connection.encryption = server_->endpoint().encryption;
        point.connection.login = "demo";
        return point;
    }
    JobView do_job(Command command) { return engine_.do_job(std::move(command)); }
    [[nodiscard]] static MakeReport today() {
        const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
        return {"", now - std::chrono::hours(1), now + std::chrono::hours(1)};
    }

    fakes::ScratchFolder folder_;
    std::unique_ptr<demo::Server> server_;
    fakes::WaitedEngine engine_;
};

std::vector<demo::Mail> three_mails() {
    return {{mail_with(file_part("a.pdf")), {}},
            {mail_with(file_part("b.pdf") + file_part("c.pdf")), {}},
            {"Subject: Pytanie\r\n\r\nCzy?\r\n", {}}};
}

}  // namespace

TEST_F(EngineReport, a_dry_run_names_the_files_and_takes_nothing) {
    start(three_mails());
    point::Point point = form();
    point.general.naming = "{sender} {name}";
    const JobView job = do_job(WhatIf{point, std::nullopt, 500});
    ASSERT_EQ(job.state, JobView::State::done);
    ASSERT_TRUE(job.forecast);
    EXPECT_EQ(job.forecast->in_folder, 3U);
    EXPECT_EQ(job.forecast->files, 3U);
    EXPECT_EQ(job.forecast->without, 1U);
    ASSERT_EQ(job.forecast->messages.size(), 3U);
    EXPECT_EQ(job.forecast->messages[0].subject, "Pytanie") << "the newest first";
    ASSERT_EQ(job.forecast->messages[1].files.size(), 2U);
    EXPECT_EQ(job.forecast->messages[1].files[1].file, "Żak c.pdf");
    EXPECT_FALSE(std::filesystem::exists(folder_ / "target"));
    for (const std::string& command : server_->commands())
        EXPECT_EQ(command.find("PEEK["), std::string::npos) << "a body is asked for: " << command;
}

TEST_F(EngineReport, a_dry_run_goes_by_what_was_decided) {
    start({{mail_with(encoded_part("a.pdf", "JVBERi0xLjQgYQ==") +
                      encoded_part("setup.exe", "TVogcHJvZ3JhbQ==")),
            {}}});
    ASSERT_EQ(do_job(OpenPoint{"demo"}).state, JobView::State::done);
    EXPECT_EQ(do_job(WhatIf{form(), std::nullopt, 500}).forecast->need_you, 1U);
    ASSERT_EQ(do_job(Decide{"demo", 1, 0, "2", store::Decision::take}).state, JobView::State::done);
    ASSERT_EQ(do_job(Decide{"demo", 1, 0, "1", store::Decision::skip}).state, JobView::State::done);
    const JobView job = do_job(WhatIf{form(), std::nullopt, 500});
    EXPECT_EQ(job.forecast->need_you, 0U);
    EXPECT_EQ(job.forecast->files, 1U);
    EXPECT_EQ(job.forecast->skipped, 1U);
    EXPECT_EQ(job.forecast->messages.at(0).files.at(1).file, "setup.exe");
}

TEST_F(EngineReport, a_dry_run_looks_at_the_last_messages_only) {
    start(three_mails());
    const JobView job = do_job(WhatIf{form(), std::nullopt, 2});
    ASSERT_TRUE(job.forecast);
    ASSERT_EQ(job.forecast->messages.size(), 2U);
    EXPECT_EQ(job.forecast->messages[1].uid, 2U);
    EXPECT_EQ(job.forecast->in_folder, 3U);
}

TEST_F(EngineReport, a_dry_run_needs_the_right_password_and_folder) {
    start(three_mails());
    const JobView refused = do_job(WhatIf{form(), Secret("wrong"), 500});
    ASSERT_TRUE(refused.error);
    EXPECT_EQ(refused.error->cause, Cause::login_refused);
    point::Point elsewhere = form();
    elsewhere.connection.folder = "Nie ma";
    EXPECT_EQ(do_job(WhatIf{elsewhere, std::nullopt, 500}).error->cause, Cause::folder_missing);
}

TEST_F(EngineReport, the_report_of_a_day_has_what_was_taken_and_what_is_open) {
    start(three_mails());
    ASSERT_EQ(do_job(OpenPoint{"demo"}).state, JobView::State::done);
    ASSERT_EQ(do_job(Take{"demo", {2}, false}).state, JobView::State::done);
    const JobView job = do_job(today());
    ASSERT_EQ(job.state, JobView::State::done);
    ASSERT_TRUE(job.report);
    ASSERT_EQ(job.report->documents.size(), 1U);
    EXPECT_EQ(job.report->documents[0].who, "Ala");
    EXPECT_EQ(job.report->documents[0].subject, "Faktura");
    EXPECT_EQ(job.report->files, 2U);
    ASSERT_EQ(job.report->open.size(), 1U) << "the other one with a file";
    EXPECT_EQ(job.report->open[0].uid, 1U);
    EXPECT_TRUE(job.report->not_listed.empty());
    MakeReport before = today();
    before.until = before.since;
    before.since -= std::chrono::hours(24);
    EXPECT_TRUE(do_job(before).report->documents.empty());
}

TEST_F(EngineReport, a_message_that_waits_for_a_person_is_open_until_somebody_decides) {
    start({{mail_with(encoded_part("a.pdf", "JVBERi0xLjQgYQ==") +
                      encoded_part("setup.exe", "TVogcHJvZ3JhbQ==")),
            {}}});
    ASSERT_EQ(do_job(OpenPoint{"demo"}).state, JobView::State::done);
    ASSERT_EQ(do_job(Take{"demo", {}}).state, JobView::State::done);
    MakeReport tomorrow = today();
    tomorrow.since += std::chrono::hours(24);
    tomorrow.until += std::chrono::hours(24);
    const auto later = do_job(tomorrow).report;
    ASSERT_EQ(later->open.size(), 1U);
    EXPECT_EQ(later->open[0].status, Status::check);
    EXPECT_EQ(later->open[0].uid, 1U);
    ASSERT_EQ(do_job(Decide{"demo", 1, 0, "2", store::Decision::skip}).state, JobView::State::done);
    EXPECT_TRUE(do_job(tomorrow).report->open.empty());
}

TEST_F(EngineReport, what_somebody_skipped_is_in_it_with_who_whatever_became_of_the_message) {
    using store::Decision;
    start({{mail_with(encoded_part("a.pdf", "JVBERi0xLjQgYQ==")), {}},
           {mail_with(encoded_part("b.pdf", "JVBERi0xLjQgYg==") +
                      encoded_part("c.pdf", "JVBERi0xLjQgYw==")),
            {}}});
    ASSERT_EQ(do_job(OpenPoint{"demo"}).state, JobView::State::done);
    ASSERT_EQ(do_job(Decide{"demo", 1, 0, "1", Decision::skip}).state, JobView::State::done);
    ASSERT_EQ(do_job(Decide{"demo", 2, 0, "2", Decision::skip}).state, JobView::State::done);
    ASSERT_EQ(do_job(Take{"demo", {}}).state, JobView::State::done);
    const auto report = do_job(today()).report;
    ASSERT_EQ(report->skipped.size(), 2U);
    EXPECT_EQ(report->skipped[0].name, "a.pdf");
    EXPECT_EQ(report->skipped[0].who, "Ala");
    EXPECT_EQ(report->skipped[0].subject, "Faktura");
    EXPECT_FALSE(report->skipped[0].is_in_document) << "of that message there is none";
    EXPECT_TRUE(report->skipped[1].is_in_document);
    EXPECT_EQ(report->left_out, 2U);
    ASSERT_EQ(report->documents.size(), 1U);
    ASSERT_EQ(report->documents[0].left_out.size(), 1U);
    EXPECT_EQ(report->documents[0].left_out[0].who, "Ala");
    ASSERT_EQ(do_job(Decide{"demo", 1, 0, "1", Decision::by_rules}).state, JobView::State::done);
    EXPECT_EQ(do_job(today()).report->skipped.size(), 1U);
}

TEST_F(EngineReport, without_a_list_the_report_says_so) {
    start(three_mails());
    const JobView job = do_job(today());
    ASSERT_TRUE(job.report);
    EXPECT_TRUE(job.report->open.empty());
    EXPECT_EQ(job.report->not_listed, std::vector<std::string>{"Demo"});
}

TEST_F(EngineReport, a_report_is_exported_once_and_replaced_only_when_asked) {
    start(three_mails());
    const std::string path = folder_ / "raport.csv";
    EXPECT_EQ(do_job(ExportReport{today(), path}).state, JobView::State::done);
    std::ifstream in(path);
    EXPECT_EQ(std::string(std::istreambuf_iterator<char>(in), {}), "csv 0");
    EXPECT_EQ(do_job(ExportReport{today(), path}).error->cause, Cause::file_exists);
    EXPECT_EQ(do_job(ExportReport{today(), path, ExportLog::Form::json, true}).state,
              JobView::State::done);
}

TEST_F(EngineReport, only_reports_and_the_log_may_be_of_no_point) {
    start(three_mails());
    EXPECT_EQ(do_job(OpenPoint{""}).state, JobView::State::failed);
    EXPECT_EQ(do_job(Take{"", {}, false}).state, JobView::State::failed);
    MakeReport strange = today();
    strange.point = "nobody";
    EXPECT_EQ(do_job(strange).state, JobView::State::failed);
    EXPECT_EQ(do_job(ExportReport{strange, folder_ / "raport.csv"}).state, JobView::State::failed);
    EXPECT_FALSE(std::filesystem::exists(folder_ / "raport.csv"));
}

}  // namespace mail
