// What the keys do in the mail grid; the rest of the class is mail_grid.cpp's.

#include <algorithm>

#include <imgui_internal.h>

#include "gui/screens/mail_grid.h"
#include "mail/base/utf8.h"

namespace gui {
namespace {

constexpr double typing_pause = 1.0;

}  // namespace

MailGrid::Wish MailGrid::read_keys(const Frame& frame) {
    if (!focused_window_ || ImGui::GetIO().WantTextInput)
        return Wish::none;
    // Enter is ours: to Dear ImGui it would mean a click, which drops the other selected rows.
    for (const ImGuiKey key : {ImGuiKey_Enter, ImGuiKey_KeypadEnter})
        ImGui::SetKeyOwner(key, ImGui::GetID("##enter"));
    // Dear ImGui's own Ctrl+A misses a chord that comes in one frame right after a click.
    if (ImGui::IsKeyChordPressed(ImGuiMod_Ctrl | ImGuiKey_A))
        select_all();
    // With Alt the arrows are ours, too.
    if (ImGui::GetIO().KeyAlt)
        for (const ImGuiKey key : {ImGuiKey_UpArrow, ImGuiKey_DownArrow})
            ImGui::SetKeyOwner(key, ImGui::GetID("##new"));
    for (const int step : {-1, +1})
        if (ImGui::IsKeyChordPressed(ImGuiMod_Alt |
                                     (step < 0 ? ImGuiKey_UpArrow : ImGuiKey_DownArrow)))
            go_to_new(step);
    if (ImGui::IsKeyChordPressed(ImGuiMod_Ctrl | ImGuiKey_C))
        copy_rows(frame);
    if (ImGui::IsKeyChordPressed(ImGuiKey_Tab))
        return Wish::next_pane;
    if (ImGui::IsKeyChordPressed(ImGuiMod_Shift | ImGuiKey_Tab))
        return Wish::previous_pane;
    // The one that has just closed a menu over the list was not meant for it.
    if (had_focus_ && (ImGui::IsKeyChordPressed(ImGuiKey_Enter) ||
                       ImGui::IsKeyChordPressed(ImGuiKey_KeypadEnter)))
        return Wish::to_details;
    if (ImGui::IsKeyChordPressed(ImGuiKey_Menu) ||
        ImGui::IsKeyChordPressed(ImGuiMod_Shift | ImGuiKey_F10))
        open_menu_by_key();
    type_ahead();
    return Wish::none;
}

void MailGrid::open_menu_by_key() {
    if (!index_of(focused_))
        return;
    if (!selection_.contains(focused_))
        select_only(focused_);
    // Below the row, or in sight where it is scrolled out.
    const ImGuiWindow* window = ImGui::GetCurrentWindow();
    menu_.open(ImVec2{focused_at_.x,
                      std::clamp(focused_at_.y, window->InnerRect.Min.y,
                                 std::max(window->InnerRect.Min.y, window->InnerRect.Max.y))});
}

void MailGrid::type_ahead() {
    const ImGuiIO& io = ImGui::GetIO();
    if (io.InputQueueCharacters.empty() || (io.KeyCtrl && !io.KeyAlt))
        return;
    if (ImGui::GetTime() - typed_at_ > typing_pause)
        typed_.clear();
    typed_at_ = ImGui::GetTime();
    for (const ImWchar c : io.InputQueueCharacters)
        if (c >= 32 && (c != 32 || !typed_.empty()))
            mail::utf8::append(typed_, c);
    if (typed_.empty())
        return;
    const std::string wanted = mail::utf8::unaccented(typed_);
    const bool by_sender = !wanted_.sort.empty() && wanted_.sort.front().column == Column::sender;
    const std::size_t count = order_->order.rows.size();
    const std::size_t from = index_of(focused_).value_or(0);
    // The first letter goes on to the next row; further ones may stay on this.
    const std::size_t skip =
        mail::utf8::folded(typed_).size() == wanted.size() && wanted.size() == 1 && focused_ != 0
            ? 1
            : 0;
    for (std::size_t i = 0; i < count; ++i) {
        const std::size_t index = (from + skip + i) % count;
        const mail::MessageRow& row = message(index);
        const std::string& text =
            by_sender ? (row.sender_name.empty() ? row.sender_address : row.sender_name)
                      : row.subject;
        if (mail::utf8::unaccented(text).starts_with(wanted)) {
            jump_to(index);
            return;
        }
    }
}

void MailGrid::go_to_new(int step) {
    // Where chord and arrow come in one frame, Dear ImGui has begun to move by one row.
    ImGui::NavMoveRequestCancel();
    const auto from = index_of(focused_);
    const std::size_t count = order_->order.rows.size();
    // Below the first, -1 wraps to a number that no row has: the loop ends there.
    std::size_t index = from ? *from + static_cast<std::size_t>(step) : 0;
    for (; index < count; index += static_cast<std::size_t>(step))
        if (mailbox_->state_of(message(index)).status == mail::Status::new_) {
            jump_to(index);
            return;
        }
}

void MailGrid::jump_to(std::size_t index) {
    jump_ = index;
    select_only(message(index).uid);
}

void MailGrid::select_only(std::uint32_t uid) {
    selection_.clear();
    selection_.add({&uid, 1});
}

}  // namespace gui
