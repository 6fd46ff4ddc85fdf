#include "gui/dialogs.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <utility>
#include <vector>

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

constexpr float narrow_width = 520.F, wide_width = 960.F;  ///< of the list of keys
constexpr float keys_at = 262.F, column_gap = 24.F;
constexpr float other_height = 176.F;  ///< all around it, to the window's edges

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

namespace {

struct KeyGroup {
    std::string_view title;
    std::vector<std::pair<std::string_view, std::string>> rows;  ///< what is done, by which keys
};

bool is_of_list(Act act) {
    return act == Act::remove_list || act == Act::remove_both;
}

KeyGroup keys_everywhere(ActScope scope, text::Language language) {
    KeyGroup group{text::keys_everywhere.in(language), {}};
    const auto is_shown = [scope](Act act) {
        const ActScope own = scope_of(act);
        return own == ActScope::everywhere || (scope == ActScope::mail && own == scope);
    };
    for (const ActRow& act : acts())
        if (act.keys != 0 && is_shown(act.act) && !is_of_list(act.act) &&
            act.act != Act::previous_pane && act.act != Act::smaller && act.act != Act::normal_size)
            group.rows.emplace_back(act.name->in(language), act.act == Act::larger
                                                                ? "Ctrl++  Ctrl+-  Ctrl+0"
                                                                : name_of_keys(act.keys));
    return group;
}

KeyGroup keys_of_list(ActScope scope, text::Language language) {
    const bool of_mail = scope == ActScope::mail;
    KeyGroup group{(of_mail ? text::keys_grid : text::keys_ocr).in(language), {}};
    const auto row = [&](const text::Text& name, std::string keys) {
        group.rows.emplace_back(name.in(language), std::move(keys));
    };
    row(text::key_move, "\u2191 \u2193 PgUp PgDn Home End");
    row(text::key_extend, "Shift+\u2191 \u2193");
    if (of_mail)
        row(text::key_next_new, "Alt+\u2191 \u2193");
    row(text::select_all, "Ctrl+A");
    if (of_mail)
        row(text::copy_rows, "Ctrl+C");
    for (const ActRow& act : acts())
        if (of_mail ? is_of_list(act.act) : act.keys != 0 && scope_of(act.act) == ActScope::ocr)
            row(*act.name, name_of_keys(act.keys));
    row(of_mail ? text::key_to_details : text::key_ocr_open, "Enter");
    row(text::key_row_menu, "Shift+F10");
    return group;
}

KeyGroup keys_of_editor(text::Language language) {
    return {text::keys_editor.in(language),
            {{text::save.in(language), "Ctrl+S"},
             {text::key_next_tab.in(language), "Ctrl+Tab  Ctrl+Shift+Tab"},
             {text::key_next_field.in(language), "Tab  Shift+Tab"},
             {text::key_close_editor.in(language), "Esc"}}};
}

KeyGroup keys_of_dialogs(text::Language language) {
    return {
        text::keys_dialogs.in(language),
        {{text::key_confirm.in(language), "Enter"}, {text::key_leave_dialog.in(language), "Esc"}}};
}

void draw_group(const KeyGroup& group) {
    section_title(group.title);
    for (const auto& [name, keys] : group.rows) {
        const float left = ImGui::GetCursorPosX();
        coloured_text(name, colours().text);
        ImGui::SameLine();
        ImGui::SetCursorPosX(left + px(keys_at));
        push_font(Weight::medium);
        coloured_text(keys, colours().muted);
        pop_font();
    }
}

}  // namespace

/// Beside each other where the window is wide enough: all is seen at once then.
void KeysDialog::draw_groups(text::Language language, bool side_by_side) const {
    const float highest = ImGui::GetMainViewport()->Size.y - px(other_height);
    ImGui::SetNextWindowSizeConstraints({0, 0}, {std::numeric_limits<float>::max(), highest});
    // Nothing in it takes the focus: the keys move it from where the focus is.
    ImGui::BeginChild("##keys", {0, 0}, ImGuiChildFlags_AutoResizeY | ImGuiChildFlags_NavFlattened,
                      ImGuiWindowFlags_NoNavInputs);
    scroll_by_keys();
    const float left = ImGui::GetCursorPosX();
    const float next = left + std::floor((ImGui::GetContentRegionAvail().x + px(column_gap)) / 2);
    ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2{px(8), px(5)});
    ImGui::BeginGroup();
    draw_group(keys_everywhere(scope_, language));
    ImGui::EndGroup();
    if (side_by_side) {
        ImGui::SameLine();
        ImGui::SetCursorPosX(next);
    }
    ImGui::BeginGroup();
    draw_group(keys_of_list(scope_, language));
    draw_group(keys_of_editor(language));
    draw_group(keys_of_dialogs(language));
    ImGui::EndGroup();
    ImGui::PopStyleVar();
    ImGui::EndChild();
}

void KeysDialog::draw(Frame& frame) {
    if (!is_open())
        return;
    if (std::exchange(stage_, Stage::showing) == Stage::opening)
        ImGui::OpenPopup("###keys_dialog");
    const text::Language language = frame.language;
    const bool side_by_side = ImGui::GetMainViewport()->Size.x >= px(wide_width + 40);
    if (!begin_dialog("###keys_dialog", std::string(text::keyboard_shortcuts.in(language)),
                      side_by_side ? wide_width : narrow_width))
        return;
    draw_groups(language, side_by_side);
    const std::string close = labelled(text::close, language, "keys_close");
    align_right(button_width(close.c_str()));
    if (button(close.c_str()) || escape()) {
        stage_ = Stage::closed;
        ImGui::CloseCurrentPopup();
    }
    end_dialog();
}

}  // namespace gui
