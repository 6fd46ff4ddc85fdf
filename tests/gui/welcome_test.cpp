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
