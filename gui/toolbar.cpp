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

/// What there is for the messages of a mailbox.
std::optional<Act> Toolbar::draw_mail(const Frame& frame, const ActFacts& facts,
                                      float& search_width) {
    std::optional<Act> act;
    const text::Language language = frame.language;
    const std::string generate = generate_label(facts, language) + "###generate";
    const std::string folder = labelled(text::set_folder, language, "set_folder");
    const std::string refresh = labelled(text::refresh, language, "refresh");
    ButtonLook primary{.emphasis = Emphasis::primary, .icon = icon::generate};
    ButtonLook outlined{.icon = icon::folder};
    ButtonLook flat{.emphasis = Emphasis::flat, .icon = icon::refresh};
    primary.height = outlined.height = flat.height = 30;

    // First Refresh loses its word, then the search field its width, then Set folder and Remove
    // their words.
    const float room = ImGui::GetWindowWidth() - px(24) - px(40) - px(12) - px(41) -
                       button_width(generate.c_str(), primary);
    const float folder_width = button_width(folder.c_str(), outlined);
    const float refresh_width = button_width(refresh.c_str(), flat);
    const float remove_width = remove_button_width(language);
    const float both = folder_width + remove_width;
    const bool refresh_word = room - both - refresh_width >= px(narrowest_search + 8);
    const bool folder_word = refresh_word || room - both - px(30) >= px(least_search + 8);
    const bool remove_word = folder_word || room - remove_width - px(60) >= px(least_search + 8);
    const float rest = room - (folder_word ? folder_width : px(30)) -
                       (remove_word ? remove_width : px(30)) -
                       (refresh_word ? refresh_width : px(30)) - px(8);
    search_width = std::clamp(rest, px(tightest_search), px(widest_search));

    ImGui::SetCursorPos({px(12), px(10)});
    take_primary_focus();
    if (button(generate.c_str(), primary, facts.generate_off))
        act = Act::generate;
    if (facts.generate_off.empty())
        tooltip(facts.left_out);
    ImGui::SameLine();
    if (folder_word ? button(folder.c_str(), outlined, facts.set_folder_off)
                    : icon_button(folder.c_str(), icon::folder, 30, facts.set_folder_off))
        act = Act::set_folder;
    ImGui::SameLine();
    if (const auto removal = draw_remove(facts, language, remove_word))
        act = removal;
    ImGui::SameLine(0, px(25));
    const ImVec2 at = ImGui::GetCursorScreenPos();
    ImGui::GetWindowDrawList()->AddRectFilled(
        {at.x - px(13), at.y + px(4)},
        {at.x - px(13) + ImGui::GetStyle().ChildBorderSize, at.y + px(26)}, frame.colours.line);
    if (refresh_word ? button(refresh.c_str(), flat, facts.refresh_off)
                     : icon_button(refresh.c_str(), icon::refresh, 30, facts.refresh_off))
        act = Act::refresh;
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
            rows({Act::dry_run, Act::quarantine});
        rows({Act::day_report, Act::activity_log});
        ImGui::Separator();
        if (!facts.ocr && ImGui::MenuItem(std::string(text::details_pane.in(language)).c_str(),
                                          name_of_keys(row_of(Act::details).keys).c_str(),
                                          frame.settings.details_open))
            act = Act::details;
        rows({Act::palette});
        ImGui::Separator();
        rows({Act::settings, Act::shortcuts, Act::about, Act::quit});
        end_menu_popup();
    }
    return act;
}

}  // namespace gui
