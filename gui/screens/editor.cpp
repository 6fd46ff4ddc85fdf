#include "gui/screens/editor.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include <imgui.h>
#include <imgui_internal.h>

#include "gui/icons.h"
#include "gui/notices.h"
#include "gui/screens/editor_bars.h"
#include "gui/screens/editor_general.h"
#include "gui/screens/editor_list.h"
#include "gui/text/causes.h"
#include "gui/text/screens.h"
#include "mail/base/utf8.h"

namespace gui {
namespace {

using mail::JobView;
using mail::point::Authentication;
using mail::point::Field;

constexpr const char* window_name = "###editor";
constexpr float width = 800, height = 660, margin = 20;
constexpr float header_height = 44, tabs_height = 42, tab_gap = 26, side = bar_side,
                scrolled_by_key = 300;
constexpr unsigned veil = 0x58;  ///< of 0xFF: text stays above 4.5:1

struct TabLook {
    EditorTab tab;
    const text::Text& label;
    const char* button;
    const char* body;  ///< its scroll position is its own
    std::optional<Field> first;
};
constexpr std::array tabs{
    TabLook{EditorTab::connection, text::tab_connection, "##tab_connection", "connection",
            Field::server},
    TabLook{EditorTab::general, text::tab_general, "##tab_general", "general", Field::name},
    TabLook{EditorTab::list, text::tab_list, "##tab_list", "list", Field::columns},
    TabLook{EditorTab::permissions, text::tab_permissions, "##tab_permissions", "permissions",
            std::nullopt},
};

const TabLook& look_of(EditorTab tab) {
    return *std::find_if(tabs.begin(), tabs.end(),
                         [tab](const TabLook& look) { return look.tab == tab; });
}

/// An OCR point has no list of messages.
bool is_there(EditorTab tab, const mail::point::Point& point) {
    return point.type == mail::point::Type::mailbox || tab != EditorTab::list;
}

bool folded_away(Field field) {
    return field == Field::ca_file || field == Field::proxy || field == Field::pinned_certificate;
}

}  // namespace

Editor Editor::for_address(std::string_view address) {
    mail::point::Point point;
    point.connection.login = address;
    return {std::move(point), EditorForm::Origin::new_point};
}

Editor Editor::for_address(std::string_view address, AddressLookup lookup) {
    Editor editor = for_address(address);
    lookup.left();
    editor.connection_.look_up(std::move(lookup));
    return editor;
}

Editor Editor::for_ocr() {
    mail::point::Point point;
    point.type = mail::point::Type::ocr;
    Editor editor(std::move(point), EditorForm::Origin::new_point);
    editor.tab_ = EditorTab::general;
    editor.focus_ = Field::name;
    return editor;
}

Editor Editor::for_point(const mail::PointView& view) {
    Editor editor(*view.definition, EditorForm::Origin::existing);
    editor.based_on_ = view.content_sha256;
    editor.secret_field_ = view.secret_field;
    return editor;
}

Editor Editor::for_viewing(const mail::PointView& view) {
    Editor editor(*view.definition, EditorForm::Origin::existing);
    editor.read_only_ = true;
    editor.focus_.reset();
    // What is folded away could not be unfolded.
    editor.connection_.unfold();
    if (view.definition->type == mail::point::Type::ocr)
        editor.tab_ = EditorTab::general;
    return editor;
}

Editor Editor::for_copy(const mail::PointView& view, text::Language language) {
    mail::point::Point point = *view.definition;
    point.id.clear();
    point.name = text::fill(text::copy_of, language, {{"x", point.name}});
    return {std::move(point), EditorForm::Origin::copy};
}

Editor::Editor(mail::point::Point point, EditorForm::Origin origin)
    : form_(std::move(point), origin), connection_(form_.point.connection) {
    // The first field that is empty and needed: of a mailbox that the address has filled in, the
    // password is all that is left.
    const mail::point::Connection& connection = form_.point.connection;
    if (connection.server.empty())
        focus_ = Field::server;
    else if (connection.login.empty())
        focus_ = Field::login;
    else if (origin != EditorForm::Origin::existing &&
             connection.authentication == Authentication::password)
        focus_ = Field::password;
}

EditorOutcome Editor::draw(Frame& frame) {
    EditorOutcome outcome;
    first_frame(frame);
    if (std::exchange(test_next_, false))
        start_test(frame);
    take_outcome(frame.snapshot, outcome);
    if (!busy() && connection_.follow_lookup(frame, form_))
        form_.check(other_names(frame.snapshot, form_.point.id));
    // On every tab: what is wrong there marks its own.
    if (!busy() && !read_only_)
        folder_check_.follow(frame, form_.point.general.folder, form_.point.id);
    const ImGuiViewport& viewport = *ImGui::GetMainViewport();
    ImGui::SetNextWindowPos(viewport.GetCenter(), ImGuiCond_Always, {0.5F, 0.5F});
    ImGui::SetNextWindowSize({std::min(px(width), viewport.Size.x - 2 * px(margin)),
                              std::min(px(height), viewport.Size.y - 2 * px(margin))});
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2{0, 0});
    ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2{0, 0});
    ImGui::PushStyleColor(ImGuiCol_PopupBg, frame.colours.surface);
    const bool visible = ImGui::BeginPopupModal(
        window_name, nullptr,
        ImGuiWindowFlags_NoTitleBar | ImGuiWindowFlags_NoResize | ImGuiWindowFlags_NoMove |
            ImGuiWindowFlags_NoScrollbar | ImGuiWindowFlags_NoScrollWithMouse);
    ImGui::PopStyleColor();
    if (visible) {
        take_keys(frame);
        draw_header(frame);
        draw_tabs(frame);
        draw_read_only(frame);
        draw_secret_in_file(frame);
        draw_save_error(frame);
        if (outcome.kind == EditorOutcome::Kind::editing)
            draw_file_changed(frame);
        // Only where the point has a password that is kept there.
        if (form_.point.type == mail::point::Type::mailbox && tab_ == EditorTab::connection &&
            draw_secrets_notice(frame))
            master_dialog_.open();
        draw_body(frame);
        draw_footer(frame);
        ImGui::PopStyleVar(2);
        draw_question(frame);
        draw_unlocking(frame);
        what_if_.draw(frame);
        if (leaving_ == Leaving::yes && outcome.kind == EditorOutcome::Kind::editing)
            outcome.kind = EditorOutcome::Kind::closed;
        if (outcome.kind != EditorOutcome::Kind::editing) {
            outcome.then_ocr = to_ocr_;
            test_.end(frame);
            connection_.end(frame);
            folder_check_.end(frame);
            connection_.forget_secrets();
            ImGui::CloseCurrentPopup();
        }
        ImGui::EndPopup();
    } else {
        ImGui::PopStyleVar(2);
    }
    return outcome;
}

void Editor::first_frame(Frame& frame) {
    if (opened_)
        return;
    opened_ = true;
    form_.check(other_names(frame.snapshot, form_.point.id));
    // In a new one all is still to be typed; here nobody would know why it can't be saved.
    if (form_.origin() != EditorForm::Origin::new_point && form_.errors() > 0 && !read_only_)
        jump_to_fault();
    ImGui::OpenPopup(window_name);
}

void Editor::take_outcome(const mail::Snapshot& snapshot, EditorOutcome& outcome) {
    const JobView* job = snapshot.job(save_job_);
    if (job == nullptr)
        return;
    switch (job->state) {
    case JobView::State::waiting:
    case JobView::State::running:
    case JobView::State::stopping:
        return;
    case JobView::State::done:
        outcome = {EditorOutcome::Kind::saved, job->saved_point, form_.point.name, form_.point.type,
                   job->password_error};
        break;
    case JobView::State::failed:
    case JobView::State::cancelled:
        save_error_ = job->error;
        leaving_ = Leaving::no;
        to_ocr_ = false;
        break;
    }
    save_job_ = 0;
}

void Editor::take_keys(Frame& frame) {
    // Only while nothing lies above: an open choice or the question has the keys then.
    const ImGuiContext& context = *ImGui::GetCurrentContext();
    if (context.OpenPopupStack.Size > context.BeginPopupStack.Size)
        return;
    if (ImGui::IsKeyChordPressed(ImGuiMod_Ctrl | ImGuiKey_S))
        save(frame);
    if (ImGui::IsKeyChordPressed(ImGuiMod_Ctrl | ImGuiKey_Tab) ||
        ImGui::IsKeyChordPressed(ImGuiMod_Ctrl | ImGuiKey_PageDown))
        choose_by_key(frame, +1);
    if (ImGui::IsKeyChordPressed(ImGuiMod_Ctrl | ImGuiMod_Shift | ImGuiKey_Tab) ||
        ImGui::IsKeyChordPressed(ImGuiMod_Ctrl | ImGuiKey_PageUp))
        choose_by_key(frame, -1);
    // Taken before the fields see it: there it would put back what the field held before.
    if (ImGui::IsKeyPressed(ImGuiKey_Escape, false)) {
        ImGui::SetKeyOwner(ImGuiKey_Escape, ImGui::GetID("escape"), ImGuiInputFlags_LockThisFrame);
        if (test_.is_shown())
            test_.end(frame);
        else
            leave();
    }
}

void Editor::draw_header(const Frame& frame) {
    const Colours& c = frame.colours;
    begin_bar("header", header_height, c.header, c.line, ImGuiDir_None);
    push_font(Weight::semibold, 20);
    middle_of_bar(header_height, ImGui::GetFontSize());
    const float baseline = ImGui::GetCursorPosY() + ImGui::GetFontSize();
    coloured_text(text::editor_title.in(frame.language), c.on_header);
    pop_font();
    ImGui::SameLine(0, px(10));
    push_font(Weight::regular, 15);
    ImGui::SetCursorPosY(baseline - ImGui::GetFontSize() - px(1));
    const float room = ImGui::GetContentRegionAvail().x - px(32);
    ellipsis_text(form_.point.name, room, with_alpha(c.on_header, 0xD0));
    pop_font();
    const float cross = px(32);
    ImGui::SetCursorPos(
        {ImGui::GetWindowWidth() - cross - px(10), (px(header_height) - cross) / 2});
    // The mouse's way out; by keyboard there is Esc, so it is no stop for Tab.
    ImGui::PushItemFlag(ImGuiItemFlags_NoTabStop, true);
    if (ImGui::InvisibleButton("##cross", {cross, cross}))
        leave();
    ImGui::PopItemFlag();
    const ImVec2 min = ImGui::GetItemRectMin();
    ImDrawList& list = *ImGui::GetWindowDrawList();
    if (ImGui::IsItemHovered())
        list.AddRectFilled(min, ImGui::GetItemRectMax(), with_alpha(c.on_header, 0x30), px(5));
    draw_icon(list, {min.x + cross / 2, min.y + cross / 2}, icon::close, 18, c.on_header);
    tooltip(text::close.in(frame.language));
    ImGui::EndChild();
}

void Editor::draw_tab(Frame& frame, EditorTab tab) {
    const text::Language language = frame.language;
    const bool chosen = tab_ == tab;
    const TabLook& look = look_of(tab);
    const std::string words(look.label.in(language));
    // As wide as it is when chosen, so that the next one does not move.
    push_font(Weight::semibold);
    const ImVec2 size = ImGui::CalcTextSize(words.c_str());
    pop_font();
    push_font(chosen ? Weight::semibold : Weight::regular);
    const NoteKind mark = mark_of(frame, tab);
    const float mark_room = mark != NoteKind::none ? px(18) : 0.F;
    const float room = size.x + px(8) + mark_room;
    ImGui::SetCursorPosY(0);
    ImGui::PushStyleColor(ImGuiCol_NavCursor, 0);
    if (ImGui::InvisibleButton(look.button, {room, px(tabs_height)}, ImGuiButtonFlags_EnableNav)) {
        test_.end(frame);
        choose(tab);
    }
    ImGui::PopStyleColor();
    const ImVec2 min = ImGui::GetItemRectMin(), max = ImGui::GetItemRectMax();
    const bool hovered = ImGui::IsItemHovered();
    ImDrawList& list = *ImGui::GetWindowDrawList();
    const Colours& c = colours();
    const float middle = std::floor((min.y + max.y) / 2);
    list.AddText({min.x + px(4), std::floor(middle - size.y / 2)},
                 chosen || hovered ? c.accent : c.text, words.c_str());
    if (mark != NoteKind::none)
        draw_icon(list, {min.x + size.x + px(18), middle}, icon_of(mark), 18, colour_of(mark));
    if (chosen)
        list.AddRectFilled({min.x, max.y - px(3)}, max, c.accent);
    focus_ring(3);
    pop_font();
    // The mark takes the room between two tabs: the next one does not move when it comes.
    ImGui::SameLine(0, px(tab_gap) - mark_room);
}

void Editor::draw_tabs(Frame& frame) {
    begin_bar("tabs", tabs_height, frame.colours.window, frame.colours.line, ImGuiDir_Down);
    ImGui::SetCursorPosX(px(side - 4));
    for (const TabLook& look : tabs)
        if (is_there(look.tab, form_.point))
            draw_tab(frame, look.tab);
    ImGui::EndChild();
}

NoteKind Editor::mark_of(const Frame& frame, EditorTab tab) const {
    NoteKind mark = NoteKind::none;
    if (tab == EditorTab::general &&
        folder_note(frame, form_.point, folder_check_).kind == NoteKind::warning)
        mark = NoteKind::warning;
    for (int i = 0; i <= static_cast<int>(Field::columns); ++i) {
        const auto field = static_cast<Field>(i);
        const mail::point::Finding* finding = form_.shown(field, ImGui::GetTime());
        if (finding == nullptr || tab_of(field) != tab)
            continue;
        if (finding->severity == mail::point::Severity::error)
            return NoteKind::error;
        mark = NoteKind::warning;
    }
    return mark;
}

void Editor::draw_read_only(const Frame& frame) const {
    if (!read_only_)
        return;
    const std::string administrators = mail::point::administrators_of(*frame.snapshot.operators);
    const text::Text& words = frame.snapshot.may_define ? text::view_only_file
                              : administrators.empty()  ? text::view_only
                                                        : text::view_only_ask;
    begin_strip("read_only", NoteKind::info, 36);
    icon_text(icon_of(NoteKind::info), 18, frame.colours.info);
    ImGui::SameLine(0, px(8));
    ellipsis_text(text::fill(words, frame.language, {{"admins", administrators}}),
                  ImGui::GetContentRegionAvail().x, frame.colours.text);
    end_strip();
}

void Editor::draw_save_error(const Frame& frame) const {
    if (!save_error_)
        return;
    const text::ErrorWords words = text::words_of(*save_error_, frame.language);
    wrapped_strip("save_error", NoteKind::error, words.cause + " " + words.next_step);
}

bool Editor::file_changed(const mail::Snapshot& snapshot) const {
    // While saving, the file is the editor's own.
    if (based_on_.empty() || busy() || read_only_)
        return false;
    const mail::PointView* now = snapshot.point(form_.point.id);
    // Of a point that one may not see any more nothing is known.
    return now == nullptr ? snapshot.may_define : now->content_sha256 != based_on_;
}

void Editor::draw_file_changed(const Frame& frame) const {
    if (!save_error_ && file_changed(frame.snapshot))
        wrapped_strip("file_changed", NoteKind::warning,
                      text::file_changed_meanwhile.in(frame.language));
}

void Editor::draw_secret_in_file(const Frame& frame) const {
    // Of what the form has a field for, it says so under that.
    const bool has_field =
        secret_field_ == key_of(Field::proxy) || secret_field_ == key_of(Field::target_folder);
    if (secret_field_.empty() || has_field || save_error_)
        return;
    wrapped_strip("secret_in_file", NoteKind::warning,
                  text::fill(text::secret_in_file, frame.language,
                             {{"field", mail::utf8::one_line(secret_field_, 100)}}));
}

void Editor::draw_body(Frame& frame) {
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2{px(side), px(18)});
    ImGui::PushStyleVar(ImGuiStyleVar_ChildBorderSize, 0.F);
    ImGui::BeginChild(test_.is_shown() ? "test" : look_of(tab_).body,
                      {0, ImGui::GetContentRegionAvail().y - px(footer_height)},
                      ImGuiChildFlags_AlwaysUseWindowPadding | ImGuiChildFlags_NavFlattened);
    ImGui::PopStyleVar(2);
    // Not where the one before was left.
    if (ImGui::IsWindowAppearing())
        ImGui::SetScrollY(0);
    ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2{px(8), px(10)});
    if (test_.is_shown()) {
        const ConnectionTest::Wish wish = test_.draw(frame, !read_only_);
        if (wish == ConnectionTest::Wish::back)
            test_.end(frame);
        else if (wish == ConnectionTest::Wish::again)
            start_test(frame);
        else if (wish == ConnectionTest::Wish::trust)
            trust(frame, test_.trusted());
    } else {
        draw_tab_of_form(frame);
    }
    ImGui::PopStyleVar();
    ImGui::EndChild();
}

void Editor::draw_tab_of_form(Frame& frame) {
    // Without a field to go to, the keys move the page.
    if (read_only_ && ImGui::IsKeyPressed(ImGuiKey_PageDown))
        ImGui::SetScrollY(ImGui::GetScrollY() + px(scrolled_by_key));
    if (read_only_ && ImGui::IsKeyPressed(ImGuiKey_PageUp))
        ImGui::SetScrollY(std::max(0.F, ImGui::GetScrollY() - px(scrolled_by_key)));
    ImGui::BeginDisabled(busy() || read_only_);
    EditorRows rows(frame, form_, focus_);
    switch (tab_) {
    case EditorTab::connection:
        connection_.draw(frame, form_, rows);
        break;
    case EditorTab::general:
        if (draw_general_tab(frame, form_, rows, folder_check_)) {
            to_ocr_ = true;
            leave();
        }
        break;
    case EditorTab::list:
        draw_list_tab(frame, form_, rows);
        break;
    case EditorTab::permissions:
        permissions_.draw(frame, form_, rows);
        break;
    }
    ImGui::EndDisabled();
    if (!read_only_)
        return;
    // Paler as a whole: it is to be read, and not to look as if it could be changed.
    const ImVec2 min = ImGui::GetWindowPos(), size = ImGui::GetWindowSize();
    ImGui::GetWindowDrawList()->AddRectFilled(min, {min.x + size.x, min.y + size.y},
                                              with_alpha(frame.colours.surface, veil));
}

/// Entered, not saved: who has a second thought closes the editor.
void Editor::trust(Frame& frame, const std::string& fingerprint) {
    form_.pinned_certificate = fingerprint;
    connection_.unfold();
    form_.check(other_names(frame.snapshot, form_.point.id));
}

/// With what is in the form, also where it can't be saved yet.
void Editor::start_test(Frame& frame) {
    form_.check(other_names(frame.snapshot, form_.point.id));
    const bool by_password = form_.point.connection.authentication == Authentication::password;
    test_.start(frame, form_.point, by_password ? connection_.typed_password() : std::nullopt);
}

void Editor::choose(EditorTab tab) {
    if (tab == tab_)
        return;
    tab_ = tab;
    connection_.hide_secrets();
}

void Editor::choose_by_key(Frame& frame, int step) {
    test_.end(frame);
    const auto count = static_cast<int>(tabs.size());
    auto at = static_cast<int>(&look_of(tab_) - tabs.data());
    do
        at = (at + step + count) % count;
    while (!is_there(tabs.at(static_cast<std::size_t>(at)).tab, form_.point));
    choose(tabs.at(static_cast<std::size_t>(at)).tab);
    if (!read_only_)
        focus_ = look_of(tab_).first;
}

void Editor::jump_to_fault() {
    form_.show_all();
    focus_ = form_.first_fault();
    if (!focus_)
        return;
    choose(tab_of(*focus_));
    if (folded_away(*focus_))
        connection_.unfold();
}

void Editor::save(Frame& frame) {
    if (busy() || read_only_)
        return;
    form_.check(other_names(frame.snapshot, form_.point.id));
    if (form_.errors() > 0) {
        test_.end(frame);
        jump_to_fault();
        return;
    }
    connection_.hide_secrets();
    save_error_.reset();
    const bool by_password = form_.point.connection.authentication == Authentication::password;
    // First: else the definition would be saved, and its password not.
    const auto password = by_password ? connection_.typed_password() : std::nullopt;
    const auto client_secret = by_password ? std::nullopt : connection_.typed_client_secret();
    if ((password || client_secret) && stores_nothing_yet(frame.snapshot)) {
        save_when_unlocked_ = true;
        master_dialog_.open();
        return;
    }
    save_job_ = frame.post(mail::SavePoint{
        form_.point, password, based_on_.empty() ? std::nullopt : std::optional(based_on_),
        client_secret});
}

void Editor::leave() {
    if (busy())
        return;
    leaving_ = form_.changed() && !read_only_ ? Leaving::asked : Leaving::yes;
}

}  // namespace gui
