#include "gui/dialogs.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "gui/acts.h"
#include "gui/dialog_frame.h"
#include "gui/text/format.h"
#include "gui/text/ocr_queue.h"
#include "gui/text/removal.h"
#include "gui/text/screens.h"
#include "gui/widgets.h"

namespace gui {
namespace {

using mail::JobView;

}  // namespace

const JobView* working(const mail::Snapshot& snapshot) {
    for (const auto& job : snapshot.jobs)
        if ((job->kind == JobView::Kind::take || job->kind == JobView::Kind::remove_messages ||
             job->kind == JobView::Kind::restore_messages) &&
            !job->has_ended())
            return job.get();
    return nullptr;
}

bool QuitDialog::draw(Frame& frame) {
    if (!is_open())
        return false;
    const JobView* job = working(frame.snapshot);
    if (job == nullptr) {
        // It came to its end while the question stood: there is nothing left to ask.
        stage_ = Stage::closed;
        return true;
    }
    const bool opening = std::exchange(stage_, Stage::asking) == Stage::opening;
    if (opening)
        ImGui::OpenPopup("###quit_dialog");
    const text::Language language = frame.language;
    const text::Text& asked = job->kind == JobView::Kind::take ? text::ask_quit
                              : job->kind == JobView::Kind::remove_messages
                                  ? text::ask_quit_removing
                                  : text::ask_quit_restoring;
    const std::string words = text::fill(asked, language,
                                         {{"k", text::number(job->messages_done, language)},
                                          {"n", text::number(job->messages_total, language)}});
    if (!begin_dialog("###quit_dialog", words, 440))
        return false;
    const std::string keep = labelled(text::keep_working, language, "keep_working");
    const std::string stop = labelled(text::stop_and_quit, language, "stop_and_quit");
    align_right(button_width(keep.c_str()) + button_width(stop.c_str()) + px(8));
    const bool quit = button(stop.c_str());
    ImGui::SameLine();
    if (opening)
        focus_next_item();
    if (button(keep.c_str()) || escape() || quit) {
        stage_ = Stage::closed;
        ImGui::CloseCurrentPopup();
    }
    end_dialog();
    return quit;
}

void KeysDialog::draw(Frame& frame) {
    if (!is_open())
        return;
    if (std::exchange(stage_, Stage::showing) == Stage::opening)
        ImGui::OpenPopup("###keys_dialog");
    const text::Language language = frame.language;
    if (!begin_dialog("###keys_dialog", std::string(text::keyboard_shortcuts.in(language)), 520))
        return;
    const auto row = [&frame](std::string_view name, const std::string& keys) {
        const float x = ImGui::GetCursorPosX();
        coloured_text(name, frame.colours.text);
        ImGui::SameLine(x + px(270));
        push_font(Weight::medium);
        coloured_text(keys, frame.colours.muted);
        pop_font();
    };
    ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2{px(8), px(5)});
    section_title(text::keys_everywhere.in(language));
    const auto is_of_list = [](Act act) {
        return act == Act::remove_list || act == Act::remove_both;
    };
    const bool of_mail = scope_ == ActScope::mail;
    const auto is_shown = [&](Act act) {
        const ActScope scope = scope_of(act);
        return scope == ActScope::everywhere || (of_mail && scope == ActScope::mail);
    };
    for (const ActRow& act : acts())
        if (act.keys != 0 && is_shown(act.act) && !is_of_list(act.act) &&
            act.act != Act::previous_pane && act.act != Act::smaller && act.act != Act::normal_size)
            row(act.name->in(language),
                act.act == Act::larger ? "Ctrl++  Ctrl+-  Ctrl+0" : name_of_keys(act.keys));
    section_title((of_mail ? text::keys_grid : text::keys_ocr).in(language));
    row(text::key_move.in(language), "\u2191 \u2193 PgUp PgDn Home End");
    row(text::key_extend.in(language), "Shift+\u2191 \u2193");
    if (of_mail)
        row(text::key_next_new.in(language), "Alt+\u2191 \u2193");
    row(text::select_all.in(language), "Ctrl+A");
    if (of_mail)
        row(text::copy_rows.in(language), "Ctrl+C");
    for (const ActRow& act : acts())
        if (of_mail ? is_of_list(act.act) : act.keys != 0 && scope_of(act.act) == ActScope::ocr)
            row(act.name->in(language), name_of_keys(act.keys));
    row((of_mail ? text::key_to_details : text::key_ocr_open).in(language), "Enter");
    row(text::key_row_menu.in(language), "Shift+F10");
    section_title(text::keys_editor.in(language));
    row(text::save.in(language), "Ctrl+S");
    row(text::key_next_tab.in(language), "Ctrl+Tab  Ctrl+Shift+Tab");
    row(text::key_next_field.in(language), "Tab  Shift+Tab");
    row(text::key_close_editor.in(language), "Esc");
    section_title(text::keys_dialogs.in(language));
    row(text::key_confirm.in(language), "Enter");
    row(text::key_leave_dialog.in(language), "Esc");
    ImGui::PopStyleVar();
    const std::string close = labelled(text::close, language, "keys_close");
    align_right(button_width(close.c_str()));
    if (button(close.c_str()) || escape()) {
        stage_ = Stage::closed;
        ImGui::CloseCurrentPopup();
    }
    end_dialog();
}

}  // namespace gui
