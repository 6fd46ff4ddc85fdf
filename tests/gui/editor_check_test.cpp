// The test of what is in the form, and the certificates that it shows.

#include "gui/screens/editor.h"

#include <gtest/gtest.h>

#include "tests/gui/editor_bench.h"

namespace gui {
namespace {

using mail::JobView;
using test::editor_of;
using test::good_point;
using test::Opened;

TEST(Editor, the_dry_run_goes_by_what_is_in_the_form) {
    Opened editor(editor_of(good_point()));
    editor.d().replace("##login", "inny@firma.example");
    editor.d().replace("##password", "tajne");
    editor.d().click("dry_run");
    editor.d().frames(3);
    const auto* command = editor.bench.last<mail::WhatIf>();
    ASSERT_NE(command, nullptr);
    EXPECT_EQ(command->point.connection.login, "inny@firma.example");
    ASSERT_TRUE(command->password.has_value());
    EXPECT_EQ(command->password->reveal(), "tajne");
    EXPECT_TRUE(editor.d().shown("what_if_close"));
    // Esc leads back to the form, not out of it.
    editor.d().key(ImGuiKey_Escape);
    editor.d().frames(3);
    EXPECT_FALSE(editor.d().shown("what_if_close"));
    EXPECT_EQ(editor.outcome.kind, EditorOutcome::Kind::editing);
    EXPECT_EQ(editor.bench.last<mail::SavePoint>(), nullptr);
}

TEST(Editor, the_test_runs_with_what_is_in_the_form_and_grows_as_it_goes) {
    Opened editor(editor_of(good_point()));
    editor.d().replace("##port", "99300");
    editor.d().replace("##password", "tajne");
    editor.d().click("test_connection");
    const auto* command = editor.bench.last<mail::Diagnose>();
    ASSERT_NE(command, nullptr);
    EXPECT_EQ(command->point.connection.port, 99300);
    ASSERT_TRUE(command->password.has_value());
    EXPECT_EQ(command->password->reveal(), "tajne");
    auto so_far = std::make_shared<mail::Diagnosis>();
    so_far->steps.push_back({mail::Layer::dns, mail::diagnose::Verdict::ok, {}, {}, {}});
    so_far->steps.push_back({mail::Layer::tcp, mail::diagnose::Verdict::running, {}, {}, {}});
    editor.bench.job(JobView::State::running, [&](JobView& job) { job.diagnosis = so_far; });
    editor.d().frames(2);
    EXPECT_TRUE(editor.d().says("Nazwa serwera (DNS)"));
    EXPECT_FALSE(editor.d().shown("##port"));
    editor.d().click("test_cancel");
    EXPECT_EQ(editor.bench.cancelled.size(), 1U);
    auto failed = std::make_shared<mail::Diagnosis>(*so_far);
    failed->state = mail::Diagnosis::State::ended;
    failed->steps[1].verdict = mail::diagnose::Verdict::fail;
    failed->steps[1].error =
        mail::Error{mail::Cause::connection_refused, mail::Layer::tcp, mail::Reach::connection, {}};
    editor.bench.job(JobView::State::done, [&](JobView& job) { job.diagnosis = failed; });
    editor.d().frames(2);
    EXPECT_TRUE(editor.d().shown("test_again"));
    // Esc leads back to the form, not out of it.
    editor.d().key(ImGuiKey_Escape);
    editor.d().frames(2);
    EXPECT_EQ(editor.outcome.kind, EditorOutcome::Kind::editing);
    EXPECT_TRUE(editor.d().shown("##port"));
}

/// The editor's test, ended at a certificate.
void refuse_certificate(Opened& editor, mail::Cause cause) {
    editor.d().click("test_connection");
    auto found = std::make_shared<mail::Diagnosis>();
    found->state = mail::Diagnosis::State::ended;
    const mail::Error error{cause,
                            mail::Layer::tls,
                            mail::Reach::connection,
                            {{"expected", std::string(64, 'e')},
                             {"subject", "CN = imap.firma.example"},
                             {"issuer", "CN = Firma CA"},
                             {"names", "imap.firma.example"},
                             {"valid_from", "2026-01-01"},
                             {"valid_until", "2027-01-01"},
                             {"sha256", std::string(64, 'a')}}};
    found->steps.push_back(
        {mail::Layer::tls, mail::diagnose::Verdict::fail, {}, error.facts, error});
    found->steps.push_back({mail::Layer::greeting, mail::diagnose::Verdict::skipped, {}, {}, {}});
    editor.bench.job(JobView::State::done, [&](JobView& job) { job.diagnosis = found; });
    editor.d().frames(2);
}

TEST(Editor, a_certificate_is_shown_by_the_test_and_accepted_for_this_point) {
    for (const mail::Cause cause :
         {mail::Cause::certificate_self_signed, mail::Cause::certificate_untrusted,
          mail::Cause::certificate_expired, mail::Cause::certificate_name}) {
        SCOPED_TRACE(name_of(cause));
        Opened editor(editor_of(good_point()));
        refuse_certificate(editor, cause);
        EXPECT_TRUE(editor.d().says("CN = Firma CA"));
        EXPECT_TRUE(editor.d().says("AA:AA:AA"));
        EXPECT_TRUE(editor.d().says("porównaj odcisk z podanym przez jego administratora"));
        editor.d().click("Zaufaj tylko w tym punkcie");
        EXPECT_TRUE(editor.d().says("Wpisano jako wyjątek certyfikatu tego punktu."));
        EXPECT_FALSE(editor.d().shown("trust_certificate"));
        editor.d().click("test_again");
        const auto* again = editor.bench.last<mail::Diagnose>();
        ASSERT_NE(again, nullptr);
        EXPECT_EQ(again->point.connection.pinned_certificate, std::string(64, 'a'));
        editor.d().click("save");
        const auto* save = editor.bench.last<mail::SavePoint>();
        ASSERT_NE(save, nullptr);
        EXPECT_EQ(save->point.connection.pinned_certificate, std::string(64, 'a'));
    }
}

TEST(Editor, a_certificate_in_place_of_an_accepted_one_is_never_accepted_by_a_click) {
    Opened editor(editor_of(good_point()));
    refuse_certificate(editor, mail::Cause::certificate_changed);
    EXPECT_TRUE(editor.d().says("ktoś może podsłuchiwać połączenie"));
    EXPECT_TRUE(editor.d().says("EE:EE:EE"));
    EXPECT_TRUE(editor.d().says("AA:AA:AA"));
    EXPECT_FALSE(editor.d().shown("trust_certificate"));
}

TEST(Editor, who_may_only_look_accepts_no_certificate) {
    mail::PointView view;
    view.definition = std::make_shared<const mail::point::Point>(good_point());
    Opened editor(Editor::for_viewing(view));
    refuse_certificate(editor, mail::Cause::certificate_self_signed);
    EXPECT_TRUE(editor.d().says("AA:AA:AA"));
    EXPECT_FALSE(editor.d().shown("trust_certificate"));
}

TEST(Editor, a_test_without_a_server_says_what_is_missing) {
    Opened editor(Editor::for_address(""));
    EXPECT_FALSE(editor.d().enabled("test_connection"));
}

TEST(Editor, a_certificate_that_was_compared_becomes_the_exception) {
    const std::string fingerprint(64, 'a');
    Opened editor(editor_of(good_point()));
    editor.d().click("get_list");
    editor.bench.job(JobView::State::failed, [&](JobView& job) {
        job.error = mail::Error{mail::Cause::certificate_self_signed,
                                mail::Layer::tls,
                                mail::Reach::connection,
                                {{"sha256", fingerprint}}};
    });
    editor.d().frames(2);
    EXPECT_TRUE(editor.d().says(fingerprint));
    editor.d().click("Zgadza się: wpisz jako wyjątek");
    EXPECT_TRUE(editor.d().shown("##pinned_certificate"));
    editor.d().click("save");
    EXPECT_EQ(editor.bench.last<mail::SavePoint>()->point.connection.pinned_certificate,
              fingerprint);
}

TEST(Editor, an_expired_certificate_is_not_ours_to_accept) {
    Opened editor(editor_of(good_point()));
    editor.d().click("get_list");
    editor.bench.job(JobView::State::failed, [](JobView& job) {
        job.error = mail::Error{mail::Cause::certificate_expired,
                                mail::Layer::tls,
                                mail::Reach::connection,
                                {{"sha256", std::string(64, 'a')}}};
    });
    editor.d().frames(2);
    EXPECT_FALSE(editor.d().shown("Zgadza się: wpisz jako wyjątek"));
}

}  // namespace
}  // namespace gui
