// The editor's footer, and the questions that its buttons lead to.

#include <utility>

#include <imgui.h>

#include "gui/icons.h"
#include "gui/screens/editor.h"
#include "gui/screens/editor_bars.h"
#include "gui/text/plurals.h"
#include "gui/text/screens.h"
#include "gui/text/what_if.h"

namespace gui {
namespace {

constexpr const char* question_name = "###discard";

}  // namespace

void Editor::draw_test_button(Frame& frame) {
    if (form_.point.type != mail::point::Type::mailbox)
        return;
    const std::string label =
        std::string(text::test_connection.in(frame.language)) + "###test_connection";
    middle_of_bar(footer_height, px(28));
    const std::string_view off = form_.point.connection.server.empty()
                                     ? text::off_server.in(frame.language)
                                     : std::string_view{};
    if (button(label.c_str(), {.icon = icon::connection, .height = 28.F}, off))
        start_test(frame);
    ImGui::SameLine(0, px(4));
    draw_dry_run_button(frame, off);
    ImGui::SameLine(0, px(12));
}

/// With what is in the form, as the test.
void Editor::draw_dry_run_button(const Frame& frame, std::string_view off) {
    const std::string label = std::string(text::dry_run.in(frame.language)) + "###dry_run";
    const ButtonLook look{.emphasis = Emphasis::flat, .height = 28.F};
    middle_of_bar(footer_height, px(28));
    const float room =
        ImGui::GetWindowWidth() - px(bar_side) - 2 * px(96) - px(16) - ImGui::GetCursorPosX();
    const bool pressed = button_width(label.c_str(), look) <= room
                             ? button(label.c_str(), look, off)
                             : icon_button(label.c_str(), icon::table, 28, off);
    if (!pressed)
        return;
    const bool by_password =
        form_.point.connection.authentication == mail::point::Authentication::password;
    what_if_.open(form_.point, by_password ? connection_.typed_password() : std::nullopt);
}

void Editor::draw_footer(Frame& frame) {
    const Colours& c = frame.colours;
    begin_bar("footer", footer_height, c.window, c.line, ImGuiDir_Up);
    const text::Language language = frame.language;
    const std::string to_correct =
        text::fill(text::correct_to_save, language,
                   {{"fields", text::counted(text::field, language, form_.errors())}});
    draw_test_button(frame);
    const float buttons_at = ImGui::GetWindowWidth() - px(bar_side) - 2 * px(96) - px(8);
    middle_of_bar(footer_height, ImGui::GetFontSize());
    if (busy()) {
        coloured_text(text::saving.in(language), c.muted);
    } else if (!read_only_ && form_.any_error_shown(ImGui::GetTime())) {
        icon_text(icon_of(NoteKind::error), 18, c.err);
        tooltip(to_correct);
        ImGui::SameLine(0, px(6));
        middle_of_bar(footer_height, ImGui::GetFontSize());
        const float room = buttons_at - px(8) - ImGui::GetCursorPosX();
        if (room > px(96))
            ellipsis_text(to_correct, room, c.err);
    }
    const ButtonLook look{.width = 96.F, .height = 28.F};
    ImGui::SetCursorPosX(buttons_at);
    middle_of_bar(footer_height, px(28));
    if (!read_only_)
        draw_save_button(frame, to_correct);
    ImGui::SetCursorPosX(ImGui::GetWindowWidth() - px(bar_side) - px(96));
    middle_of_bar(footer_height, px(28));
    const std::string close_label = std::string(text::close.in(language)) + "###close";
    if (button(close_label.c_str(), look))
        leave();
    ImGui::EndChild();
}

void Editor::draw_save_button(Frame& frame, const std::string& to_correct) {
    // Off in its looks only: it stays a stop, and pressing it leads to the first fault.
    const bool ready = form_.errors() == 0 && !busy();
    const ButtonLook look{.emphasis = ready ? Emphasis::primary : Emphasis::outlined,
                          .width = 96.F,
                          .height = 28.F,
                          .looks_off = !ready};
    const std::string label = std::string(text::save.in(frame.language)) + "###save";
    if (button(label.c_str(), look))
        save(frame);
    if (!ready && !busy())
        tooltip(to_correct);
}

void Editor::draw_question(Frame& frame) {
    if (leaving_ == Leaving::asked && !ImGui::IsPopupOpen(question_name))
        ImGui::OpenPopup(question_name);
    const ImGuiViewport& viewport = *ImGui::GetMainViewport();
    ImGui::SetNextWindowPos(viewport.GetCenter(), ImGuiCond_Always, {0.5F, 0.5F});
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2{px(20), px(18)});
    const bool visible = ImGui::BeginPopupModal(
        question_name, nullptr, ImGuiWindowFlags_NoTitleBar | ImGuiWindowFlags_AlwaysAutoResize);
    ImGui::PopStyleVar();
    if (!visible)
        return;
    const text::Language language = frame.language;
    if (form_.point.name.empty())
        ImGui::TextUnformatted(text::ask_discard_new.in(language).data());
    else
        ImGui::TextUnformatted(
            text::fill(text::ask_discard, language, {{"x", form_.point.name}}).c_str());
    ImGui::Dummy({px(420), px(6)});
    const auto answer = [&](const text::Text& words, const char* id) {
        const std::string label = std::string(words.in(language)) + id;
        const bool pressed = button(label.c_str(), {.height = 28.F});
        ImGui::SameLine(0, px(8));
        return pressed;
    };
    const bool store = answer(text::save, "###question_save");
    const bool discard = answer(text::discard_changes, "###question_discard");
    // The harmless answer has the focus, and Esc means it.
    if (ImGui::IsWindowAppearing()) {
        ImGui::SetKeyboardFocusHere();
        ImGui::SetNavCursorVisible(true);
    }
    const bool stay = answer(text::keep_editing, "###question_stay") ||
                      (ImGui::IsKeyPressed(ImGuiKey_Escape, false) && !ImGui::IsWindowAppearing());
    if (store || discard || stay) {
        leaving_ = discard ? Leaving::yes : Leaving::no;
        ImGui::CloseCurrentPopup();
    }
    if (store)
        save(frame);
    // Not when that has found a fault first.
    to_ocr_ = to_ocr_ && !stay && (!store || busy());
    ImGui::EndPopup();
}

/// Asks for the master password, and goes on with what has needed it.
void Editor::draw_unlocking(Frame& frame) {
    const bool unlocked = master_dialog_.draw(frame);
    if (master_dialog_.is_open())
        return;
    const bool saves = std::exchange(save_when_unlocked_, false);
    if (unlocked && saves)
        save(frame);
    else if (unlocked && test_.is_shown())
        start_test(frame);
}

}  // namespace gui
