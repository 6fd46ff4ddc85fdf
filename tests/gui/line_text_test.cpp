// Needs the fonts that third_party/packages.sh lists for the tests.
#include "gui/line_text.h"

#include <fstream>
#include <limits>
#include <optional>

#include <gtest/gtest.h>

#include "gui/desktop.h"
#include "gui/fallback_fonts.h"
#include "gui/screens/mail_cells.h"
#include "gui/theme.h"
#include "gui/widgets.h"
#include "tests/gui/driver.h"
#include "tests/gui/letters.h"

namespace gui {
namespace {

constexpr float wide = std::numeric_limits<float>::max();

/// A frame of a window that holds what `draw` draws with the system's fonts for `letters`.
class RightToLeft : public ::testing::Test {
protected:
    void draw(const std::u32string& letters, std::function<void()> content) {
        driver_.emplace([content = std::move(content)] {
            ImGui::SetNextWindowSize({600, 300});
            ImGui::Begin("window");
            push_font(Weight::regular, 16.F);
            content();
            pop_font();
            ImGui::End();
        });
        for (FontFile& font : desktop::fonts_for(letters))
            add_fallback_font(std::move(font));
        driver_->frames(3);
    }
    static std::string drawn() {
        std::string all;
        for (const test::Line& line : test::lines_of_frame())
            all += line.words;
        return all;
    }
    std::optional<test::Driver> driver_;
};

TEST_F(RightToLeft, a_subject_is_drawn_in_its_direction) {
    draw(U"אבגחשבוניתמס", [] { ellipsis_text("חשבונית מס 5521", wide, colours().text); });
    EXPECT_NE(drawn().find("5521סמתינובשח"), std::string::npos) << drawn();
    EXPECT_TRUE(driver_->says("חשבונית מס 5521")) << "as words it is what it was";
}

TEST_F(RightToLeft, arabic_letters_are_drawn_joined_where_the_font_has_the_forms) {
    draw(U"فاتورة\uFE93\uFEAD\uFEEE\uFE97\uFE8E\uFED3",
         [] { ellipsis_text("فاتورة", wide, colours().text); });
    EXPECT_NE(drawn().find("\uFE93\uFEAD\uFEEE\uFE97\uFE8E\uFED3"), std::string::npos) << drawn();
}

TEST_F(RightToLeft, forms_that_are_not_there_are_looked_for_and_plain_letters_drawn) {
    LineText line;
    draw(U"", [&line] { line = line_text("لا فا", wide); });
    EXPECT_EQ(line.text, "اف ال");
    EXPECT_NE(take_missing().find(U'\uFEFB'), std::u32string::npos);
}

TEST_F(RightToLeft, what_does_not_fit_is_cut_where_it_ends) {
    LineText line;
    draw(U"אבגדהו", [&line] {
        line = line_text("אבגדהו אבגדהו", ImGui::CalcTextSize("אבגדהו").x);
        ellipsis_text("אבגדהו אבגדהו", ImGui::CalcTextSize("אבגדהו").x, colours().text);
    });
    EXPECT_TRUE(line.cut);
    EXPECT_TRUE(line.text.starts_with("…")) << line.text;
    EXPECT_TRUE(line.text.ends_with("בא")) << line.text;
    ASSERT_GT(line.from.size(), 2U);
    EXPECT_EQ(line.from.back(), 0U);
    EXPECT_EQ(line.from[line.from.size() - 2], 2U);
    EXPECT_NE(drawn().find(line.text), std::string::npos) << drawn();
}

TEST_F(RightToLeft, lines_break_where_they_are_read_to_and_are_ordered_each) {
    std::string lines;
    draw(U"אבגד",
         [&lines] { lines = wrapped_lines("אא בב גג\nFV 1", ImGui::CalcTextSize("אא בב").x + 1); });
    EXPECT_EQ(lines, "בב אא\nגג\nFV 1");
}

/// Left and right edges of the marks under the text.
std::vector<std::pair<float, float>> marks() {
    std::vector<std::pair<float, float>> found;
    const ImDrawList& list = *ImGui::FindWindowByName("window")->DrawList;
    for (int i = 0; i + 3 < list.VtxBuffer.Size; i += 4)
        if (list.VtxBuffer[i].col == colours().accent)
            found.emplace_back(list.VtxBuffer[i].pos.x, list.VtxBuffer[i + 2].pos.x);
    return found;
}

TEST_F(RightToLeft, what_the_filter_has_found_is_marked_where_it_is_drawn) {
    const std::vector<std::string> words{"אב"};
    ImVec2 at;
    float whole = 0, pair = 0;
    draw(U"אבגד", [&] {
        at = ImGui::GetCursorScreenPos();
        whole = ImGui::CalcTextSize("דגבא").x;
        pair = ImGui::CalcTextSize("בא").x;
        draw_hits(at, wide, "אבגד", words);
    });
    const auto found = marks();
    ASSERT_EQ(found.size(), 2U);
    EXPECT_NEAR(found.front().first, at.x + whole - pair, 2.F) << "at the right, where it begins";
    EXPECT_NEAR(found.back().second, at.x + whole, 2.F);
}

}  // namespace
}  // namespace gui
