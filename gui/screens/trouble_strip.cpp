#include "gui/screens/trouble_strip.h"

#include <cmath>

#include <imgui.h>

namespace gui {
namespace {

/// What a server says may be long: no more lines than leave the list in sight.
constexpr float most_lines = 3.F;

float lines_height(const std::string& words, Weight weight, float size, float room) {
    push_font(weight, size);
    const float line = ImGui::GetTextLineHeight();
    const float all = ImGui::CalcTextSize(words.c_str(), nullptr, false, room).y;
    pop_font();
    return all > most_lines * line ? line : all;
}

/// In as many lines as it needs; what needs too many is cut, and whole in its tooltip.
void draw_lines(const std::string& words, Weight weight, float size, float room) {
    push_font(weight, size);
    const bool too_many = ImGui::CalcTextSize(words.c_str(), nullptr, false, room).y >
                          most_lines * ImGui::GetTextLineHeight();
    if (too_many) {
        ellipsis_text(words, room, colours().text);
    } else {
        ImGui::PushTextWrapPos(ImGui::GetCursorPosX() + room);
        coloured_text(words, colours().text);
        ImGui::PopTextWrapPos();
    }
    pop_font();
}

constexpr float button_row = 34.F;

/// How many lines they need, one behind the other.
std::size_t rows_of(std::span<const std::string> buttons, float room) {
    std::size_t rows = 1;
    float right = 0.F;
    for (const std::string& label : buttons) {
        const float width = button_width(label.c_str());
        if (right > 0.F && right + width > room) {
            ++rows;
            right = 0.F;
        }
        right += width + px(8);
    }
    return rows;
}

}  // namespace

std::optional<std::size_t> draw_trouble_strip(const char* id, NoteKind kind,
                                              const text::ErrorWords& words,
                                              std::span<const std::string> buttons) {
    float all_buttons = 0.F;
    for (const std::string& label : buttons)
        all_buttons += button_width(label.c_str()) + (all_buttons > 0 ? px(8) : 0.F);
    // Where words and buttons have no room beside each other, the buttons go below.
    const bool narrow =
        !buttons.empty() && ImGui::GetContentRegionAvail().x < all_buttons + px(330);
    const bool beside = !buttons.empty() && !narrow;
    const float room = ImGui::GetContentRegionAvail().x - px(2 * 16 + 18 + 8) -
                       (beside ? all_buttons + px(12) : 0.F);
    const float cause = lines_height(words.cause, Weight::medium, 16, room);
    const float next =
        words.next_step.empty() ? 0.F : lines_height(words.next_step, Weight::regular, 15, room);
    const float gap = next > 0 ? px(5) : 0.F;
    const float text_height = std::ceil((cause + gap + next) / px(1)) + 22.F;
    const std::size_t rows = narrow ? rows_of(buttons, room) : 0;
    const float height = text_height + static_cast<float>(rows) * button_row;
    begin_strip(id, kind, height);
    const float top = std::floor((px(text_height) - cause - gap - next) / 2);
    ImGui::SetCursorPosY(top);
    icon_text(icon_of(kind), 18, colour_of(kind));
    ImGui::SameLine(0, px(8));
    const float x = ImGui::GetCursorPosX();
    draw_lines(words.cause, Weight::medium, 16, room);
    if (next > 0) {
        ImGui::SetCursorPos({x, top + cause + gap});
        draw_lines(words.next_step, Weight::regular, 15, room);
    }
    if (!buttons.empty())
        ImGui::SetCursorPos(narrow
                                ? ImVec2{x, px(text_height - 4)}
                                : ImVec2{x + room + px(12), std::floor((px(height) - px(32)) / 2)});
    std::optional<std::size_t> pressed;
    float right = 0.F, down = 0.F;
    for (std::size_t i = 0; i < buttons.size(); ++i) {
        const float width = button_width(buttons[i].c_str());
        if (i > 0 && narrow && right + width > room) {
            down += px(button_row);
            right = 0.F;
            ImGui::SetCursorPos({x, px(text_height - 4) + down});
        } else if (i > 0) {
            ImGui::SameLine(0, px(8));
        }
        right += width + px(8);
        if (button(buttons[i].c_str()))
            pressed = i;
    }
    end_strip();
    return pressed;
}

}  // namespace gui
