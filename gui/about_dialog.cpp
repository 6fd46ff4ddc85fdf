#include "gui/about_dialog.h"

#include <algorithm>
#include <array>
#include <utility>

#include <imgui.h>

#include "gui/dialog_frame.h"
#include "gui/region.h"
#include "gui/text/about.h"
#include "gui/text/screens.h"
#include "gui/widgets.h"
#include "mail/base/utf8.h"

namespace gui {
namespace {

constexpr const char* window_name = "###about_dialog";
constexpr float width = 560.F, most_list_height = 260.F;
constexpr float other_height = 320.F;  ///< all around the list
constexpr float least_list_height = 60.F;
constexpr std::string_view program_version = MAILPOINT_VERSION, platform = MAILPOINT_PLATFORM;

constexpr std::array<Library, 17> all_libraries{{
    {"Dear ImGui", "1.92.2b", "MIT"},
    {"GLFW", "3.4", "Zlib, MIT"},
    {"curl", "8.14.1", "curl (MIT-like)"},
    {"c-ares", "1.34.5", "MIT"},
    {"OpenSSL", "", "Apache-2.0"},
    {"SQLite", "", "public domain"},
    {"mimalloc", "2.0.9", "MIT"},
    {"mimetic", "0.9.8", "MIT"},
    {"pugixml", "1.14", "MIT"},
    {"libspng, zlib", "0.7.4", "BSD-2-Clause, Zlib"},
    {"libjpeg-turbo", "2.1.5", "IJG, BSD-3-Clause"},
    {"libwebp", "1.5.0", "BSD-3-Clause"},
    {"nlohmann/json", "3.11.3", "MIT"},
    {"tl::expected", "1.1.0", "CC0-1.0"},
    {"Inter", "4.0", "OFL-1.1"},
    {"Material Icons", "6.7", "Apache-2.0"},
    {"PuTTY bidi.c", "0.83", "MIT"},
}};

std::string version_of(const Library& library, text::Language language) {
    return std::string(library.version.empty() ? text::library_of_system.in(language)
                                               : library.version);
}

std::string to_copy(const Frame& frame) {
    const text::Language language = frame.language;
    std::string all = "Mailpoint " + std::string(program_version) + ", " + std::string(platform) +
                      "\n" + std::string(text::about_workspace.in(language)) + ": " +
                      frame.snapshot.workspace + "\n";
    for (const Library& library : libraries())
        all += std::string(library.name) + " " + version_of(library, language) + " (" +
               std::string(library.licence) + ")\n";
    return all;
}

}  // namespace

std::span<const Library> libraries() {
    return all_libraries;
}

void AboutDialog::draw_facts(const Frame& frame) const {
    const text::Language language = frame.language;
    const float room = ImGui::GetContentRegionAvail().x;
    coloured_text(
        text::fill(text::about_version, language,
                   {{"v", std::string(program_version)}, {"system", std::string(platform)}}),
        frame.colours.text);
    coloured_text(text::about_licence.in(language), frame.colours.text);
    ellipsis_text(std::string(text::about_workspace.in(language)) + ": " +
                      mail::utf8::one_line(frame.snapshot.workspace),
                  room, frame.colours.text);
}

void AboutDialog::draw_libraries(const Frame& frame) const {
    section_title(text::about_libraries.in(frame.language));
    const float window = ImGui::GetMainViewport()->Size.y / frame.scale;
    const float height = std::clamp(window - other_height, least_list_height, most_list_height);
    if (begin_region("##libraries", {0, px(height)}, with_alpha(frame.colours.surface, 0),
                     {0, 0})) {
        scroll_by_keys();
        const float left = ImGui::GetCursorPosX();
        const float room = ImGui::GetWindowWidth() - ImGui::GetStyle().ScrollbarSize;
        for (const Library& library : libraries()) {
            ellipsis_text(library.name, room * 0.38F - px(8), frame.colours.text);
            ImGui::SameLine(left + room * 0.38F);
            ellipsis_text(version_of(library, frame.language), room * 0.24F - px(8),
                          frame.colours.muted);
            ImGui::SameLine(left + room * 0.62F);
            ellipsis_text(library.licence, room * 0.38F, frame.colours.muted);
        }
    }
    end_region();
}

void AboutDialog::draw_buttons(const Frame& frame) {
    const text::Language language = frame.language;
    const std::string copy = labelled(text::about_copy, language, "about_copy");
    const std::string done = labelled(text::close, language, "about_close");
    if (copied_)
        note_line(NoteKind::ok, text::copied.in(language));
    align_right(button_width(copy.c_str()) + px(8) + button_width(done.c_str()));
    if (button(copy.c_str())) {
        ImGui::SetClipboardText(to_copy(frame).c_str());
        copied_ = true;
    }
    ImGui::SameLine(0, px(8));
    if (button(done.c_str()) || escape()) {
        stage_ = Stage::closed;
        ImGui::CloseCurrentPopup();
    }
}

void AboutDialog::draw(Frame& frame) {
    if (!is_open())
        return;
    if (std::exchange(stage_, Stage::open) == Stage::opening) {
        copied_ = false;
        ImGui::OpenPopup(window_name);
    }
    if (!begin_dialog(window_name, "Mailpoint", width))
        return;
    draw_facts(frame);
    draw_libraries(frame);
    draw_buttons(frame);
    end_dialog();
}

}  // namespace gui
