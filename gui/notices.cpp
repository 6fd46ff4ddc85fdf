#include "gui/notices.h"

#include <cmath>

#include <imgui.h>

#include "gui/master_password.h"
#include "gui/text/causes.h"
#include "gui/text/screens.h"
#include "gui/widgets.h"

namespace gui {
namespace {

constexpr float height = 34.F, button_height = 26.F;

/// A line with at most one button at its right end ("": none); true when that is pressed.
bool strip(const char* id, NoteKind kind, std::string_view words, const std::string& button_label) {
    begin_strip(id, kind, height);
    push_font(Weight::regular, 15);
    icon_text(icon_of(kind), 17, colour_of(kind));
    ImGui::SameLine(0, px(8));
    const float end = ImGui::GetCursorPosX() + ImGui::GetContentRegionAvail().x;
    const ButtonLook look{.height = button_height};
    const float room =
        button_label.empty() ? 0.F : button_width(button_label.c_str(), look) + px(12);
    ellipsis_text(words, ImGui::GetContentRegionAvail().x - room, colours().text);
    bool pressed = false;
    if (!button_label.empty()) {
        ImGui::SetCursorPos(
            {end - room + px(12), std::floor((ImGui::GetWindowHeight() - px(button_height)) / 2)});
        pressed = button(button_label.c_str(), look);
    }
    pop_font();
    end_strip();
    return pressed;
}

}  // namespace

bool draw_secrets_notice(const Frame& frame) {
    const text::Language language = frame.language;
    const auto label = [language](const text::Text& words) {
        return std::string(words.in(language)) + "###master_password_notice";
    };
    if (wants_master_password(frame.snapshot))
        return strip("##secrets", NoteKind::warning, text::passwords_locked.in(language),
                     label(text::enter_master_password));
    if (const std::string given = given_too_short(frame.snapshot, language); !given.empty())
        return strip("##secrets", NoteKind::warning, given, label(text::set_master_password));
    if (can_set_master_password(frame.snapshot))
        return strip("##secrets", NoteKind::warning, text::secrets_in_memory_only.in(language),
                     label(text::set_master_password));
    return false;
}

NoticeWish draw_notices(const Frame& frame) {
    const mail::Snapshot& snapshot = frame.snapshot;
    if (snapshot.operators_error)
        strip("##operators", NoteKind::error,
              text::words_of(*snapshot.operators_error, frame.language).cause, "");
    if (snapshot.damaged_ledger_copy)
        strip("##ledger", NoteKind::error,
              text::fill(text::damaged_ledger_notice, frame.language,
                         {{"path", *snapshot.damaged_ledger_copy}}),
              "");
    if (snapshot.ledger_error) {
        const auto words = text::words_of(*snapshot.ledger_error, frame.language);
        strip("##no_ledger", NoteKind::error, words.cause + " " + words.next_step, "");
    }
    return draw_secrets_notice(frame) ? NoticeWish::master_password : NoticeWish::none;
}

}  // namespace gui
