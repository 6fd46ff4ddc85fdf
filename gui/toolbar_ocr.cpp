// The toolbar while an OCR point is shown; the rest of the class is toolbar.cpp's.

#include <algorithm>
#include <array>

#include "gui/icons.h"
#include "gui/text/ocr_queue.h"
#include "gui/text/screens.h"
#include "gui/toolbar.h"
#include "gui/widgets.h"

namespace gui {
namespace {

constexpr float widest_search = 260.F, narrowest_search = 180.F, tightest_search = 64.F;

struct ToolButton {
    Act act;
    std::string label;
    ButtonLook look;
    const std::string* off;  ///< null: on
};

}  // namespace

std::optional<Act> Toolbar::draw_ocr(const Frame& frame, const OcrFacts& facts,
                                     float& search_width) {
    const text::Language language = frame.language;
    const std::string run = ocr_run_label(facts, language) + "###ocr_run";
    const ButtonLook primary{
        .emphasis = Emphasis::primary, .icon = facts.runs ? icon::stop : icon::run, .height = 30};
    const ButtonLook flat{.emphasis = Emphasis::flat, .icon = icon::open_folder, .height = 30};
    const std::array<ToolButton, 3> others{{
        {Act::ocr_retry,
         ocr_retry_label(facts, language) + "###ocr_retry",
         {.icon = icon::refresh, .height = 30},
         &facts.retry_off},
        {Act::ocr_stop_file,
         ocr_stop_file_label(facts, language) + "###ocr_stop_file",
         {.icon = icon::close, .height = 30},
         &facts.stop_file_off},
        {Act::open_folder, std::string(text::open_folder.in(language)) + "###ocr_folder", flat,
         nullptr},
    }};
    // The last ones lose their words first, the primary button never.
    float rest =
        ImGui::GetWindowWidth() - px(24) - px(40) - px(16) - button_width(run.c_str(), primary);
    for (const ToolButton& one : others)
        rest -= button_width(one.label.c_str(), one.look) + px(8);
    std::size_t with_words = others.size();
    while (with_words > 0 && rest < px(narrowest_search)) {
        const ToolButton& last = others.at(--with_words);
        rest += button_width(last.label.c_str(), last.look) - px(30);
    }
    search_width = std::clamp(rest, px(tightest_search), px(widest_search));

    std::optional<Act> act;
    ImGui::SetCursorPos({px(12), px(10)});
    take_primary_focus();
    // With Ctrl, Enter is the shortcut, which would take back what the button does.
    if (button(run.c_str(), primary, facts.runs ? "" : std::string_view(facts.run_off)) &&
        !ImGui::GetIO().KeyCtrl)
        act = Act::ocr_run;
    for (std::size_t i = 0; i < others.size(); ++i) {
        const ToolButton& one = others.at(i);
        const std::string_view off = one.off == nullptr ? "" : std::string_view(*one.off);
        ImGui::SameLine(0, px(8));
        if (i < with_words ? button(one.label.c_str(), one.look, off)
                           : icon_button(one.label.c_str(), one.look.icon, 30, off))
            act = one.act;
    }
    return act;
}

}  // namespace gui
