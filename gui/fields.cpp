// The widgets that hold a value: text, password, choice, check box, filter chip; and bars.

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

#include <imgui_internal.h>
#include <imgui_stdlib.h>

#include "gui/copied_secret.h"
#include "gui/drawn_item.h"
#include "gui/edit_state.h"
#include "gui/icons.h"
#include "gui/masked_font.h"
#include "gui/redraw.h"
#include "gui/widgets.h"
#include "mail/base/secret.h"
#include "mail/base/utf8.h"

namespace gui {
namespace {

constexpr std::chrono::seconds longest_shown{60};

void push_edge(bool faulty) {
    const Colours& c = colours();
    ImGui::PushStyleColor(ImGuiCol_Border, faulty ? c.err : c.edge);
    ImGui::PushStyleColor(ImGuiCol_NavCursor, 0);
    ImGui::PushStyleVar(ImGuiStyleVar_FramePadding, ImVec2{px(10), px(6)});
}

/// As wide as it is meant to be, or as there is room.
float width_of(const FieldLook& look) {
    const float room = ImGui::GetCurrentWindow()->WorkRect.Max.x - ImGui::GetCursorScreenPos().x;
    return std::max(px(60), std::min(px(look.width), room));
}

void pop_edge() {
    ImGui::PopStyleVar();
    ImGui::PopStyleColor(2);
}

/// Dear ImGui selects all of a field that goes on after Enter: the next letter would replace it.
void keep_what_is_typed(ImGuiID field) {
    if (ImGuiInputTextState* state = ImGui::GetInputTextState(field))
        state->ClearSelection();
}

}  // namespace

FieldEvents text_field(const char* id, std::string& text, const FieldLook& look) {
    push_edge(look.faulty);
    ImGui::PushStyleColor(ImGuiCol_TextDisabled, colours().muted);
    const float indent = look.icon == nullptr ? 0.F : px(22);
    const ImVec2 at = ImGui::GetCursorScreenPos();
    if (look.icon != nullptr)
        ImGui::PushStyleVar(ImGuiStyleVar_FramePadding, ImVec2{px(10) + indent, px(6)});
    ImGui::SetNextItemWidth(width_of(look));
    FieldEvents events;
    const char* hint = look.hint == nullptr ? "" : look.hint;
    bool& goes_on = ImGui::GetIO().ConfigInputTextEnterKeepActive;
    const bool went_on = std::exchange(goes_on, look.goes_on);
    const bool is_masked = (look.flags & ImGuiInputTextFlags_Password) != 0;
    if (is_masked)
        push_masked_font();
    events.confirmed = ImGui::InputTextWithHint(id, hint, &text,
                                                look.flags | ImGuiInputTextFlags_EnterReturnsTrue);
    if (is_masked)
        pop_font();
    goes_on = went_on;
    if (events.confirmed && look.goes_on)
        keep_what_is_typed(ImGui::GetItemID());
    events.changed = ImGui::IsItemEdited();
    events.left = ImGui::IsItemDeactivatedAfterEdit();
    events.active = ImGui::IsItemActive();
    if (look.icon != nullptr) {
        ImGui::PopStyleVar();
        draw_icon(*ImGui::GetWindowDrawList(),
                  {at.x + px(19), at.y + std::floor(ImGui::GetItemRectSize().y / 2)}, look.icon, 18,
                  colours().muted);
    }
    ImGui::PopStyleColor();
    pop_edge();
    focus_ring();
    return events;
}

void PasswordField::forget() {
    mail::wipe(text);
    shown = false;
    wipe_edit_state();
}

namespace {

/// A password is often pasted with the end of its line, which Dear ImGui makes a blank of.
void cut_pasted_line_end(std::string& text) {
    const ImGuiIO& io = ImGui::GetIO();
    if (!io.KeyCtrl && !io.KeyShift)
        return;
    const char* clipboard = ImGui::GetClipboardText();
    std::string pasted(clipboard == nullptr ? "" : clipboard);
    if (pasted.ends_with('\n')) {
        std::erase(pasted, '\r');
        std::replace(pasted.begin(), pasted.end(), '\n', ' ');
        if (text.ends_with(pasted)) {
            text.pop_back();
            if (ImGuiInputTextState* state = ImGui::GetInputTextState(ImGui::GetItemID()))
                state->ReloadUserBufAndMoveToEnd();
        }
    }
    mail::wipe(pasted);
}

/// Whether the keys of this frame have put a part of `text`, or what was cut from it, there.
bool has_copied(const std::string& text, const FieldEvents& events) {
    const bool cut = ImGui::IsKeyChordPressed(ImGuiMod_Ctrl | ImGuiKey_X) ||
                     ImGui::IsKeyChordPressed(ImGuiMod_Shift | ImGuiKey_Delete);
    const bool copy = ImGui::IsKeyChordPressed(ImGuiMod_Ctrl | ImGuiKey_C) ||
                      ImGui::IsKeyChordPressed(ImGuiMod_Ctrl | ImGuiKey_Insert);
    if (!events.active || !(cut || copy))
        return false;
    const char* clipboard = ImGui::GetClipboardText();
    std::string held(clipboard == nullptr ? "" : clipboard);
    const bool ours =
        !held.empty() && (cut ? events.changed : text.find(held) != std::string::npos);
    mail::wipe(held);
    return ours;
}

}  // namespace

FieldEvents password_field(const char* id, PasswordField& field, const char* show_label,
                           const FieldLook& look) {
    const auto now = std::chrono::steady_clock::now();
    if (field.shown && (now - field.shown_since > longest_shown || ImGui::GetIO().AppFocusLost))
        field.shown = false;
    // Nobody may be moving anything when its time is over.
    if (field.shown)
        redraw_within(std::chrono::seconds(1));
    FieldLook masked = look;
    if (!field.shown)
        masked.flags |= ImGuiInputTextFlags_Password;
    FieldEvents events = text_field(id, field.text, masked);
    if (events.changed)
        cut_pasted_line_end(field.text);
    if (field.shown && has_copied(field.text, events))
        secret_was_copied(now);
    const char* words_end = ImGui::FindRenderedTextEnd(show_label);
    same_line_if_it_fits(ImGui::CalcTextSize(show_label, words_end).x + px(28), 12);
    if (check_box(show_label, field.shown))
        field.shown_since = now;
    return events;
}

namespace {

/// The next choice that begins with the letter that was typed, or nothing.
std::optional<std::size_t> choice_by_letter(std::span<const std::string_view> names,
                                            std::size_t now) {
    const ImGuiIO& io = ImGui::GetIO();
    if (io.InputQueueCharacters.empty() || io.KeyCtrl || io.KeyAlt)
        return std::nullopt;
    std::string letter;
    mail::utf8::append(letter, io.InputQueueCharacters.back());
    letter = mail::utf8::unaccented(letter);
    for (std::size_t step = 1; step <= names.size() && letter != " "; ++step) {
        const std::size_t i = (now + step) % names.size();
        if (mail::utf8::unaccented(names[i]).starts_with(letter))
            return i;
    }
    return std::nullopt;
}

/// Alt+Down opens it, as everywhere else; Dear ImGui knows Space and Enter only.
void open_combo_by_key(const char* id) {
    if (!ImGui::IsKeyChordPressed(ImGuiMod_Alt | ImGuiKey_DownArrow))
        return;
    ImGui::NavMoveRequestCancel();
    ImGui::OpenPopupEx(ImHashStr("##ComboPopup", 0, ImGui::GetID(id)));
}

}  // namespace

bool combo(const char* id, std::span<const std::string_view> names, int& chosen,
           const FieldLook& look) {
    push_edge(look.faulty);
    const float width = width_of(look);
    const ImVec2 at = ImGui::GetCursorScreenPos();
    ImGui::SetNextItemWidth(width);
    // The form around it may have none: its first and last entries would be cut.
    ImGui::PushStyleVarY(ImGuiStyleVar_WindowPadding, px(10));
    const bool open = ImGui::BeginCombo(id, nullptr, ImGuiComboFlags_NoArrowButton);
    ImGui::PopStyleVar();
    const auto now = static_cast<std::size_t>(std::max(0, chosen));
    bool changed = false;
    const bool has_keys = open || ImGui::IsItemFocused();
    const auto by_letter = has_keys ? choice_by_letter(names, now) : std::nullopt;
    if (by_letter) {
        changed = *by_letter != now;
        chosen = static_cast<int>(*by_letter);
    }
    if (!open && has_keys)
        open_combo_by_key(id);
    if (open) {
        if (by_letter)
            ImGui::CloseCurrentPopup();
        ImGui::PopStyleColor();  // inside the list Dear ImGui's own ring is right
        for (std::size_t i = 0; i < names.size(); ++i) {
            const std::string entry(names[i]);
            ImGui::PushID(static_cast<int>(i));  // two people may have one name
            if (ImGui::Selectable(entry.c_str(), i == now)) {
                changed = i != now;
                chosen = static_cast<int>(i);
            }
            if (i == now)
                ImGui::SetItemDefaultFocus();
            ImGui::PopID();
        }
        ImGui::PushStyleColor(ImGuiCol_NavCursor, 0);
        ImGui::EndCombo();
    }
    const float height = ImGui::GetFrameHeight();
    ImDrawList& list = *ImGui::GetWindowDrawList();
    if (now < names.size())
        draw_ellipsis(list, {at.x + px(10), at.y + px(6)}, width - px(10) - px(30), colours().text,
                      names[now]);
    draw_icon(list, {at.x + width - px(17), at.y + std::floor(height / 2)}, icon::chevron_down, 18,
              colours().muted);
    pop_edge();
    focus_ring();
    return changed;
}

bool check_box(const char* label, bool& on, std::string_view off_reason) {
    const char* end = ImGui::FindRenderedTextEnd(label);
    const float side = px(20), line = px(28), least_room = px(80);
    const float room = ImGui::GetContentRegionAvail().x - side - px(8) + 1.F;
    const ImVec2 words = ImGui::CalcTextSize(label, end, false, std::max(room, least_room));
    const float above = std::floor((line - ImGui::GetFontSize()) / 2);
    const float height = std::max(line, words.y + above * 2);
    ImGui::BeginDisabled(!off_reason.empty());
    const DrawnItem item = drawn_item(label, {side + px(8) + words.x + px(4), height});
    if (item.visible) {
        on = item.pressed ? !on : on;
        const Colours& c = colours();
        const ImVec2 min{item.box.Min.x, item.box.Min.y + std::floor((line - side) / 2)};
        const ImVec2 max{min.x + side, min.y + side};
        ImDrawList& list = *ImGui::GetWindowDrawList();
        list.AddRectFilled(min, max, on ? c.accent : item.hovered ? c.hover : c.surface, px(4));
        list.AddRect(min, max, on ? c.accent : c.edge, px(4), 0, ImGui::GetStyle().FrameBorderSize);
        if (on)
            draw_icon(list, {min.x + side / 2, min.y + side / 2}, icon::check, 18, c.on_accent);
        list.AddText(nullptr, 0.F, {max.x + px(8), item.box.Min.y + above},
                     off_reason.empty() ? c.text : c.disabled, label, end,
                     std::max(room, least_room));
        focus_ring();
    }
    ImGui::EndDisabled();
    tooltip(off_reason);
    return item.pressed;
}

float chip_width(const char* label, std::string_view count) {
    push_font(Weight::medium, 15);
    const float words = ImGui::CalcTextSize(label, ImGui::FindRenderedTextEnd(label)).x;
    const float number =
        count.empty() ? 0.F
                      : px(7) + ImGui::CalcTextSize(count.data(), count.data() + count.size()).x;
    pop_font();
    return std::ceil(words + number) + px(24);
}

bool chip(const char* label, std::string_view count, bool chosen) {
    const Colours& c = colours();
    push_font(Weight::medium, 15);
    const char* end = ImGui::FindRenderedTextEnd(label);
    const ImVec2 words = ImGui::CalcTextSize(label, end);
    const char* count_end = count.data() + count.size();
    const float number = count.empty() ? 0.F : ImGui::CalcTextSize(count.data(), count_end).x;
    const float gap = count.empty() ? 0.F : px(7), height = px(24);
    const DrawnItem item = drawn_item(label, {std::ceil(words.x + gap + number) + px(24), height});
    if (item.visible) {
        const ImVec2 min = item.box.Min, max = item.box.Max;
        ImDrawList& list = *ImGui::GetWindowDrawList();
        list.AddRectFilled(min, max,
                           chosen         ? c.selection
                           : item.hovered ? c.hover
                                          : c.surface,
                           height / 2);
        list.AddRect(min, max, chosen ? c.accent : c.line, height / 2, 0,
                     ImGui::GetStyle().FrameBorderSize);
        const float y = min.y + std::floor((height - words.y) / 2);
        list.AddText({min.x + px(12), y}, c.text, label, end);
        if (!count.empty())
            list.AddText({min.x + px(12) + words.x + gap, y}, chosen ? c.text : c.muted,
                         count.data(), count_end);
        focus_ring(14);
    }
    pop_font();
    return item.pressed;
}

void draw_progress(ImDrawList& list, ImVec2 min, ImVec2 max, float share) {
    const float rounding = std::floor((max.y - min.y) / 2);
    const float filled = std::floor((max.x - min.x) * std::clamp(share, 0.F, 1.F));
    list.AddRectFilled(min, max, mixed(colours().surface, colours().edge, 0.3F), rounding);
    if (filled > 0)
        list.AddRectFilled(min, {min.x + std::max(filled, rounding * 2), max.y}, colours().accent,
                           rounding);
}

void progress_bar(float share, float width_px, float height) {
    const ImVec2 at = ImGui::GetCursorScreenPos();
    ImGui::Dummy({width_px, px(height)});
    draw_progress(*ImGui::GetWindowDrawList(), at, {at.x + width_px, at.y + px(height)}, share);
}

void begin_strip(const char* id, NoteKind kind, float height) {
    const Colours& c = colours();
    const Colour tint = kind == NoteKind::error     ? c.err_tint
                        : kind == NoteKind::warning ? c.warn_tint
                        : kind == NoteKind::ok      ? c.ok_tint
                                                    : c.info_tint;
    ImGui::PushStyleColor(ImGuiCol_ChildBg, tint);
    ImGui::PushStyleVar(ImGuiStyleVar_ChildRounding, 0.F);
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2{px(16), px(8)});
    ImGui::BeginChild(id, {0, px(height)},
                      ImGuiChildFlags_AlwaysUseWindowPadding | ImGuiChildFlags_NavFlattened,
                      ImGuiWindowFlags_NoScrollbar | ImGuiWindowFlags_NoScrollWithMouse);
    ImGui::PopStyleVar(2);
    ImGui::PopStyleColor();
    // Tints are black where contrast is wanted: the lines above and below tell it apart there.
    const ImVec2 min = ImGui::GetWindowPos();
    const ImVec2 max{min.x + ImGui::GetWindowWidth(), min.y + ImGui::GetWindowHeight()};
    ImDrawList& list = *ImGui::GetWindowDrawList();
    const float line = ImGui::GetStyle().ChildBorderSize;
    list.AddRectFilled(min, {max.x, min.y + line}, c.line);
    list.AddRectFilled({min.x, max.y - line}, max, c.line);
}

void end_strip() {
    ImGui::EndChild();
}

}  // namespace gui
