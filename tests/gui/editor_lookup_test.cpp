// What an address that is typed as login leads to.

#include "gui/screens/editor.h"

#include <gtest/gtest.h>

#include "tests/gui/editor_bench.h"

namespace gui {
namespace {

using mail::JobView;
using mail::net::Encryption;
using test::Opened;

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

}  // namespace
}  // namespace gui
