#include "gui/shell.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include <imgui_internal.h>

#include "gui/copied_secret.h"
#include "gui/icons.h"
#include "gui/redraw.h"
#include "gui/region.h"
#include "gui/status_bar.h"
#include "gui/text/causes.h"
#include "gui/text/format.h"
#include "gui/text/plurals.h"
#include "gui/text/screens.h"
#include "gui/widgets.h"

namespace gui {
namespace {

using mail::JobView;

constexpr float rail_below = 1100.F;

/// The demo mailbox alone is no reason not to ask for a mailbox of one's own.
bool is_first_run(const mail::Snapshot& snapshot) {
    return std::all_of(snapshot.points.begin(), snapshot.points.end(),
                       [](const auto& point) { return point->demo; });
}

}  // namespace

Shell::Shell(Desk& desk, std::function<void()> wake, std::string open_point)
    : desk_(desk), point_(std::move(open_point)),
      mailbox_({.wake = std::move(wake),
                .open_path = [&desk](const std::string& path) { desk.open(path); },
                .set_folder = [this] { wants_folder_ = true; }}) {}

bool Shell::something_over() const {
    return editor_ || folder_dialog_.is_open() || quit_dialog_.is_open() ||
           keys_dialog_.is_open() || delete_dialog_.is_open() || file_dialog_.is_open() ||
           ImGui::IsPopupOpen(nullptr, ImGuiPopupFlags_AnyPopupId | ImGuiPopupFlags_AnyPopupLevel);
}

void Shell::draw(Frame& frame) {
    follow_jobs(frame);
    follow_demo(frame);
    choose_point(frame);
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
    redraw_within(tend_copied_secret(std::chrono::steady_clock::now()));
}

void Shell::choose_point(Frame& frame) {
    const mail::Snapshot& snapshot = frame.snapshot;
    // Who starts with the demo sees it next, and nothing else before.
    if (demo_ != Demo::none)
        return;
    if (snapshot.point(point_) == nullptr) {
        point_.clear();
        const auto usable =
            std::find_if(snapshot.points.begin(), snapshot.points.end(), [](const auto& point) {
                return !point->file_error && point->definition->type == mail::point::Type::mailbox;
            });
        if (!is_first_run(snapshot) && usable != snapshot.points.end())
            point_ = (*usable)->definition->id;
    }
    if (point_.empty() && !welcome_ && !editor_ && is_first_run(snapshot))
        welcome_.emplace(Welcome::Occasion::first_run);
    const mail::PointView* point = snapshot.point(point_);
    if (point != nullptr && !point->file_error && opened_points_.insert(point_).second &&
        !point->mailbox && point->health == mail::PointHealth::never)
        frame.post(mail::OpenPoint{point_});
}

void Shell::open_from_list(Frame& frame, const std::string& id) {
    const mail::PointView* point = frame.snapshot.point(id);
    if (point != nullptr && point->definition->type == mail::point::Type::ocr)
        perform(frame, Act::edit_point, point);
    else
        show_point(id);
}

void Shell::show_point(const std::string& id) {
    point_ = id;
    welcome_.reset();
    mailbox_.take_focus(Pane::grid);
}

// Jobs

void Shell::follow_jobs(Frame& frame) {
    if (!restore_.empty())
        frame.post(mail::RestorePoint{std::exchange(restore_, {})});
    for (const auto& job : frame.snapshot.jobs) {
        if (!job->has_ended())
            live_jobs_.insert(job->id);
        else if (live_jobs_.erase(job->id) > 0)
            report(frame, *job);
    }
    if (const auto path = desk_.take_failure()) {
        const mail::Error error{
            mail::Cause::file_not_found, mail::Layer::target, mail::Reach::part, {{"path", *path}}};
        toasts_.show({NoteKind::error, [error](text::Language language) {
                          return ToastWords{text::words_of(error, language).cause};
                      }});
    }
}

/// Its mails are made only after the first frame, which would wait for the processor else.
void Shell::follow_demo(Frame& frame) {
    if (demo_ == Demo::next) {
        live_jobs_.insert(frame.post(mail::OpenDemo{}));
        demo_ = Demo::asked_for;
    } else if (demo_ == Demo::wanted) {
        demo_ = Demo::next;
    }
}

void Shell::report(Frame& frame, const JobView& job) {
    if (job.kind == JobView::Kind::demo)
        demo_ = Demo::none;
    if (job.kind == JobView::Kind::demo && job.state == JobView::State::done)
        show_point(job.saved_point);
    report_point(frame, job);
    if (job.kind != JobView::Kind::take && job.kind != JobView::Kind::demo)
        return;
    if (job.state == JobView::State::done) {
        if (job.kind == JobView::Kind::take)
            report_taken(frame, job);
    } else if (job.state == JobView::State::cancelled) {
        toasts_.show({NoteKind::info, [](text::Language language) {
                          return ToastWords{std::string(text::toast_cancelled.in(language))};
                      }});
    } else if (job.error) {
        report_error(frame, *job.error);
    }
}

void Shell::report_error(const Frame& frame, const mail::Error& error) {
    const auto words = [error](text::Language language) { return text::words_of(error, language); };
    toasts_.show(
        {NoteKind::error,
         [words](text::Language language) {
             return ToastWords{words(language).cause, std::string(text::copy_details.in(language))};
         },
         [words, language = frame.language] {
             const text::ErrorWords now = words(language);
             ImGui::SetClipboardText(
                 (now.cause + "\n" + now.next_step + "\n" + now.details).c_str());
         }});
}

/// A definition that came or went.
void Shell::report_point(Frame& frame, const JobView& job) {
    using Kind = JobView::Kind;
    const bool ended = job.state == JobView::State::done;
    // The dialogs say themselves why a file was refused.
    if (!ended && job.error && (job.kind == Kind::remove || job.kind == Kind::restore))
        report_error(frame, *job.error);
    if (!ended)
        return;
    const auto toast = [this](const text::Text& words, std::string name) {
        toasts_.show({NoteKind::ok, [&words, name = std::move(name)](text::Language language) {
                          return ToastWords{text::fill(words, language, {{"x", name}})};
                      }});
    };
    const std::string& id = job.kind == Kind::import ? job.saved_point : job.point;
    const mail::PointView* point = frame.snapshot.point(id);
    const std::string name = point == nullptr ? "" : point->definition->name;
    if (job.kind == Kind::import) {
        welcome_.reset();
        toast(text::toast_point_imported, name);
    }
    if (job.kind == Kind::export_)
        toast(text::toast_point_exported, name);
    if (job.kind == Kind::restore)
        toast(text::toast_point_restored, name);
    if (job.kind == Kind::remove)
        toasts_.show({NoteKind::ok,
                      [name = deleted_names_[id]](text::Language language) {
                          return ToastWords{
                              text::fill(text::toast_point_deleted, language, {{"x", name}}),
                              std::string(text::undo.in(language))};
                      },
                      [this, id] { restore_ = id; }});
}

void Shell::report_taken(Frame& frame, const JobView& job) {
    const std::size_t open = job.messages_failed + job.messages_check;
    const std::size_t taken = job.messages_done - std::min(job.messages_done, open);
    if (open > 0 || taken == 0) {
        report_open(job, taken);
        return;
    }
    const mail::PointView* point = frame.snapshot.point(job.point);
    const std::string folder = point == nullptr ? "" : point->target_folder;
    toasts_.show({NoteKind::ok,
                  [taken, files = job.files](text::Language language) {
                      return ToastWords{
                          text::fill(text::toast_generated, language,
                                     {{"documents", text::counted(text::document, language, taken)},
                                      {"files", text::counted(text::file, language, files)}}),
                          std::string(text::open_folder.in(language))};
                  },
                  [this, folder] { desk_.open(folder); }});
}

/// Not all of it was taken: somebody has to look.
void Shell::report_open(const JobView& job, std::size_t taken) {
    const bool failed = job.messages_failed > 0;
    const auto words = [failed, taken, job](text::Language language) {
        const std::string done = text::number(taken, language);
        const std::string messages =
            text::counted(text::message_genitive, language, job.messages_total);
        return ToastWords{failed ? text::fill(text::toast_failed, language,
                                              {{"k", done},
                                               {"messages", messages},
                                               {"f", text::number(job.messages_failed, language)}})
                                 : text::fill(text::toast_partial, language,
                                              {{"k", done},
                                               {"messages", messages},
                                               {"c", text::number(job.messages_check, language)}}),
                          std::string(text::show.in(language))};
    };
    toasts_.show({failed ? NoteKind::error : NoteKind::warning, words, [this, id = job.point] {
                      show_point(id);
                      mailbox_.show(id, Shown::check);
                  }});
}

// Regions

void Shell::draw_first_run(Frame& frame) {
    welcome(welcome_->draw(frame), frame);
}

void Shell::welcome(WelcomeOutcome outcome, Frame& frame) {
    switch (outcome.kind) {
    case WelcomeOutcome::Kind::none:
        return;
    case WelcomeOutcome::Kind::address:
        editor_.emplace(Editor::for_address(outcome.address));
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
        std::string* search = point == nullptr ? nullptr : &mailbox_.search(point_);
        const auto act = toolbar_.draw(frame, facts_of(frame, point), search);
        if (ImGui::IsWindowFocused())
            focused_ = Pane::toolbar;
        ImGui::PopStyleVar();
        if (toolbar_.left_search_down())
            mailbox_.take_focus(Pane::grid);
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
    if (begin_region("##points", {left, height}, frame.colours.sidebar, {0, 0})) {
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
            open_from_list(frame, choice.open);
    }
    end_region();
    ImGui::SameLine(0, 0);
    if (begin_region("##content", {0, height}, with_alpha(frame.colours.surface, 0), {0, 0},
                     fixed_bar)) {
        draw_notices(frame);
        if (point != nullptr)
            mailbox_.draw(frame, *point, facts_of(frame, point));
        else
            draw_nothing_chosen(frame);
    }
    end_region();
    if (const auto pane = mailbox_.focused())
        focused_ = pane;
    if (const auto wish = mailbox_.take_wish())
        go_to(*wish);
    if (const auto act = mailbox_.take_act())
        perform(frame, *act, point);
    if (begin_region("##status", {0, 0}, frame.colours.sidebar, {0, 0}, fixed_bar)) {
        draw_edge(ImGuiDir_Up);
        draw_status_bar(frame, point, point == nullptr ? nullptr : &mailbox_.grid(point_));
    }
    end_region();
}

void Shell::draw_nothing_chosen(const Frame& frame) {
    const std::string_view words =
        (demo_ != Demo::none ? text::opening_demo : text::choose_point).in(frame.language);
    const ImVec2 room = ImGui::GetWindowSize(), size = ImGui::CalcTextSize(words.data());
    const ImVec2 at{std::floor((room.x - size.x) / 2), std::floor(room.y / 2)};
    const ImVec2 origin = ImGui::GetWindowPos();
    draw_icon(*ImGui::GetWindowDrawList(),
              {origin.x + std::floor(room.x / 2), origin.y + at.y - px(30)}, icon::inbox, 40,
              frame.colours.disabled);
    ImGui::SetCursorPos(at);
    coloured_text(words, frame.colours.muted);
}

void Shell::draw_notices(const Frame& frame) {
    const auto strip = [&frame](const char* id, NoteKind kind, const std::string& words) {
        begin_strip(id, kind, 34);
        push_font(Weight::regular, 15);
        icon_text(icon_of(kind), 17, colour_of(kind));
        ImGui::SameLine(0, px(8));
        ellipsis_text(words, ImGui::GetContentRegionAvail().x, frame.colours.text);
        pop_font();
        end_strip();
    };
    if (frame.snapshot.operators_error)
        strip("##operators", NoteKind::error,
              text::words_of(*frame.snapshot.operators_error, frame.language).cause);
    if (frame.snapshot.damaged_ledger_copy)
        strip("##ledger", NoteKind::error,
              text::fill(text::damaged_ledger_notice, frame.language,
                         {{"path", *frame.snapshot.damaged_ledger_copy}}));
    if (frame.snapshot.secrets.kind == mail::SecretsView::Kind::memory)
        strip("##secrets", NoteKind::warning,
              std::string(text::secrets_in_memory_only.in(frame.language)));
}

void Shell::draw_over(Frame& frame) {
    const ImVec2 window = ImGui::GetMainViewport()->Size;
    toasts_.draw(frame, (window.x + content_left_) / 2, window.y - px(status_bar_height + 12));
    const mail::PointView* point = frame.snapshot.point(point_);
    if (std::exchange(wants_folder_, false) && point != nullptr)
        folder_dialog_.open(*point);
    folder_dialog_.draw(frame);
    keys_dialog_.draw(frame);
    delete_dialog_.draw(frame);
    file_dialog_.draw(frame);
    if (quit_dialog_.draw(frame))
        ended_ = true;
    if (!editor_)
        return;
    const EditorOutcome outcome = editor_->draw(frame);
    if (outcome.kind == EditorOutcome::Kind::editing)
        return;
    editor_.reset();
    if (outcome.kind == EditorOutcome::Kind::saved) {
        welcome_.reset();
        if (outcome.type == mail::point::Type::mailbox) {
            show_point(outcome.point);
            // With what was mended, whatever its health was before.
            opened_points_.insert(outcome.point);
            frame.post(mail::OpenPoint{outcome.point});
        }
        toasts_.show({NoteKind::ok, [name = outcome.name](text::Language language) {
                          return ToastWords{text::fill(text::toast_saved, language, {{"x", name}})};
                      }});
    }
}

// Acts

ActFacts Shell::facts_of(const Frame& frame, const mail::PointView* point) {
    ActFacts facts;
    const text::Language language = frame.language;
    const auto off = [language](const text::Text& words) {
        return std::string(words.in(language));
    };
    set_define_facts(facts, frame, point);
    if (point == nullptr) {
        facts.generate_off = facts.set_folder_off = facts.refresh_off = off(text::choose_point);
        return facts;
    }
    const SelectionFacts& selection = mailbox_.grid(point_).facts();
    facts.to_take = selection.take.size();
    facts.has_folder = !point->target_folder.empty();
    if (JobStrip::find(frame.snapshot, point_) != nullptr)
        facts.generate_off = off(text::off_busy);
    else if (selection.selected == 0)
        facts.generate_off = off(text::off_select);
    else if (facts.to_take == 0)
        facts.generate_off = off(text::off_nothing_new);
    else if (point->health == mail::PointHealth::down || point->health == mail::PointHealth::signin)
        facts.generate_off = off(text::off_offline);
    else if (!facts.has_folder)
        facts.generate_off = off(text::off_folder);
    return facts;
}

/// What concerns the definition: of that point, and of new ones.
void Shell::set_define_facts(ActFacts& facts, const Frame& frame, const mail::PointView* point) {
    const auto off = [&frame](const text::Text& words) {
        return std::string(words.in(frame.language));
    };
    if (!frame.snapshot.may_define)
        facts.define_off = off(text::off_not_administrator);
    if (point == nullptr)
        facts.edit_off = facts.export_off = off(text::choose_point);
    else if (point->demo || point->file_error)
        facts.edit_off = facts.export_off = off(text::off_read_only);
    else
        facts.edit_off = point->read_only ? off(text::off_read_only) : facts.define_off;
}

void Shell::draw_point_menu(Frame& frame) {
    const mail::PointView* point = frame.snapshot.point(menu_point_);
    if (!begin_menu_popup("##point_menu"))
        return;
    ActFacts facts;
    set_define_facts(facts, frame, point);
    for (const Act act :
         {Act::edit_point, Act::duplicate_point, Act::export_point, Act::delete_point})
        if (menu_row(act, frame.language,
                     act == Act::export_point ? facts.export_off : facts.edit_off))
            perform(frame, act, point);
    end_menu_popup();
}

void Shell::read_keys(Frame& frame, const mail::PointView* point) {
    if (something_over() || welcome_)
        return;
    // With Ctrl, Enter is the shortcut; Dear ImGui would press what has the focus as well.
    if (ImGui::GetIO().KeyCtrl)
        for (const ImGuiKey key : {ImGuiKey_Enter, ImGuiKey_KeypadEnter})
            ImGui::SetKeyOwner(key, ImHashStr("##shortcuts"));
    for (const ActRow& row : acts())
        if ((row.keys != 0 && ImGui::IsKeyChordPressed(row.keys)) ||
            (row.other != 0 && ImGui::IsKeyChordPressed(row.other)))
            perform(frame, row.act, point);
    for (std::size_t i = 0; i < std::min<std::size_t>(9, frame.snapshot.points.size()); ++i)
        if (ImGui::IsKeyChordPressed(ImGuiMod_Ctrl |
                                     static_cast<ImGuiKey>(ImGuiKey_1 + static_cast<int>(i))))
            open_from_list(frame, frame.snapshot.points[i]->definition->id);
}

/// What concerns definitions: of that point, or of new ones.
void Shell::define(const Frame& frame, Act act, const mail::PointView* point) {
    ActFacts facts;
    set_define_facts(facts, frame, point);
    const bool new_ones = facts.define_off.empty(), this_one = facts.edit_off.empty();
    if (act == Act::new_point && new_ones)
        welcome_.emplace(Welcome::Occasion::new_point);
    else if (act == Act::import_point && new_ones)
        file_dialog_.open_import();
    else if (act == Act::edit_point && this_one)
        editor_.emplace(Editor::for_point(*point));
    else if (act == Act::duplicate_point && this_one)
        editor_.emplace(Editor::for_copy(*point, frame.language));
    else if (act == Act::delete_point && this_one)
        ask_to_delete(*point);
    else if (act == Act::export_point && facts.export_off.empty())
        file_dialog_.open_export(*point);
}

void Shell::perform(Frame& frame, Act act, const mail::PointView* point) {
    const auto scale_by = [&frame](int percent) {
        frame.settings.scale_percent = std::clamp(frame.settings.scale_percent + percent, 100, 200);
    };
    switch (act) {
    case Act::generate:
        if (point != nullptr)
            generate(frame, *point);
        return;
    case Act::set_folder:
        if (point != nullptr)
            folder_dialog_.open(*point);
        return;
    case Act::refresh:
        if (point != nullptr)
            frame.post(mail::OpenPoint{point_});
        return;
    case Act::search:
        toolbar_.focus_search();
        return;
    case Act::open_folder:
        if (point != nullptr)
            desk_.open(point->target_folder);
        return;
    case Act::new_point:
    case Act::edit_point:
    case Act::duplicate_point:
    case Act::delete_point:
    case Act::import_point:
    case Act::export_point:
        define(frame, act, point);
        return;
    case Act::details:
        frame.settings.details_open = !frame.settings.details_open;
        return;
    case Act::next_pane:
        change_pane(frame, +1);
        return;
    case Act::previous_pane:
        change_pane(frame, -1);
        return;
    case Act::larger:
        scale_by(+25);
        return;
    case Act::smaller:
        scale_by(-25);
        return;
    case Act::normal_size:
        frame.settings.scale_percent = 100;
        return;
    case Act::menu:
        toolbar_.open_menu();
        return;
    case Act::shortcuts:
        keys_dialog_.open();
        return;
    case Act::quit:
        ask_to_end(frame.snapshot);
        return;
    }
}

void Shell::ask_to_delete(const mail::PointView& point) {
    deleted_names_[point.definition->id] = point.definition->name;
    delete_dialog_.open(point);
}

void Shell::generate(Frame& frame, const mail::PointView& point) {
    if (!facts_of(frame, &point).generate_off.empty())
        return;
    const SelectionFacts& selection = mailbox_.grid(point_).facts();
    live_jobs_.insert(frame.post(mail::Take{point_, selection.take, selection.again}));
}

void Shell::ask_to_end(const mail::Snapshot& snapshot) {
    if (taking(snapshot) != nullptr)
        quit_dialog_.open();
    else
        ended_ = true;
}

void Shell::change_pane(const Frame& frame, int step) {
    constexpr std::array<Pane, 5> order{Pane::toolbar, Pane::points, Pane::chips, Pane::grid,
                                        Pane::details};
    const int count = frame.settings.details_open ? 5 : 4;
    const int now = focused_ ? static_cast<int>(*focused_) : static_cast<int>(Pane::chips);
    go_to(order.at(static_cast<std::size_t>((now + step + count) % count)));
}

void Shell::go_to(Pane pane) {
    ImGui::SetNavCursorVisible(true);
    if (pane == Pane::toolbar)
        toolbar_.take_focus();
    else if (pane == Pane::points)
        sidebar_.take_focus();
    else
        mailbox_.take_focus(pane);
}

}  // namespace gui
