// The master password of the stored passwords: asked for where one is wanted, set where there is
// none.

#include <gtest/gtest.h>

#include "tests/gui/shell_bench.h"

namespace gui::test {
namespace {

using mail::JobView;
using mail::SecretsView;

mail::Snapshot locked_snapshot() {
    mail::Snapshot snapshot = signin_snapshot(mail::Cause::master_password_needed);
    snapshot.secrets = {SecretsView::Kind::file, SecretsView::Wants::master_password};
    return snapshot;
}

/// The job that was posted last, as the engine would show it.
void job_of_last(ShellBench& bench, JobView::State state,
                 std::optional<mail::Cause> cause = std::nullopt) {
    auto job = std::make_shared<JobView>();
    job->id = 100 + bench.posted.size();
    job->state = state;
    if (cause)
        job->error = mail::Error{*cause, mail::Layer::workspace, mail::Reach::point, {}};
    bench.snapshot.jobs = {job};
    bench.settle();
}

TEST(MasterPassword, is_asked_for_once_where_a_stored_password_is_wanted) {
    ShellBench bench(locked_snapshot());
    EXPECT_FALSE(bench.driver->says("Zaloguj ponownie"));
    EXPECT_TRUE(bench.driver->says("Podaj hasło główne, aby odczytać zapisane hasła"));
    EXPECT_TRUE(bench.driver->has_focus("###master_password"));
    bench.key(ImGuiKey_Escape);
    EXPECT_FALSE(bench.driver->shown("###master_password"));
    EXPECT_TRUE(bench.driver->says("Zapisane hasła są zablokowane hasłem głównym"));
    bench.click("Podaj hasło główne…");
    EXPECT_TRUE(bench.driver->shown("###master_password"));
    EXPECT_TRUE(bench.posted.empty());
}

TEST(MasterPassword, a_wrong_one_is_told_and_the_right_one_opens_the_point_again) {
    ShellBench bench(locked_snapshot());
    bench.type("pomyłka");
    bench.key(ImGuiKey_Enter);
    ASSERT_EQ(bench.all<mail::UnlockSecrets>().size(), 1U);
    EXPECT_EQ(bench.all<mail::UnlockSecrets>()[0].master_password.reveal(), "pomyłka");
    job_of_last(bench, JobView::State::running);
    EXPECT_TRUE(bench.driver->says("Obliczanie klucza szyfrowania…"));
    EXPECT_FALSE(bench.driver->enabled("###master_yes"));
    job_of_last(bench, JobView::State::failed, mail::Cause::master_password_wrong);
    EXPECT_TRUE(bench.driver->says("Nieprawidłowe hasło główne."));
    EXPECT_TRUE(bench.driver->has_focus("###master_password"));
    bench.type("właściwe");
    EXPECT_FALSE(bench.driver->says("Nieprawidłowe hasło główne."));
    bench.click("Odblokuj");
    ASSERT_EQ(bench.all<mail::UnlockSecrets>().size(), 2U);
    EXPECT_EQ(bench.all<mail::UnlockSecrets>()[1].master_password.reveal(), "właściwe");
    bench.snapshot.secrets.wants = SecretsView::Wants::nothing;
    job_of_last(bench, JobView::State::done);
    EXPECT_FALSE(bench.driver->shown("###master_password"));
    ASSERT_EQ(bench.all<mail::OpenPoint>().size(), 1U);
    EXPECT_EQ(bench.all<mail::OpenPoint>()[0].point, "biuro");
}

TEST(MasterPassword, the_question_for_a_password_says_where_it_would_be_kept) {
    using Kind = SecretsView::Kind;
    for (const Kind kind : {Kind::system, Kind::file, Kind::memory}) {
        mail::Snapshot snapshot = signin_snapshot(mail::Cause::password_needed);
        snapshot.secrets.kind = kind;
        const ShellBench bench(std::move(snapshot));
        EXPECT_EQ(bench.driver->shown("Zapamiętaj w magazynie haseł systemu"),
                  kind == Kind::system);
        EXPECT_EQ(bench.driver->shown("Zapamiętaj w zaszyfrowanym pliku"), kind == Kind::file);
    }
}

TEST(MasterPassword, is_not_asked_for_where_nobody_wants_a_stored_one) {
    mail::Snapshot snapshot = office_snapshot();
    snapshot.secrets = {SecretsView::Kind::file, SecretsView::Wants::master_password};
    ShellBench bench(std::move(snapshot));
    EXPECT_FALSE(bench.driver->shown("###master_password"));
    EXPECT_TRUE(bench.driver->enabled("Podaj hasło główne…"));
}

TEST(MasterPassword, a_new_one_is_typed_twice_and_is_long) {
    mail::Snapshot snapshot = office_snapshot();
    snapshot.secrets.kind = SecretsView::Kind::memory;
    ShellBench bench(std::move(snapshot));
    bench.click("Ustaw hasło główne…");
    EXPECT_TRUE(bench.driver->says("Chroni hasła do skrzynek"));
    EXPECT_TRUE(bench.driver->says("Zapomnianego hasła głównego nie da się odzyskać"));
    bench.type("krótkie");
    bench.key(ImGuiKey_Enter);  // leads to the second field
    EXPECT_TRUE(bench.driver->has_focus("###master_repeat"));
    bench.type("krótkie");
    bench.key(ImGuiKey_Enter);
    EXPECT_TRUE(bench.all<mail::UnlockSecrets>().empty());
    EXPECT_TRUE(bench.driver->says("Co najmniej 12 znaków"));
    bench.driver->replace("###master_password", "                ");
    EXPECT_FALSE(bench.driver->says("samych spacji")) << "while it is typed";
    bench.driver->replace("###master_repeat", "                ");
    bench.click("###master_yes");
    EXPECT_TRUE(bench.all<mail::UnlockSecrets>().empty());
    EXPECT_TRUE(bench.driver->says("Składa się z samych spacji."));
    bench.driver->replace("###master_password", "cztery zwykłe słowa");
    bench.driver->replace("###master_repeat", "cztery inne słowa");
    bench.click("###master_yes");
    EXPECT_TRUE(bench.all<mail::UnlockSecrets>().empty());
    EXPECT_TRUE(bench.driver->says("Wpisane hasła się różnią."));
    bench.driver->replace("###master_repeat", "cztery zwykłe słowa");
    bench.click("Ustaw hasło");
    ASSERT_EQ(bench.all<mail::UnlockSecrets>().size(), 1U);
    EXPECT_EQ(bench.all<mail::UnlockSecrets>()[0].master_password.reveal(), "cztery zwykłe słowa");
    bench.snapshot.secrets.kind = SecretsView::Kind::file;
    job_of_last(bench, JobView::State::done);
    EXPECT_FALSE(bench.driver->shown("###master_repeat"));
    EXPECT_FALSE(bench.driver->shown("Ustaw hasło główne…"));
}

TEST(MasterPassword, that_was_given_too_short_is_told_and_another_can_be_typed) {
    mail::Snapshot snapshot = office_snapshot();
    snapshot.secrets = {SecretsView::Kind::file, SecretsView::Wants::longer_master_password};
    ShellBench bench(std::move(snapshot));
    EXPECT_TRUE(bench.driver->says("Hasło główne za krótkie lub puste, co najmniej 12 znaków"));
    EXPECT_FALSE(bench.driver->shown("###master_password")) << "nothing is waiting for it";
    bench.click("Ustaw hasło główne…");
    EXPECT_TRUE(bench.driver->says("(MAILPOINT_MASTER_PASSWORD)."));
    bench.type("cztery zwykłe słowa");
    bench.key(ImGuiKey_Enter);
    bench.type("cztery zwykłe słowa");
    bench.key(ImGuiKey_Enter);
    ASSERT_EQ(bench.all<mail::UnlockSecrets>().size(), 1U);
    EXPECT_EQ(bench.all<mail::UnlockSecrets>()[0].master_password.reveal(), "cztery zwykłe słowa");
    bench.snapshot.secrets.wants = SecretsView::Wants::nothing;
    job_of_last(bench, JobView::State::done);
    EXPECT_FALSE(bench.driver->shown("###master_password"));
    EXPECT_FALSE(bench.driver->says("MAILPOINT_MASTER_PASSWORD"));
}

}  // namespace
}  // namespace gui::test
