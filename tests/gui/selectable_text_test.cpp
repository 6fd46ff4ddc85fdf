#include "gui/selectable_text.h"

#include <algorithm>
#include <optional>

#include <gtest/gtest.h>

#include "gui/region.h"
#include "gui/theme.h"
#include "tests/gui/driver.h"

namespace gui::test {
namespace {

const std::string polish =
    "Dzień dobry,\n\nw załączniku przesyłam fakturę FV/2026/11 za wrzesień, proszę o "
    "potwierdzenie, "
    "że dotarła, i o przelew w terminie podanym na fakturze.\nŻółć, gęślą jaźń.";

/// A person in front of a text in a window that is narrower than its lines.
class Person {
public:
    explicit Person(std::string text, float scale = 1.F)
        : text_(std::move(text)), driver_([this] { draw(); }, {500 * scale, 300 * scale}, scale) {
        driver_.frames(3);
    }
    void reads(std::string text) {
        text_ = std::move(text);
        ++name_;
        driver_.frames(3);
    }
    /// Where the word begins, in the middle of its line.
    ImVec2 place_of(const std::string& word) {
        wanted_ = text_.find(word);
        driver_.frames(1);
        return place_;
    }
    void press(ImVec2 at, int times = 1) {
        ImGuiIO& io = ImGui::GetIO();
        io.AddMousePosEvent(at.x, at.y);
        driver_.frames(2);
        for (int i = 0; i < times; ++i) {
            if (i > 0)
                io.AddMouseButtonEvent(0, false);
            io.AddMouseButtonEvent(0, true);
            driver_.frames(3);
        }
    }
    void release(ImVec2 at) {
        ImGui::GetIO().AddMousePosEvent(at.x, at.y);
        driver_.frames(2);
        ImGui::GetIO().AddMouseButtonEvent(0, false);
        driver_.frames(2);
    }
    /// The last click is long ago then.
    void click(ImVec2 at, int times = 1) {
        driver_.seconds(1);
        press(at, times);
        release(at);
    }
    void key(ImGuiKey key, ImGuiKeyChord modifiers = 0) { driver_.key(key, modifiers); }
    std::string copied() {
        Driver::clipboard() = "(nothing)";
        driver_.key(ImGuiKey_C, ImGuiMod_Ctrl);
        return Driver::clipboard();
    }
    /// 0 … 1
    [[nodiscard]] float scrolled() const { return scrolled_; }
    Driver& driver() { return driver_; }

private:
    void draw() {
        ImGui::SetNextWindowPos({0, 0});
        ImGui::SetNextWindowSize(ImGui::GetIO().DisplaySize);
        ImGui::Begin("window", nullptr, ImGuiWindowFlags_NoTitleBar);
        if (begin_region("##pane", {px(320), px(120)}, 0, {0, 0})) {
            push_font(Weight::regular, 15);
            const ImVec2 top = ImGui::GetCursorScreenPos();
            seen_.draw(text_, name_, colours().text);
            scrolled_ =
                ImGui::GetScrollMaxY() > 0 ? ImGui::GetScrollY() / ImGui::GetScrollMaxY() : 0;
            const auto lines =
                spans_of_lines(text_, ImGui::GetWindowWidth() - ImGui::GetStyle().ScrollbarSize);
            for (std::size_t i = 0; i < lines.size(); ++i)
                if (wanted_ >= lines[i].begin && wanted_ < lines[i].end) {
                    const auto before = text_.substr(lines[i].begin, wanted_ - lines[i].begin);
                    const float height = ImGui::GetTextLineHeight() + px(2);
                    place_ = {top.x + ImGui::CalcTextSize(before.c_str()).x + px(1),
                              top.y + (static_cast<float>(i) + 0.5F) * height};
                }
            pop_font();
        }
        end_region();
        ImGui::Button("beside");
        ImGui::End();
    }

    std::string text_;
    std::uint64_t name_ = 1;
    SelectableText seen_;
    std::size_t wanted_ = 0;
    float scrolled_ = 0.F;
    ImVec2 place_{};
    Driver driver_;
};

}  // namespace

TEST(SelectableText, is_copied_whole_as_it_was_written_however_it_is_wrapped) {
    Person person(polish);
    EXPECT_FALSE(person.driver().says(polish.substr(15, 100))) << "it is wrapped";
    person.click(person.place_of("dobry"));
    EXPECT_EQ(person.copied(), "(nothing)") << "nothing is selected";
    person.key(ImGuiKey_A, ImGuiMod_Ctrl);
    EXPECT_EQ(person.copied(), polish);
    person.reads("drugi");
    EXPECT_EQ(person.copied(), "(nothing)") << "of another text nothing is selected";
}

TEST(SelectableText, a_word_and_a_line_are_selected_by_clicks_at_any_size) {
    for (const float scale : {1.F, 1.25F, 2.F}) {
        Person person(polish, scale);
        person.click(person.place_of("jaźń"), 2);
        EXPECT_EQ(person.copied(), "jaźń") << scale;
        person.click(person.place_of("załączniku"), 2);
        EXPECT_EQ(person.copied(), "załączniku") << scale;
        person.click(person.place_of("jaźń"), 3);
        EXPECT_EQ(person.copied(), "Żółć, gęślą jaźń.") << scale;
        person.click(person.place_of("dobry"));
        EXPECT_EQ(person.copied(), "(nothing)") << "a click takes it back";
    }
}

TEST(SelectableText, is_selected_by_dragging_over_lines_either_way_and_by_shift_and_a_click) {
    Person person(polish);
    person.press(person.place_of("dobry"));
    person.release(person.place_of("załączniku"));
    EXPECT_EQ(person.copied(), "dobry,\n\nw ");
    person.driver().seconds(1);
    person.press(person.place_of("załączniku"));
    person.release(person.place_of("dobry"));
    EXPECT_EQ(person.copied(), "dobry,\n\nw ");
    ImGui::GetIO().AddKeyEvent(ImGuiMod_Shift, true);
    person.click(person.place_of("Dzień"));
    ImGui::GetIO().AddKeyEvent(ImGuiMod_Shift, false);
    EXPECT_EQ(person.copied(), "Dzień dobry,\n\nw ");
}

TEST(SelectableText, is_selected_by_the_keyboard_letter_by_letter_and_word_by_word) {
    Person person("Dzień dobry,\nŻółć, gęślą jaźń.\nKoniec");
    person.click(person.place_of("gęślą"));
    for (int i = 0; i < 5; ++i)
        person.key(ImGuiKey_RightArrow, ImGuiMod_Shift);
    EXPECT_EQ(person.copied(), "gęślą");
    person.key(ImGuiKey_LeftArrow, ImGuiMod_Shift);
    EXPECT_EQ(person.copied(), "gęśl") << "letters, not octets";
    person.key(ImGuiKey_RightArrow, ImGuiMod_Ctrl | ImGuiMod_Shift);
    EXPECT_EQ(person.copied(), "gęślą ");
    person.key(ImGuiKey_LeftArrow, ImGuiMod_Ctrl | ImGuiMod_Shift);
    EXPECT_EQ(person.copied(), "(nothing)");
    person.key(ImGuiKey_End, ImGuiMod_Shift);
    EXPECT_EQ(person.copied(), "gęślą jaźń.");
    person.key(ImGuiKey_Home, ImGuiMod_Shift);
    EXPECT_EQ(person.copied(), "Żółć, ");
    person.key(ImGuiKey_UpArrow, ImGuiMod_Shift);
    EXPECT_EQ(person.copied(), "Dzień dobry,\nŻółć, ");
    person.key(ImGuiKey_End, ImGuiMod_Ctrl | ImGuiMod_Shift);
    EXPECT_EQ(person.copied(), "gęślą jaźń.\nKoniec");
    person.key(ImGuiKey_Home, ImGuiMod_Ctrl | ImGuiMod_Shift);
    person.key(ImGuiKey_DownArrow, ImGuiMod_Shift);
    EXPECT_EQ(person.copied(), "Żółć, ");
    EXPECT_TRUE(person.driver().has_focus("##words")) << "the arrows did not lead elsewhere";
}

TEST(SelectableText, scrolls_while_the_selection_is_dragged_beyond_its_edge) {
    std::string lines;
    for (int i = 0; i < 500; ++i)
        lines += "wiersz " + std::to_string(i) + "\n";
    Person person(lines);
    person.press(person.place_of("wiersz 1"));
    const ImVec2 below{20, 290};
    ImGui::GetIO().AddMousePosEvent(below.x, below.y);
    person.driver().frames(60);
    person.release(below);
    const std::string copied = person.copied();
    EXPECT_TRUE(copied.starts_with("wiersz 1\nwiersz 2\n")) << copied.substr(0, 40);
    EXPECT_GT(std::ranges::count(copied, '\n'), 12) << "more than what was seen at first";
}

TEST(SelectableText, arrows_scroll_it_and_lead_on_where_it_ends) {
    std::string lines;
    for (int i = 0; i < 12; ++i)
        lines += "wiersz " + std::to_string(i) + "\n";
    Person person(lines);
    person.click(person.place_of("wiersz 1"));
    EXPECT_EQ(person.scrolled(), 0.F);
    for (int i = 0; i < 4 && person.scrolled() < 1.F; ++i)
        person.key(ImGuiKey_DownArrow);
    EXPECT_EQ(person.scrolled(), 1.F) << "to its end";
    EXPECT_TRUE(person.driver().has_focus("##words"));
    for (int i = 0; i < 3; ++i)
        person.key(ImGuiKey_DownArrow);
    EXPECT_TRUE(person.driver().has_focus("beside"));
}

TEST(SelectableText, what_runs_from_right_to_left_is_copied_as_it_was_written) {
    Person person("חשבונית מס 5521\nFV 1");
    person.click(person.place_of("FV"));
    person.key(ImGuiKey_A, ImGuiMod_Ctrl);
    EXPECT_EQ(person.copied(), "חשבונית מס 5521\nFV 1");
}

}  // namespace gui::test
