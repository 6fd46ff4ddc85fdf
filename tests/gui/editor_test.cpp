#include "gui/screens/editor.h"

#include <gtest/gtest.h>

#include "gui/copied_secret.h"
#include "tests/gui/driver.h"
#include "tests/gui/screen_bench.h"

namespace gui {
namespace {

using mail::JobView;
using mail::net::Encryption;
using test::Driver;

mail::point::Point good_point() {
    mail::point::Point point;
    point.id = "7";
    point.name = "Faktury kosztowe";
    point.connection.server = "imap.firma.example";
    point.connection.login = "faktury@firma.example";
    return point;
}

/// An editor on a bench, driven until it has an outcome.
struct Opened {
    explicit Opened(Editor given, text::Language language = text::Language::pl)
        : editor(std::move(given)) {
        bench.settings.language = language;
        driver.emplace([this] {
            if (outcome.kind == EditorOutcome::Kind::editing)
                bench.draw([this](Frame& frame) { outcome = editor.draw(frame); });
        });
        driver->frames(2);
    }
    Driver& d() { return *driver; }

    test::ScreenBench bench;
    Editor editor;
    EditorOutcome outcome;
    std::optional<Driver> driver;
};

Editor editor_of(const mail::point::Point& point,
                 mail::PointHealth health = mail::PointHealth::ok) {
    mail::PointView view;
    view.definition = std::make_shared<const mail::point::Point>(point);
    view.health = health;
    return Editor::for_point(view);
}

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

/// An editor of a point whose file is that, and the bench that shows what it is now.
Opened opened_from(const std::string& content_sha256) {
    mail::PointView view;
    view.definition = std::make_shared<const mail::point::Point>(good_point());
    view.content_sha256 = content_sha256;
    return Opened(Editor::for_point(view));
}

void show_file(Opened& editor, const std::string& content_sha256) {
    mail::PointView view;
    view.definition = std::make_shared<const mail::point::Point>(good_point());
    view.content_sha256 = content_sha256;
    editor.bench.snapshot.points = {std::make_shared<const mail::PointView>(view)};
    editor.d().frames(2);
}

TEST(Editor, a_file_that_changes_under_it_is_told_at_once) {
    Opened editor = opened_from("aa");
    show_file(editor, "aa");
    EXPECT_FALSE(editor.d().says("w międzyczasie"));
    show_file(editor, "bb");
    EXPECT_TRUE(editor.d().says("Plik punktu w międzyczasie zmieniono lub usunięto"));
    EXPECT_TRUE(editor.d().says("otwórz punkt ponownie."));
    show_file(editor, "aa");
    EXPECT_FALSE(editor.d().says("w międzyczasie"));
    editor.bench.snapshot.points.clear();
    editor.d().frames(2);
    EXPECT_TRUE(editor.d().says("w międzyczasie"));
}

TEST(Editor, its_own_save_is_no_change_under_it) {
    Opened editor = opened_from("aa");
    show_file(editor, "aa");
    editor.d().click("save");
    show_file(editor, "bb");
    EXPECT_FALSE(editor.d().says("w międzyczasie"));
    editor.bench.job(JobView::State::done);
    editor.d().frames(1);
    EXPECT_EQ(editor.outcome.kind, EditorOutcome::Kind::saved);
    EXPECT_FALSE(editor.d().says("w międzyczasie"));
}

TEST(Editor, why_saving_failed_is_said_to_its_last_word) {
    Opened editor(editor_of(good_point()));
    editor.d().click("save");
    const std::string file = "/biuro/" + std::string(90, 'x') + "/koszty.json";
    editor.bench.job(JobView::State::failed, [&](JobView& job) {
        job.error = mail::Error{
            mail::Cause::point_changed, mail::Layer::point, mail::Reach::point, {{"file", file}}};
    });
    editor.d().frames(2);
    EXPECT_TRUE(editor.d().says("albo je porzuć."));
}

TEST(Editor, of_a_saved_point_it_says_what_an_empty_password_does_and_not_that_there_is_one) {
    for (const auto health : {mail::PointHealth::ok, mail::PointHealth::signin}) {
        Opened editor(editor_of(good_point(), health));
        EXPECT_TRUE(editor.d().says("Puste pole nie zmienia zapisanego hasła."));
        EXPECT_FALSE(editor.d().says("Hasło jest zapisane"));
    }
    Opened fresh(Editor::for_address("jan@interia.pl"));
    EXPECT_FALSE(fresh.d().says("Puste pole"));
}

TEST(Editor, a_password_for_a_locked_store_is_saved_once_that_is_unlocked) {
    Opened editor(editor_of(good_point()));
    editor.bench.snapshot.secrets = {mail::SecretsView::Kind::file,
                                     mail::SecretsView::Wants::master_password};
    editor.d().frames(2);
    editor.d().replace("##password", "tajne");
    editor.d().click("save");
    editor.d().frames(3);
    EXPECT_TRUE(editor.bench.posted.empty());
    EXPECT_TRUE(editor.d().has_focus("###master_password"));
    editor.d().type("hasło główne");
    editor.d().click("Odblokuj");
    ASSERT_NE(editor.bench.last<mail::UnlockSecrets>(), nullptr);
    editor.bench.job(JobView::State::done);
    editor.bench.snapshot.secrets.wants = mail::SecretsView::Wants::nothing;
    editor.d().frames(2);
    const auto* save = editor.bench.last<mail::SavePoint>();
    ASSERT_NE(save, nullptr);
    ASSERT_TRUE(save->password.has_value());
    EXPECT_EQ(save->password->reveal(), "tajne");
}

TEST(Editor, who_does_not_unlock_the_store_saves_nothing) {
    Opened editor(editor_of(good_point()));
    editor.bench.snapshot.secrets = {mail::SecretsView::Kind::file,
                                     mail::SecretsView::Wants::master_password};
    editor.d().frames(2);
    editor.d().replace("##password", "tajne");
    editor.d().click("save");
    editor.d().frames(3);
    editor.d().key(ImGuiKey_Escape);
    editor.d().frames(2);
    EXPECT_FALSE(editor.d().shown("###master_password"));
    EXPECT_EQ(editor.outcome.kind, EditorOutcome::Kind::editing);
    EXPECT_TRUE(editor.bench.posted.empty());
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

TEST(Editor, an_address_typed_as_login_fills_the_rest) {
    Opened editor(Editor::for_address(""));
    EXPECT_TRUE(editor.d().has_focus("##server"));
    editor.d().replace("##login", "jan@o2.pl");
    editor.d().key(ImGuiKey_Tab);
    EXPECT_TRUE(editor.d().says("uzupełniono z adresu"));
    editor.d().click("save");
    const auto* save = editor.bench.last<mail::SavePoint>();
    ASSERT_NE(save, nullptr);
    EXPECT_EQ(save->point.connection.server, "poczta.o2.pl");
    EXPECT_FALSE(save->password.has_value());
}

std::shared_ptr<const mail::Proposal> found_for(const std::string& address,
                                                mail::proposal::Source source) {
    mail::Proposal found;
    found.address = address;
    found.source = source;
    found.settings.server = "mail.hosting.example";
    found.settings.port = 1143;
    found.settings.encryption = Encryption::starttls;
    found.settings.login = address;
    return std::make_shared<const mail::Proposal>(found);
}

/// An empty form in whose login that address was typed, and a pause.
struct Typed : Opened {
    explicit Typed(const std::string& address) : Opened(Editor::for_address("")) { type(address); }
    void type(const std::string& address) {
        d().replace("##login", address);
        d().seconds(0.7);
        d().frames();
    }
    void answer(const std::shared_ptr<const mail::Proposal>& found) {
        bench.job(JobView::State::done, [&](JobView& job) { job.proposal = found; });
        d().frames(2);
    }
};

TEST(Editor, settings_of_another_domain_are_asked_for_after_a_pause_and_fill_the_form) {
    Opened editor(Editor::for_address(""));
    editor.d().replace("##login", "jan@firma.example");
    EXPECT_TRUE(editor.bench.posted.empty());
    editor.d().seconds(0.7);
    editor.d().frames();
    const auto* asked = editor.bench.last<mail::Propose>();
    ASSERT_NE(asked, nullptr);
    EXPECT_EQ(asked->address, "jan@firma.example");
    EXPECT_TRUE(editor.d().says("Szukanie ustawień poczty domeny firma.example…"));
    editor.bench.job(JobView::State::done, [](JobView& job) {
        job.proposal = found_for("jan@firma.example", mail::proposal::Source::srv);
    });
    editor.d().frames(2);
    EXPECT_FALSE(editor.d().says("Szukanie ustawień"));
    EXPECT_TRUE(editor.d().says("Ustawienia z DNS domeny firma.example (SRV)."));
    editor.d().click("save");
    const auto* save = editor.bench.last<mail::SavePoint>();
    ASSERT_NE(save, nullptr);
    EXPECT_EQ(save->point.connection.server, "mail.hosting.example");
    EXPECT_EQ(save->point.connection.port, 1143);
    EXPECT_EQ(save->point.connection.encryption, Encryption::starttls);
    EXPECT_EQ(save->point.name, "jan@firma.example");
}

TEST(Editor, a_server_outside_the_domain_is_warned_of) {
    Typed editor("jan@firma.example");
    auto found = *found_for("jan@firma.example", mail::proposal::Source::srv);
    found.outside_domain = true;
    editor.answer(std::make_shared<const mail::Proposal>(found));
    EXPECT_TRUE(editor.d().says("Serwer mail.hosting.example jest poza domeną firma.example"));
}

TEST(Editor, leaving_the_login_asks_at_once_and_shows_a_guess_meanwhile) {
    Opened editor(Editor::for_address(""));
    editor.d().replace("##login", "jan@firma.example");
    editor.d().key(ImGuiKey_Tab);
    editor.d().frames(2);
    EXPECT_NE(editor.bench.last<mail::Propose>(), nullptr);
    editor.bench.job(JobView::State::done, [](JobView& job) {
        mail::Proposal guess;
        guess.address = "jan@firma.example";
        guess.settings = *mail::point::suggest("jan@firma.example");
        job.proposal = std::make_shared<const mail::Proposal>(guess);
    });
    editor.d().frames(2);
    EXPECT_TRUE(editor.d().says("imap.firma.example to tylko przypuszczenie"));
    // Nothing new to ask.
    editor.d().click("##login");
    editor.d().key(ImGuiKey_Tab);
    editor.d().frames(2);
    EXPECT_EQ(editor.bench.posted.size(), 1U);
    EXPECT_TRUE(editor.d().says("imap.firma.example to tylko przypuszczenie"));
}

TEST(Editor, nothing_is_asked_before_the_address_is_whole_or_where_the_table_knows_it) {
    for (const char* address : {"jan", "jan@", "jan@firma", "jan@interia.pl"})
        EXPECT_TRUE(Typed(address).bench.posted.empty()) << address;
}

TEST(Editor, what_was_typed_is_not_filled_over) {
    Opened typed_server(Editor::for_address(""));
    typed_server.d().replace("##server", "imap.mine.example");
    typed_server.d().replace("##login", "jan@firma.example");
    typed_server.d().seconds(0.7);
    typed_server.d().frames();
    EXPECT_TRUE(typed_server.bench.posted.empty());

    Typed editor("jan@firma.example");
    editor.d().replace("##port", "2993");
    editor.d().click("##password");
    editor.answer(found_for("jan@firma.example", mail::proposal::Source::autoconfig));
    editor.d().click("save");
    const auto* save = editor.bench.last<mail::SavePoint>();
    ASSERT_NE(save, nullptr);
    EXPECT_EQ(save->point.connection.server, "mail.hosting.example");
    EXPECT_EQ(save->point.connection.port, 2993);
}

TEST(Editor, an_enquiry_is_given_up_by_its_button_and_by_another_address) {
    Typed editor("jan@firma.example");
    editor.d().click("Anuluj");
    EXPECT_EQ(editor.bench.cancelled, std::vector<mail::JobId>{1});
    editor.d().frames(2);
    EXPECT_FALSE(editor.d().says("Szukanie ustawień"));
    editor.type("jan@inna.example");
    EXPECT_EQ(editor.bench.posted.size(), 2U);
    editor.type("jan@jeszcze.example");
    EXPECT_EQ(editor.bench.cancelled, (std::vector<mail::JobId>{1, 2}));
    ASSERT_NE(editor.bench.last<mail::Propose>(), nullptr);
    EXPECT_EQ(editor.bench.last<mail::Propose>()->address, "jan@jeszcze.example");
}

TEST(Editor, a_login_that_differs_from_the_address_waits_until_the_field_is_left) {
    Typed editor("jan@firma.example");
    auto found = *found_for("jan@firma.example", mail::proposal::Source::autoconfig);
    found.settings.login = "jan";
    editor.answer(std::make_shared<const mail::Proposal>(found));
    editor.d().key(ImGuiKey_Tab);
    editor.d().frames(3);
    editor.d().click("save");
    const auto* save = editor.bench.last<mail::SavePoint>();
    ASSERT_NE(save, nullptr);
    EXPECT_EQ(save->point.connection.login, "jan");
    EXPECT_EQ(save->point.connection.server, "mail.hosting.example");
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

TEST(Editor, saving_jumps_to_a_fault_on_another_tab) {
    mail::point::Point point = good_point();
    point.name = "";
    Opened editor(editor_of(point));
    EXPECT_FALSE(editor.d().shown("##name"));
    editor.d().key(ImGuiKey_S, ImGuiMod_Ctrl);
    editor.d().frames(2);
    EXPECT_TRUE(editor.d().has_focus("##name"));
    EXPECT_TRUE(editor.d().says("Nadaj punktowi nazwę."));
    EXPECT_TRUE(editor.bench.posted.empty());
}

TEST(Editor, name_and_target_folder_are_saved) {
    Opened editor(editor_of(good_point()));
    editor.d().key(ImGuiKey_Tab, ImGuiMod_Ctrl);
    editor.d().replace("##name", "Żółte faktury");
    editor.d().replace("##target_folder", "/srv/faktury");
    editor.d().click("only_graphic");
    editor.d().key(ImGuiKey_S, ImGuiMod_Ctrl);
    const auto* save = editor.bench.last<mail::SavePoint>();
    ASSERT_NE(save, nullptr);
    EXPECT_EQ(save->point.name, "Żółte faktury");
    EXPECT_EQ(save->point.general.folder, "/srv/faktury");
    EXPECT_TRUE(save->point.general.only_graphic_attachments);
    EXPECT_EQ(save->point.id, "7");
}

TEST(Editor, the_switches_of_the_manual_are_saved_and_say_what_they_do) {
    Opened editor(editor_of(good_point()));
    editor.d().key(ImGuiKey_Tab, ImGuiMod_Ctrl);
    EXPECT_TRUE(editor.d().says("przez 30\u00A0dni leży w kwarantannie"));
    for (const char* id : {"allow_delete", "delete_after", "set_path"})
        editor.d().click(id);
    editor.d().key(ImGuiKey_S, ImGuiMod_Ctrl);
    const auto* save = editor.bench.last<mail::SavePoint>();
    ASSERT_NE(save, nullptr);
    EXPECT_TRUE(save->point.general.allow_delete_from_mailbox);
    EXPECT_TRUE(save->point.general.delete_after_document);
    EXPECT_TRUE(save->point.general.set_folder_while_working);
}

TEST(Editor, days_out_of_range_are_led_to_and_mended) {
    mail::point::Point point = good_point();
    point.general.quarantine_days = 900;
    Opened editor(editor_of(point));
    editor.d().click("save");
    EXPECT_TRUE(editor.bench.posted.empty());
    editor.d().frames(3);
    EXPECT_TRUE(editor.d().has_focus("##quarantine_days"));
    EXPECT_TRUE(editor.d().says("Od 0 do 365 dni."));
    editor.d().replace("##quarantine_days", "x");
    EXPECT_TRUE(editor.d().says("Od 0 do 365 dni."));
    editor.d().replace("##quarantine_days", "0");
    EXPECT_FALSE(editor.d().says("Od 0 do 365 dni."));
    editor.d().click("save");
    ASSERT_NE(editor.bench.last<mail::SavePoint>(), nullptr);
    EXPECT_EQ(editor.bench.last<mail::SavePoint>()->point.general.quarantine_days, 0);
}

TEST(Editor, without_quarantine_it_says_that_nothing_comes_back) {
    mail::point::Point point = good_point();
    point.general.quarantine_days = 0;
    Opened editor(editor_of(point));
    editor.d().key(ImGuiKey_Tab, ImGuiMod_Ctrl);
    EXPECT_TRUE(editor.d().says("nie da się jej przywrócić"));
}

TEST(Editor, the_template_shows_what_it_leads_to) {
    Opened editor(editor_of(good_point()));
    editor.d().key(ImGuiKey_Tab, ImGuiMod_Ctrl);
    editor.d().replace("##naming", "{received} {sender} {name}");
    EXPECT_TRUE(editor.d().says("2026-11-24 Transbud Łódź FV_0412.pdf"));
    EXPECT_TRUE(editor.d().says("2026-11-20 skaner@biuro.example Skan z kopiarki.tif"));
    editor.d().replace("##naming", "{sneder}");
    editor.d().key(ImGuiKey_Tab);
    EXPECT_TRUE(editor.d().says("Nieznane pole sneder. Dostępne: received, sender, "));
    EXPECT_FALSE(editor.d().says("Skan z kopiarki.tif"));
}

TEST(Editor, the_path_of_an_ocr_point_is_chosen_from_those_there_are) {
    Opened none(editor_of(good_point()));
    none.d().key(ImGuiKey_Tab, ImGuiMod_Ctrl);
    EXPECT_TRUE(none.d().says("Nie ma jeszcze punktu OCR."));
    EXPECT_FALSE(none.d().enabled("use_ocr_path"));

    Opened editor(editor_of(good_point()));
    mail::point::Point ocr;
    ocr.type = mail::point::Type::ocr;
    ocr.id = "ocr-1";
    ocr.name = "Faktury \u2013 OCR";
    editor.bench.add_point(ocr);
    editor.d().key(ImGuiKey_Tab, ImGuiMod_Ctrl);
    editor.d().click("use_ocr_path");
    EXPECT_TRUE(editor.d().shown("##ocr_point"));
    editor.d().click("save");
    ASSERT_NE(editor.bench.last<mail::SavePoint>(), nullptr);
    EXPECT_EQ(editor.bench.last<mail::SavePoint>()->point.general.ocr_point, "ocr-1");
}

TEST(Editor, the_last_of_the_three_columns_is_locked) {
    Opened editor(editor_of(good_point()));
    editor.d().click("##tab_list");
    editor.d().click("column_subject");
    editor.d().click("column_sender");
    EXPECT_FALSE(editor.d().enabled("column_received"));
    EXPECT_TRUE(editor.d().says("Przynajmniej jedna z trzech kolumn musi być widoczna."));
    editor.d().click("column_size");
    editor.d().click("save");
    const auto* save = editor.bench.last<mail::SavePoint>();
    ASSERT_NE(save, nullptr);
    EXPECT_EQ(save->point.columns, (std::vector<std::string>{"received", "size"}));
}

TEST(Editor, ctrl_tab_goes_through_the_tabs_and_back) {
    Opened editor(editor_of(good_point()));
    editor.d().key(ImGuiKey_PageDown, ImGuiMod_Ctrl);
    editor.d().frames(2);
    EXPECT_TRUE(editor.d().has_focus("##name"));
    editor.d().key(ImGuiKey_PageDown, ImGuiMod_Ctrl);
    editor.d().frames(2);
    EXPECT_TRUE(editor.d().has_focus("column_subject"));
    editor.d().key(ImGuiKey_PageUp, ImGuiMod_Ctrl);
    editor.d().key(ImGuiKey_PageUp, ImGuiMod_Ctrl);
    editor.d().frames(2);
    EXPECT_TRUE(editor.d().has_focus("##server"));
}

mail::point::Operator person(const std::string& id, const std::string& name) {
    mail::point::Operator one;
    one.id = one.account_name = id;
    one.account = "1000";
    one.name = name;
    return one;
}

TEST(Editor, people_are_named_and_withdrawn) {
    mail::point::Point point = good_point();
    point.operators = {"ala", "dawny"};
    Opened editor(editor_of(point));
    auto people = std::make_shared<mail::point::Operators>();
    people->push_back(person("ala", "Ala Źrebiec"));
    people->back().administrator = true;
    people->push_back(person("jan", "Jan Żak"));
    editor.bench.snapshot.operators = people;
    editor.bench.snapshot.me = "ala";
    editor.d().click("##tab_permissions");
    editor.d().frames(2);
    EXPECT_TRUE(editor.d().says("Ala Źrebiec (to Ty) · administrator"));
    EXPECT_TRUE(editor.d().says("dawny (nie ma takiej osoby w tym obszarze roboczym)"));
    EXPECT_TRUE(editor.d().says("bez działów i stanowisk"));
    editor.d().click("withdraw_dawny");
    editor.d().click("add_person");
    editor.d().click("save");
    const auto* save = editor.bench.last<mail::SavePoint>();
    ASSERT_NE(save, nullptr);
    EXPECT_EQ(save->point.operators, (std::vector<std::string>{"ala", "jan"}));
}

TEST(Editor, somebody_else_joins_the_workspace_first) {
    Opened editor(editor_of(good_point()));
    editor.d().click("##tab_permissions");
    editor.d().frames(2);
    EXPECT_FALSE(editor.d().enabled("add_person"));
    editor.d().replace("##person_login", "ewa");
    editor.d().replace("##person_name", "Ewa Świt");
    editor.d().click("add_person");
    const auto* people = editor.bench.last<mail::SaveOperators>();
    ASSERT_NE(people, nullptr);
    ASSERT_EQ(people->operators.size(), 1U);
    EXPECT_EQ(people->operators[0].account_name, "ewa");
    EXPECT_EQ(people->operators[0].name, "Ewa Świt");
    auto joined = std::make_shared<mail::point::Operators>();
    joined->push_back(person("ewa", "Ewa Świt"));
    editor.bench.snapshot.operators = joined;
    editor.bench.job(JobView::State::done);
    editor.d().frames(2);
    editor.d().click("save");
    ASSERT_NE(editor.bench.last<mail::SavePoint>(), nullptr);
    EXPECT_EQ(editor.bench.last<mail::SavePoint>()->point.operators,
              (std::vector<std::string>{"ewa"}));
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

TEST(Editor, an_ocr_point_is_a_name_and_a_folder) {
    mail::point::Point point = good_point();
    point.type = mail::point::Type::ocr;
    Opened editor(editor_of(point));
    EXPECT_FALSE(editor.d().shown("##server"));
    EXPECT_FALSE(editor.d().shown("##tab_list"));
    editor.d().click("save");
    EXPECT_TRUE(editor.bench.posted.empty());
    editor.d().frames(2);
    EXPECT_TRUE(editor.d().has_focus("##target_folder"));
    EXPECT_FALSE(editor.d().shown("##naming"));
    editor.d().replace("##target_folder", "/srv/ocr");
    editor.d().click("save");
    ASSERT_NE(editor.bench.last<mail::SavePoint>(), nullptr);
    EXPECT_EQ(editor.bench.last<mail::SavePoint>()->point.general.folder, "/srv/ocr");
}

TEST(Editor, closes_when_the_point_is_saved_and_not_before) {
    Opened editor(editor_of(good_point()));
    editor.d().click("save");
    EXPECT_TRUE(editor.d().says("Zapisywanie…"));
    editor.bench.job(JobView::State::running);
    editor.d().frames(2);
    EXPECT_EQ(editor.outcome.kind, EditorOutcome::Kind::editing);
    editor.d().click("save");
    EXPECT_EQ(editor.bench.posted.size(), 1U);
    editor.bench.job(JobView::State::done, [](JobView& job) { job.saved_point = "7"; });
    editor.d().frames(2);
    EXPECT_EQ(editor.outcome.kind, EditorOutcome::Kind::saved);
    EXPECT_EQ(editor.outcome.point, "7");
}

TEST(Editor, a_failed_save_says_why_and_keeps_what_was_typed) {
    Opened editor(editor_of(good_point()));
    editor.d().replace("##server", "imap.inna.example");
    editor.d().click("save");
    editor.bench.job(JobView::State::failed, [](JobView& job) {
        job.error =
            mail::Error{mail::Cause::disk_full, mail::Layer::workspace, mail::Reach::point, {}};
    });
    editor.d().frames(2);
    EXPECT_EQ(editor.outcome.kind, EditorOutcome::Kind::editing);
    EXPECT_TRUE(editor.d().says("Na dysku zabrakło miejsca"));
    editor.d().click("save");
    EXPECT_EQ(editor.bench.last<mail::SavePoint>()->point.connection.server, "imap.inna.example");
}

TEST(Editor, esc_closes_what_is_unchanged_and_asks_about_the_rest) {
    Opened unchanged(editor_of(good_point()));
    unchanged.d().key(ImGuiKey_Escape);
    EXPECT_EQ(unchanged.outcome.kind, EditorOutcome::Kind::closed);
}

TEST(Editor, esc_asks_before_it_drops_what_was_typed) {
    Opened editor(editor_of(good_point()));
    editor.d().replace("##login", "inny@firma.example");
    editor.d().key(ImGuiKey_Escape);
    EXPECT_TRUE(editor.d().says("Punkt Faktury kosztowe ma niezapisane zmiany."));
    EXPECT_TRUE(editor.d().has_focus("question_stay"));
    editor.d().key(ImGuiKey_Escape);
    EXPECT_FALSE(editor.d().says("niezapisane"));
    EXPECT_EQ(editor.outcome.kind, EditorOutcome::Kind::editing);
    // Going back to editing has lost nothing.
    editor.d().key(ImGuiKey_Escape);
    editor.d().click("question_save");
    ASSERT_NE(editor.bench.last<mail::SavePoint>(), nullptr);
    EXPECT_EQ(editor.bench.last<mail::SavePoint>()->point.connection.login, "inny@firma.example");
}

TEST(Editor, discarding_closes_without_saving) {
    Opened editor(editor_of(good_point()));
    editor.d().replace("##login", "inny@firma.example");
    editor.d().click("close");
    editor.d().click("question_discard");
    EXPECT_EQ(editor.outcome.kind, EditorOutcome::Kind::closed);
    EXPECT_TRUE(editor.bench.posted.empty());
}

TEST(Editor, tab_follows_the_order_of_reading) {
    Opened editor(editor_of(good_point()));
    editor.d().click("##server");
    for (const char* next :
         {"##port", "##authentication", "##encryption", "##login", "##password", "show", "##folder",
          "get_list", "more", "test_connection", "save", "close"}) {
        editor.d().key(ImGuiKey_Tab);
        EXPECT_TRUE(editor.d().has_focus(next)) << next;
    }
}

TEST(Editor, the_password_is_masked_until_asked_for_and_hides_by_itself) {
    Opened editor(editor_of(good_point()));
    editor.d().replace("##password", "tajne");
    const auto masked = [] {
        return (ImGui::GetCurrentContext()->InputTextState.Flags & ImGuiInputTextFlags_Password) !=
               0;
    };
    EXPECT_TRUE(masked());
    editor.d().click("show");
    editor.d().click("##password");
    EXPECT_FALSE(masked());
    editor.d().lose_window_focus();
    ImGui::GetIO().AddFocusEvent(true);
    editor.d().click("##password");
    EXPECT_TRUE(masked());
}

TEST(Editor, leaving_the_tab_hides_the_password) {
    Opened editor(editor_of(good_point()));
    editor.d().replace("##password", "tajne");
    editor.d().click("show");
    editor.d().key(ImGuiKey_PageDown, ImGuiMod_Ctrl);
    editor.d().key(ImGuiKey_PageUp, ImGuiMod_Ctrl);
    editor.d().click("##password");
    EXPECT_NE(ImGui::GetCurrentContext()->InputTextState.Flags & ImGuiInputTextFlags_Password, 0);
}

TEST(Editor, a_pasted_password_loses_the_end_of_its_line_and_keeps_its_blanks) {
    Opened editor(editor_of(good_point()));
    Driver::clipboard() = " tajne \n";
    editor.d().click("##password");
    editor.d().key(ImGuiKey_V, ImGuiMod_Ctrl);
    EXPECT_TRUE(editor.d().says("Hasło zaczyna się lub kończy spacją."));
    editor.d().click("save");
    ASSERT_TRUE(editor.bench.last<mail::SavePoint>()->password);
    EXPECT_EQ(editor.bench.last<mail::SavePoint>()->password->reveal(), " tajne ");
}

/// Whether the characters stand anywhere in what Dear ImGui holds of edited text.
bool imgui_holds(std::string_view text) {
    const auto holds = [&](const ImVector<char>& buffer) {
        return std::string_view(buffer.Data, static_cast<std::size_t>(buffer.Size)).find(text) !=
               std::string_view::npos;
    };
    const ImGuiContext& context = *ImGui::GetCurrentContext();
    return holds(context.InputTextState.TextA) || holds(context.InputTextState.TextToRevertTo) ||
           holds(context.InputTextDeactivatedState.TextA);
}

TEST(Editor, the_password_is_nowhere_once_the_point_is_saved) {
    Opened editor(editor_of(good_point()));
    editor.d().replace("##password", "tajne-hasło");
    EXPECT_TRUE(imgui_holds("tajne"));
    editor.d().key(ImGuiKey_S, ImGuiMod_Ctrl);
    editor.bench.job(JobView::State::done);
    editor.d().frames(3);
    EXPECT_EQ(editor.outcome.kind, EditorOutcome::Kind::saved);
    EXPECT_FALSE(imgui_holds("tajne"));
}

TEST(Editor, a_copied_password_leaves_the_clipboard_after_a_while) {
    using std::chrono::seconds;
    Opened editor(editor_of(good_point()));
    Driver::clipboard() = "faktura";
    editor.d().replace("##password", "tajne");
    editor.d().key(ImGuiKey_A, ImGuiMod_Ctrl);
    editor.d().key(ImGuiKey_C, ImGuiMod_Ctrl);
    EXPECT_EQ(Driver::clipboard(), "faktura");  // while it is masked nothing is copied
    editor.d().click("show");
    editor.d().click("##password");
    editor.d().key(ImGuiKey_A, ImGuiMod_Ctrl);
    const auto now = std::chrono::steady_clock::now();
    editor.d().key(ImGuiKey_C, ImGuiMod_Ctrl);
    EXPECT_EQ(Driver::clipboard(), "tajne");
    EXPECT_GT(tend_copied_secret(now + seconds(29)), seconds(0));
    EXPECT_EQ(Driver::clipboard(), "tajne");
    EXPECT_EQ(tend_copied_secret(now + seconds(60)), std::chrono::milliseconds::max());
    EXPECT_EQ(Driver::clipboard(), "");

    editor.d().key(ImGuiKey_X, ImGuiMod_Ctrl);
    EXPECT_EQ(Driver::clipboard(), "tajne");
    Driver::clipboard() = "something else";
    tend_copied_secret(now + seconds(120));
    EXPECT_EQ(Driver::clipboard(), "something else");
}

TEST(Editor, caps_lock_is_told_beside_a_masked_password) {
    Opened editor(editor_of(good_point()));
    editor.bench.caps_lock = true;
    editor.d().frames(2);
    EXPECT_FALSE(editor.d().says("Włączony Caps Lock."));
    editor.d().click("##password");
    EXPECT_TRUE(editor.d().says("Włączony Caps Lock."));
    editor.bench.caps_lock = false;
    EXPECT_FALSE(editor.d().says("Włączony Caps Lock."));
}

TEST(Editor, a_new_point_without_a_password_says_that_it_will_ask) {
    Opened editor(Editor::for_address("faktury@wp.pl"));
    EXPECT_FALSE(editor.d().says("Nie ma jeszcze hasła: punkt o nie zapyta."));
    editor.d().replace("##password", "x");
    editor.d().replace("##password", "");
    editor.d().click("##login");
    EXPECT_TRUE(editor.d().says("Nie ma jeszcze hasła: punkt o nie zapyta."));
    editor.d().click("save");
    EXPECT_NE(editor.bench.last<mail::SavePoint>(), nullptr);
}

TEST(Editor, oauth2_asks_for_what_its_provider_needs_and_says_why_it_cannot_sign_in_yet) {
    mail::point::Point point = good_point();
    point.connection.authentication = mail::point::Authentication::oauth2;
    Opened editor(editor_of(point));
    EXPECT_FALSE(editor.d().enabled("authorize"));
    EXPECT_TRUE(editor.d().shown("##tenant"));
    EXPECT_FALSE(editor.d().shown("##issuer"));
    editor.d().replace("##client_id", "4711");
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
    EXPECT_TRUE(editor.d().says("Logowanie przez przeglądarkę pojawi się w późniejszej wersji."));
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

TEST(Editor, labels_stand_above_their_fields_where_the_window_is_narrow) {
    Opened wide(editor_of(good_point()));
    const float beside = wide.d().find("##server")->rect.Min.x;
    wide.d().resize({560, 640});
    const test::Item server = *wide.d().find("##server");
    EXPECT_LT(server.rect.Min.x, beside - 200);
    EXPECT_LE(server.rect.Max.x, 560 - 20);
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

TEST(Editor, speaks_english_too) {
    Opened editor(Editor::for_address("jan@interia.pl"), text::Language::en);
    EXPECT_TRUE(editor.d().says("Configuration point"));
    EXPECT_TRUE(editor.d().shown("Show password"));
    EXPECT_TRUE(editor.d().says("(source: provider table)"));
    editor.d().replace("##port", "x");
    EXPECT_TRUE(editor.d().says("The port must be a number from 1 to 65535."));
    EXPECT_TRUE(editor.d().says("Correct 1\u00A0field to save"));
}

}  // namespace
}  // namespace gui
