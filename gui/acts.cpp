#include "gui/acts.h"

#include <algorithm>
#include <array>

#include "gui/icons.h"
#include "gui/text/about.h"
#include "gui/text/format.h"
#include "gui/text/ocr_queue.h"
#include "gui/text/palette.h"
#include "gui/text/preview.h"
#include "gui/text/progress.h"
#include "gui/text/removal.h"
#include "gui/text/report.h"
#include "gui/text/screens.h"
#include "gui/text/what_if.h"
#include "gui/widgets.h"

namespace gui {
namespace {

constexpr ImGuiKeyChord chord(int modifiers, ImGuiKey key) {
    return modifiers | key;
}
constexpr int ctrl = ImGuiMod_Ctrl, shift = ImGuiMod_Shift;

// In the order of Act.
constexpr std::array<ActRow, 42> rows{{
    {Act::generate, &text::generate, icon::generate, chord(ctrl, ImGuiKey_Enter),
     chord(ctrl, ImGuiKey_KeypadEnter)},
    {Act::set_folder, &text::set_folder, icon::folder, chord(ctrl | shift, ImGuiKey_O), 0},
    {Act::refresh, &text::refresh, icon::refresh, chord(0, ImGuiKey_F5), 0},
    {Act::diagnose, &text::diagnosis, icon::connection, chord(ctrl, ImGuiKey_D), 0},
    {Act::search, &text::key_search, icon::search, chord(ctrl, ImGuiKey_F), 0},
    {Act::open_folder, &text::open_folder, icon::open_folder, 0, 0},
    {Act::new_point, &text::new_point, icon::add, chord(ctrl, ImGuiKey_N), 0},
    {Act::edit_point, &text::edit_point, icon::edit, 0, 0},
    {Act::duplicate_point, &text::duplicate_point, icon::copy, 0, 0},
    {Act::delete_point, &text::delete_point, icon::bin, 0, 0},
    {Act::import_point, &text::import_point, nullptr, 0, 0},
    {Act::export_point, &text::export_point, nullptr, 0, 0},
    {Act::operators, &text::operators, icon::person, 0, 0},
    {Act::remove_list, &text::remove_list, icon::hidden, chord(0, ImGuiKey_Delete), 0},
    {Act::remove_both, &text::remove_both, icon::bin, chord(shift, ImGuiKey_Delete), 0},
    {Act::show_in_list, &text::show_in_list, icon::restore, 0, 0},
    {Act::undo, &text::undo_removal, nullptr, chord(ctrl, ImGuiKey_Z), 0},
    {Act::quarantine, &text::quarantine, icon::bin, 0, 0},
    {Act::activity_log, &text::activity_log, icon::history, 0, 0},
    {Act::day_report, &text::day_report, icon::table, 0, 0},
    {Act::save_message, &text::save_message, icon::save, chord(ctrl, ImGuiKey_S), 0},
    {Act::dry_run, &text::dry_run, nullptr, 0, 0},
    // Of an OCR point the same keys stop a file.
    {Act::cancel_job, &text::cancel_job, icon::stop, chord(ctrl, ImGuiKey_Period), 0},
    {Act::ocr_run, &text::ocr_run_or_stop, icon::run, chord(ctrl, ImGuiKey_Enter),
     chord(ctrl, ImGuiKey_KeypadEnter)},
    {Act::ocr_retry, &text::ocr_retry, icon::refresh, chord(ctrl, ImGuiKey_R), 0},
    {Act::ocr_stop_file, &text::ocr_stop_file, icon::stop, chord(ctrl, ImGuiKey_Period), 0},
    {Act::ocr_open_result, &text::ocr_open_result, icon::document, 0, 0},
    {Act::ocr_open_file, &text::ocr_open_file, icon::other_file, chord(ctrl, ImGuiKey_O), 0},
    {Act::ocr_copy, &text::copy_details, icon::copy, chord(ctrl, ImGuiKey_C), 0},
    {Act::columns, &text::columns_and_sort, nullptr, 0, 0},
    {Act::details, &text::details_pane, nullptr, chord(0, ImGuiKey_F8), 0},
    {Act::palette, &text::all_commands, icon::search, chord(ctrl, ImGuiKey_K), 0},
    {Act::settings, &text::settings, icon::settings, chord(ctrl, ImGuiKey_Comma), 0},
    {Act::next_pane, &text::key_next_pane, nullptr, chord(0, ImGuiKey_F6), 0},
    {Act::previous_pane, &text::key_next_pane, nullptr, chord(shift, ImGuiKey_F6), 0},
    {Act::larger, &text::key_scale, nullptr, chord(ctrl, ImGuiKey_Equal),
     chord(ctrl, ImGuiKey_KeypadAdd)},
    {Act::smaller, &text::key_scale, nullptr, chord(ctrl, ImGuiKey_Minus),
     chord(ctrl, ImGuiKey_KeypadSubtract)},
    {Act::normal_size, &text::key_scale, nullptr, chord(ctrl, ImGuiKey_0),
     chord(ctrl, ImGuiKey_Keypad0)},
    {Act::menu, &text::menu, icon::menu, chord(0, ImGuiKey_F10), 0},
    {Act::shortcuts, &text::keyboard_shortcuts, nullptr, chord(0, ImGuiKey_F1), 0},
    {Act::about, &text::about, nullptr, 0, 0},
    {Act::quit, &text::quit, nullptr, chord(ctrl, ImGuiKey_Q), 0},
}};

}  // namespace

ActScope scope_of(Act act) {
    switch (act) {
    case Act::generate:
    case Act::set_folder:
    case Act::refresh:
    case Act::diagnose:
    case Act::remove_list:
    case Act::remove_both:
    case Act::show_in_list:
    case Act::quarantine:
    case Act::save_message:
    case Act::dry_run:
    case Act::cancel_job:
    case Act::columns:
    case Act::details:
        return ActScope::mail;
    case Act::ocr_run:
    case Act::ocr_retry:
    case Act::ocr_stop_file:
    case Act::ocr_open_result:
    case Act::ocr_open_file:
    case Act::ocr_copy:
        return ActScope::ocr;
    default:
        return ActScope::everywhere;
    }
}

std::span<const ActRow> acts() {
    return rows;
}

const ActRow& row_of(Act act) {
    return rows.at(static_cast<std::size_t>(act));
}

std::string name_of_keys(ImGuiKeyChord keys) {
    if (keys == 0)
        return "";
    std::string name;
    if ((keys & ImGuiMod_Ctrl) != 0)
        name += ImGui::GetIO().ConfigMacOSXBehaviors ? "Cmd+" : "Ctrl+";
    if ((keys & ImGuiMod_Alt) != 0)
        name += "Alt+";
    if ((keys & ImGuiMod_Shift) != 0)
        name += "Shift+";
    const auto key = static_cast<ImGuiKey>(keys & ~ImGuiMod_Mask_);
    switch (key) {
    case ImGuiKey_Equal:
        return name + "+";
    case ImGuiKey_Minus:
        return name + "-";
    case ImGuiKey_Period:
        return name + ".";
    case ImGuiKey_Comma:
        return name + ",";
    default:
        return name + ImGui::GetKeyName(key);
    }
}

namespace {

const std::string& why_off(Act act, const OcrFacts& facts) {
    switch (act) {
    case Act::ocr_run:
        return facts.run_off;
    case Act::ocr_retry:
        return facts.retry_off;
    case Act::ocr_stop_file:
        return facts.stop_file_off;
    case Act::ocr_open_result:
        return facts.open_result_off;
    case Act::ocr_open_file:
        return facts.open_file_off;
    default:
        return facts.copy_off;
    }
}

}  // namespace

const std::string& why_off(Act act, const ActFacts& facts) {
    static const std::string on;
    switch (act) {
    case Act::generate:
        return facts.generate_off;
    case Act::set_folder:
        return facts.set_folder_off;
    case Act::refresh:
        return facts.refresh_off;
    case Act::diagnose:
        return facts.diagnose_off;
    case Act::open_folder:
        return facts.open_folder_off;
    case Act::new_point:
    case Act::import_point:
    case Act::operators:
        return facts.define_off;
    case Act::edit_point:
        return facts.edit_off;
    case Act::duplicate_point:
    case Act::delete_point:
        return facts.change_off;
    case Act::export_point:
        return facts.export_off;
    case Act::remove_list:
        return facts.remove_off;
    case Act::remove_both:
        return facts.remove_both_off;
    case Act::show_in_list:
        return facts.show_in_list_off;
    case Act::undo:
        return facts.undo_off;
    case Act::quarantine:
        return facts.quarantine_off;
    case Act::save_message:
        return facts.save_message_off;
    case Act::dry_run:
        return facts.dry_run_off;
    case Act::cancel_job:
        return facts.cancel_job_off;
    case Act::ocr_run:
    case Act::ocr_retry:
    case Act::ocr_stop_file:
    case Act::ocr_open_result:
    case Act::ocr_open_file:
    case Act::ocr_copy:
        return facts.ocr ? why_off(act, *facts.ocr) : on;
    case Act::search:
    case Act::activity_log:
    case Act::day_report:
    case Act::columns:
    case Act::details:
    case Act::palette:
    case Act::settings:
    case Act::next_pane:
    case Act::previous_pane:
    case Act::larger:
    case Act::smaller:
    case Act::normal_size:
    case Act::menu:
    case Act::shortcuts:
    case Act::about:
    case Act::quit:
        break;
    }
    return on;
}

std::string generate_label(const ActFacts& facts, text::Language language) {
    if (facts.to_take == 0)
        return std::string(text::generate.in(language));
    const bool all = facts.to_take >= facts.selected;
    return text::fill(all ? text::generate_count : text::generate_count_of, language,
                      {{"n", text::number(facts.to_take, language)},
                       {"all", text::number(facts.selected, language)}});
}

std::string ocr_run_label(const OcrFacts& facts, text::Language language) {
    if (facts.runs)
        return std::string(text::ocr_stop.in(language));
    return facts.waiting == 0 ? std::string(text::ocr_run.in(language))
                              : text::fill(text::ocr_run_count, language,
                                           {{"n", text::number(facts.waiting, language)}});
}

std::string ocr_retry_label(const OcrFacts& facts, text::Language language) {
    return facts.failed == 0 ? std::string(text::ocr_retry.in(language))
                             : text::fill(text::ocr_retry_count, language,
                                          {{"n", text::number(facts.failed, language)}});
}

std::string ocr_stop_file_label(const OcrFacts& facts, text::Language language) {
    return facts.running < 2 ? std::string(text::ocr_stop_file.in(language))
                             : text::fill(text::ocr_stop_file_count, language,
                                          {{"n", text::number(facts.running, language)}});
}

std::string edit_label(const ActFacts& facts, text::Language language) {
    const bool only_seen = facts.edit_off.empty() && !facts.change_off.empty();
    return std::string((only_seen ? text::view_point : text::edit_point).in(language));
}

const std::string& removal_off(const ActFacts& facts) {
    static const std::string none;
    const bool any = facts.remove_off.empty() ||
                     (facts.offers_both && facts.remove_both_off.empty()) ||
                     (facts.offers_show && facts.show_in_list_off.empty());
    return any ? none : facts.remove_off;
}

std::optional<Act> removal_rows(const ActFacts& facts, text::Language language) {
    std::optional<Act> act;
    if (facts.offers_show && menu_row(Act::show_in_list, language, facts))
        act = Act::show_in_list;
    if (menu_row(Act::remove_list, language, facts))
        act = Act::remove_list;
    if (facts.offers_both && menu_row(Act::remove_both, language, facts))
        act = Act::remove_both;
    return act;
}

void push_menu_style() {
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2{px(12), px(10)});
    ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2{px(24), px(12)});
}

void pop_menu_style() {
    ImGui::PopStyleVar(2);
}

bool begin_menu_popup(const char* name) {
    push_menu_style();
    if (ImGui::BeginPopup(name))
        return true;
    pop_menu_style();
    return false;
}

void end_menu_popup() {
    ImGui::EndPopup();
    pop_menu_style();
}

bool menu_row(Act act, const std::string& label, const std::string& off) {
    const bool is_off = !off.empty();
    if (is_off)
        ImGui::PushStyleColor(ImGuiCol_Text, colours().disabled);
    const bool pressed =
        ImGui::MenuItem(label.c_str(), name_of_keys(row_of(act).keys).c_str(), false, !is_off);
    if (is_off)
        ImGui::PopStyleColor();
    tooltip(off);
    return pressed;
}

bool menu_row(Act act, text::Language language, const ActFacts& facts) {
    return menu_row(act,
                    act == Act::edit_point ? edit_label(facts, language)
                                           : std::string(row_of(act).name->in(language)),
                    why_off(act, facts));
}

}  // namespace gui
