#include "mail/day_report.h"

#include <gtest/gtest.h>

namespace mail {

namespace {

using store::Action;
using store::Step;

std::chrono::sys_seconds at(int hour) {
    return std::chrono::sys_days(std::chrono::year(2026) / 11 / 24) + std::chrono::hours(hour);
}

const store::MailboxId inbox{"koszty", "ala@imap.firma.example", "INBOX", 7};

store::MessageEntry entry(std::uint32_t uid, Step step) {
    store::MessageEntry entry;
    entry.id.uid = uid;
    entry.step = step;
    entry.when = at(9);
    entry.who = "Ala";
    return entry;
}

Action action(Action::What what, std::uint32_t uid, int hour, const std::string& subject = {}) {
    Action action;
    action.point = "koszty";
    action.what = what;
    action.uid = uid;
    action.when = at(hour);
    action.subject = subject;
    return action;
}

ReportSources sources() {
    ReportSources sources;
    sources.points.push_back({"koszty", "Faktury kosztowe"});
    return sources;
}

}  // namespace

TEST(DayReport, a_document_has_its_files_what_was_left_out_and_its_subject_from_the_log) {
    ReportSources from = sources();
    store::MessageEntry taken = entry(5, Step::stored);
    taken.files = {{"2", "fv.pdf", "application/pdf", 1000, "aa", "", "/faktury/fv.pdf"},
                   {"3", "ta sama.pdf", "application/pdf", 500, "bb", "", ""},
                   {"4", "nigdy.pdf", "", 0, "", "", ""}};
    taken.left_out = {{"logo.png", "logo", false}, {"x.exe", "executable", true}};
    from.documents.emplace_back(inbox, taken);
    from.actions = {action(Action::What::document, 5, 9, "Faktura 5"),
                    action(Action::What::document, 5, 8, "older")};
    const DayReport report = report_of(std::move(from), at(0), at(24));
    ASSERT_EQ(report.documents.size(), 1U);
    const DayReport::Document& document = report.documents[0];
    EXPECT_EQ(document.subject, "Faktura 5");
    EXPECT_EQ(document.status, work::Status::check);
    ASSERT_EQ(document.files.size(), 2U) << "what never arrived is none";
    EXPECT_EQ(report.files, 1U);
    EXPECT_EQ(report.octets, 1000U);
    EXPECT_EQ(report.saved_before, 1U);
    ASSERT_EQ(document.left_out.size(), 2U);
    EXPECT_EQ(document.left_out[0].reason, work::Reason::logo);
    EXPECT_TRUE(document.left_out[1].needs_you);
    EXPECT_EQ(report.left_out, 2U);
    EXPECT_EQ(report.taken, 1U);
}

TEST(DayReport, a_message_of_which_nothing_came_and_a_part_waits_was_not_taken) {
    ReportSources from = sources();
    store::MessageEntry waits = entry(5, Step::stored);
    waits.left_out = {{"x.exe", "executable", true}};
    store::MessageEntry skipped = entry(6, Step::stored);
    skipped.files = {{"2", "fv.pdf", "application/pdf", 1000, "aa", "", "/faktury/fv.pdf"}};
    skipped.left_out = {{"x.exe", "not_wanted", false}};
    from.documents = {{inbox, waits}, {inbox, skipped}};
    const DayReport report = report_of(std::move(from), at(0), at(24));
    ASSERT_EQ(report.documents.size(), 2U);
    EXPECT_EQ(report.documents[0].status, work::Status::check);
    EXPECT_EQ(report.documents[1].status, work::Status::taken);
    EXPECT_EQ(report.taken, 1U);
}

TEST(DayReport, what_was_stopped_before_it_had_anything_is_no_document) {
    ReportSources from = sources();
    store::MessageEntry stopped = entry(5, Step::failed);
    stopped.cause = name_of(Cause::cancelled);
    store::MessageEntry failed = entry(6, Step::failed);
    failed.cause = name_of(Cause::disk_full);
    from.documents = {{inbox, stopped}, {inbox, failed}};
    const DayReport report = report_of(std::move(from), at(0), at(24));
    ASSERT_EQ(report.documents.size(), 1U);
    EXPECT_EQ(report.documents[0].cause, "disk_full");
    EXPECT_EQ(report.failed, 1U);
}

TEST(DayReport, what_was_only_looked_through_for_a_file_in_its_text_is_no_document) {
    ReportSources from = sources();
    store::MessageEntry looked_through = entry(5, Step::none);
    looked_through.who.clear();
    looked_through.left_out = {{"logo.png", "logo", false}};
    from.documents = {{inbox, looked_through}, {inbox, entry(6, Step::none)}};
    const DayReport report = report_of(std::move(from), at(0), at(24));
    ASSERT_EQ(report.documents.size(), 1U);
    EXPECT_EQ(report.documents[0].uid, 6U);
    EXPECT_EQ(report.left_out, 0U);
}

TEST(DayReport, points_that_the_person_may_not_see_are_not_in_it) {
    ReportSources from = sources();
    store::MailboxId others = inbox;
    others.point = "kadry";
    from.documents.emplace_back(others, entry(5, Step::stored));
    from.open.emplace_back(others, entry(5, Step::failed));
    Action removed = action(Action::What::removed, 5, 9);
    removed.point = "kadry";
    from.actions = {removed};
    const DayReport report = report_of(std::move(from), at(0), at(24));
    EXPECT_TRUE(report.documents.empty());
    EXPECT_TRUE(report.open.empty());
    EXPECT_EQ(report.removed, 0U);
}

TEST(DayReport, open_is_what_the_list_says_or_else_what_was_begun) {
    ReportSources from = sources();
    from.points[0].is_listed = true;
    from.points[0].open = {
        {"koszty", "Faktury kosztowe", 9, "Nowa", "Żak", at(8), work::Status::new_, ""}};
    from.points.push_back({"kadry", "Kadry"});
    store::MailboxId others = inbox;
    others.point = "kadry";
    from.open = {{inbox, entry(5, Step::failed)}, {others, entry(6, Step::partial)}};
    const DayReport report = report_of(std::move(from), at(0), at(24));
    ASSERT_EQ(report.open.size(), 2U);
    EXPECT_EQ(report.open[0].uid, 9U);
    EXPECT_EQ(report.open[1].uid, 6U);
    EXPECT_EQ(report.open[1].status, work::Status::partial);
    EXPECT_EQ(report.not_listed, std::vector<std::string>{"Kadry"});
}

TEST(DayReport, what_waits_for_a_person_is_open_as_it_is_on_the_list) {
    ReportSources from = sources();
    store::MessageEntry waits = entry(5, Step::stored);
    waits.left_out = {{"x.exe", "executable", true}};
    from.open = {{inbox, waits}};
    const DayReport report = report_of(std::move(from), at(0), at(24));
    ASSERT_EQ(report.open.size(), 1U);
    EXPECT_EQ(report.open[0].status, work::Status::check);
}

TEST(DayReport, skipped_is_what_was_decided_last_in_that_time) {
    using What = Action::What;
    ReportSources from = sources();
    const auto decided = [](What what, std::uint32_t uid, int hour, const std::string& part,
                            const std::string& who = "Jan") {
        Action one = action(what, uid, hour, "Faktura");
        one.detail = part;
        one.who = who;
        return one;
    };
    // The newest first.
    from.actions = {decided(What::part_unwanted, 9, 24, "tomorrow.pdf"),
                    decided(What::part_by_rules, 5, 23, "back.pdf"),
                    decided(What::part_unwanted, 6, 22, "b.pdf"),
                    decided(What::part_wanted, 6, 21, "b.pdf"),
                    decided(What::part_unwanted, 5, 20, "back.pdf"),
                    decided(What::part_unwanted, 5, 19, "a.pdf", "Ala")};
    const DayReport report = report_of(std::move(from), at(0), at(24));
    ASSERT_EQ(report.skipped.size(), 2U);
    EXPECT_EQ(report.skipped[0].name, "a.pdf");
    EXPECT_EQ(report.skipped[0].who, "Ala");
    EXPECT_EQ(report.skipped[0].when, at(19));
    EXPECT_EQ(report.skipped[1].uid, 6U);
    EXPECT_EQ(report.left_out, 2U);
}

TEST(DayReport, who_skipped_a_part_of_a_document_is_known_from_the_decision_of_another_day) {
    ReportSources from = sources();
    store::MessageEntry taken = entry(5, Step::stored);
    taken.id.message_id = "<5@firma.example>";
    taken.left_out = {{"x.pdf", "not_wanted", false}, {"y.png", "logo", false}};
    from.documents = {{inbox, taken}};
    store::PartDecision decision{taken.id, "3", "x.pdf", store::Decision::skip, "Jan", at(-30)};
    decision.message.uid = 0;
    store::PartDecision of_another = decision;
    of_another.message.message_id = "<6@firma.example>";
    of_another.who = "Ala";
    from.decisions = {{inbox, of_another}, {inbox, decision}};
    const DayReport report = report_of(std::move(from), at(0), at(24));
    ASSERT_EQ(report.documents.at(0).left_out.size(), 2U);
    EXPECT_EQ(report.documents[0].left_out[0].who, "Jan");
    EXPECT_EQ(report.documents[0].left_out[1].who, "");
    EXPECT_TRUE(report.skipped.empty());
}

TEST(DayReport, removals_of_that_time_count_and_those_that_failed_do_not) {
    ReportSources from = sources();
    Action failed = action(Action::What::removed, 1, 9);
    failed.result = "gate_locked";
    from.actions = {action(Action::What::removed, 2, 9),  action(Action::What::taken_along, 3, 9),
                    action(Action::What::hidden, 4, 23),  action(Action::What::restored, 5, 9),
                    action(Action::What::removed, 6, 24), failed};
    const DayReport report = report_of(std::move(from), at(0), at(24));
    EXPECT_EQ(report.removed, 2U);
    EXPECT_EQ(report.hidden, 1U);
    EXPECT_EQ(report.restored, 1U);
}

}  // namespace mail
