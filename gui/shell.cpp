#include "gui/shell.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include <imgui_internal.h>

#include "gui/act_facts.h"
#include "gui/copied_secret.h"
#include "gui/icons.h"
#include "gui/notices.h"
#include "gui/redraw.h"
#include "gui/region.h"
#include "gui/screens/ocr_words.h"
#include "gui/status_bar.h"
#include "gui/text/causes.h"
#include "gui/text/screens.h"
#include "gui/widgets.h"

namespace gui {
namespace {

constexpr float rail_below = 1100.F, empty_width = 520.F;

/// The demo mailbox alone is no reason not to ask for a mailbox of one's own.
bool has_no_point(const mail::Snapshot& snapshot) {
    return std::all_of(snapshot.points.begin(), snapshot.points.end(),
                       [](const auto& point) { return point->demo; });
}

/// Points that somebody may not see, or that nobody sees until operators.json is mended, are there.
bool is_first_run(const mail::Snapshot& snapshot) {
    return has_no_point(snapshot) && snapshot.may_define && !snapshot.operators_error;
}

/// Why there is nothing to be chosen from, and what helps; "": there is.
std::string why_nothing_is_seen(const Frame& frame) {
    const mail::Snapshot& snapshot = frame.snapshot;
    std::optional<mail::Error> why = snapshot.operators_error;
    if (!why && has_no_point(snapshot) && !snapshot.may_define) {
        const std::string administrators = mail::point::administrators_of(*snapshot.operators);
        why.emplace(mail::Error{
            mail::Cause::no_permission, mail::Layer::workspace, mail::Reach::point, {}});
        if (!administrators.empty())
            why->facts = {{"administrators", administrators}};
    }
    if (!why)
        return {};
    const text::ErrorWords words = text::words_of(*why, frame.language);
    return words.cause + "\n" + words.next_step;
}

}  // namespace

Shell::Shell(Desk& desk, std::function<void()> wake, std::string open_point)
    : desk_(desk), point_(std::move(open_point)),
      mailbox_({.wake = std::move(wake),
                .open_path = [&desk](const std::string& path) { desk.open(path); },
                .set_folder = [this] { wants_folder_ = true; },
                .kept = [this](const std::string& id,
                               std::uint32_t uid) { return reports_.removals().kept(id, uid); }}),
      ocr_queue_([&desk](const std::string& path) { desk.open(path); }),
      reports_(desk, {.show_point = [this](const std::string& id) { show_point(id); },
                      .show_to_check =
                          [this](const std::string& id) {
                              show_point(id);
                              mailbox_.show(id, Shown::check);
                          },
                      .point_came = [this] { welcome_.reset(); },
                      .is_told_there =
                          [this](mail::JobId job) { return quarantine_dialog_.follows(job); }}),
      report_dialog_(desk), file_dialog_(desk), log_dialog_(desk), letter_dialog_(desk) {}

bool Shell::something_over() const {
    return editor_ || folder_dialog_.is_open() || quit_dialog_.is_open() ||
           keys_dialog_.is_open() || palette_.is_open() || settings_dialog_.is_open() ||
           about_dialog_.is_open() || what_if_dialog_.is_open() || report_dialog_.is_open() ||
           delete_dialog_.is_open() || file_dialog_.is_open() || master_dialog_.is_open() ||
           operators_dialog_.is_open() || quarantine_dialog_.is_open() || log_dialog_.is_open() ||
           letter_dialog_.is_open() || ocr_consent_.is_open() || reports_.asks() ||
           ImGui::IsPopupOpen(nullptr, ImGuiPopupFlags_AnyPopupId | ImGuiPopupFlags_AnyPopupLevel);
}

void Shell::draw(Frame& frame) {
    const ImGuiID focused_before = ImGui::GetCurrentContext()->NavId;
    reports_.follow(frame);
    choose_point(frame);
    open_those_that_take(frame);
    follow_ocr(frame);
    follow_secrets(frame);
    const mail::PointView* point = frame.snapshot.point(point_);
    title_ = point == nullptr ? "" : point->definition->name;
    const ImGuiViewport& viewport = *ImGui::GetMainViewport();
    ImGui::SetNextWindowPos(viewport.Pos);
    ImGui::SetNextWindowSize(viewport.Size);
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2{0, 0});
    ImGui::PushStyleVar(ImGuiStyleVar_WindowRounding, 0.F);
    ImGui::PushStyleVar(ImGuiStyleVar_WindowBorderSize, 0.F);
    // Without it what shows through is the surface that each frame begins with.
    const ImGuiWindowFlags back = welcome_ ? 0 : ImGuiWindowFlags_NoBackground;
    ImGui::Begin("##shell", nullptr,
                 ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove | back |
                     ImGuiWindowFlags_NoSavedSettings | ImGuiWindowFlags_NoBringToFrontOnFocus);
    ImGui::PopStyleVar(3);
    if (welcome_) {
        draw_first_run(frame);
    } else {
        ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2{0, 0});
        draw_toolbar(frame, point);
        draw_body(frame, point);
        ImGui::PopStyleVar();
    }
    ImGui::End();
    read_keys(frame, point);
    draw_over(frame);
    keep_focus(focused_before, point);
    redraw_within(tend_copied_secret(std::chrono::steady_clock::now()));
}

void Shell::choose_point(Frame& frame) {
    using mail::point::Type;
    const mail::Snapshot& snapshot = frame.snapshot;
    // Who starts with the demo sees it next, and nothing else before.
    if (reports_.waits_for_demo())
        return;
    if (snapshot.point(point_) == nullptr) {
        point_.clear();
        // The first mailbox, else the first OCR point.
        for (const Type type : {Type::mailbox, Type::ocr})
            for (const auto& point : snapshot.points)
                if (point_.empty() && !has_no_point(snapshot) && !point->file_error &&
                    point->definition->type == type)
                    point_ = point->definition->id;
    }
    // Somebody else may have said so meanwhile.
    if (!snapshot.may_define)
        welcome_.reset();
    if (point_.empty() && !welcome_ && !editor_ && is_first_run(snapshot))
        welcome_.emplace(Welcome::Occasion::first_run);
    const mail::PointView* point = snapshot.point(point_);
    if (point != nullptr && !point->file_error && !is_ocr(point) &&
        opened_points_.insert(point_).second && !point->mailbox &&
        point->health == mail::PointHealth::never)
        frame.post(mail::OpenPoint{point_});
}

/// Who takes new messages by itself does so though nobody has looked at it since the start. One
/// after the other, behind the point that somebody waits for.
void Shell::open_those_that_take(Frame& frame) {
    using mail::PointHealth;
    const auto& points = frame.snapshot.points;
    const auto is_asked = [&](const auto& point) {
        const bool has_no_answer =
            point->health == PointHealth::never || point->health == PointHealth::checking;
        return has_no_answer && opened_points_.contains(point->definition->id);
    };
    if (point_.empty() || std::ranges::any_of(points, is_asked))
        return;
    const auto next = std::ranges::find_if(points, [&](const auto& point) {
        const mail::point::Point& definition = *point->definition;
        return definition.type == mail::point::Type::mailbox && !point->demo &&
               !point->file_error && definition.general.take_by_itself &&
               point->health == PointHealth::never && !opened_points_.contains(definition.id);
    });
    if (next == points.end())
        return;
    opened_points_.insert((*next)->definition->id);
    frame.post(mail::OpenPoint{(*next)->definition->id});
}

void Shell::follow_secrets(Frame& frame) {
    const mail::Snapshot& snapshot = frame.snapshot;
    const bool locked = wants_master_password(snapshot);
    const bool waits = stores_nothing_yet(snapshot);
    if (std::exchange(was_locked_, waits) && !waits)
        for (const auto& point : snapshot.points)
            if (waits_for_master_password(*point))
                frame.post(mail::OpenPoint{point->definition->id});
    // Once by itself; who has said no finds the button in the notice.
    const mail::PointView* point = snapshot.point(point_);
    if (!locked || asked_to_unlock_ || point == nullptr || !waits_for_master_password(*point) ||
        welcome_ || something_over())
        return;
    asked_to_unlock_ = true;
    master_dialog_.open();
}

void Shell::show_point(const std::string& id) {
    point_ = id;
    welcome_.reset();
    mailbox_.take_focus(Pane::grid);
    ocr_queue_.take_focus(Pane::grid);
}

// Regions

void Shell::draw_first_run(Frame& frame) {
    if (draw_notices(frame) == NoticeWish::master_password)
        master_dialog_.open();
    welcome(welcome_->draw(frame), frame);
}

void Shell::welcome(WelcomeOutcome outcome, Frame& frame) {
    switch (outcome.kind) {
    case WelcomeOutcome::Kind::none:
        return;
    case WelcomeOutcome::Kind::address:
        editor_.emplace(Editor::for_address(outcome.address, std::move(outcome.lookup)));
        return;
    case WelcomeOutcome::Kind::demo:
        frame.post(mail::OpenDemo{});
        return;
    case WelcomeOutcome::Kind::ocr_point:
        editor_.emplace(Editor::for_ocr());
        return;
    case WelcomeOutcome::Kind::import_point:
        file_dialog_.open_import();
        return;
    case WelcomeOutcome::Kind::cancelled:
        welcome_.reset();
        return;
    }
}

void Shell::draw_toolbar(Frame& frame, const mail::PointView* point) {
    const ImVec2 size{ImGui::GetMainViewport()->Size.x, px(Toolbar::height)};
    focused_.reset();
    if (begin_region("##toolbar", size, frame.colours.surface, {px(12), px(10)}, fixed_bar)) {
        ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2{px(8), px(8)});
        draw_edge(ImGuiDir_Down);
        std::string* search = point == nullptr ? nullptr
                              : is_ocr(point)  ? &ocr_queue_.search(point_)
                                               : &mailbox_.search(point_);
        const auto act = toolbar_.draw(frame, facts_of(frame, point), search);
        if (ImGui::IsWindowFocused())
            focused_ = Pane::toolbar;
        ImGui::PopStyleVar();
        if (toolbar_.left_search_down())
            go_to(Pane::grid, point);
        if (act)
            perform(frame, *act, point);
    }
    end_region();
}

void Shell::draw_body(Frame& frame, const mail::PointView* point) {
    const ImVec2 window = ImGui::GetMainViewport()->Size;
    const bool narrow = window.x < rail_below * frame.scale;
    const float left = px(narrow ? Sidebar::rail_width : Sidebar::full_width);
    const float height = ImGui::GetContentRegionAvail().y - px(status_bar_height);
    content_left_ = left;
    // In the rail a bar would lie over the shapes; wheel and keys scroll it all the same.
    const ImGuiWindowFlags bar = narrow ? ImGuiWindowFlags_NoScrollbar : ImGuiWindowFlags_None;
    if (begin_region("##points", {left, height}, frame.colours.sidebar, {0, 0}, bar)) {
        draw_edge(ImGuiDir_Right);
        const Sidebar::Choice choice = sidebar_.draw(
            frame, point_, narrow ? Sidebar::Form::rail : Sidebar::Form::full,
            [&](const mail::PointView& one) { return mailbox_.new_messages(frame, one); });
        if (ImGui::IsWindowFocused())
            focused_ = Pane::points;
        if (choice.add)
            perform(frame, Act::new_point, point);
        if (!choice.menu.empty()) {
            menu_point_ = choice.menu;
            ImGui::OpenPopup("##point_menu");
        }
        draw_point_menu(frame);
        if (!choice.open.empty())
            show_point(choice.open);
    }
    end_region();
    ImGui::SameLine(0, 0);
    if (begin_region("##content", {0, height}, with_alpha(frame.colours.surface, 0), {0, 0},
                     fixed_bar)) {
        if (draw_notices(frame) == NoticeWish::master_password)
            master_dialog_.open();
        if (point != nullptr)
            draw_content(frame, *point);
        else
            draw_nothing_chosen(frame);
    }
    end_region();
    obey_screen(frame, point);
    if (begin_region("##status", {0, 0}, frame.colours.sidebar, {0, 0}, fixed_bar)) {
        draw_edge(ImGuiDir_Up);
        draw_status(frame, point);
    }
    end_region();
}

void Shell::draw_content(Frame& frame, const mail::PointView& point) {
    if (is_ocr(&point))
        ocr_queue_.draw(frame, point, ocr_state(point), facts_of(frame, &point));
    else
        mailbox_.draw(frame, point, facts_of(frame, &point));
}

void Shell::obey_screen(Frame& frame, const mail::PointView* point) {
    const bool ocr = is_ocr(point);
    if (const auto pane = ocr ? ocr_queue_.focused() : mailbox_.focused())
        focused_ = pane;
    if (const auto wish = mailbox_.take_wish())
        go_to(*wish, point);
    if (const auto act = ocr ? ocr_queue_.take_act() : mailbox_.take_act())
        perform(frame, *act, point);
}

void Shell::draw_status(const Frame& frame, const mail::PointView* point) {
    if (!is_ocr(point)) {
        draw_status_bar(frame, point, point == nullptr ? nullptr : &mailbox_.grid(point_));
        return;
    }
    const OcrQueueScreen::State state = ocr_state(*point);
    draw_ocr_status_bar(frame, *point,
                        {point->ocr ? point->ocr->files.size() : 0, ocr_queue_.shown(*point),
                         ocr_queue_.selected(*point), state.runs, state.refused});
}

void Shell::draw_nothing_chosen(const Frame& frame) {
    std::string words = why_nothing_is_seen(frame);
    if (reports_.waits_for_demo() || words.empty())
        words = (reports_.waits_for_demo() ? text::opening_demo : text::choose_point)
                    .in(frame.language);
    const ImVec2 room = ImGui::GetWindowSize();
    const float width = std::min(px(empty_width), room.x - px(32));
    const ImVec2 size = ImGui::CalcTextSize(words.c_str(), nullptr, false, width);
    const ImVec2 at{std::floor((room.x - size.x) / 2), std::floor(room.y / 2)};
    const ImVec2 origin = ImGui::GetWindowPos();
    draw_icon(*ImGui::GetWindowDrawList(),
              {origin.x + std::floor(room.x / 2), origin.y + at.y - px(30)}, icon::inbox, 40,
              frame.colours.disabled);
    ImGui::SetCursorPos(at);
    ImGui::PushTextWrapPos(at.x + width);
    coloured_text(words, frame.colours.muted);
    ImGui::PopTextWrapPos();
}

void Shell::draw_point_menu(Frame& frame) {
    const mail::PointView* point = frame.snapshot.point(menu_point_);
    if (!begin_menu_popup("##point_menu"))
        return;
    const ActFacts facts = define_facts(frame, point);
    for (const Act act : {Act::edit_point, Act::diagnose, Act::duplicate_point, Act::export_point,
                          Act::delete_point})
        if ((act != Act::diagnose || !is_ocr(point)) && menu_row(act, frame.language, facts))
            perform(frame, act, point);
    end_menu_popup();
}

void Shell::draw_over(Frame& frame) {
    const ImVec2 window = ImGui::GetMainViewport()->Size;
    const mail::PointView* point = frame.snapshot.point(point_);
    // Over the list: what the details and the strip of a job say is wanted just then.
    const ImVec2 corner = point == nullptr || welcome_ || is_ocr(point)
                              ? ImVec2{window.x, window.y - px(status_bar_height)}
                              : mailbox_.list_corner();
    reports_.draw(frame, (corner.x + content_left_) / 2, corner.y - px(12));
    if (reports_.toasts().take_left() && !welcome_)
        go_to(Pane::grid, point);
    if (std::exchange(wants_folder_, false) && point != nullptr)
        get_folder(frame, *point);
    if (const mail::Facts facts = folder_dialog_.draw(frame); !facts.empty())
        reports_.say_of_folder(facts);
    keys_dialog_.draw(frame);
    settings_dialog_.draw(frame);
    about_dialog_.draw(frame);
    what_if_dialog_.draw(frame);
    report_dialog_.draw(frame);
    if (const std::string path = report_dialog_.take_folder_wish(); !path.empty())
        desk_.open(path);
    const Palette::Choice choice = palette_.draw(frame, facts_of(frame, point));
    if (choice.act)
        perform(frame, *choice.act, point);
    if (!choice.point.empty())
        show_point(choice.point);
    delete_dialog_.draw(frame);
    file_dialog_.draw(frame);
    if (const auto saved = file_dialog_.take_saved())
        reports_.say_message_saved(*saved);
    operators_dialog_.draw(frame);
    reports_.removals().draw(frame);
    if (auto messages = quarantine_dialog_.draw(frame); !messages.empty())
        quarantine_dialog_.restores(
            reports_.removals().restore(frame, quarantine_dialog_.point(), std::move(messages)));
    draw_dropped(frame);
    ocr_consent_.draw(frame);
    if (const std::string allowed = ocr_consent_.take_allowed(); !allowed.empty())
        ocr_runner_.run(allowed);
    log_dialog_.draw(frame);
    if (const std::string path = log_dialog_.take_folder_wish(); !path.empty())
        desk_.open(path);
    static_cast<void>(master_dialog_.draw(frame));  // what it brings is seen in the snapshot
    if (quit_dialog_.draw(frame))
        ended_ = true;
    if (editor_)
        draw_editor(frame);
}

void Shell::draw_dropped(Frame& frame) {
    if (std::vector<std::string> paths = std::exchange(dropped_, {}); !paths.empty()) {
        if (something_over())
            reports_.say_not_opened(paths.size());
        else
            letter_dialog_.open(frame, std::move(paths));
    }
    letter_dialog_.draw(frame);
    if (const auto saved = letter_dialog_.take_saved())
        reports_.say_files_saved(*saved);
}

void Shell::draw_editor(Frame& frame) {
    const EditorOutcome outcome = editor_->draw(frame);
    if (outcome.kind == EditorOutcome::Kind::editing)
        return;
    editor_.reset();
    if (outcome.then_ocr)
        editor_.emplace(Editor::for_ocr());
    if (outcome.kind == EditorOutcome::Kind::saved) {
        welcome_.reset();
        show_point(outcome.point);
        if (outcome.type == mail::point::Type::mailbox) {
            // With what was mended, whatever its health was before.
            opened_points_.insert(outcome.point);
            frame.post(mail::OpenPoint{outcome.point});
        } else {
            // Who has written the command is asked about it at once.
            ocr_runner_.ask(outcome.point);
        }
        if (outcome.password_error)
            reports_.say_saved_without_password(frame, *outcome.password_error);
        else
            reports_.say_saved(outcome.name);
    }
}

}  // namespace gui
