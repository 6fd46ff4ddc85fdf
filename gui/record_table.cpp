#include "gui/record_table.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

#include <imgui_internal.h>

#include "gui/new_frame.h"
#include "gui/widgets.h"

namespace gui {

float RecordTable::height_with(float others) {
    const float room = ImGui::GetMainViewport()->Size.y - px(40 + others);
    return std::floor(std::clamp(room, px(96), px(420)));
}

bool RecordTable::begin(std::span<const RecordColumn> columns, text::Language language,
                        float height_px, float least_width) {
    columns_ = columns;
    left_ = Left::no;
    ImGuiTableFlags flags = ImGuiTableFlags_ScrollY | ImGuiTableFlags_BordersInnerH |
                            ImGuiTableFlags_BordersOuter | ImGuiTableFlags_Resizable |
                            ImGuiTableFlags_PadOuterX | ImGuiTableFlags_SizingFixedFit |
                            ImGuiTableFlags_NoSavedSettings | ImGuiTableFlags_NoBordersInBody;
    const bool narrow = ImGui::GetContentRegionAvail().x < px(least_width);
    if (narrow)
        flags |= ImGuiTableFlags_ScrollX;
    if (std::exchange(to_top_, false))
        ImGui::SetNextWindowScroll({0, 0});
    ImGui::PushStyleVar(ImGuiStyleVar_CellPadding, ImVec2{px(8), 0});
    if (!ImGui::BeginTable("records", static_cast<int>(columns.size()), flags, {0, height_px},
                           narrow ? px(least_width) : 0.F)) {
        ImGui::PopStyleVar();
        return false;
    }
    const ImGuiContext& g = *ImGui::GetCurrentContext();
    const ImGuiID scope = ImGui::GetCurrentWindow()->IDStack.back();
    leaving_ = g.NavJustMovedToId != 0 && g.NavJustMovedFromFocusScopeId == scope &&
               g.NavJustMovedToFocusScopeId != scope;
    for (const RecordColumn& column : columns)
        ImGui::TableSetupColumn("",
                                column.width <= 10 ? ImGuiTableColumnFlags_WidthStretch
                                                   : ImGuiTableColumnFlags_WidthFixed,
                                column.width <= 10 ? column.width : px(column.width));
    ImGui::TableSetupScrollFreeze(0, 1);
    ImGui::TableNextRow(ImGuiTableRowFlags_Headers, px(28));
    push_font(Weight::medium, 14);
    for (const RecordColumn& column : columns) {
        if (!ImGui::TableNextColumn())
            continue;
        const std::string_view title = column.title->in(language);
        const float room = ImGui::GetContentRegionAvail().x;
        ImVec2 at = ImGui::GetCursorScreenPos();
        at.y += std::floor((px(28) - ImGui::GetFontSize()) / 2);
        if (column.right)
            at.x += std::max(
                0.F, room - ImGui::CalcTextSize(title.data(), title.data() + title.size()).x);
        draw_ellipsis(*ImGui::GetWindowDrawList(), at, room, colours().muted, title);
    }
    pop_font();
    ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2{px(8), 0});
    for (const ImGuiCol part :
         {ImGuiCol_Header, ImGuiCol_HeaderHovered, ImGuiCol_HeaderActive, ImGuiCol_NavCursor})
        ImGui::PushStyleColor(part, 0);
    return true;
}

/// Once all rows are drawn: which one has the focus is known only then, where it has just moved.
void RecordTable::draw_focus() {
    const auto box = std::exchange(focused_box_, std::nullopt);
    if (!box || !has_focus_)
        return;
    // No row is open any more, so that TablePushBackgroundChannel() is barred.
    const ImGuiTable& table = *ImGui::GetCurrentTable();
    ImDrawList& list = *ImGui::GetWindowDrawList();
    const int channel = table.DrawSplitter->_Current;
    table.DrawSplitter->SetCurrentChannel(&list, table.Bg2DrawChannelCurrent);
    list.PushClipRect(table.Bg2ClipRectForDrawCmd.Min, table.Bg2ClipRectForDrawCmd.Max);
    list.AddRect({box->first.x + px(2), box->first.y + 1},
                 {box->second.x - px(2), box->second.y - 1}, colours().accent, px(4), 0,
                 std::max(2.F, px(2)));
    list.PopClipRect();
    table.DrawSplitter->SetCurrentChannel(&list, channel);
}

void RecordTable::end() {
    // Of this frame: there may be no other one before the next key.
    has_focus_ = ImGui::IsWindowFocused(ImGuiFocusedFlags_ChildWindows);
    draw_focus();
    ImGui::PopStyleColor(4);
    ImGui::PopStyleVar();
    const ImGuiWindow* inner = ImGui::GetCurrentWindow();
    // Tab stops at the frame of the table; the row inside is what is meant.
    if (ImGui::GetCurrentContext()->NavId == inner->ChildId && inner->ChildId != 0)
        focus_next_ = true;
    if (has_focus_ && ImGui::IsKeyChordPressed(ImGuiKey_Tab))
        left_ = Left::onward;
    else if (has_focus_ && ImGui::IsKeyChordPressed(ImGuiMod_Shift | ImGuiKey_Tab))
        left_ = Left::back;
    ImGui::EndTable();
    ImGui::PopStyleVar();
}

void RecordTable::begin_row(std::size_t index, bool selected, std::string_view identity) {
    ImGui::TableNextRow(0, px(row_height));
    ImGui::TableSetColumnIndex(0);
    column_ = 0;
    const ImVec2 at = ImGui::GetCursorPos();
    ImGui::PushItemFlag(ImGuiItemFlags_NoTabStop, true);
    const std::string name = identity.empty() ? std::to_string(index) : std::string(identity);
    ImGui::Selectable(("##record" + name).c_str(), selected,
                      ImGuiSelectableFlags_SpanAllColumns | ImGuiSelectableFlags_AllowOverlap,
                      {0, px(row_height)});
    ImGui::PopItemFlag();
    const ImGuiContext& g = *ImGui::GetCurrentContext();
    const bool hovered = hovered_ = ImGui::IsItemHovered();
    if (focus_next_ && index == focused_ && !lies_under_dialog()) {
        focus_next_ = false;
        forget_focus();
        ImGui::FocusItem();
    } else if (g.NavId == g.LastItemData.ID && g.NavWindow == ImGui::GetCurrentWindow()) {
        focused_ = index;
    }
    const Colour back = selected ? colours().selection : hovered ? colours().hover : 0;
    if (back != 0)
        ImGui::TableSetBgColor(ImGuiTableBgTarget_RowBg0, back);
    if (focused_ == index)
        focused_box_ = {g.LastItemData.Rect.Min, g.LastItemData.Rect.Max};
    ImGui::SetCursorPos(at);
}

void RecordTable::cell(std::string_view words, Colour ink, std::string_view more) {
    draw_cell(words, ink, more, 0.F);
}

void RecordTable::cell(const Mark& mark, std::string_view words, std::string_view more) {
    if (ImGui::TableSetColumnIndex(column_)) {
        const float y = ImGui::GetCurrentTable()->RowPosY1 + std::floor(px(row_height) / 2);
        draw_icon(*ImGui::GetWindowDrawList(), {ImGui::GetCursorScreenPos().x + px(9), y},
                  mark.icon, 18, mark.colour);
    }
    draw_cell(words, mark.word_colour, more, px(24));
}

void RecordTable::draw_cell(std::string_view words, Colour ink, std::string_view more,
                            float indent_px) {
    const int column = column_++;
    if (!ImGui::TableSetColumnIndex(column))
        return;
    const float width = ImGui::CalcTextSize(words.data(), words.data() + words.size()).x;
    const float room = ImGui::GetContentRegionAvail().x - indent_px;
    ImVec2 at = ImGui::GetCursorScreenPos();
    at.x += indent_px;
    // The first cell lies over the item of the row, the others have a line of their own.
    at.y = ImGui::GetCurrentTable()->RowPosY1 +
           std::floor((px(row_height) - ImGui::GetFontSize()) / 2);
    if (columns_[static_cast<std::size_t>(column)].right)
        at.x += std::max(0.F, room - width);
    draw_ellipsis(*ImGui::GetWindowDrawList(), at, room, ink, words);
    if (hovered_ && ImGui::TableGetHoveredColumn() == column && (width > room || !more.empty()))
        tooltip(more.empty() ? words : more);
}

void draw_no_records(const char* icon, std::string_view words, float height_px) {
    const ImVec2 at = ImGui::GetCursorPos(), screen = ImGui::GetCursorScreenPos();
    const float room = ImGui::GetContentRegionAvail().x, wrap = std::min(room, px(420));
    const ImVec2 size = ImGui::CalcTextSize(words.data(), words.data() + words.size(), false, wrap);
    const float top = std::max(0.F, std::floor((height_px - px(50) - size.y) / 2));
    ImGui::Dummy({room, height_px});
    const ImVec2 below = ImGui::GetCursorPos();
    draw_icon(*ImGui::GetWindowDrawList(),
              {std::floor(screen.x + room / 2), screen.y + top + px(20)}, icon, 40,
              colours().disabled);
    ImGui::SetCursorPos({std::floor(at.x + (room - size.x) / 2), at.y + top + px(50)});
    ImGui::PushTextWrapPos(ImGui::GetCursorPosX() + wrap);
    coloured_text(words, colours().muted);
    ImGui::PopTextWrapPos();
    ImGui::SetCursorPos(below);
}

}  // namespace gui
