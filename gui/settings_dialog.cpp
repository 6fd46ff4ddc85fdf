#include "gui/settings_dialog.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include <imgui.h>

#include "gui/dialog_frame.h"
#include "gui/text/screens.h"
#include "gui/widgets.h"

namespace gui {
namespace {

constexpr const char* window_name = "###settings_dialog";
constexpr float width = 640.F, choice_width = 240.F;

/// One of some, known by its place among them; true when another one is chosen.
template <std::size_t count>
bool choose(const text::Text& label, text::Language language, const char* id,
            const std::array<std::string, count>& names, int& chosen) {
    std::array<std::string_view, count> views;
    std::ranges::copy(names, views.begin());
    field_label(label.in(language));
    return combo(id, views, chosen, {.width = choice_width});
}

void choose_language(Frame& frame) {
    // Each in its own language: whoever can't read this one finds the other.
    const std::array<std::string, 2> names{std::string(text::polish.pl),
                                           std::string(text::english.en)};
    int chosen = frame.settings.language == text::Language::pl ? 0 : 1;
    if (choose(text::language_setting, frame.language, "##language", names, chosen))
        frame.settings.language = chosen == 0 ? text::Language::pl : text::Language::en;
}

void choose_theme(Frame& frame) {
    // In the order of Theme.
    std::array<std::string, 4> names;
    std::ranges::transform(std::array{&text::theme_system, &text::theme_light, &text::theme_dark,
                                      &text::theme_contrast},
                           names.begin(), [&frame](const text::Text* name) {
                               return std::string(name->in(frame.language));
                           });
    int chosen = static_cast<int>(frame.settings.theme);
    if (choose(text::theme_setting, frame.language, "##theme", names, chosen))
        frame.settings.theme = static_cast<Theme>(chosen);
}

void choose_scale(Frame& frame) {
    constexpr std::array percents{100, 125, 150, 175, 200};
    std::array<std::string, percents.size()> names;
    std::ranges::transform(percents, names.begin(),
                           [](int percent) { return std::to_string(percent) + "\u00a0%"; });
    const auto now = std::ranges::lower_bound(percents, frame.settings.scale_percent);
    int chosen = static_cast<int>(std::min(now, percents.end() - 1) - percents.begin());
    if (choose(text::scale_setting, frame.language, "##scale", names, chosen))
        frame.settings.scale_percent = percents.at(static_cast<std::size_t>(chosen));
}

void choose_density(Frame& frame) {
    const std::array<std::string, 2> names{std::string(text::density_normal.in(frame.language)),
                                           std::string(text::density_dense.in(frame.language))};
    int chosen = frame.settings.dense_rows ? 1 : 0;
    if (choose(text::density_setting, frame.language, "##density", names, chosen))
        frame.settings.dense_rows = chosen == 1;
}

}  // namespace

void SettingsDialog::draw(Frame& frame) {
    if (!is_open())
        return;
    if (std::exchange(stage_, Stage::open) == Stage::opening) {
        retention_.begin();
        ImGui::OpenPopup(window_name);
    }
    if (!begin_dialog(window_name, std::string(text::settings_title.in(frame.language)), width))
        return;
    ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2{px(8), px(10)});
    choose_language(frame);
    choose_theme(frame);
    choose_scale(frame);
    choose_density(frame);
    retention_.draw(frame);
    ImGui::PopStyleVar();
    const std::string close = labelled(text::close, frame.language, "settings_close");
    align_right(button_width(close.c_str()));
    if (button(close.c_str()) || escape()) {
        stage_ = Stage::closed;
        ImGui::CloseCurrentPopup();
    }
    end_dialog();
}

}  // namespace gui
