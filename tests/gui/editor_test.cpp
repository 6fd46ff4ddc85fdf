#include "gui/screens/editor.h"

#include <gtest/gtest.h>

#include "tests/gui/editor_bench.h"

namespace gui {
namespace {

using mail::JobView;
using test::editor_of;
using test::good_point;
using test::Opened;

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

TEST(Editor, saving_jumps_to_a_fault_on_another_tab) {
    Opened editor(editor_of(good_point()));
    editor.d().click("##tab_general");
    editor.d().replace("##name", "");
    editor.d().click("##tab_connection");
    editor.d().frames(2);
    EXPECT_FALSE(editor.d().shown("##name"));
    editor.d().key(ImGuiKey_S, ImGuiMod_Ctrl);
    editor.d().frames(2);
    EXPECT_TRUE(editor.d().has_focus("##name"));
    EXPECT_TRUE(editor.d().says("Nadaj punktowi nazwę."));
    EXPECT_TRUE(editor.bench.posted.empty());
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
          "get_list", "more", "test_connection", "dry_run", "save", "close"}) {
        editor.d().key(ImGuiKey_Tab);
        EXPECT_TRUE(editor.d().has_focus(next)) << next;
    }
}

TEST(Editor, labels_stand_above_their_fields_where_the_window_is_narrow) {
    Opened wide(editor_of(good_point()));
    const float beside = wide.d().find("##server")->rect.Min.x;
    wide.d().resize({560, 640});
    const test::Item server = *wide.d().find("##server");
    EXPECT_LT(server.rect.Min.x, beside - 200);
    EXPECT_LE(server.rect.Max.x, 560 - 20);
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

/// As a point comes from a file that somebody wrote by hand.
mail::point::Point faulty_point() {
    mail::point::Point point = good_point();
    point.general.naming = "{brak}";
    point.general.quarantine_days = 900;
    return point;
}

TEST(Editor, a_point_that_opens_with_errors_says_all_of_them_and_where) {
    mail::PointView view;
    view.definition = std::make_shared<const mail::point::Point>(faulty_point());
    for (const bool copy : {false, true}) {
        Opened editor(copy ? Editor::for_copy(view, text::Language::pl) : Editor::for_point(view));
        editor.d().frames(3);
        EXPECT_TRUE(editor.d().says("Popraw 2\u00A0pola, aby zapisać"));
        EXPECT_TRUE(editor.d().says("Nieznane pole brak."));
        EXPECT_TRUE(editor.d().says("Od 0 do 365 dni."));
        EXPECT_TRUE(editor.d().has_focus("##naming"));
        EXPECT_TRUE(editor.bench.posted.empty());
    }
    Opened fresh(Editor::for_address(""));
    EXPECT_FALSE(fresh.d().says("aby zapisać")) << "nothing has been typed yet";
    EXPECT_FALSE(fresh.d().says("Uzupełnij to pole."));
}

}  // namespace
}  // namespace gui
