#include "gui/screens/mail_columns.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include <imgui_internal.h>

#include "gui/acts.h"
#include "gui/icons.h"
#include "gui/screens/mail_cells.h"
#include "gui/text/format.h"
#include "gui/text/screens.h"
#include "gui/widgets.h"

namespace gui {
namespace {

constexpr std::size_t most_sort_levels = 3;  // as arrange.cpp

struct ColumnLook {
    Column column;
    float width;  ///< logical; of a stretched one its share of what is left
    ImGuiTableColumnFlags flags;
};
constexpr std::array<ColumnLook, column_count> looks{{
    // The row itself hangs on the first one, so that one can't be hidden.
    {Column::status, 129, ImGuiTableColumnFlags_WidthFixed | ImGuiTableColumnFlags_NoHide},
    {Column::subject, 1, ImGuiTableColumnFlags_WidthStretch},
    {Column::sender, 0.47F, ImGuiTableColumnFlags_WidthStretch},
    {Column::received, 131,
     ImGuiTableColumnFlags_WidthFixed | ImGuiTableColumnFlags_PreferSortDescending},
    {Column::attachments, 44,
     ImGuiTableColumnFlags_WidthFixed | ImGuiTableColumnFlags_PreferSortDescending},
    {Column::size, 74,
     ImGuiTableColumnFlags_WidthFixed | ImGuiTableColumnFlags_PreferSortDescending},
    {Column::gate, 28,
     ImGuiTableColumnFlags_WidthFixed | ImGuiTableColumnFlags_NoSort |
         ImGuiTableColumnFlags_NoResize},
    {Column::names, 0.6F, ImGuiTableColumnFlags_WidthStretch},
    {Column::folder, 0.5F, ImGuiTableColumnFlags_WidthStretch},
    {Column::taken_at, 131,
     ImGuiTableColumnFlags_WidthFixed | ImGuiTableColumnFlags_PreferSortDescending},
    {Column::taken_by, 110, ImGuiTableColumnFlags_WidthFixed},
}};

/// Of a column too narrow for its title.
const char* icon_of(Column column) {
    if (column == Column::gate)
        return icon::locked;
    return column == Column::attachments ? icon::clip : nullptr;
}

const ColumnLook& look_of(Column column) {
    return looks.at(static_cast<std::size_t>(column));
}

/// The stored order of shown columns, then those that are not shown.
std::vector<Column> set_up_order(const std::vector<std::string>& stored) {
    std::vector<Column> order;
    for (const std::string& name : stored)
        for (const ColumnLook& look : looks)
            if (name == name_of(look.column))
                order.push_back(look.column);
    for (const ColumnLook& look : looks)
        if (std::find(order.begin(), order.end(), look.column) == order.end())
            order.push_back(look.column);
    return order;
}

bool is_among(const std::vector<std::string>& names, Column column) {
    return column == Column::status ||
           std::find(names.begin(), names.end(), name_of(column)) != names.end();
}

/// Those of the definition that we know; the status, on which the row hangs, comes first, and where
/// messages may leave the mailbox, what holds them back.
std::vector<std::string> defined_columns(const mail::point::Point& point) {
    std::vector<std::string> names{std::string(name_of(Column::status))};
    if (point.general.allow_delete_from_mailbox || point.general.delete_after_document)
        names.emplace_back(name_of(Column::gate));
    for (const std::string& name : point.columns)
        for (const ColumnLook& look : looks)
            if (name == name_of(look.column) && std::ranges::find(names, name) == names.end())
                names.push_back(name);
    return names;
}

}  // namespace

int MailColumns::index_of(Column column) const {
    return static_cast<int>(std::find(columns_.begin(), columns_.end(), column) - columns_.begin());
}

bool MailColumns::is_shown(Column column) const {
    return (ImGui::TableGetColumnFlags(index_of(column)) & ImGuiTableColumnFlags_IsEnabled) != 0;
}

void MailColumns::set_up(const Frame& frame, const mail::point::Point& point,
                         const std::vector<SortKey>& sort) {
    const auto found = frame.settings.grids.find(point.id);
    const bool chosen = found != frame.settings.grids.end() && !found->second.columns.empty();
    std::vector<std::string> defined = defined_columns(point);
    if (!chosen && defined != defined_)
        set_up_ = false;
    // Dear ImGui knows columns by their place; what stood there before is not the same.
    if (!set_up_)
        ImGui::TableResetSettings(ImGui::GetCurrentTable());
    defined_ = std::move(defined);
    const std::vector<std::string>& shown = chosen ? found->second.columns : defined_;
    if (!set_up_)
        columns_ = set_up_order(shown);
    for (const Column column : columns_) {
        const ColumnLook& look = look_of(column);
        const ImGuiTableColumnFlags hidden =
            is_among(shown, column) ? 0 : ImGuiTableColumnFlags_DefaultHide;
        const bool stretched = (look.flags & ImGuiTableColumnFlags_WidthStretch) != 0;
        float logical = look.width;
        if (found != frame.settings.grids.end()) {
            const auto own = found->second.widths.find(std::string(name_of(column)));
            // What somebody wrote into the file must not hide a column.
            if (own != found->second.widths.end())
                logical = stretched ? std::clamp(own->second, 0.05F, 20.F)
                                    : std::clamp(own->second, 24.F, 2000.F);
        }
        const float width = stretched ? logical : px(logical);
        ImGui::TableSetupColumn(std::string(name_of(column)).c_str(), look.flags | hidden, width,
                                static_cast<ImGuiID>(column));
    }
    ImGui::TableSetupScrollFreeze(0, 1);
    if (set_up_)
        return;
    set_up_ = true;
    bool append = false;
    for (const SortKey& key : sort) {
        ImGui::TableSetColumnSortDirection(index_of(key.column),
                                           key.direction == Direction::ascending
                                               ? ImGuiSortDirection_Ascending
                                               : ImGuiSortDirection_Descending,
                                           append);
        append = true;
    }
}

void MailColumns::draw_headers(const Frame& frame) {
    push_font(Weight::medium, 14);
    ImGui::PushStyleColor(ImGuiCol_Text, colours().muted);
    ImGui::TableNextRow(ImGuiTableRowFlags_Headers, px(28));
    // In a list that is not scrolled they would be what Home goes to; the menu sorts by keyboard.
    // Where they can't have the focus, Dear ImGui moves no column by dragging its title.
    ImGui::PushItemFlag(ImGuiItemFlags_NoNav, !ImGui::IsAnyMouseDown());
    const ImGuiWindow* window = ImGui::GetCurrentWindow();
    const ImGuiID row = window->NavLastIds[ImGuiNavLayer_Main];
    const ImRect row_place = window->NavRectRel[ImGuiNavLayer_Main];
    for (std::size_t i = 0; i < columns_.size(); ++i) {
        if (!ImGui::TableSetColumnIndex(static_cast<int>(i)))
            continue;
        const Column column = columns_[i];
        const char* sign = icon_of(column);
        const std::string label =
            (sign != nullptr ? "" : std::string(title_of(column).in(frame.language))) + "###" +
            std::string(name_of(column));
        const ImVec2 at = ImGui::GetCursorScreenPos();
        ImGui::TableHeader(label.c_str());
        // The row that the keys are about is still the one that it was.
        if (ImGui::IsItemActivated())
            ImGui::SetNavID(row, ImGuiNavLayer_Main, window->IDStack.back(), row_place);
        if (sign != nullptr) {
            draw_icon(*ImGui::GetWindowDrawList(), {at.x + px(8), at.y + px(8)}, sign, 16,
                      colours().muted);
            tooltip(title_of(column).in(frame.language));
        }
    }
    ImGui::PopItemFlag();
    ImGui::PopStyleColor();
    pop_font();
}

void MailColumns::draw_menu(Frame& frame, const std::string& point) {
    ImGuiTable* table = ImGui::GetCurrentTable();
    if (std::exchange(opens_, false))
        ImGui::TableOpenContextMenu(table->ColumnsCount);
    Choice choice;
    bool adds_level = false;
    push_menu_style();
    if (ImGui::TableBeginContextMenuPopup(table)) {
        choice = draw_choices(frame, *table);
        adds_level = ImGui::GetIO().KeyShift;
        ImGui::EndPopup();
    }
    pop_menu_style();
    if (choice.sort_by >= 0)
        ImGui::TableSetColumnSortDirection(
            choice.sort_by, ImGui::TableGetColumnNextSortDirection(&table->Columns[choice.sort_by]),
            adds_level);
    if (choice.as_defined)
        forget_choices(frame, point);
}

/// A menu is a window of its own, in which no table is the current one: Dear ImGui's calls that
/// mean that one do nothing there.
MailColumns::Choice MailColumns::draw_choices(const Frame& frame, ImGuiTable& table) const {
    for (std::size_t i = 0; i < columns_.size(); ++i) {
        // The row itself hangs on the status: that column stays, and is no choice.
        if (columns_[i] == Column::status)
            continue;
        ImGuiTableColumn& column = table.Columns[static_cast<int>(i)];
        const std::string label = std::string(title_of(columns_[i]).in(frame.language)) +
                                  "###column_" + std::string(name_of(columns_[i]));
        if (ImGui::MenuItem(label.c_str(), nullptr, column.IsUserEnabled))
            column.IsUserEnabledNextFrame = !column.IsUserEnabled;
    }
    ImGui::Separator();
    Choice choice;
    choice.as_defined = ImGui::MenuItem(
        (std::string(text::reset_columns.in(frame.language)) + "###reset_columns").c_str());
    ImGui::Separator();
    choice.sort_by = draw_sort_choices(frame, table);
    return choice;
}

/// What a click on a title does, for those who have no mouse. -1: none was chosen.
int MailColumns::draw_sort_choices(const Frame& frame, const ImGuiTable& table) const {
    push_font(Weight::medium, 14);
    coloured_text(text::sort_by.in(frame.language), frame.colours.muted);
    pop_font();
    int chosen = -1;
    for (std::size_t i = 0; i < columns_.size(); ++i) {
        const ImGuiTableColumn& column = table.Columns[static_cast<int>(i)];
        if (!column.IsEnabled || (column.Flags & ImGuiTableColumnFlags_NoSort) != 0)
            continue;
        std::string sign;
        if (column.SortOrder != -1)
            sign = column.SortDirection == ImGuiSortDirection_Ascending ? "\u2191" : "\u2193";
        if (column.SortOrder > 0)
            sign += " " +
                    text::number(static_cast<std::uint64_t>(column.SortOrder) + 1, frame.language);
        const std::string label = std::string(title_of(columns_[i]).in(frame.language)) +
                                  "###sort_" + std::string(name_of(columns_[i]));
        if (ImGui::MenuItem(label.c_str(), sign.c_str()))
            chosen = static_cast<int>(i);
    }
    return chosen;
}

void MailColumns::forget_choices(Frame& frame, const std::string& point) {
    frame.settings.grids[point].columns.clear();
    frame.settings.grids[point].widths.clear();
    set_up_ = false;
}

void MailColumns::read(Frame& frame, const std::string& point) {
    const ImGuiTable* table = ImGui::GetCurrentTable();
    std::vector<std::string> shown(columns_.size());
    for (std::size_t i = 0; i < columns_.size(); ++i) {
        const ImGuiTableColumn& column = table->Columns[static_cast<int>(i)];
        if (column.IsUserEnabledNextFrame)
            shown[static_cast<std::size_t>(column.DisplayOrder)] = name_of(columns_[i]);
    }
    std::erase(shown, std::string());
    read_widths(frame, point);
    const bool as_defined = shown == defined_;
    const auto stored = frame.settings.grids.find(point);
    const bool nothing_stored =
        stored == frame.settings.grids.end() || stored->second.columns.empty();
    if (!(as_defined && nothing_stored))
        frame.settings.grids[point].columns = shown;
}

void MailColumns::read_widths(Frame& frame, const std::string& point) const {
    const ImGuiTable* table = ImGui::GetCurrentTable();
    // Only what was drawn so: while an edge is dragged, and in the first frame, widths settle.
    if (table->ResizedColumn != -1 || table->LastResizedColumn == -1)
        return;
    for (std::size_t i = 0; i < columns_.size(); ++i) {
        const ImGuiTableColumn& column = table->Columns[static_cast<int>(i)];
        const ColumnLook& look = look_of(columns_[i]);
        const bool stretched = (look.flags & ImGuiTableColumnFlags_WidthStretch) != 0;
        const float now = stretched ? std::round(column.StretchWeight * 100.F) / 100.F
                                    : std::round(column.WidthRequest / frame.scale);
        const std::string name(name_of(columns_[i]));
        auto& widths = frame.settings.grids[point].widths;
        if (std::abs(now - look.width) > (stretched ? 0.01F : 1.F))
            widths[name] = now;
        else
            widths.erase(name);
    }
}

bool MailColumns::read_sort(std::vector<SortKey>& sort) {
    ImGuiTableSortSpecs* specs = ImGui::TableGetSortSpecs();
    if (specs == nullptr || !specs->SpecsDirty)
        return false;
    specs->SpecsDirty = false;
    std::vector<SortKey> now;
    for (int i = 0; i < specs->SpecsCount && now.size() < most_sort_levels; ++i)
        now.push_back({static_cast<Column>(specs->Specs[i].ColumnUserID),
                       specs->Specs[i].SortDirection == ImGuiSortDirection_Descending
                           ? Direction::descending
                           : Direction::ascending});
    if (now == sort)
        return false;
    sort = std::move(now);
    return true;
}

}  // namespace gui
