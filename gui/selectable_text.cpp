#include "gui/selectable_text.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <limits>
#include <string>

#include <imgui_internal.h>

#include "gui/redraw.h"
#include "gui/visual_order.h"
#include "gui/widgets.h"
#include "mail/base/utf8.h"

namespace gui {
namespace {

constexpr float whole = std::numeric_limits<float>::max();
constexpr float gap = 2.F;  ///< between lines, logical
constexpr float scroll_speed = 8.F;

/// Not rounded as ImGui::CalcTextSize() is: these are added up.
float width_of(std::string_view text) {
    return ImGui::GetFont()
        ->CalcTextSizeA(ImGui::GetFontSize(), whole, 0.F, text.data(), text.data() + text.size())
        .x;
}

enum class Kind { blank, word, other };

Kind kind_at(std::string_view text, std::size_t at) {
    const char32_t c = mail::utf8::next(text, at);
    if (c == ' ' || c == '\t' || c == '\n' || c == 0xA0)
        return Kind::blank;
    const bool is_letter =
        (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
    const bool is_mark = c < 0xC0 || (c >= 0x2000 && c < 0x2070) || (c >= 0x3000 && c < 0x3004);
    return is_letter || !is_mark ? Kind::word : Kind::other;
}

std::size_t before(std::string_view text, std::size_t place) {
    while (place > 0 && (static_cast<unsigned char>(text[--place]) & 0xC0U) == 0x80U) {
    }
    return place;
}

std::size_t after(std::string_view text, std::size_t place) {
    if (place < text.size())
        static_cast<void>(mail::utf8::next(text, place));
    return place;
}

/// From where on, or up to where, letters are of the same kind as that at `place`.
std::size_t begin_of_word(std::string_view text, std::size_t place) {
    const Kind kind = kind_at(text, place);
    while (place > 0 && kind_at(text, before(text, place)) == kind)
        place = before(text, place);
    return place;
}

std::size_t end_of_word(std::string_view text, std::size_t place) {
    const Kind kind = kind_at(text, place);
    while (place < text.size() && kind_at(text, place) == kind)
        place = after(text, place);
    return place;
}

bool pressed(ImGuiKeyChord chord) {
    return ImGui::IsKeyChordPressed(chord, ImGuiInputFlags_Repeat);
}

}  // namespace

std::string_view SelectableText::selected() const {
    const auto [first, last] = std::minmax(anchor_, caret_);
    return text_.substr(std::min(first, text_.size()), last - first);
}

void SelectableText::wrap(std::string_view text, std::uint64_t name) {
    text_ = text;
    if (name_ != name) {
        anchor_ = caret_ = 0;
        ImGui::SetScrollY(0.F);
    }
    // The bar has its room whether it is needed or not: lines don't jump.
    const float width = ImGui::GetWindowWidth() -
                        2.F * ImGui::GetCurrentWindowRead()->WindowPadding.x -
                        ImGui::GetStyle().ScrollbarSize;
    const float font = ImGui::GetFontSize();
    if (name_ == name && width_ == width && font_ == font)
        return;
    name_ = name;
    width_ = width;
    font_ = font;
    lines_ = spans_of_lines(text, width);
}

std::size_t SelectableText::line_of(std::size_t place) const {
    const auto behind = std::ranges::upper_bound(lines_, place, {}, &LineSpan::begin);
    return static_cast<std::size_t>(std::max<std::ptrdiff_t>(behind - lines_.begin() - 1, 0));
}

std::size_t SelectableText::place_at(std::size_t line, float x) const {
    const LineSpan& span = lines_[line];
    const std::string_view words = words_of(span);
    if (runs_right_to_left(words)) {
        const LineText drawn = line_text(words, whole);
        float left = 0.F;
        std::size_t at = 0;
        for (const std::size_t from : drawn.from) {
            const std::size_t next = after(drawn.text, at);
            left += width_of(std::string_view(drawn.text).substr(at, next - at));
            if (x < left)
                return span.begin + from;
            at = next;
        }
        return span.end;
    }
    float left = 0.F;
    for (std::size_t at = 0; at < words.size();) {
        const std::size_t next = after(words, at);
        const float width = width_of(words.substr(at, next - at));
        if (x < left + width / 2)
            return span.begin + at;
        left += width;
        at = next;
    }
    return span.end;
}

std::size_t SelectableText::place_at(ImVec2 screen) const {
    const float line = std::floor((screen.y - top_.y) / line_height_);
    const float last = static_cast<float>(lines_.size() - 1);
    return place_at(static_cast<std::size_t>(std::clamp(line, 0.F, last)), screen.x - top_.x);
}

float SelectableText::x_of(std::size_t place) const {
    const LineSpan& line = lines_[line_of(place)];
    return width_of(text_.substr(line.begin, std::min(place, line.end) - line.begin));
}

std::size_t SelectableText::moved(std::size_t place, int step, bool by_words) const {
    if (!by_words)
        return step < 0 ? before(text_, place) : after(text_, place);
    // Over a word and the blanks at its side.
    if (step < 0) {
        while (place > 0 && kind_at(text_, before(text_, place)) == Kind::blank)
            place = before(text_, place);
        return place == 0 ? 0 : begin_of_word(text_, before(text_, place));
    }
    place = place < text_.size() ? end_of_word(text_, place) : place;
    while (place < text_.size() && kind_at(text_, place) == Kind::blank)
        place = after(text_, place);
    return place;
}

void SelectableText::move_to(std::size_t place) {
    caret_ = place;
    scroll_to_caret();
}

void SelectableText::scroll_to_caret() {
    const float top = static_cast<float>(line_of(caret_)) * line_height_;
    const float room = ImGui::GetCurrentWindow()->InnerRect.GetHeight();
    if (top < ImGui::GetScrollY())
        ImGui::SetScrollY(top);
    else if (top + line_height_ > ImGui::GetScrollY() + room)
        ImGui::SetScrollY(top + line_height_ - room);
}

void SelectableText::follow_mouse(bool hovered, bool held) {
    if (hovered)
        ImGui::SetMouseCursor(ImGuiMouseCursor_TextInput);
    const ImVec2 mouse = ImGui::GetMousePos();
    const int clicks = ImGui::GetMouseClickedCount(ImGuiMouseButton_Left);
    if (hovered && clicks > 0) {
        caret_ = place_at(mouse);
        drags_ = clicks == 1;
        if (clicks == 1 && !ImGui::GetIO().KeyShift)
            anchor_ = caret_;
        if (clicks == 2 && caret_ < text_.size()) {
            anchor_ = begin_of_word(text_, caret_);
            caret_ = end_of_word(text_, caret_);
        }
        if (clicks > 2) {
            anchor_ = lines_[line_of(caret_)].begin;
            caret_ = lines_[line_of(caret_)].end;
        }
    } else if (held && drags_ && ImGui::IsMouseDown(ImGuiMouseButton_Left)) {
        caret_ = place_at(mouse);
        scroll_at_the_edge();
    }
}

void SelectableText::scroll_at_the_edge() {
    const ImRect seen = ImGui::GetCurrentWindow()->InnerRect;
    const float y = ImGui::GetMousePos().y;
    const float beyond = y < seen.Min.y ? y - seen.Min.y : std::max(0.F, y - seen.Max.y);
    if (beyond == 0.F)
        return;
    const float to = ImGui::GetScrollY() + beyond * scroll_speed * ImGui::GetIO().DeltaTime;
    ImGui::SetScrollY(std::clamp(to, 0.F, ImGui::GetScrollMaxY()));
    redraw_within(std::chrono::milliseconds(16));
}

void SelectableText::read_keys() {
    const auto owner = ImGui::GetID("##selects");
    constexpr int ctrl = ImGuiMod_Ctrl, shift = ImGuiMod_Shift;
    if (ImGui::GetIO().KeyShift)
        for (const ImGuiKey key : {ImGuiKey_LeftArrow, ImGuiKey_RightArrow, ImGuiKey_UpArrow,
                                   ImGuiKey_DownArrow, ImGuiKey_Home, ImGuiKey_End})
            ImGui::SetKeyOwner(key, owner);
    // Pressed in one frame with Shift they have begun to lead elsewhere.
    if (ImGui::GetIO().KeyShift)
        ImGui::NavMoveRequestCancel();
    // Where nothing has been chosen yet, a selection begins with what is seen.
    if (anchor_ == caret_ && caret_ == 0)
        anchor_ = caret_ = place_at(ImGui::GetCurrentWindow()->InnerRect.Min);
    if (pressed(ctrl | ImGuiKey_A)) {
        anchor_ = 0;
        caret_ = text_.size();
    }
    if ((pressed(ctrl | ImGuiKey_C) || pressed(ctrl | ImGuiKey_Insert)) && !selected().empty())
        ImGui::SetClipboardText(std::string(selected()).c_str());
    for (const int step : {-1, +1}) {
        const ImGuiKey key = step < 0 ? ImGuiKey_LeftArrow : ImGuiKey_RightArrow;
        if (pressed(shift | key))
            move_to(moved(caret_, step, false));
        if (pressed(ctrl | shift | key))
            move_to(moved(caret_, step, true));
    }
    const std::size_t line = line_of(caret_);
    if (pressed(shift | ImGuiKey_UpArrow))
        move_to(line == 0 ? 0 : place_at(line - 1, x_of(caret_)));
    if (pressed(shift | ImGuiKey_DownArrow))
        move_to(line + 1 == lines_.size() ? text_.size() : place_at(line + 1, x_of(caret_)));
    if (pressed(shift | ImGuiKey_Home))
        move_to(lines_[line].begin);
    if (pressed(shift | ImGuiKey_End))
        move_to(lines_[line].end);
    if (pressed(ctrl | shift | ImGuiKey_Home))
        move_to(0);
    if (pressed(ctrl | shift | ImGuiKey_End))
        move_to(text_.size());
    read_scroll_keys();
}

/// At the end of the text they lead on to what is beside it.
void SelectableText::read_scroll_keys() {
    for (const int step : {-1, +1}) {
        const ImGuiKey key = step < 0 ? ImGuiKey_UpArrow : ImGuiKey_DownArrow;
        const float scroll = ImGui::GetScrollY(), most = ImGui::GetScrollMaxY();
        if (ImGui::GetIO().KeyShift || (step < 0 ? scroll <= 0.F : scroll >= most))
            continue;
        ImGui::SetKeyOwner(key, ImGui::GetID("##selects"));
        if (pressed(key))
            ImGui::SetScrollY(
                std::clamp(scroll + static_cast<float>(step) * 3 * line_height_, 0.F, most));
    }
}

void SelectableText::draw_selection(const LineSpan& line, const LineText* drawn, ImVec2 at) const {
    const auto [first, last] = std::minmax(anchor_, caret_);
    if (first == last || last <= line.begin || first > line.end)
        return;
    const ImU32 colour = ImGui::GetColorU32(ImGuiCol_TextSelectedBg);
    ImDrawList& list = *ImGui::GetWindowDrawList();
    const auto mark = [&](float left, float right) {
        list.AddRectFilled({at.x + left, at.y}, {at.x + right, at.y + line_height_}, colour);
    };
    if (drawn != nullptr) {
        float left = 0.F;
        std::size_t octet = 0;
        for (const std::size_t from : drawn->from) {
            const std::size_t next = after(drawn->text, octet);
            const float right =
                left + width_of(std::string_view(drawn->text).substr(octet, next - octet));
            if (line.begin + from >= first && line.begin + from < last)
                mark(left, right);
            left = right;
            octet = next;
        }
        return;
    }
    const std::string_view words = words_of(line);
    const auto x = [&](std::size_t place) {
        return width_of(words.substr(0, std::clamp(place, line.begin, line.end) - line.begin));
    };
    // That the end of a line is selected, too, shows behind it.
    const float end = last > line.end ? ImGui::GetFontSize() / 3 : 0.F;
    mark(x(first), x(last) + end);
}

void SelectableText::draw_lines(ImU32 colour) {
    ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2{0, px(gap)});
    ImGui::PushStyleColor(ImGuiCol_Text, colour);
    ImGuiListClipper clipper;
    clipper.Begin(static_cast<int>(lines_.size()), line_height_);
    while (clipper.Step())
        for (int i = clipper.DisplayStart; i < clipper.DisplayEnd; ++i) {
            const LineSpan& line = lines_[static_cast<std::size_t>(i)];
            const std::string_view words = words_of(line);
            const ImVec2 at = ImGui::GetCursorScreenPos();
            if (runs_right_to_left(words)) {
                const LineText drawn = line_text(words, whole);
                draw_selection(line, &drawn, at);
                ImGui::TextUnformatted(drawn.text.data(), drawn.text.data() + drawn.text.size());
            } else {
                draw_selection(line, nullptr, at);
                ImGui::TextUnformatted(words.data(), words.data() + words.size());
            }
        }
    ImGui::PopStyleColor();
    ImGui::PopStyleVar();
}

void SelectableText::draw(std::string_view text, std::uint64_t name, ImU32 colour) {
    wrap(text, name);
    if (lines_.empty())
        return;
    ImGuiContext& g = *ImGui::GetCurrentContext();
    top_ = ImGui::GetCursorScreenPos();
    line_height_ = ImGui::GetTextLineHeight() + px(gap);
    // What can be seen is one item, however long the text is: the focus scrolls nothing.
    const ImGuiID id = ImGui::GetID("##words");
    const ImRect seen = ImGui::GetCurrentWindow()->InnerRect;
    if (ImGui::ItemAdd(seen, id)) {
        bool hovered = false, held = false;
        ImGui::ButtonBehavior(seen, id, &hovered, &held);
        follow_mouse(hovered, held);
        if (g.NavId == id)
            read_keys();
        if (g.ActiveId != id)
            focus_ring();
    }
    IMGUI_TEST_ENGINE_ITEM_INFO(id, "##words", g.LastItemData.StatusFlags);
    draw_lines(colour);
}

}  // namespace gui
