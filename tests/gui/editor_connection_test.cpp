// The tab Tryb współpracy, but for the password.

#include "gui/screens/editor.h"

#include <gtest/gtest.h>

#include "tests/gui/editor_bench.h"

namespace gui {
namespace {

using mail::JobView;
using mail::net::Encryption;
using test::editor_of;
using test::good_point;
using test::Opened;

TEST(Editor, an_address_fills_the_form_and_the_password_is_all_that_is_left) {
    Opened editor(Editor::for_address("jan@interia.pl"));
    EXPECT_TRUE(editor.d().says("uzupełniono z adresu (źródło: tabela dostawców)"));
    EXPECT_TRUE(editor.d().has_focus("##password"));
    editor.d().type("tajne hasło");
    editor.d().click("save");
    const auto* save = editor.bench.last<mail::SavePoint>();
    ASSERT_NE(save, nullptr);
    EXPECT_EQ(save->point.connection.server, "poczta.interia.pl");
    EXPECT_EQ(save->point.connection.port, 993);
    EXPECT_EQ(save->point.connection.encryption, Encryption::tls);
    EXPECT_EQ(save->point.connection.login, "jan@interia.pl");
    EXPECT_EQ(save->point.name, "jan@interia.pl");
    ASSERT_TRUE(save->password.has_value());
    EXPECT_EQ(save->password->reveal(), "tajne hasło");
}

TEST(Editor, microsoft_takes_no_password_and_a_button_chooses_the_other_way) {
    mail::point::Point point = good_point();
    point.connection.server = "outlook.office365.com";
    Opened editor(editor_of(point));
    EXPECT_TRUE(editor.d().says("Microsoft 365 nie przyjmuje haseł."));
    editor.d().click("Wybierz OAuth2");
    editor.d().frames(2);
    EXPECT_FALSE(editor.d().says("nie przyjmuje haseł"));
    editor.d().click("save");
    const auto* save = editor.bench.last<mail::SavePoint>();
    ASSERT_NE(save, nullptr);
    EXPECT_EQ(save->point.connection.authentication, mail::point::Authentication::oauth2);
    EXPECT_EQ(save->point.connection.oauth.provider, "microsoft");
}

TEST(Editor, a_server_that_is_nearly_the_providers_is_mended_by_a_button) {
    mail::point::Point point = good_point();
    point.connection.login = "jan@interia.pl";
    Opened editor(editor_of(point));
    editor.d().replace("##server", "poczta.intera.pl");
    editor.d().key(ImGuiKey_Tab);
    EXPECT_TRUE(editor.d().says("Czy chodziło o poczta.interia.pl?"));
    editor.d().click("Użyj");
    editor.d().frames(2);
    EXPECT_FALSE(editor.d().says("Czy chodziło"));
    editor.d().click("save");
    ASSERT_NE(editor.bench.last<mail::SavePoint>(), nullptr);
    EXPECT_EQ(editor.bench.last<mail::SavePoint>()->point.connection.server, "poczta.interia.pl");
}

TEST(Editor, an_issuer_that_oauth2_cannot_do_without_is_asked_for) {
    mail::point::Point point = good_point();
    point.connection.authentication = mail::point::Authentication::oauth2;
    point.connection.oauth.provider = "oidc";
    Opened editor(editor_of(point));
    EXPECT_TRUE(editor.d().says("Uzupełnij to pole."));
    editor.d().replace("##issuer", "https://id.firma.example");
    EXPECT_FALSE(editor.d().says("Uzupełnij to pole."));
}

TEST(Editor, a_choice_is_made_by_its_letter_and_opened_by_alt_and_down) {
    Opened editor(editor_of(good_point()));
    // By keyboard alone.
    for (int stops = 0; stops < 20 && !editor.d().has_focus("##encryption"); ++stops)
        editor.d().key(ImGuiKey_Tab);
    ASSERT_TRUE(editor.d().has_focus("##encryption"));
    editor.d().type("s");
    EXPECT_TRUE(editor.d().says("STARTTLS"));
    EXPECT_FALSE(editor.d().says("Automatyczne"));
    editor.d().key(ImGuiKey_DownArrow, ImGuiMod_Alt);
    editor.d().frames(2);
    ASSERT_TRUE(editor.d().shown("Automatyczne")) << "the list is open";
    editor.d().type("t");
    editor.d().frames(2);
    EXPECT_FALSE(editor.d().shown("Automatyczne")) << "chosen, and closed";
    EXPECT_TRUE(editor.d().has_focus("##encryption"));
    editor.d().key(ImGuiKey_S, ImGuiMod_Ctrl);
    ASSERT_NE(editor.bench.last<mail::SavePoint>(), nullptr);
    EXPECT_EQ(editor.bench.last<mail::SavePoint>()->point.connection.encryption,
              mail::net::Encryption::tls);
}

TEST(Editor, nonsense_in_the_fields_of_oauth2_is_told_under_them) {
    mail::point::Point point = good_point();
    point.connection.authentication = mail::point::Authentication::oauth2;
    point.connection.oauth.provider = "oidc";
    Opened editor(editor_of(point));
    editor.d().replace("##issuer", "javascript:alert(1)");
    editor.d().key(ImGuiKey_Tab);
    EXPECT_TRUE(editor.d().says("Adres wystawcy zaczyna się od https:// i nazwy serwera."));
    editor.d().click("save");
    EXPECT_TRUE(editor.bench.last<mail::SavePoint>() == nullptr);
    editor.d().replace("##issuer", "https://id.firma.example");
    EXPECT_FALSE(editor.d().says("Adres wystawcy zaczyna się"));
    editor.d().replace("##client_id", " 12 34");
    editor.d().key(ImGuiKey_Tab);
    EXPECT_TRUE(editor.d().says("Identyfikator aplikacji nie zawiera spacji."));
    editor.d().click("Usuń");
    EXPECT_FALSE(editor.d().says("nie zawiera spacji"));
    editor.d().click("save");
    ASSERT_NE(editor.bench.last<mail::SavePoint>(), nullptr);
    EXPECT_EQ(editor.bench.last<mail::SavePoint>()->point.connection.oauth.client_id, "1234");
    EXPECT_EQ(editor.bench.last<mail::SavePoint>()->point.connection.oauth.issuer,
              "https://id.firma.example");
}

TEST(Editor, what_a_web_page_left_around_a_login_is_told_and_taken_out) {
    Opened editor(editor_of(good_point()));
    editor.d().replace("##login", "ala@firma.example\u200B");
    editor.d().key(ImGuiKey_Tab);
    EXPECT_TRUE(editor.d().says("Są tu znaki, których nie widać."));
    editor.d().click("Usuń");
    EXPECT_FALSE(editor.d().says("których nie widać"));
    editor.d().click("save");
    ASSERT_NE(editor.bench.last<mail::SavePoint>(), nullptr);
    EXPECT_EQ(editor.bench.last<mail::SavePoint>()->point.connection.login, "ala@firma.example");
}

TEST(Editor, a_tenant_that_oauth2_cannot_do_without_is_asked_for) {
    mail::point::Point point = good_point();
    point.connection.authentication = mail::point::Authentication::oauth2;
    Opened editor(editor_of(point));
    EXPECT_FALSE(editor.d().says("Uzupełnij to pole."));
    editor.d().click("##tenant");
    editor.d().key(ImGuiKey_A, ImGuiMod_Ctrl);
    editor.d().key(ImGuiKey_Delete);
    EXPECT_TRUE(editor.d().says("Uzupełnij to pole."));
}

TEST(Editor, a_shared_mailbox_belongs_to_oauth2) {
    {
        Opened editor(editor_of(good_point()));
        EXPECT_FALSE(editor.d().shown("##shared_mailbox"));
    }
    mail::point::Point point = good_point();
    point.connection.authentication = mail::point::Authentication::oauth2;
    Opened shared(editor_of(point));
    shared.d().replace("##shared_mailbox", "faktury");
    shared.d().key(ImGuiKey_Tab);
    EXPECT_TRUE(shared.d().says("To nie jest adres e-mail"));
    shared.d().replace("##shared_mailbox", "faktury@firma.example");
    shared.d().key(ImGuiKey_Tab);
    EXPECT_TRUE(shared.d().says("Adres skrzynki, do której osoba z pola Login ma dostęp"));
    shared.d().click("save");
    const auto* save = shared.bench.last<mail::SavePoint>();
    ASSERT_NE(save, nullptr);
    EXPECT_EQ(save->point.connection.shared_mailbox, "faktury@firma.example");
}

TEST(Editor, a_wrong_port_says_so_and_holds_back_saving) {
    Opened editor(editor_of(good_point()));
    editor.d().replace("##port", "99300");
    EXPECT_TRUE(editor.d().says("Port musi być liczbą od 1 do 65535."));
    EXPECT_TRUE(editor.d().says("Popraw 1\u00A0pole, aby zapisać"));
    editor.d().click("save");
    EXPECT_TRUE(editor.bench.posted.empty());
    editor.d().frames(2);
    EXPECT_TRUE(editor.d().has_focus("##port"));
    editor.d().replace("##port", "994");
    EXPECT_FALSE(editor.d().says("Port musi być"));
    editor.d().click("save");
    ASSERT_NE(editor.bench.last<mail::SavePoint>(), nullptr);
    EXPECT_EQ(editor.bench.last<mail::SavePoint>()->point.connection.port, 994);
}

TEST(Editor, the_button_under_a_field_mends_it) {
    Opened editor(editor_of(good_point()));
    editor.d().replace("##port", "587");
    editor.d().key(ImGuiKey_Tab);
    EXPECT_TRUE(editor.d().says("To port do wysyłania poczty."));
    editor.d().click("Zmień");
    EXPECT_FALSE(editor.d().says("To port do wysyłania poczty."));
    editor.d().click("save");
    EXPECT_EQ(editor.bench.last<mail::SavePoint>()->point.connection.port, 993);
}

TEST(Editor, oauth2_asks_for_what_its_provider_needs) {
    mail::point::Point point = good_point();
    point.connection.authentication = mail::point::Authentication::oauth2;
    Opened editor(editor_of(point));
    EXPECT_FALSE(editor.d().enabled("authorize")) << "without an application";
    EXPECT_TRUE(editor.d().shown("##tenant"));
    EXPECT_FALSE(editor.d().shown("##issuer"));
    editor.d().replace("##client_id", "4711");
    EXPECT_TRUE(editor.d().enabled("authorize"));
    editor.d().click("save");
    ASSERT_NE(editor.bench.last<mail::SavePoint>(), nullptr);
    EXPECT_EQ(editor.bench.last<mail::SavePoint>()->point.connection.oauth.client_id, "4711");
}

TEST(Editor, oauth2_has_a_provider_and_no_password) {
    Opened editor(editor_of(good_point()));
    editor.d().replace("##password", "tajne");
    editor.d().click("##authentication");
    editor.d().click("OAuth2");
    EXPECT_FALSE(editor.d().shown("##password"));
    EXPECT_TRUE(editor.d().shown("##provider"));
    editor.d().click("save");
    const auto* save = editor.bench.last<mail::SavePoint>();
    ASSERT_NE(save, nullptr);
    EXPECT_EQ(save->point.connection.authentication, mail::point::Authentication::oauth2);
    EXPECT_FALSE(save->password.has_value());
}

TEST(Editor, no_encryption_needs_a_consent) {
    Opened editor(editor_of(good_point()));
    editor.d().click("##encryption");
    editor.d().click("Brak");
    EXPECT_TRUE(editor.d().says("Bez szyfrowania hasło i poczta są czytelne"));
    editor.d().click("save");
    EXPECT_TRUE(editor.bench.posted.empty());
    editor.d().click("Rozumiem, zezwól w tym punkcie");
    editor.d().click("save");
    ASSERT_NE(editor.bench.last<mail::SavePoint>(), nullptr);
    EXPECT_TRUE(editor.bench.last<mail::SavePoint>()->point.connection.allow_cleartext);
}

TEST(Editor, the_servers_folders_are_fetched_with_what_is_typed) {
    Opened editor(editor_of(good_point()));
    editor.d().replace("##server", "imap.inna.example");
    editor.d().replace("##password", "tajne");
    editor.d().click("get_list");
    const auto* list = editor.bench.last<mail::ListFolders>();
    ASSERT_NE(list, nullptr);
    EXPECT_EQ(list->point.connection.server, "imap.inna.example");
    ASSERT_TRUE(list->password);
    EXPECT_EQ(list->password->reveal(), "tajne");
    EXPECT_TRUE(editor.d().says("Pobieranie listy folderów…"));
    EXPECT_FALSE(editor.d().enabled("get_list"));

    editor.bench.job(JobView::State::done, [](JobView& job) {
        job.folders = {"INBOX", "INBOX.Faktury"};
    });
    editor.d().frames(2);
    EXPECT_TRUE(editor.d().says("Na serwerze: 2\u00A0foldery."));
    editor.d().click("##folder");
    editor.d().click("INBOX.Faktury");
    editor.d().click("save");
    EXPECT_EQ(editor.bench.last<mail::SavePoint>()->point.connection.folder, "INBOX.Faktury");
}

TEST(Editor, a_folder_that_the_server_lacks_offers_the_nearest) {
    mail::point::Point point = good_point();
    point.connection.folder = "Faktury";
    Opened editor(editor_of(point));
    editor.d().click("get_list");
    editor.bench.job(JobView::State::done, [](JobView& job) {
        job.folders = {"INBOX", "INBOX.Faktury"};
    });
    editor.d().frames(2);
    EXPECT_TRUE(
        editor.d().says("Na serwerze nie ma folderu „Faktury”. Najbliższy: INBOX.Faktury."));
    editor.d().click("Użyj");
    EXPECT_TRUE(editor.d().says("Na serwerze: 2\u00A0foldery."));
}

TEST(Editor, folders_that_could_not_be_fetched_say_why) {
    Opened editor(editor_of(good_point()));
    editor.d().click("get_list");
    editor.bench.job(JobView::State::failed, [](JobView& job) {
        job.error = mail::Error{mail::Cause::name_not_found,
                                mail::Layer::dns,
                                mail::Reach::connection,
                                {{"host", "imap.firma.example"}}};
    });
    editor.d().frames(2);
    EXPECT_TRUE(editor.d().says("Nie ma serwera o nazwie imap.firma.example."));
    EXPECT_TRUE(editor.d().enabled("get_list"));
}

TEST(Editor, fetching_folders_can_be_cancelled) {
    Opened editor(editor_of(good_point()));
    editor.d().click("get_list");
    editor.d().click("Anuluj");
    EXPECT_EQ(editor.bench.cancelled, std::vector<mail::JobId>{1});
}

TEST(Editor, a_fault_that_is_folded_away_is_unfolded) {
    Opened editor(editor_of(good_point()));
    editor.d().click("more");
    editor.d().replace("##pinned_certificate", "abc");
    editor.d().click("more");
    EXPECT_FALSE(editor.d().shown("##pinned_certificate"));
    editor.d().key(ImGuiKey_S, ImGuiMod_Ctrl);
    editor.d().frames(2);
    EXPECT_TRUE(editor.d().has_focus("##pinned_certificate"));
}

}  // namespace
}  // namespace gui
