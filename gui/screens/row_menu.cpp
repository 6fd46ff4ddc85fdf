#include "gui/screens/row_menu.h"

#include <string>
#include <utility>

#include "gui/text/screens.h"
#include "gui/widgets.h"

namespace gui {

RowMenu::Choice RowMenu::draw(const Frame& frame, const ActFacts& facts) {
    constexpr const char* name = "##row_menu";
    if (std::exchange(opens_, false))
        ImGui::OpenPopup(name);
    if (at_)
        ImGui::SetNextWindowPos(*at_, ImGuiCond_Appearing);
    Choice choice;
    if (!begin_menu_popup(name))
        return choice;
    const text::Language language = frame.language;
    const auto row = [&](const text::Text& words, const char* keys, Deed meant) {
        if (ImGui::MenuItem(std::string(words.in(language)).c_str(), keys))
            choice.deed = meant;
    };
    if (menu_row(Act::generate, generate_label(facts, language) + "###row_generate",
                 facts.generate_off))
        choice.act = Act::generate;
    if (facts.generate_off.empty())
        tooltip(facts.left_out);
    if (menu_row(Act::set_folder, language, facts))
        choice.act = Act::set_folder;
    ImGui::Separator();
    row(text::copy_rows, "Ctrl+C", Deed::copy_rows);
    ImGui::Separator();
    row(text::details, "Enter", Deed::to_details);
    if (menu_row(Act::open_folder, language, facts))
        choice.act = Act::open_folder;
    row(text::select_all, "Ctrl+A", Deed::select_all);
    if (menu_row(Act::save_message, language, facts))
        choice.act = Act::save_message;
    ImGui::Separator();
    if (const auto removal = removal_rows(facts, language))
        choice.act = removal;
    end_menu_popup();
    return choice;
}

}  // namespace gui
