// The editor's button Autoryzacja.

#include <gtest/gtest.h>

#include "tests/gui/editor_bench.h"

namespace gui::test {
namespace {

using mail::AuthorizationView;
using mail::JobView;

mail::point::Point by_oauth() {
    mail::point::Point point = good_point();
    point.connection.authentication = mail::point::Authentication::oauth2;
    point.connection.oauth.client_id = "4711";
    return point;
}

mail::point::Point with_secret() {
    mail::point::Point point = by_oauth();
    point.connection.oauth.provider = "google";
    return point;
}

/// Autoryzacja was pressed, and it has come so far.
void press(Opened& editor, AuthorizationView::Stage stage) {
    editor.d().click("authorize");
    ASSERT_NE(editor.bench.last<mail::Authorize>(), nullptr);
    editor.bench.job(JobView::State::running, [&](JobView& job) {
        AuthorizationView now;
        now.stage = stage;
        now.address = "https://provider.example/authorize?x=1";
        now.user_code = "ABCD-EFGH";
        now.browser_opened = true;
        now.ends = std::chrono::sys_seconds{std::chrono::seconds(125)};
        job.authorization = std::make_shared<const AuthorizationView>(now);
    });
    editor.d().frames(2);
}

mail::AccountView account() {
    mail::AccountView account;
    account.login = "faktury@firma.example";
    account.person = "faktury@firma.example";
    account.issuer = "https://provider.example";
    account.renewable = true;
    return account;
}

TEST(Authorization, waits_for_the_browser_with_the_time_that_is_left) {
    Opened editor(editor_of(by_oauth()));
    press(editor, AuthorizationView::Stage::browser);
    EXPECT_TRUE(editor.d().says("Czekam na logowanie w przeglądarce"));
    EXPECT_TRUE(editor.d().says("Pozostało 2:05"));
    EXPECT_FALSE(editor.d().enabled("authorize"));
    editor.d().click("copy_link");
    EXPECT_STREQ(ImGui::GetClipboardText(), "https://provider.example/authorize?x=1");
    editor.d().click("Anuluj");
    EXPECT_EQ(editor.bench.cancelled.size(), 1U);
}

TEST(Authorization, a_browser_that_does_not_open_is_said_and_a_code_helps) {
    Opened editor(editor_of(by_oauth()));
    press(editor, AuthorizationView::Stage::browser);
    editor.bench.job(JobView::State::running, [](JobView& job) {
        AuthorizationView now;
        now.stage = AuthorizationView::Stage::browser;
        job.authorization = std::make_shared<const AuthorizationView>(now);
    });
    editor.d().frames(2);
    EXPECT_TRUE(editor.d().says("Nie udało się otworzyć przeglądarki."));
    editor.d().click("by_code");
    ASSERT_NE(editor.bench.last<mail::Authorize>(), nullptr);
    EXPECT_EQ(editor.bench.last<mail::Authorize>()->by, mail::Authorize::By::device);
    EXPECT_EQ(editor.bench.cancelled.size(), 1U) << "the browser's is given up";
}

TEST(Authorization, the_code_for_another_device_is_shown) {
    Opened editor(editor_of(by_oauth()));
    press(editor, AuthorizationView::Stage::device);
    EXPECT_TRUE(editor.d().says("wpisz kod ABCD-EFGH"));
    EXPECT_TRUE(editor.d().says("Wpisz go tylko dlatego, że właśnie sam rozpoczynasz"));
}

TEST(Authorization, says_who_is_signed_in_and_signs_out) {
    Opened editor(editor_of(by_oauth()));
    press(editor, AuthorizationView::Stage::mailbox);
    EXPECT_TRUE(editor.d().says("Otwieranie skrzynki"));
    editor.bench.job(JobView::State::done, [](JobView& job) {
        job.account = std::make_shared<const mail::AccountView>(account());
    });
    editor.d().frames(2);
    EXPECT_TRUE(editor.d().says("Zalogowano użytkownika faktury@firma.example"));
    EXPECT_TRUE(editor.d().says("Dostawca: https://provider.example"));
    editor.d().click("sign_out");
    EXPECT_NE(editor.bench.last<mail::SignOut>(), nullptr);
    editor.bench.job(JobView::State::done);
    editor.d().frames(2);
    EXPECT_FALSE(editor.d().says("Zalogowano użytkownika"));
}

TEST(Authorization, a_point_that_nobody_has_signed_in_for_says_so_and_can_be_saved) {
    Opened editor(editor_of(by_oauth()));
    EXPECT_FALSE(editor.d().says("Najpierw naciśnij Autoryzacja.")) << "not known yet";
    editor.bench.job(JobView::State::done);
    editor.d().frames(2);
    EXPECT_TRUE(editor.d().says("Najpierw naciśnij Autoryzacja."));
    press(editor, AuthorizationView::Stage::browser);
    EXPECT_FALSE(editor.d().says("Najpierw naciśnij"));
    editor.bench.job(JobView::State::done, [](JobView& job) {
        job.account = std::make_shared<const mail::AccountView>(account());
    });
    editor.d().frames(2);
    EXPECT_FALSE(editor.d().says("Najpierw naciśnij"));
    editor.d().replace("##client_id", "another");
    EXPECT_TRUE(editor.d().says("Najpierw naciśnij Autoryzacja.")) << "that was another's";
    editor.d().click("save");
    EXPECT_NE(editor.bench.last<mail::SavePoint>(), nullptr);
}

TEST(Authorization, what_failed_is_said_with_its_cause) {
    Opened editor(editor_of(by_oauth()));
    press(editor, AuthorizationView::Stage::browser);
    editor.bench.job(JobView::State::failed, [](JobView& job) {
        job.error = mail::Error{mail::Cause::sign_in_fault,
                                mail::Layer::oauth,
                                mail::Reach::point,
                                {{"fault", "denied"}}};
    });
    editor.d().frames(2);
    EXPECT_TRUE(
        editor.d().says("Nie udało się zalogować do konta użytkownika faktury@firma.example"));
    EXPECT_TRUE(editor.d().says("Odmówiono zgody w przeglądarce."));
}

TEST(Authorization, a_number_that_nobody_knows_is_said_and_all_of_it_can_be_copied) {
    Opened editor(editor_of(by_oauth()));
    press(editor, AuthorizationView::Stage::browser);
    editor.bench.job(JobView::State::failed, [](JobView& job) {
        job.error = mail::Error{mail::Cause::sign_in_fault,
                                mail::Layer::oauth,
                                mail::Reach::point,
                                {{"fault", "request_wrong"},
                                 {"error", "invalid_request"},
                                 {"number", "123456"},
                                 {"trace", "t-1"},
                                 {"correlation", "c-1"}}};
    });
    editor.d().frames(2);
    EXPECT_TRUE(editor.d().says("invalid_request, 123456; identyfikator śledzenia t-1"));
    editor.d().click("copy_fault");
    const std::string copied = ImGui::GetClipboardText();
    for (const char* fact : {"123456", "t-1", "c-1", "sign_in_fault"})
        EXPECT_NE(copied.find(fact), std::string::npos) << copied;
}

TEST(Authorization, what_the_provider_shows_in_the_browser_is_explained) {
    Opened editor(editor_of(by_oauth()));
    press(editor, AuthorizationView::Stage::browser);
    editor.d().click("paste");
    editor.d().frames(2);
    editor.d().click("##pasted");
    editor.d().type("AADSTS50011: The redirect URI");
    editor.d().frames(2);
    editor.d().click("hand_over");
    editor.d().frames(2);
    EXPECT_EQ(editor.bench.last<mail::HandOverAnswer>(), nullptr) << "it is no address";
    EXPECT_TRUE(editor.d().says("Adres powrotny nie jest zarejestrowany u dostawcy."));
}

TEST(Authorization, a_tenant_that_can_not_be_one_is_said_at_its_field) {
    mail::point::Point point = by_oauth();
    point.connection.oauth.tenant = "firma pl/../x";
    Opened editor(editor_of(point));
    editor.d().frames(2);
    EXPECT_TRUE(editor.d().says(
        "Dzierżawa to common, organizations, consumers, domena albo identyfikator."));
}

TEST(Authorization, who_is_signed_in_is_asked_for_when_the_point_is_opened) {
    Opened editor(editor_of(by_oauth()));
    EXPECT_NE(editor.bench.last<mail::LookUpAccount>(), nullptr);
}

TEST(Authorization, the_offices_secret_goes_along_and_is_stored_with_the_point) {
    Opened editor(editor_of(with_secret()));
    editor.d().click("##client_secret");
    editor.d().type("s1 Ż");
    EXPECT_FALSE(editor.d().says("s1")) << "masked";
    editor.d().click("authorize");
    const auto* authorize = editor.bench.last<mail::Authorize>();
    ASSERT_NE(authorize, nullptr);
    ASSERT_TRUE(authorize->client_secret);
    EXPECT_EQ(authorize->client_secret->reveal(), "s1 Ż");
    editor.d().key(ImGuiKey_S, ImGuiMod_Ctrl);
    const auto* save = editor.bench.last<mail::SavePoint>();
    ASSERT_NE(save, nullptr);
    ASSERT_TRUE(save->client_secret);
    EXPECT_EQ(save->client_secret->reveal(), "s1 Ż");
    EXPECT_FALSE(save->password);
}

TEST(Authorization, a_stored_secret_is_said_and_can_be_removed) {
    Opened editor(editor_of(with_secret()));
    ASSERT_NE(editor.bench.last<mail::LookUpAccount>(), nullptr);
    editor.bench.job(JobView::State::done, [](JobView& job) { job.has_client_secret = true; });
    editor.d().frames(2);
    EXPECT_TRUE(editor.d().says("Klucz tej aplikacji jest zapisany"));
    editor.d().click("Usuń go");
    ASSERT_NE(editor.bench.last<mail::ForgetClientSecret>(), nullptr);
    editor.bench.job(JobView::State::done);
    editor.d().frames(2);
    EXPECT_FALSE(editor.d().says("Klucz tej aplikacji jest zapisany"));
}

TEST(Authorization, a_provider_that_seldom_gives_a_secret_has_its_field_folded_away) {
    Opened editor(editor_of(by_oauth()));
    EXPECT_FALSE(editor.d().shown("##client_secret"));
    // By keyboard: it lies below the edge.
    for (int stops = 0; stops < 40 && !editor.d().has_focus("more"); ++stops)
        editor.d().key(ImGuiKey_Tab);
    editor.d().key(ImGuiKey_Space);
    editor.d().frames(3);
    EXPECT_TRUE(editor.d().shown("##client_secret"));
}

TEST(Authorization, the_address_of_another_computers_browser_can_be_pasted) {
    Opened editor(editor_of(by_oauth()));
    press(editor, AuthorizationView::Stage::browser);
    editor.d().click("paste");
    editor.d().frames(2);
    EXPECT_FALSE(editor.d().enabled("hand_over"));
    editor.d().click("##pasted");
    editor.d().type("http://localhost:4711/?code=c&state=s");
    editor.d().frames(2);
    EXPECT_FALSE(editor.d().says("code=c")) << "masked: it holds a code";
    editor.d().click("hand_over");
    const auto* handed = editor.bench.last<mail::HandOverAnswer>();
    ASSERT_NE(handed, nullptr);
    EXPECT_EQ(handed->address.reveal(), "http://localhost:4711/?code=c&state=s");
    const auto waiting = editor.bench.snapshot.jobs.front();
    editor.bench.job(JobView::State::failed);
    editor.bench.snapshot.jobs.push_back(waiting);
    editor.d().frames(2);
    EXPECT_TRUE(editor.d().says("Odpowiedź nie pochodziła z tego logowania"));
}

TEST(Authorization, the_offices_application_is_kept_once_and_used_where_none_is_named) {
    mail::point::Point point = by_oauth();
    Opened editor(editor_of(point));
    editor.d().click("Zapisz jako aplikację firmy");
    const auto* kept = editor.bench.last<mail::SaveOfficeClient>();
    ASSERT_NE(kept, nullptr);
    EXPECT_EQ(kept->client_id, "4711");
    EXPECT_EQ(kept->settings.provider, "microsoft");
    auto office = std::make_shared<mail::point::Office>();
    mail::point::set_client(*office, kept->settings, kept->client_id);
    editor.bench.snapshot.office = office;
    editor.bench.job(JobView::State::done);
    editor.d().frames(2);
    EXPECT_TRUE(editor.d().says("To aplikacja firmy"));
    editor.d().replace("##client_id", "");
    EXPECT_TRUE(editor.d().says("używana jest aplikacja firmy 4711"));
    EXPECT_TRUE(editor.d().enabled("authorize"));
    editor.d().click("Usuń dla wszystkich punktów");
    EXPECT_EQ(editor.bench.last<mail::SaveOfficeClient>()->client_id, "");
}

TEST(Authorization, only_who_may_define_changes_the_offices_application) {
    Opened editor(editor_of(by_oauth()));
    editor.bench.snapshot.may_define = false;
    editor.d().frames(2);
    EXPECT_FALSE(editor.d().shown("Zapisz jako aplikację firmy"));
}

TEST(Authorization, the_page_for_the_administrator_can_be_copied) {
    Opened editor(editor_of(by_oauth()));
    editor.d().click("Kopiuj instrukcję dla administratora");
    const std::string page = ImGui::GetClipboardText();
    EXPECT_NE(page.find("co administrator ustawia u dostawcy Microsoft 365"), std::string::npos);
    EXPECT_NE(page.find("client_id=4711"), std::string::npos);
    editor.d().frames(1);
    EXPECT_TRUE(editor.d().shown("Skopiowano"));
}

}  // namespace
}  // namespace gui::test
