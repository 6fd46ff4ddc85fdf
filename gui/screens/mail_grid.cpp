#include "gui/screens/mail_grid.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <utility>

#include <imgui_internal.h>

#include "gui/icons.h"
#include "gui/text/screens.h"
#include "gui/widgets.h"
#include "mail/base/utf8.h"

namespace gui {
namespace {

using mail::Status;

constexpr float row_height = 31.F, dense_row_height = 25.F;
constexpr float least_width =
    730.F;  ///< narrower lists scroll sideways, so that subjects can be read
constexpr double typing_pause = 1.0;
constexpr std::size_t most_sort_levels = 3;

struct ColumnLook {
    Column column;
    float width;  ///< logical; of a stretched one its share of what is left
    ImGuiTableColumnFlags flags;
};
constexpr std::array<ColumnLook, column_count> looks{{
    // The row itself hangs on the first one, so that one can't be hidden.
    {Column::status, 138, ImGuiTableColumnFlags_WidthFixed | ImGuiTableColumnFlags_NoHide},
    {Column::subject, 1, ImGuiTableColumnFlags_WidthStretch},
    {Column::sender, 0.47F, ImGuiTableColumnFlags_WidthStretch},
    {Column::received, 131,
     ImGuiTableColumnFlags_WidthFixed | ImGuiTableColumnFlags_PreferSortDescending},
    {Column::attachments, 44,
     ImGuiTableColumnFlags_WidthFixed | ImGuiTableColumnFlags_PreferSortDescending},
    {Column::size, 74,
     ImGuiTableColumnFlags_WidthFixed | ImGuiTableColumnFlags_PreferSortDescending},
}};

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

bool is_stored(const std::vector<std::string>& stored, Column column) {
    return stored.empty() || column == Column::status ||
           std::find(stored.begin(), stored.end(), name_of(column)) != stored.end();
}

bool can_be_taken(Status status) {
    return status == Status::new_ || status == Status::check || status == Status::partial ||
           status == Status::failed;
}

}  // namespace

MailGrid::MailGrid(std::function<void()> wake) : arranger_(std::move(wake)) {}

const mail::MessageRow& MailGrid::message(std::size_t index) const {
    return row_at(*order_->mailbox, order_->order.rows[index]);
}

std::optional<std::size_t> MailGrid::index_of(std::uint32_t uid) const {
    return order_ ? place_of(order_->order, uid) : std::nullopt;
}

void MailGrid::show(Shown shown) {
    wanted_.shown = shown;
    top_uid_ = 0;
}

void MailGrid::look_for(const std::string& words) {
    if (words == wanted_.words)
        return;
    wanted_.words = words;
    top_uid_ = 0;
}

std::optional<std::uint32_t> MailGrid::looked_at() const {
    if (selection_.uids().size() == 1)
        return selection_.uids().front();
    if (focused_ != 0 && selection_.contains(focused_))
        return focused_;
    return std::nullopt;
}

MailGrid::Wish MailGrid::draw(Frame& frame, const mail::PointView& point) {
    const std::string& id = point.definition->id;
    follow(frame, point);
    if (!order_)
        return Wish::none;
    count_selection();
    ImGuiTableFlags flags = ImGuiTableFlags_Resizable | ImGuiTableFlags_Reorderable |
                            ImGuiTableFlags_Hideable | ImGuiTableFlags_Sortable |
                            ImGuiTableFlags_SortMulti | ImGuiTableFlags_ScrollY |
                            ImGuiTableFlags_BordersInnerH | ImGuiTableFlags_BordersInnerV |
                            ImGuiTableFlags_NoBordersInBody | ImGuiTableFlags_PadOuterX |
                            ImGuiTableFlags_SizingFixedFit | ImGuiTableFlags_NoSavedSettings;
    const bool narrow = ImGui::GetContentRegionAvail().x < px(least_width);
    if (narrow)
        flags |= ImGuiTableFlags_ScrollX;
    Wish wish = Wish::none;
    ImGui::PushStyleVar(ImGuiStyleVar_CellPadding, ImVec2{px(8), px(6)});
    if (ImGui::BeginTable("mails", static_cast<int>(column_count), flags, {0, 0},
                          narrow ? px(least_width) : 0.F)) {
        ImGui::GetCurrentTable()->DisableDefaultContextMenu = true;
        set_up_columns(frame, id);
        draw_headers(frame);
        read_sort(frame, id);
        read_columns(frame, id);
        draw_column_menu(frame, id);
        draw_rows(frame);
        focused_window_ = ImGui::IsWindowFocused(ImGuiFocusedFlags_ChildWindows);
        wish = read_keys(frame);
        const ImGuiWindow* inner = ImGui::GetCurrentWindow();
        // Tab stops at the frame of the list; the row inside is what is meant.
        if (ImGui::GetCurrentContext()->NavId == inner->ChildId)
            take_focus();
        ImGui::EndTable();
    }
    ImGui::PopStyleVar();
    return wish;
}

void MailGrid::follow(const Frame& frame, const mail::PointView& point) {
    if (!set_up_) {
        const auto stored = frame.settings.grids.find(point.definition->id);
        if (stored != frame.settings.grids.end())
            wanted_.sort = sort_from(stored->second.sort);
        if (wanted_.sort.empty())
            wanted_.sort = {{Column::received, Direction::descending}};
    }
    mailbox_ = point.mailbox;
    if (mailbox_)
        arranger_.ask(mailbox_, wanted_);
    std::shared_ptr<const Arrangement> latest = arranger_.latest();
    if (latest != order_) {
        order_ = std::move(latest);
        keep_place();
    }
}

/// Rows that come above the view must not move what is under the pointer.
void MailGrid::keep_place() {
    top_moved_to_ = index_of(top_uid_);
}

void MailGrid::set_up_columns(const Frame& frame, const std::string& point) {
    const auto found = frame.settings.grids.find(point);
    const std::vector<std::string> stored =
        found == frame.settings.grids.end() ? std::vector<std::string>() : found->second.columns;
    if (!set_up_)
        columns_ = set_up_order(stored);
    for (const Column column : columns_) {
        const ColumnLook& look = look_of(column);
        const ImGuiTableColumnFlags hidden =
            is_stored(stored, column) ? 0 : ImGuiTableColumnFlags_DefaultHide;
        const bool stretched = (look.flags & ImGuiTableColumnFlags_WidthStretch) != 0;
        const float width = stretched ? look.width : px(look.width);
        ImGui::TableSetupColumn(std::string(name_of(column)).c_str(), look.flags | hidden, width,
                                static_cast<ImGuiID>(column));
    }
    ImGui::TableSetupScrollFreeze(0, 1);
    if (set_up_)
        return;
    set_up_ = true;
    bool append = false;
    for (const SortKey& key : wanted_.sort) {
        const auto at = std::find(columns_.begin(), columns_.end(), key.column);
        ImGui::TableSetColumnSortDirection(static_cast<int>(at - columns_.begin()),
                                           key.direction == Direction::ascending
                                               ? ImGuiSortDirection_Ascending
                                               : ImGuiSortDirection_Descending,
                                           append);
        append = true;
    }
}

void MailGrid::draw_headers(const Frame& frame) {
    push_font(Weight::medium, 14);
    ImGui::PushStyleColor(ImGuiCol_Text, colours().muted);
    ImGui::TableNextRow(ImGuiTableRowFlags_Headers, px(28));
    for (std::size_t i = 0; i < columns_.size(); ++i) {
        if (!ImGui::TableSetColumnIndex(static_cast<int>(i)))
            continue;
        const Column column = columns_[i];
        const bool clip = column == Column::attachments;
        const std::string label = (clip ? "" : std::string(title_of(column).in(frame.language))) +
                                  "###" + std::string(name_of(column));
        const ImVec2 at = ImGui::GetCursorScreenPos();
        ImGui::TableHeader(label.c_str());
        if (clip) {
            draw_icon(*ImGui::GetWindowDrawList(), {at.x + px(8), at.y + px(8)}, icon::clip, 16,
                      colours().muted);
            tooltip(title_of(column).in(frame.language));
        }
    }
    ImGui::PopStyleColor();
    pop_font();
}

void MailGrid::draw_column_menu(Frame& frame, const std::string& point) {
    ImGuiTable* table = ImGui::GetCurrentTable();
    if (!ImGui::TableBeginContextMenuPopup(table))
        return;
    for (std::size_t i = 0; i < columns_.size(); ++i) {
        const Column column = columns_[i];
        bool on = (ImGui::TableGetColumnFlags(static_cast<int>(i)) &
                   ImGuiTableColumnFlags_IsEnabled) != 0;
        const std::string label(title_of(column).in(frame.language));
        if (ImGui::MenuItem(label.c_str(), nullptr, &on, column != Column::status))
            ImGui::TableSetColumnEnabled(static_cast<int>(i), on);
    }
    ImGui::Separator();
    if (ImGui::MenuItem(std::string(text::reset_columns.in(frame.language)).c_str())) {
        frame.settings.grids[point].columns.clear();
        ImGui::TableResetSettings(table);
        set_up_ = false;
    }
    ImGui::EndPopup();
}

void MailGrid::read_columns(Frame& frame, const std::string& point) {
    const ImGuiTable* table = ImGui::GetCurrentTable();
    std::vector<std::string> shown(columns_.size());
    for (std::size_t i = 0; i < columns_.size(); ++i) {
        const ImGuiTableColumn& column = table->Columns[static_cast<int>(i)];
        if (column.IsUserEnabledNextFrame)
            shown[static_cast<std::size_t>(column.DisplayOrder)] = name_of(columns_[i]);
    }
    std::erase(shown, std::string());
    const bool as_delivered = std::equal(shown.begin(), shown.end(), looks.begin(), looks.end(),
                                         [](const std::string& name, const ColumnLook& look) {
                                             return name == name_of(look.column);
                                         });
    const auto stored = frame.settings.grids.find(point);
    const bool nothing_stored =
        stored == frame.settings.grids.end() || stored->second.columns.empty();
    if (!(as_delivered && nothing_stored))
        frame.settings.grids[point].columns = shown;
}

void MailGrid::read_sort(Frame& frame, const std::string& point) {
    ImGuiTableSortSpecs* specs = ImGui::TableGetSortSpecs();
    if (specs == nullptr || !specs->SpecsDirty)
        return;
    specs->SpecsDirty = false;
    std::vector<SortKey> sort;
    for (int i = 0; i < specs->SpecsCount && sort.size() < most_sort_levels; ++i)
        sort.push_back({static_cast<Column>(specs->Specs[i].ColumnUserID),
                        specs->Specs[i].SortDirection == ImGuiSortDirection_Descending
                            ? Direction::descending
                            : Direction::ascending});
    if (sort == wanted_.sort)
        return;
    wanted_.sort = std::move(sort);
    frame.settings.grids[point].sort = names_of(wanted_.sort);
    top_uid_ = 0;
}

void MailGrid::draw_rows(Frame& frame) {
    const float height = px(frame.settings.dense_rows ? dense_row_height : row_height);
    const std::size_t count = order_->order.rows.size();
    if (const auto moved_to = std::exchange(top_moved_to_, std::nullopt))
        ImGui::SetScrollY(std::floor(static_cast<float>(*moved_to) * height + top_part_));
    if (std::exchange(focus_next_, FocusNext::none) == FocusNext::last && count > 0)
        jump_ = index_of(focused_).value_or(0);

    ImGuiContext& g = *ImGui::GetCurrentContext();
    const ImGuiID scope = ImGui::GetCurrentWindow()->IDStack.back();
    const bool leaving = g.NavJustMovedToId != 0 && g.NavJustMovedFromFocusScopeId == scope &&
                         g.NavJustMovedToFocusScopeId != scope;
    ImGuiMultiSelectIO* io = ImGui::BeginMultiSelect(
        ImGuiMultiSelectFlags_BoxSelect1d | ImGuiMultiSelectFlags_ClearOnClickVoid |
            ImGuiMultiSelectFlags_ScopeWindow,
        static_cast<int>(selection_.uids().size()), static_cast<int>(count));
    // Dear ImGui clears the selection when the focus leaves; ours is what the toolbar acts on.
    if (!leaving)
        apply(*io);

    ImGui::PushStyleVar(ImGuiStyleVar_CellPadding, ImVec2{px(8), 0});
    ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2{px(8), 0});
    ImGui::PushStyleVar(ImGuiStyleVar_FrameRounding, px(4));
    ImGui::PushStyleColor(ImGuiCol_Header, 0);
    ImGui::PushStyleColor(ImGuiCol_HeaderHovered, 0);
    ImGui::PushStyleColor(ImGuiCol_HeaderActive, 0);
    ImGui::PushStyleColor(ImGuiCol_NavCursor, 0);
    ImGuiListClipper clipper;
    clipper.Begin(static_cast<int>(count), height);
    // Rows that the keyboard starts from exist even while they are scrolled out of sight.
    const std::uint32_t range_from =
        io->RangeSrcItem < 0 ? 0 : static_cast<std::uint32_t>(io->RangeSrcItem);
    for (const std::uint32_t uid : {focused_, range_from})
        if (const auto index = index_of(uid))
            clipper.IncludeItemByIndex(static_cast<int>(*index));
    if (jump_)
        clipper.IncludeItemByIndex(static_cast<int>(*jump_));
    const std::optional<std::size_t> jumped = jump_;
    while (clipper.Step())
        for (int i = clipper.DisplayStart; i < clipper.DisplayEnd; ++i)
            draw_row(frame, static_cast<std::size_t>(i), height);
    if (jumped == jump_)
        jump_.reset();
    ImGui::PopStyleColor(4);
    ImGui::PopStyleVar(3);

    io = ImGui::EndMultiSelect();
    apply(*io);
    const float scroll = ImGui::GetScrollY();
    const auto first = static_cast<std::size_t>(scroll / height);
    top_uid_ = scroll > 0 && first < count ? message(first).uid : 0;
    top_part_ = scroll - static_cast<float>(first) * height;
}

void MailGrid::draw_row(const Frame& frame, std::size_t index, float height) {
    const mail::MessageRow& row = message(index);
    const mail::MessageState& state = mailbox_->state_of(row);
    ImGui::TableNextRow(0, height);
    ImGui::TableSetColumnIndex(static_cast<int>(
        std::find(columns_.begin(), columns_.end(), Column::status) - columns_.begin()));
    const ImVec2 at = ImGui::GetCursorPos();
    const bool selected = selection_.contains(row.uid);
    std::array<char, 16> label{};
    std::snprintf(label.data(), label.size(), "##%u", row.uid);
    ImGui::SetNextItemSelectionUserData(row.uid);
    ImGui::PushItemFlag(ImGuiItemFlags_NoTabStop, true);
    ImGui::Selectable(label.data(), selected,
                      ImGuiSelectableFlags_SpanAllColumns | ImGuiSelectableFlags_AllowOverlap,
                      {0, height});
    ImGui::PopItemFlag();
    const ImGuiContext& g = *ImGui::GetCurrentContext();
    const bool hovered = ImGui::IsItemHovered();
    if (jump_ == index) {
        jump_.reset();
        focused_ = row.uid;
        forget_focus();
        ImGui::FocusItem();
        ImGui::SetScrollHereY(0.5F);
    } else if (g.NavId == g.LastItemData.ID && g.NavWindow == ImGui::GetCurrentWindow()) {
        focused_ = row.uid;
    }
    const Colour back = selected ? colours().selection : hovered ? colours().hover : 0;
    if (back != 0)
        ImGui::TableSetBgColor(ImGuiTableBgTarget_RowBg0, back);
    if (focused_ == row.uid && focused_window_) {
        const ImRect box = g.LastItemData.Rect;
        ImGui::TablePushBackgroundChannel();
        ImGui::GetWindowDrawList()->AddRect({box.Min.x + px(2), box.Min.y + 1},
                                            {box.Max.x - px(2), box.Max.y - 1}, colours().accent,
                                            px(4), 0, std::max(2.F, px(2)));
        ImGui::TablePopBackgroundChannel();
    }
    const int under = hovered ? ImGui::TableGetHoveredColumn() : -1;
    if (under >= 0 && under < static_cast<int>(columns_.size()))
        tooltip(tooltip_of(frame, columns_[static_cast<std::size_t>(under)], row, state));
    ImGui::SetCursorPos(at);
    for (std::size_t i = 0; i < columns_.size(); ++i)
        if (ImGui::TableSetColumnIndex(static_cast<int>(i))) {
            if (columns_[i] == Column::status)
                ImGui::SetCursorPos(at);
            draw_cell(frame, columns_[i], {row, state, height});
        }
}

void MailGrid::apply(const ImGuiMultiSelectIO& io) {
    for (const ImGuiSelectionRequest& request : io.Requests) {
        if (request.Type == ImGuiSelectionRequestType_SetAll) {
            selection_.clear();
            if (request.Selected && !order_->order.rows.empty())
                select_range(message(0).uid, message(order_->order.rows.size() - 1).uid, true);
        } else if (request.Type == ImGuiSelectionRequestType_SetRange) {
            select_range(static_cast<std::uint32_t>(request.RangeFirstItem),
                         static_cast<std::uint32_t>(request.RangeLastItem), request.Selected);
        }
    }
}

void MailGrid::select_range(std::uint32_t first, std::uint32_t last, bool selected) {
    const auto one = index_of(first), two = index_of(last);
    if (!one || !two)
        return;
    std::vector<std::uint32_t> uids;
    for (std::size_t i = std::min(*one, *two); i <= std::max(*one, *two); ++i)
        uids.push_back(message(i).uid);
    if (selected)
        selection_.add(uids);
    else
        selection_.remove(uids);
}

MailGrid::Wish MailGrid::read_keys(const Frame& frame) {
    if (!focused_window_ || ImGui::GetIO().WantTextInput)
        return Wish::none;
    // Enter is ours: to Dear ImGui it would mean a click, which drops the other selected rows.
    for (const ImGuiKey key : {ImGuiKey_Enter, ImGuiKey_KeypadEnter})
        ImGui::SetKeyOwner(key, ImGui::GetID("##enter"));
    if (ImGui::IsKeyChordPressed(ImGuiMod_Ctrl | ImGuiKey_C))
        copy_rows(frame);
    if (ImGui::IsKeyChordPressed(ImGuiKey_Tab))
        return Wish::next_pane;
    if (ImGui::IsKeyChordPressed(ImGuiMod_Shift | ImGuiKey_Tab))
        return Wish::previous_pane;
    if (ImGui::IsKeyChordPressed(ImGuiKey_Enter) || ImGui::IsKeyChordPressed(ImGuiKey_KeypadEnter))
        return Wish::to_details;
    type_ahead();
    return Wish::none;
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

void MailGrid::jump_to(std::size_t index) {
    const std::uint32_t uid = message(index).uid;
    jump_ = index;
    selection_.clear();
    selection_.add({&uid, 1});
}

void MailGrid::copy_rows(const Frame& frame) const {
    std::string text;
    for (std::size_t i = 0; i < order_->order.rows.size(); ++i) {
        const mail::MessageRow& row = message(i);
        if (!selection_.contains(row.uid))
            continue;
        const mail::MessageState& state = mailbox_->state_of(row);
        for (std::size_t c = 0; c < columns_.size(); ++c)
            text += (c == 0 ? "" : "\t") + cell_text(frame, columns_[c], row, state);
        text += '\n';
    }
    if (!text.empty())
        ImGui::SetClipboardText(text.c_str());
}

void MailGrid::count_selection() {
    const std::uint64_t states = mailbox_ ? mailbox_->states_version : 0;
    if (counted_selection_ == selection_.version() && counted_order_ == order_->number &&
        counted_states_ == states)
        return;
    counted_selection_ = selection_.version();
    counted_order_ = order_->number;
    counted_states_ = states;
    facts_ = {};
    facts_.selected = selection_.uids().size();
    std::vector<std::pair<std::size_t, std::uint32_t>> take, again;  // place, UID
    for (const std::uint32_t uid : selection_.uids()) {
        const auto index = index_of(uid);
        if (!index) {
            ++facts_.hidden;
            continue;
        }
        const mail::MessageRow& row = message(*index);
        facts_.attachments += row.attachments;
        facts_.octets += row.size_octets;
        const Status status = mailbox_->state_of(row).status;
        if (can_be_taken(status))
            take.emplace_back(*index, uid);
        else if (status == Status::taken)
            again.emplace_back(*index, uid);
    }
    facts_.again = take.empty() && !again.empty();
    auto& chosen = facts_.again ? again : take;
    std::sort(chosen.begin(), chosen.end());
    for (const auto& [index, uid] : chosen)
        facts_.take.push_back(uid);
}

}  // namespace gui
