// The password: shown, hidden, kept, wiped.

#include "gui/screens/editor.h"

#include <gtest/gtest.h>

#include "gui/copied_secret.h"
#include "tests/gui/editor_bench.h"

namespace gui {
namespace {

using mail::JobView;
using test::Driver;
using test::editor_of;
using test::good_point;
using test::Opened;

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

TEST(Editor, a_password_that_nothing_can_keep_yet_is_saved_once_there_is_a_master_password) {
    Opened editor(editor_of(good_point()));
    editor.bench.snapshot.secrets = {mail::SecretsView::Kind::file,
                                     mail::SecretsView::Wants::longer_master_password};
    editor.d().frames(2);
    EXPECT_TRUE(editor.d().says("Hasło główne za krótkie"));
    editor.d().replace("##password", "tajne");
    editor.d().click("save");
    editor.d().frames(3);
    EXPECT_TRUE(editor.bench.posted.empty()) << "else the password would be lost";
    editor.d().type("cztery zwykłe słowa");
    editor.d().replace("###master_repeat", "cztery zwykłe słowa");
    editor.d().click("Ustaw hasło");
    ASSERT_NE(editor.bench.last<mail::UnlockSecrets>(), nullptr);
    editor.bench.job(JobView::State::done);
    editor.bench.snapshot.secrets.wants = mail::SecretsView::Wants::nothing;
    editor.d().frames(2);
    ASSERT_NE(editor.bench.last<mail::SavePoint>(), nullptr);
    EXPECT_EQ(editor.bench.last<mail::SavePoint>()->password->reveal(), "tajne");
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

}  // namespace
}  // namespace gui
