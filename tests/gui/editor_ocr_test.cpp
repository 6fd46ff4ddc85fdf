// What the editor has of an OCR point alone.

#include <gtest/gtest.h>

#include "tests/gui/editor_bench.h"

namespace gui::test {
namespace {

mail::point::Point ocr_point() {
    mail::point::Point point;
    point.type = mail::point::Type::ocr;
    point.id = "9";
    point.name = "Skany";
    point.general.folder = "/srv/skany";
    return point;
}

void to_general(Opened& editor) {
    editor.d().key(ImGuiKey_PageDown, ImGuiMod_Ctrl);
    editor.d().frames(3);
}

TEST(OcrEditor, command_and_limits_are_edited_and_saved) {
    Opened editor(editor_of(ocr_point()));
    to_general(editor);
    EXPECT_TRUE(editor.d().says("każda osoba jest na każdym komputerze pytana o zgodę"));
    editor.d().replace("##ocr_command", "ocrmypdf -l pol {in} {out}");
    editor.d().replace("##ocr_types", "PDF tif,, webp");
    editor.d().replace("##ocr_size", "25");
    editor.d().replace("##ocr_pages", "0");
    editor.d().replace("##ocr_jobs", "2");
    editor.d().replace("##ocr_limit", "5");
    editor.d().replace("##ocr_warning", "0");
    editor.d().key(ImGuiKey_S, ImGuiMod_Ctrl);
    const auto* save = editor.bench.last<mail::SavePoint>();
    ASSERT_NE(save, nullptr) << editor.d().words();
    mail::point::Ocr expected;
    expected.command = "ocrmypdf -l pol {in} {out}";
    expected.types = {"pdf", "tif", "webp"};
    expected.max_megabytes = 25;
    expected.max_pages = 0;
    expected.jobs = 2;
    expected.limit_minutes = 5;
    expected.warn_after_minutes = 0;
    EXPECT_EQ(save->point.ocr, expected);
}

TEST(OcrEditor, a_command_that_says_no_file_and_types_that_nobody_knows_are_faults) {
    Opened editor(editor_of(ocr_point()));
    to_general(editor);
    editor.d().replace("##ocr_jobs", "x");
    editor.d().replace("##ocr_types", "pdf, docx");
    editor.d().replace("##ocr_command", "ocrmypdf");
    editor.d().key(ImGuiKey_S, ImGuiMod_Ctrl);
    EXPECT_EQ(editor.bench.last<mail::SavePoint>(), nullptr);
    EXPECT_TRUE(editor.d().says("„docx”")) << editor.d().words();
    EXPECT_TRUE(editor.d().says("1–16"));
    editor.d().frames(3);
    editor.d().replace("##ocr_jobs", "1");
    editor.d().frames(3);
    editor.d().replace("##ocr_types", "pdf");
    editor.d().frames(3);
    editor.d().replace("##ocr_command", "ocrmypdf {in}");
    editor.d().key(ImGuiKey_S, ImGuiMod_Ctrl);
    EXPECT_NE(editor.bench.last<mail::SavePoint>(), nullptr) << editor.d().words();
}

TEST(OcrEditor, what_was_not_touched_is_as_it_was) {
    mail::point::Point point = ocr_point();
    point.ocr.types = {"heic", "pdf"};
    point.ocr.max_pages = 7;
    Opened editor(editor_of(point));
    to_general(editor);
    editor.d().replace("##name", "Inne skany");
    editor.d().key(ImGuiKey_S, ImGuiMod_Ctrl);
    ASSERT_NE(editor.bench.last<mail::SavePoint>(), nullptr);
    EXPECT_EQ(editor.bench.last<mail::SavePoint>()->point.ocr, point.ocr);
}

}  // namespace
}  // namespace gui::test
