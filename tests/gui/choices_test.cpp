// Lists of choices: what Esc does while one is open, and that all of it can be read.

#include <gtest/gtest.h>

#include "tests/gui/editor_bench.h"

namespace gui::test {
namespace {

TEST(Choices, escape_closes_the_list_and_not_the_editor_below_it) {
    Opened editor(editor_of(good_point()));
    editor.d().click("##mode");
    ASSERT_TRUE(editor.d().shown("Współpraca z programem OCR"));
    editor.d().key(ImGuiKey_Escape);
    EXPECT_FALSE(editor.d().shown("Współpraca z programem OCR"));
    EXPECT_EQ(editor.outcome.kind, EditorOutcome::Kind::editing);
    EXPECT_FALSE(editor.d().shown("###question_stay"));
    editor.d().key(ImGuiKey_Escape);
    EXPECT_EQ(editor.outcome.kind, EditorOutcome::Kind::closed);
}

TEST(Choices, a_single_one_is_seen_as_a_whole) {
    Opened editor(editor_of(good_point()));
    editor.d().click("##account");
    editor.d().frames(3);
    const Item* only = editor.d().find("IMAP");
    ASSERT_NE(only, nullptr);
    EXPECT_TRUE(only->clip.Contains(only->rect))
        << only->rect.GetHeight() << " of which " << only->clip.GetHeight() << " are seen";
}

}  // namespace
}  // namespace gui::test
