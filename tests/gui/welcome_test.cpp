#include "gui/screens/welcome.h"

#include <gtest/gtest.h>

#include "tests/gui/driver.h"
#include "tests/gui/screen_bench.h"

namespace gui {
namespace {

using test::Driver;

struct Shown {
    explicit Shown(Welcome::Occasion occasion) : screen(occasion) {
        driver.emplace([this] {
            ImGui::SetNextWindowPos({0, 0});
            ImGui::SetNextWindowSize(ImGui::GetIO().DisplaySize);
            ImGui::Begin("test", nullptr, ImGuiWindowFlags_NoDecoration);
            bench.draw([this](Frame& frame) {
                const WelcomeOutcome now = screen.draw(frame);
                if (now.kind != WelcomeOutcome::Kind::none)
                    outcome = now;
            });
            ImGui::End();
        });
        driver->frames(2);
    }
    Driver& d() { return *driver; }

    test::ScreenBench bench;
    Welcome screen;
    WelcomeOutcome outcome;
    std::optional<Driver> driver;
};

TEST(Welcome, an_address_and_enter_go_on) {
    Shown welcome(Welcome::Occasion::first_run);
    EXPECT_TRUE(welcome.d().has_focus("##address"));
    welcome.d().type(" jan@firma.example ");
    welcome.d().key(ImGuiKey_Enter);
    EXPECT_EQ(welcome.outcome.kind, WelcomeOutcome::Kind::address);
    EXPECT_EQ(welcome.outcome.address, "jan@firma.example");
}

TEST(Welcome, what_is_no_address_is_said_until_it_is_one) {
    Shown welcome(Welcome::Occasion::first_run);
    welcome.d().type("jan@firma");
    EXPECT_FALSE(welcome.d().says("To nie jest adres e-mail"));
    welcome.d().click("go_on");
    EXPECT_EQ(welcome.outcome.kind, WelcomeOutcome::Kind::none);
    EXPECT_TRUE(welcome.d().says("To nie jest adres e-mail"));
    welcome.d().replace("##address", "jan@firma.example");
    EXPECT_FALSE(welcome.d().says("To nie jest adres e-mail"));
    welcome.d().click("go_on");
    EXPECT_EQ(welcome.outcome.kind, WelcomeOutcome::Kind::address);
}

TEST(Welcome, what_was_refused_is_typed_on_at_once) {
    Shown welcome(Welcome::Occasion::first_run);
    welcome.d().type("jan@firma");
    welcome.d().key(ImGuiKey_Enter);
    ASSERT_TRUE(welcome.d().says("To nie jest adres e-mail"));
    welcome.d().key(ImGuiKey_End);
    welcome.d().type(".example");
    welcome.d().key(ImGuiKey_Enter);
    EXPECT_EQ(welcome.outcome.address, "jan@firma.example");
}

TEST(Welcome, settings_are_looked_up_while_one_looks_and_go_on_into_the_editor) {
    Shown welcome(Welcome::Occasion::first_run);
    welcome.d().type("jan@firma.example");
    EXPECT_TRUE(welcome.bench.posted.empty());
    welcome.d().seconds(0.7);
    welcome.d().frames(2);
    ASSERT_NE(welcome.bench.last<mail::Propose>(), nullptr);
    EXPECT_TRUE(welcome.d().says("Szukanie ustawień poczty domeny firma.example…"));
    mail::Proposal found;
    found.address = "jan@firma.example";
    found.source = mail::proposal::Source::autoconfig;
    found.asked = "autoconfig.firma.example";
    found.settings.server = "mail.hosting.example";
    welcome.bench.job(mail::JobView::State::done, [&](mail::JobView& job) {
        job.proposal = std::make_shared<const mail::Proposal>(found);
    });
    welcome.d().frames(2);
    EXPECT_TRUE(welcome.d().says("Serwer: mail.hosting.example. Ustawienia, które ogłasza domena "
                                 "firma.example (autoconfig.firma.example)."));
    welcome.d().key(ImGuiKey_Enter);
    ASSERT_EQ(welcome.outcome.kind, WelcomeOutcome::Kind::address);
    ASSERT_NE(welcome.outcome.lookup.answer(), nullptr);
    EXPECT_EQ(welcome.bench.posted.size(), 1U);
    EXPECT_TRUE(welcome.bench.cancelled.empty());
}

TEST(Welcome, what_the_table_knows_is_said_at_once) {
    Shown welcome(Welcome::Occasion::first_run);
    welcome.d().type("jan@interia.pl");
    EXPECT_TRUE(welcome.d().says("Serwer: poczta.interia.pl."));
    welcome.d().seconds(0.7);
    welcome.d().frames(2);
    EXPECT_TRUE(welcome.bench.posted.empty());
}

TEST(Welcome, it_says_where_the_password_will_go_and_nothing_while_that_is_not_known) {
    using Kind = mail::SecretsView::Kind;
    Shown welcome(Welcome::Occasion::first_run);
    const auto says = [&](Kind kind, const char* words) {
        welcome.bench.snapshot.secrets.kind = kind;
        welcome.d().frames(2);
        return welcome.d().says(words);
    };
    EXPECT_TRUE(says(Kind::system, "trafi tylko do magazynu haseł systemu."));
    EXPECT_TRUE(says(Kind::file, "zaszyfrowane hasłem"));
    EXPECT_TRUE(says(Kind::memory, "nie ma tu magazynu haseł"));
    EXPECT_TRUE(says(Kind::unknown, "Hasło podasz w następnym kroku."));
    EXPECT_FALSE(says(Kind::unknown, "magazynu"));
}

TEST(Welcome, the_demo_is_one_click_away) {
    Shown welcome(Welcome::Occasion::first_run);
    welcome.d().click("open_demo");
    EXPECT_EQ(welcome.outcome.kind, WelcomeOutcome::Kind::demo);
}

TEST(Welcome, the_language_changes_at_once) {
    Shown welcome(Welcome::Occasion::first_run);
    EXPECT_TRUE(welcome.d().says("Pobieraj załączniki z poczty"));
    welcome.d().click("English");
    EXPECT_EQ(welcome.bench.settings.language, text::Language::en);
    EXPECT_TRUE(welcome.d().says("Take attachments from your mail"));
    welcome.d().click("Polski");
    EXPECT_TRUE(welcome.d().says("Pobieraj załączniki z poczty"));
}

TEST(Welcome, a_further_point_is_asked_for_without_the_demo_and_can_be_cancelled) {
    Shown welcome(Welcome::Occasion::new_point);
    EXPECT_FALSE(welcome.d().shown("open_demo"));
    welcome.d().key(ImGuiKey_Escape);
    EXPECT_EQ(welcome.outcome.kind, WelcomeOutcome::Kind::cancelled);
}

TEST(Welcome, tab_leads_from_the_field_to_the_languages) {
    Shown welcome(Welcome::Occasion::first_run);
    for (const char* next : {"go_on", "import_point", "open_demo", "English"}) {
        welcome.d().key(ImGuiKey_Tab);
        EXPECT_TRUE(welcome.d().has_focus(next)) << next;
    }
}

}  // namespace
}  // namespace gui
