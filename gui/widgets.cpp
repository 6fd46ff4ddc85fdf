#include "gui/widgets.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include <imgui_internal.h>

#include "gui/drawn_item.h"
#include "gui/icons.h"
#include "gui/line_text.h"
#include "gui/visual_order.h"

namespace gui {
namespace {

constexpr float icon_size = 18.F;

const char* begin_of(std::string_view text) {
    return text.data() == nullptr ? "" : text.data();
}
const char* end_of(std::string_view text) {
    return begin_of(text) + text.size();
}

/// The visible part of "Text###identity".
std::string_view shown_part(const char* label) {
    return {label, static_cast<std::size_t>(ImGui::FindRenderedTextEnd(label) - label)};
}

ImVec2 text_size(std::string_view text) {
    return ImGui::CalcTextSize(begin_of(text), end_of(text), false);
}

struct ButtonColours {
    Colour fill, edge, ink;
};

ButtonColours colours_for(Emphasis emphasis, bool on, bool hovered, bool held) {
    const Colours& c = colours();
    const Colour pressed = held ? c.selection : c.hover;
    if (emphasis == Emphasis::primary) {
        if (!on)
            return {mixed(c.surface, c.disabled, 0.25F), c.line, c.muted};
        const Colour fill = held      ? mixed(c.accent, c.text, 0.25F)
                            : hovered ? mixed(c.accent, c.text, 0.12F)
                                      : c.accent;
        return {fill, fill, c.on_accent};
    }
    if (emphasis == Emphasis::outlined)
        return {on && hovered ? pressed : c.surface, on ? c.edge : c.line,
                on ? c.text : c.disabled};
    const Colour none = with_alpha(c.surface, 0);
    return {on && hovered ? pressed : none, none, on ? c.text : c.disabled};
}

/// The one that is meant stands out.
Weight weight_of(const ButtonLook& look) {
    return look.emphasis == Emphasis::primary ? Weight::medium : Weight::regular;
}

struct ButtonSizes {
    float icon = 0, gap = 0, label = 0, chevron = 0, padding = 0;
    [[nodiscard]] float width() const { return padding * 2 + icon + gap + label + chevron; }
};

ButtonSizes sizes_of(const char* label, const ButtonLook& look) {
    const std::string_view words = shown_part(label);
    ButtonSizes sizes;
    push_font(weight_of(look));
    sizes.label = words.empty() ? 0.F : std::ceil(text_size(words).x);
    pop_font();
    sizes.icon = look.icon == nullptr ? 0.F : px(icon_size);
    sizes.gap = look.icon == nullptr || words.empty() ? 0.F : px(8);
    sizes.chevron = look.chevron ? px(22) : 0.F;
    sizes.padding = px(words.empty() ? 7 : 12);
    return sizes;
}

void draw_button(const char* label, const ButtonLook& look, const ImRect& box,
                 const ButtonSizes& sizes, const ButtonColours& ink) {
    ImDrawList& list = *ImGui::GetWindowDrawList();
    const float rounding = ImGui::GetStyle().FrameRounding;
    list.AddRectFilled(box.Min, box.Max, ink.fill, rounding);
    if (look.emphasis == Emphasis::outlined)
        list.AddRect(box.Min, box.Max, ink.edge, rounding, 0, ImGui::GetStyle().FrameBorderSize);
    const float content = sizes.icon + sizes.gap + sizes.label + sizes.chevron;
    const float middle = std::floor((box.Min.y + box.Max.y) / 2);
    float x = std::floor(box.Min.x + std::max(sizes.padding / 2, (box.GetWidth() - content) / 2));
    if (look.icon != nullptr) {
        draw_icon(list, {x + sizes.icon / 2, middle}, look.icon, icon_size, ink.ink);
        x += sizes.icon + sizes.gap;
    }
    push_font(weight_of(look));
    const std::string_view words = shown_part(label);
    list.AddText({x, std::floor(middle - ImGui::GetFontSize() / 2)}, ink.ink, begin_of(words),
                 end_of(words));
    pop_font();
    if (look.chevron)
        draw_icon(list, {x + sizes.label + px(14), middle}, icon::chevron_down, icon_size, ink.ink);
}

/// Waits for the pause that tooltips have, so that they don't follow a moving pointer.
bool wants_tooltip() {
    return ImGui::IsItemHovered(ImGuiHoveredFlags_AllowWhenDisabled |
                                ImGuiHoveredFlags_DelayNormal | ImGuiHoveredFlags_NoSharedDelay |
                                ImGuiHoveredFlags_Stationary);
}

void show_tooltip(std::string_view text) {
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2{px(10), px(7)});
    if (ImGui::BeginTooltip()) {
        push_font(Weight::regular, 15);
        if (runs_right_to_left(text)) {
            ImGui::TextUnformatted(wrapped_lines(text, px(360)).c_str());
        } else {
            ImGui::PushTextWrapPos(px(360));
            ImGui::TextUnformatted(begin_of(text), end_of(text));
            ImGui::PopTextWrapPos();
        }
        pop_font();
        ImGui::EndTooltip();
    }
    ImGui::PopStyleVar();
}

}  // namespace

void forget_focus() {
    ImGui::GetCurrentContext()->NavId = 0;
}

void focus_next_item() {
    forget_focus();
    ImGui::SetKeyboardFocusHere();
}

void focus_ring(float rounding) {
    const ImGuiContext& g = *ImGui::GetCurrentContext();
    const ImGuiID id = g.LastItemData.ID;
    if (id == 0 || (g.ActiveId != id && (g.NavId != id || !g.NavCursorVisible)))
        return;
    const ImRect box = g.LastItemData.Rect;
    const float out = px(1), width = std::max(2.F, px(2));
    ImDrawList& list = *ImGui::GetWindowDrawList();
    // It may stand over the edge of a child window by its own width; not more, for what is scrolled
    // out of sight.
    ImRect seen = ImGui::GetCurrentWindow()->ClipRect;
    seen.Expand(px(3));
    list.PushClipRect(seen.Min, seen.Max, false);
    list.AddRect({box.Min.x - out, box.Min.y - out}, {box.Max.x + out, box.Max.y + out},
                 colours().accent, px(rounding), 0, width);
    list.PopClipRect();
}

float button_width(const char* label, const ButtonLook& look) {
    if (look.width > 0)
        return px(look.width);
    const float least = look.emphasis == Emphasis::primary ? px(96) : 0.F;
    return std::max(least, sizes_of(label, look).width());
}

bool button(const char* label, const ButtonLook& look, std::string_view off_reason) {
    const bool on = off_reason.empty();
    const ButtonSizes sizes = sizes_of(label, look);
    ImGui::BeginDisabled(!on);
    const DrawnItem item = drawn_item(label, {button_width(label, look), px(look.height)});
    if (item.visible) {
        draw_button(label, look, item.box, sizes,
                    colours_for(look.emphasis, on && !look.looks_off, item.hovered, item.held));
        focus_ring();
    }
    ImGui::EndDisabled();
    tooltip(off_reason);
    return item.pressed;
}

bool icon_button(const char* name, const char* icon, float side, std::string_view off_reason) {
    const bool on = off_reason.empty();
    ImGui::BeginDisabled(!on);
    const DrawnItem item = drawn_item(name, {px(side), px(side)});
    if (item.visible) {
        const ButtonColours ink = colours_for(Emphasis::flat, on, item.hovered, item.held);
        ImDrawList& list = *ImGui::GetWindowDrawList();
        list.AddRectFilled(item.box.Min, item.box.Max, ink.fill, ImGui::GetStyle().FrameRounding);
        draw_icon(list, item.box.GetCenter(), icon, icon_size, ink.ink);
        focus_ring();
    }
    ImGui::EndDisabled();
    const std::string_view shown = shown_part(name);
    tooltip(on ? std::string(shown) : std::string(shown).append("\n").append(off_reason));
    return item.pressed;
}

float link_width(std::string_view words, const char* icon) {
    return text_size(words).x + (icon == nullptr ? 0.F : px(22));
}

bool link(const char* label, const char* icon) {
    const std::string_view words = shown_part(label);
    const ImVec2 size = text_size(words);
    const float indent = icon == nullptr ? 0.F : px(22);
    const DrawnItem item = drawn_item(label, {size.x + indent, std::max(size.y, px(24))});
    if (!item.visible)
        return false;
    ImDrawList& list = *ImGui::GetWindowDrawList();
    const float middle = std::floor((item.box.Min.y + item.box.Max.y) / 2);
    const ImVec2 at{item.box.Min.x + indent, std::floor(middle - size.y / 2)};
    if (icon != nullptr)
        draw_icon(list, {item.box.Min.x + px(9), middle}, icon, icon_size, colours().accent);
    list.AddText(at, colours().accent, begin_of(words), end_of(words));
    if (item.hovered)
        list.AddLine({at.x, at.y + size.y - 1}, {item.box.Max.x, at.y + size.y - 1},
                     colours().accent);
    focus_ring(3);
    return item.pressed;
}

void tooltip(std::string_view text) {
    if (!text.empty() && wants_tooltip())
        show_tooltip(text);
}

namespace {

// NOLINTNEXTLINE(readability-function-size): as Dear ImGui takes it, and the words that it stands
// for
void draw_line(ImDrawList& list, ImVec2 at, Colour colour, std::string_view drawn,
               std::string_view words) {
    list.AddText(at, colour, begin_of(drawn), end_of(drawn));
    // As Dear ImGui does it with its own texts; tests read them there.
    if (ImGui::GetCurrentContext()->LogEnabled)
        ImGui::LogRenderedText(&at, begin_of(words), end_of(words));
}

/// Not cut.
float width_in_line(std::string_view text) {
    if (!runs_right_to_left(text))
        return text_size(text).x;
    return text_size(line_text(text, std::numeric_limits<float>::max()).text).x;
}

}  // namespace

void draw_ellipsis(ImDrawList& list, ImVec2 at, float max_width_px, Colour colour,
                   std::string_view text) {
    // Columns begin where they like; the edge of the first letter would be cut.
    at = {std::floor(at.x), std::floor(at.y)};
    if (runs_right_to_left(text)) {
        draw_line(list, at, colour, line_text(text, max_width_px).text, text);
        return;
    }
    const ImVec2 size = text_size(text);
    if (size.x <= max_width_px) {
        draw_line(list, at, colour, text, text);
        return;
    }
    ImGui::PushStyleColor(ImGuiCol_Text, colour);
    const float right = at.x + std::max(0.F, max_width_px);
    ImGui::RenderTextEllipsis(&list, at, {right, at.y + size.y}, right, begin_of(text),
                              end_of(text), &size);
    ImGui::PopStyleColor();
}

float ellipsis_text(std::string_view text, float max_width_px, Colour colour) {
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const float whole = width_in_line(text);
    const float width = std::min(whole, std::max(0.F, max_width_px));
    ImGui::Dummy({width, ImGui::GetFontSize()});
    draw_ellipsis(*ImGui::GetWindowDrawList(), at, max_width_px, colour, text);
    if (whole > max_width_px)
        tooltip(text);
    return width;
}

void coloured_text(std::string_view text, Colour colour) {
    ImGui::PushStyleColor(ImGuiCol_Text, colour);
    ImGui::TextUnformatted(begin_of(text), end_of(text));
    ImGui::PopStyleColor();
}

void wrapped_text(std::string_view text, Colour colour) {
    if (runs_right_to_left(text)) {
        coloured_text(wrapped_lines(text, ImGui::GetContentRegionAvail().x), colour);
        return;
    }
    ImGui::PushTextWrapPos(0.F);
    coloured_text(text, colour);
    ImGui::PopTextWrapPos();
}

void draw_icon(ImDrawList& list, ImVec2 centre, const char* icon, float size, Colour colour) {
    // Not pushed as a font: the glyph is drawn at its own size, wherever it stands in its line.
    const float side = px(size);
    ImFont* font = ImGui::GetIO().Fonts->Fonts[0];
    ImFontBaked* baked = font->GetFontBaked(side);
    unsigned int code_point = 0;
    ImTextCharFromUtf8(&code_point, icon, nullptr);
    const ImFontGlyph* glyph = baked->FindGlyph(static_cast<ImWchar>(code_point));
    const ImVec2 at{std::floor(centre.x - (glyph->X0 + glyph->X1) / 2 + 0.5F),
                    std::floor(centre.y - (glyph->Y0 + glyph->Y1) / 2 + 0.5F)};
    font->RenderChar(&list, side, at, colour, static_cast<ImWchar>(code_point));
}

void icon_text(const char* icon, float size, Colour colour) {
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const float side = px(size), line = ImGui::GetFontSize();
    ImGui::Dummy({side, line});
    draw_icon(*ImGui::GetWindowDrawList(), {at.x + side / 2, at.y + line / 2}, icon, size, colour);
}

void section_title(std::string_view text) {
    ImGui::Dummy({0, px(2)});
    push_font(Weight::medium, 14);
    coloured_text(text, colours().muted);
    pop_font();
}

float badge_width(std::string_view text) {
    push_font(Weight::medium, 14);
    const float width = std::max(std::ceil(text_size(text).x) + px(14), px(22));
    pop_font();
    return width;
}

float draw_badge(ImDrawList& list, ImVec2 right, std::string_view text, Colour fill, Colour ink) {
    const float height = px(18), width = badge_width(text);
    push_font(Weight::medium, 14);
    const ImVec2 size = text_size(text);
    const ImVec2 min{right.x - width, std::floor(right.y - height / 2)};
    list.AddRectFilled(min, {right.x, min.y + height}, fill, height / 2);
    list.AddText({std::floor(min.x + (width - size.x) / 2), std::floor(right.y - size.y / 2)}, ink,
                 begin_of(text), end_of(text));
    pop_font();
    return width;
}

Colour colour_of(NoteKind kind) {
    const Colours& c = colours();
    switch (kind) {
    case NoteKind::info:
        return c.info;
    case NoteKind::ok:
        return c.ok;
    case NoteKind::warning:
        return c.warn;
    case NoteKind::error:
        return c.err;
    case NoteKind::none:
    case NoteKind::help:
        break;
    }
    return c.muted;
}

const char* icon_of(NoteKind kind) {
    switch (kind) {
    case NoteKind::info:
        return icon::info;
    case NoteKind::ok:
        return icon::done;
    case NoteKind::warning:
        return icon::warning;
    case NoteKind::error:
        return icon::failed;
    case NoteKind::none:
    case NoteKind::help:
        break;
    }
    return nullptr;
}

float label_room() {
    const float whole = ImGui::GetCurrentWindow()->WorkRect.GetWidth();
    return whole < px(label_column + field_width) ? 0.F : px(label_column);
}

void field_label(std::string_view label) {
    const float room = label_room();
    if (room == 0.F) {
        ellipsis_text(label, ImGui::GetContentRegionAvail().x, colours().text);
        ImGui::SetCursorPosY(ImGui::GetCursorPosY() - ImGui::GetStyle().ItemSpacing.y + px(4));
        return;
    }
    const float x = ImGui::GetCursorPosX(), y = ImGui::GetCursorPosY();
    // In the middle of the control that comes next, and no part of its line's height.
    ImGui::SetCursorPosY(y + px(6));
    ellipsis_text(label, room - px(8), colours().text);
    ImGui::SetCursorPos({x + room, y});
}

void same_line_if_it_fits(float width_px, float gap) {
    const float left = ImGui::GetCurrentWindow()->WorkRect.Max.x - ImGui::GetItemRectMax().x;
    if (width_px + px(gap) <= left)
        ImGui::SameLine(0, px(gap));
    else  // under the item before, not under its label
        ImGui::SetCursorScreenPos({ImGui::GetItemRectMin().x, ImGui::GetCursorScreenPos().y});
}

void note_line(NoteKind kind, std::string_view words) {
    push_font(Weight::regular, 14);
    if (const char* icon = icon_of(kind)) {
        icon_text(icon, 16, colour_of(kind));
        ImGui::SameLine(0, px(5));
    }
    wrapped_text(words, colour_of(kind));
    pop_font();
}

bool field_note(const Note& note) {
    if (note.kind == NoteKind::none)
        return false;
    ImGui::PushID("note");
    push_font(Weight::regular, 14);
    // Closer to its control than the rows are to each other.
    ImGui::SetCursorPos({ImGui::GetCursorPosX() + label_room(),
                         ImGui::GetCursorPosY() - ImGui::GetStyle().ItemSpacing.y + px(7)});
    note_line(note.kind, note.text);
    bool pressed = false;
    if (!note.action.empty()) {
        const float room = ImGui::GetCurrentWindow()->WorkRect.Max.x - ImGui::GetItemRectMax().x;
        if (room > text_size(note.action).x + px(10))
            ImGui::SameLine(0, px(10));
        else
            ImGui::SetCursorPos({ImGui::GetCursorPosX() + label_room(),
                                 ImGui::GetCursorPosY() - ImGui::GetStyle().ItemSpacing.y + px(4)});
        // A link is higher than its words, which are to stand on the line of the sentence.
        ImGui::SetCursorPosY(ImGui::GetCursorPosY() -
                             std::floor((px(24) - ImGui::GetFontSize()) / 2));
        pressed = link(note.action.c_str());
    }
    pop_font();
    ImGui::PopID();
    return pressed;
}

}  // namespace gui
