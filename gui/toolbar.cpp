#include "gui/toolbar.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "gui/icons.h"
#include "gui/text/removal.h"
#include "gui/text/screens.h"
#include "gui/widgets.h"

namespace gui {
namespace {

constexpr float widest_search = 260.F, narrowest_search = 180.F, least_search = 100.F;
constexpr float tightest_search = 64.F;  ///< where the primary button has a long number

constexpr ButtonLook remove_look{.icon = icon::bin, .height = 30, .chevron = true};

std::string labelled(const text::Text& words, text::Language language, const char* identity) {
    return std::string(words.in(language)) + "###" + identity;
}

std::string remove_label(text::Language language) {
    return labelled(text::remove, language, "remove");
}

float remove_button_width(text::Language language) {
    return button_width(remove_label(language).c_str(), remove_look);
}

/// Removes nothing itself: it opens the list of ways.
std::optional<Act> draw_remove(const ActFacts& facts, text::Language language, bool word) {
    constexpr const char* list = "##remove_list";
    const std::string label = remove_label(language);
    const std::string& off = removal_off(facts);
    const bool pressed = word ? button(label.c_str(), remove_look, off)
                              : icon_button(label.c_str(), icon::bin, 30, off);
    const ImVec2 below{ImGui::GetItemRectMin().x, ImGui::GetItemRectMax().y + px(4)};
    if (pressed)
        ImGui::OpenPopup(list);
    ImGui::SetNextWindowPos(below, ImGuiCond_Appearing);
    if (!begin_menu_popup(list))
        return std::nullopt;
    const auto act = removal_rows(facts, language);
    end_menu_popup();
    return act;
}

}  // namespace

std::optional<Act> Toolbar::draw(Frame& frame, const ActFacts& facts, std::string* search) {
    left_search_down_ = false;
    float search_width = 0.F;
    const auto act = facts.ocr ? draw_ocr(frame, *facts.ocr, search_width)
                               : draw_mail(frame, facts, search_width);
    if (search != nullptr) {
        ImGui::SetCursorPos({ImGui::GetWindowWidth() - px(56) - search_width, px(11)});
        draw_search(frame, *search, search_width / std::max(0.01F, frame.scale));
    }
    ImGui::SetCursorPos({ImGui::GetWindowWidth() - px(46), px(9)});
    if (icon_button(labelled(text::menu, frame.language, "menu").c_str(), icon::menu) ||
        std::exchange(menu_next_, false))
        ImGui::OpenPopup("##menu_list");
    const auto chosen = draw_menu(frame, facts);
    return chosen ? chosen : act;
}

void Toolbar::take_primary_focus() {
    if (focus_next_ != Focus::primary)
        return;
    focus_next_ = Focus::none;
    focus_next_item();
}

namespace {

/// What is left of the words where the window is narrow, and of the search field.
struct Layout {
    bool diagnosis_word = false, refresh_word = false, folder_word = false, remove_word = false;
    bool has_diagnosis = true;  ///< else the menu has it
    float search_px = 0.F;
};
struct Widths {
    float generate = 0.F, folder = 0.F, remove = 0.F, refresh = 0.F, diagnosis = 0.F;
};

/// First Diagnosis and Refresh lose their words, then the search field its width, then Set folder
/// and Remove their words.
Layout lay_out(const Widths& widths) {
    const float icon_px = px(30), gap = px(8);
    const float room =
        ImGui::GetWindowWidth() - px(24) - px(40) - px(12) - px(41) - widths.generate;
    const float both = widths.folder + widths.remove;
    const float wide = px(narrowest_search + 8), least = px(least_search + 8);
    Layout layout;
    layout.diagnosis_word = room - both - widths.refresh - widths.diagnosis - gap >= wide;
    layout.refresh_word =
        layout.diagnosis_word || room - both - widths.refresh - icon_px - gap >= wide;
    layout.folder_word = layout.refresh_word || room - both - 2 * icon_px - gap >= least;
    layout.remove_word = layout.folder_word || room - widths.remove - 2 * icon_px >= least;
    layout.has_diagnosis = layout.folder_word || room - widths.remove - 3 * icon_px - gap >= least;
    const auto width = [&](bool word, float whole) { return word ? whole : icon_px; };
    const float diagnosis =
        layout.has_diagnosis ? width(layout.diagnosis_word, widths.diagnosis) + gap : 0.F;
    const float rest = room - width(layout.folder_word, widths.folder) -
                       width(layout.remove_word, widths.remove) -
                       width(layout.refresh_word, widths.refresh) - diagnosis - gap;
    layout.search_px = std::clamp(rest, px(tightest_search), px(widest_search));
    return layout;
}

constexpr ButtonLook flat_look(const char* icon) {
    return {.emphasis = Emphasis::flat, .icon = icon, .height = 30};
}

bool draw_flat(const std::string& label, const char* icon, bool word, std::string_view off) {
    return word ? button(label.c_str(), flat_look(icon), off)
                : icon_button(label.c_str(), icon, 30, off);
}

}  // namespace

/// What there is for the messages of a mailbox.
std::optional<Act> Toolbar::draw_mail(const Frame& frame, const ActFacts& facts,
                                      float& search_width) {
    std::optional<Act> act;
    const text::Language language = frame.language;
    const std::string generate = generate_label(facts, language) + "###generate";
    const std::string folder = labelled(text::set_folder, language, "set_folder");
    const std::string refresh = labelled(text::refresh, language, "refresh");
    const std::string diagnosis = labelled(text::diagnosis, language, "diagnose");
    const ButtonLook primary{.emphasis = Emphasis::primary, .icon = icon::generate, .height = 30};
    const ButtonLook outlined{.icon = icon::folder, .height = 30};
    const Layout layout = lay_out(
        {button_width(generate.c_str(), primary), button_width(folder.c_str(), outlined),
         remove_button_width(language), button_width(refresh.c_str(), flat_look(icon::refresh)),
         button_width(diagnosis.c_str(), flat_look(icon::connection))});
    search_width = layout.search_px;

    ImGui::SetCursorPos({px(12), px(10)});
    take_primary_focus();
    if (button(generate.c_str(), primary, facts.generate_off))
        act = Act::generate;
    if (facts.generate_off.empty())
        tooltip(facts.left_out);
    ImGui::SameLine();
    if (layout.folder_word ? button(folder.c_str(), outlined, facts.set_folder_off)
                           : icon_button(folder.c_str(), icon::folder, 30, facts.set_folder_off))
        act = Act::set_folder;
    ImGui::SameLine();
    if (const auto removal = draw_remove(facts, language, layout.remove_word))
        act = removal;
    ImGui::SameLine(0, px(25));
    const ImVec2 at = ImGui::GetCursorScreenPos();
    ImGui::GetWindowDrawList()->AddRectFilled(
        {at.x - px(13), at.y + px(4)},
        {at.x - px(13) + ImGui::GetStyle().ChildBorderSize, at.y + px(26)}, frame.colours.line);
    if (draw_flat(refresh, icon::refresh, layout.refresh_word, facts.refresh_off))
        act = Act::refresh;
    if (!layout.has_diagnosis)
        return act;
    ImGui::SameLine();
    if (draw_flat(diagnosis, icon::connection, layout.diagnosis_word, facts.diagnose_off))
        act = Act::diagnose;
    return act;
}

/// A field that is given the focus takes two frames to get it, and Dear ImGui drops what is typed
/// meanwhile: after a quick Ctrl+F that is the first letter.
void Toolbar::keep_early_letters() {
    ImVector<ImWchar>& typed = ImGui::GetIO().InputQueueCharacters;
    if (!awaits_search_)
        return;
    if (search_active_) {
        for (std::size_t i = 0; i < early_letters_.size(); ++i)
            typed.insert(typed.begin() + i, static_cast<ImWchar>(early_letters_[i]));
        early_letters_.clear();
        awaits_search_ = false;
    } else {
        early_letters_.insert(early_letters_.end(), typed.begin(), typed.end());
        typed.resize(0);
    }
}

void Toolbar::draw_search(Frame& frame, std::string& search, float width) {
    if (focus_next_ == Focus::search) {
        focus_next_ = Focus::none;
        focus_next_item();
    }
    keep_early_letters();
    const std::string whole(text::search_list.in(frame.language));
    const bool fits = ImGui::CalcTextSize(whole.c_str()).x < px(width - 44);
    const std::string hint = fits ? whole : std::string();
    const FieldEvents events = text_field("###search", search,
                                          {.width = width,
                                           .hint = hint.c_str(),
                                           .icon = icon::search,
                                           .flags = ImGuiInputTextFlags_EscapeClearsAll});
    search_active_ = events.active;
    tooltip(fits ? std::string() : whole);
    left_search_down_ = events.confirmed ||
                        (ImGui::IsItemActive() && ImGui::IsKeyPressed(ImGuiKey_DownArrow, false));
}

std::optional<Act> Toolbar::draw_menu(Frame& frame, const ActFacts& facts) {
    std::optional<Act> act;
    const ImVec2 corner = ImGui::GetWindowPos();
    ImGui::SetNextWindowPos({corner.x + ImGui::GetWindowWidth() - px(12), corner.y + px(44)},
                            ImGuiCond_Always, {1.F, 0.F});
    ImGui::SetNextWindowSize({px(290), 0});
    // A low window scrolls it; nothing of it may lie below the edge.
    const float room = ImGui::GetMainViewport()->Size.y - corner.y - px(44) - px(8);
    ImGui::SetNextWindowSizeConstraints({px(290), 0}, {px(290), room});
    if (begin_menu_popup("##menu_list")) {
        const text::Language language = frame.language;
        const auto rows = [&](std::initializer_list<Act> meant) {
            for (const Act one : meant)
                if (menu_row(one, language, facts))
                    act = one;
        };
        rows({Act::new_point, Act::edit_point, Act::duplicate_point, Act::delete_point,
              Act::import_point, Act::export_point, Act::operators, Act::undo});
        ImGui::Separator();
        rows({Act::open_folder});
        if (!facts.ocr)
            rows({Act::diagnose, Act::dry_run, Act::quarantine});
        rows({Act::day_report, Act::activity_log});
        ImGui::Separator();
        if (!facts.ocr && ImGui::MenuItem(std::string(text::details_pane.in(language)).c_str(),
                                          name_of_keys(row_of(Act::details).keys).c_str(),
                                          frame.settings.details_open))
            act = Act::details;
        if (!facts.ocr)
            rows({Act::columns});
        rows({Act::palette});
        ImGui::Separator();
        rows({Act::settings, Act::shortcuts, Act::about, Act::quit});
        end_menu_popup();
    }
    return act;
}

}  // namespace gui
