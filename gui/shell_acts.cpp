// What is done by buttons, menus and keys; the rest of the class is shell.cpp's.

#include <algorithm>
#include <array>

#include <imgui_internal.h>

#include "gui/act_facts.h"
#include "gui/screens/ocr_words.h"
#include "gui/shell.h"
#include "gui/text/progress.h"
#include "gui/text/removal.h"
#include "gui/text/screens.h"

namespace gui {

ActFacts Shell::facts_of(const Frame& frame, const mail::PointView* point) {
    static const SelectionFacts nothing;
    ActFacts facts = gui::facts_of(
        frame, point, point == nullptr || is_ocr(point) ? nothing : mailbox_.grid(point_).facts());
    if (point != nullptr && !is_ocr(point) && !mailbox_.can_cancel(frame, *point))
        facts.cancel_job_off = text::off_no_job.in(frame.language);
    if (!reports_.can_undo())
        facts.undo_off = text::off_nothing_removed.in(frame.language);
    if (is_ocr(point))
        facts.ocr = ocr_queue_.facts(*point, ocr_state(*point), frame.language);
    return facts;
}

/// Where something is typed, these keys are about that; and what is removed is what is looked at.
bool Shell::has_keys_now(Act act, const mail::PointView* point) const {
    if (scope_of(act) != ActScope::everywhere && (scope_of(act) == ActScope::ocr) != is_ocr(point))
        return false;
    const bool typing = ImGui::GetIO().WantTextInput;
    if (act == Act::undo)
        return !typing;
    if (act == Act::remove_list || act == Act::remove_both)
        return !typing && (focused_ == Pane::grid || focused_ == Pane::details);
    if (act == Act::ocr_copy)
        return !typing && focused_ == Pane::grid;
    return true;
}

void Shell::read_keys(Frame& frame, const mail::PointView* point) {
    if (something_over() || welcome_)
        return;
    // With Ctrl, Enter is the shortcut; Dear ImGui would press what has the focus as well.
    if (ImGui::GetIO().KeyCtrl)
        for (const ImGuiKey key : {ImGuiKey_Enter, ImGuiKey_KeypadEnter})
            ImGui::SetKeyOwner(key, ImHashStr("##shortcuts"));
    for (const ActRow& row : acts())
        if (has_keys_now(row.act, point) &&
            ((row.keys != 0 && ImGui::IsKeyChordPressed(row.keys)) ||
             (row.other != 0 && ImGui::IsKeyChordPressed(row.other))))
            perform(frame, row.act, point);
    for (std::size_t i = 0; i < std::min<std::size_t>(9, frame.snapshot.points.size()); ++i)
        if (ImGui::IsKeyChordPressed(ImGuiMod_Ctrl |
                                     static_cast<ImGuiKey>(ImGuiKey_1 + static_cast<int>(i))))
            show_point(frame.snapshot.points[i]->definition->id);
}

/// What concerns definitions: of that point, or of new ones.
void Shell::define(const Frame& frame, Act act, const mail::PointView* point) {
    const ActFacts facts = define_facts(frame, point);
    const bool new_ones = facts.define_off.empty(), this_one = facts.change_off.empty();
    if (act == Act::new_point && new_ones)
        welcome_.emplace(Welcome::Occasion::new_point);
    else if (act == Act::import_point && new_ones)
        file_dialog_.open_import();
    else if (act == Act::operators && new_ones)
        operators_dialog_.open();
    else if (act == Act::edit_point && facts.edit_off.empty())
        editor_.emplace(this_one ? Editor::for_point(*point) : Editor::for_viewing(*point));
    else if (act == Act::duplicate_point && this_one)
        editor_.emplace(Editor::for_copy(*point, frame.language));
    else if (act == Act::delete_point && this_one)
        ask_to_delete(*point);
    else if (act == Act::export_point && facts.export_off.empty())
        file_dialog_.open_export(frame, *point);
}

namespace {

void change_looks(Settings& settings, Act act) {
    const auto scale_by = [&](int percent) {
        settings.scale_percent = std::clamp(settings.scale_percent + percent, 100, 200);
    };
    if (act == Act::details)
        settings.details_open = !settings.details_open;
    else if (act == Act::normal_size)
        settings.scale_percent = 100;
    else
        scale_by(act == Act::larger ? +25 : -25);
}

}  // namespace

/// For a point without one: where it is set.
void Shell::get_folder(Frame& frame, const mail::PointView& point) {
    const ActFacts facts = facts_of(frame, &point);
    if (facts.set_folder_off.empty())
        folder_dialog_.open(point);
    else if (facts.change_off.empty())
        perform(frame, Act::edit_point, &point);
}

/// What the point that is shown is needed for.
void Shell::perform_on(Frame& frame, Act act, const mail::PointView& point) {
    if (scope_of(act) == ActScope::ocr) {
        if (is_ocr(&point))
            perform_ocr(frame, act, point);
        return;
    }
    const ActFacts facts = facts_of(frame, &point);
    const bool can = why_off(act, facts).empty();
    if (act == Act::generate)
        generate(frame, point);
    else if (act == Act::set_folder && can)
        folder_dialog_.open(point);
    else if (act == Act::refresh && point.file_error)
        frame.post(mail::ReloadPoints{});
    else if (act == Act::refresh)
        frame.post(mail::OpenPoint{point_});
    else if (act == Act::open_folder)
        desk_.open(point.target_folder);
    else if (act == Act::remove_list || act == Act::remove_both || act == Act::show_in_list)
        remove(frame, act, point);
    else if (act == Act::quarantine && can)
        quarantine_dialog_.open(point);
    else if (act == Act::columns)
        mailbox_.open_columns(point_);
    else if (act == Act::save_message && can)
        save_message(frame, point);
    else if (act == Act::diagnose && can)
        editor_
            .emplace(facts.change_off.empty() ? Editor::for_point(point)
                                              : Editor::for_viewing(point))
            .begin_with_test();
    else if (act == Act::cancel_job && can)
        mailbox_.cancel(frame, point);
    else if (act == Act::dry_run && can)
        what_if_dialog_.open(*point.definition, std::nullopt);
}

void Shell::perform(Frame& frame, Act act, const mail::PointView* point) {
    switch (act) {
    case Act::search:
        toolbar_.focus_search();
        return;
    case Act::new_point:
    case Act::edit_point:
    case Act::duplicate_point:
    case Act::delete_point:
    case Act::import_point:
    case Act::export_point:
    case Act::operators:
        define(frame, act, point);
        return;
    case Act::undo:
        reports_.undo();
        return;
    case Act::activity_log:
        log_dialog_.open();
        return;
    case Act::day_report:
        report_dialog_.open();
        return;
    case Act::next_pane:
        change_pane(frame, +1);
        return;
    case Act::previous_pane:
        change_pane(frame, -1);
        return;
    case Act::details:
    case Act::larger:
    case Act::smaller:
    case Act::normal_size:
        change_looks(frame.settings, act);
        return;
    case Act::menu:
        toolbar_.open_menu();
        return;
    case Act::palette:
        palette_.open();
        return;
    case Act::settings:
        settings_dialog_.open();
        return;
    case Act::shortcuts:
        keys_dialog_.open(is_ocr(point) ? ActScope::ocr : ActScope::mail);
        return;
    case Act::about:
        about_dialog_.open();
        return;
    case Act::quit:
        ask_to_end(frame.snapshot);
        return;
    default:
        if (point != nullptr)
            perform_on(frame, act, *point);
        return;
    }
}

void Shell::ask_to_delete(const mail::PointView& point) {
    reports_.deletes(*point.definition);
    delete_dialog_.open(point);
}

void Shell::generate(Frame& frame, const mail::PointView& point) {
    if (!facts_of(frame, &point).generate_off.empty())
        return;
    const SelectionFacts& selection = mailbox_.grid(point_).facts();
    reports_.watch_taking(frame.post(mail::Take{point_, selection.take, selection.again}),
                          selection.take);
}

/// Or back, of what is selected.
void Shell::remove(Frame& frame, Act act, const mail::PointView& point) {
    const ActFacts facts = facts_of(frame, &point);
    const SelectionFacts& selection = mailbox_.grid(point_).facts();
    Removals& removals = reports_.removals();
    if (act == Act::remove_list && facts.remove_off.empty())
        removals.remove(frame, point, selection, Removals::From::list);
    else if (act == Act::remove_both && facts.offers_both && facts.remove_both_off.empty())
        removals.remove(frame, point, selection, Removals::From::mailbox);
    else if (act == Act::show_in_list && facts.show_in_list_off.empty())
        removals.show_in_list(frame, point_, selection);
}

void Shell::save_message(const Frame& frame, const mail::PointView& point) {
    const auto uid = mailbox_.grid(point_).looked_at();
    const mail::MessageRow* row = uid ? find_message(*point.mailbox, *uid) : nullptr;
    if (row != nullptr)
        file_dialog_.open_save(frame, point, *row);
}

void Shell::ask_to_end(const mail::Snapshot& snapshot) {
    if (working(snapshot) != nullptr)
        quit_dialog_.open();
    else
        ended_ = true;
}

bool Shell::is_there(Pane pane, const mail::PointView* point) {
    if (pane == Pane::toast)
        return reports_.toasts().showing();
    return pane == Pane::toolbar || pane == Pane::points ||
           (point != nullptr && (is_ocr(point) ? ocr_queue_.has(pane) : mailbox_.has(pane)));
}

void Shell::change_pane(const Frame& frame, int step) {
    constexpr std::array<Pane, 6> order{Pane::toolbar, Pane::points,  Pane::chips,
                                        Pane::grid,    Pane::details, Pane::toast};
    const mail::PointView* point = frame.snapshot.point(point_);
    constexpr int count = static_cast<int>(order.size());
    int now = static_cast<int>(reports_.toasts().focused() ? Pane::toast
                                                           : focused_.value_or(Pane::chips));
    do
        now = (now + step + count) % count;
    while (!is_there(order.at(static_cast<std::size_t>(now)), point));
    go_to(order.at(static_cast<std::size_t>(now)), point);
}

/// A button that was pressed and has done its deed, a strip that had said what was wrong. Dear
/// ImGui would put the focus on some button of the toolbar.
void Shell::keep_focus(ImGuiID before, const mail::PointView* point) {
    const ImGuiContext& g = *ImGui::GetCurrentContext();
    // What has got it meanwhile may have been drawn before.
    if (g.NavId == 0 || g.NavId != before || g.NavIdIsAlive || welcome_ || something_over())
        return;
    const Pane pane = focused_.value_or(Pane::grid);
    go_to(is_there(pane, point) ? pane : Pane::grid, point);
}

void Shell::go_to(Pane pane, const mail::PointView* point) {
    ImGui::SetNavCursorVisible(true);
    if (pane == Pane::toolbar)
        toolbar_.take_focus();
    else if (pane == Pane::points)
        sidebar_.take_focus();
    else if (pane == Pane::toast)
        reports_.toasts().take_focus();
    else if (is_ocr(point))
        ocr_queue_.take_focus(pane);
    else
        mailbox_.take_focus(pane);
}

}  // namespace gui
