#include "gui/screens/mail_grid.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <utility>

#include <imgui_internal.h>

#include "gui/new_frame.h"
#include "gui/region.h"
#include "gui/screens/hits.h"
#include "gui/text/format.h"
#include "gui/text/removal.h"
#include "gui/text/screens.h"
#include "gui/waiting_removals.h"
#include "gui/widgets.h"

namespace gui {
namespace {

constexpr float row_height = 31.F, dense_row_height = 25.F;
constexpr double in_use_for = 2.0;  ///< seconds after the last move of mouse or focus

/// Right end of what its title has room in; of the current table.
float end_of_widest_column() {
    const ImGuiTable& table = *ImGui::GetCurrentTable();
    float widest = 0.F, end = table.OuterRect.Max.x;
    for (int i = 0; i < table.ColumnsCount; ++i) {
        const ImGuiTableColumn& column = table.Columns[i];
        if (column.IsEnabled && column.WidthGiven > widest) {
            widest = column.WidthGiven;
            end = column.WorkMaxX;
        }
    }
    return end;
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
}

void MailGrid::look_for(const std::string& words) {
    if (words != wanted_.words)
        wanted_.words = words;
}

std::optional<std::uint32_t> MailGrid::looked_at() const {
    if (selection_.uids().size() == 1)
        return selection_.uids().front();
    if (focused_ != 0 && selection_.contains(focused_))
        return focused_;
    return std::nullopt;
}

MailGrid::Wish MailGrid::draw(Frame& frame, const mail::PointView& point, const ActFacts& facts) {
    const std::string& id = point.definition->id;
    follow(frame, point);
    if (!order_)
        return Wish::none;
    // Its keys are its own, the one that closes it, too.
    const bool in_menu =
        ImGui::IsPopupOpen(nullptr, ImGuiPopupFlags_AnyPopupId | ImGuiPopupFlags_AnyPopupLevel);
    count_selection();
    ImGuiTableFlags flags = ImGuiTableFlags_Resizable | ImGuiTableFlags_Reorderable |
                            ImGuiTableFlags_Hideable | ImGuiTableFlags_Sortable |
                            ImGuiTableFlags_SortMulti | ImGuiTableFlags_ScrollY |
                            ImGuiTableFlags_BordersInnerH | ImGuiTableFlags_BordersInnerV |
                            ImGuiTableFlags_NoBordersInBody | ImGuiTableFlags_PadOuterX |
                            ImGuiTableFlags_SizingFixedFit | ImGuiTableFlags_NoSavedSettings;
    const bool narrow = ImGui::GetContentRegionAvail().x < px(MailColumns::least_width);
    if (narrow)
        flags |= ImGuiTableFlags_ScrollX;
    Wish wish = Wish::none;
    row_px_ = px(frame.settings.dense_rows ? dense_row_height : row_height);
    // Already in this frame, or the rows would be seen elsewhere for a moment; and once more below,
    // where the list is longer than Dear ImGui knows as yet.
    if (scroll_to_)
        ImGui::SetNextWindowScroll({-1.F, *scroll_to_});
    const ImVec2 corner = ImGui::GetCursorScreenPos(), room = ImGui::GetContentRegionAvail();
    ImGui::PushStyleVar(ImGuiStyleVar_CellPadding, ImVec2{px(8), px(6)});
    if (ImGui::BeginTable("mails", static_cast<int>(column_count), flags, {0, 0},
                          narrow ? px(MailColumns::least_width) : 0.F)) {
        ImGui::GetCurrentTable()->DisableDefaultContextMenu = true;
        columns_.set_up(frame, *point.definition, wanted_.sort);
        columns_.draw_headers(frame);
        if (columns_.read_sort(wanted_.sort)) {
            frame.settings.grids[id].sort = names_of(wanted_.sort);
        }
        columns_.read(frame, id);
        columns_.draw_menu(frame, id);
        draw_rows(frame);
        had_focus_ =
            std::exchange(focused_window_, ImGui::IsWindowFocused(ImGuiFocusedFlags_ChildWindows));
        if (!in_menu)
            wish = read_keys(frame);
        if (const Wish chosen = draw_menu(frame, facts); chosen != Wish::none)
            wish = chosen;
        const ImGuiWindow* inner = ImGui::GetCurrentWindow();
        // Tab stops at the frame of the list; the row inside is what is meant.
        if (ImGui::GetCurrentContext()->NavId == inner->ChildId)
            take_focus();
        title_end_ = std::min(end_of_widest_column(), corner.x + room.x - px(24));
        ImGui::EndTable();
    }
    ImGui::PopStyleVar();
    if (new_above_ > 0)
        draw_new_above(frame, corner);
    return wish;
}

void MailGrid::follow(const Frame& frame, const mail::PointView& point) {
    if (!columns_.is_set_up()) {
        const auto stored = frame.settings.grids.find(point.definition->id);
        if (stored != frame.settings.grids.end())
            wanted_.sort = sort_from(stored->second.sort);
        if (wanted_.sort.empty())
            wanted_.sort = {{Column::received, Direction::descending}};
    }
    mailbox_ = point.mailbox;
    leaving_ = waiting_removals(frame.snapshot, point.definition->id).uids;
    if (mailbox_)
        arranger_.ask(mailbox_, wanted_);
    std::shared_ptr<const Arrangement> latest = arranger_.latest();
    if (latest == order_)
        return;
    const bool other_question = !order_ || order_->wanted != latest->wanted;
    const std::shared_ptr<const Arrangement> before = std::exchange(order_, std::move(latest));
    if (!other_question)
        let_go(*before);
    if (other_question) {
        words_ = words_in(order_->wanted.words);
        // Its answer is read from the top.
        scroll_to_ = 0.F;
        at_top_ = true;
        note_what_is_seen();
    } else {
        keep_place();
    }
}

bool MailGrid::is_leaving(std::uint32_t uid) const {
    return std::binary_search(leaving_.begin(), leaving_.end(), uid);
}

/// Rows that come above the view must not move what is under the pointer. At the very top they are
/// shown at once, unless somebody is just about to click there.
void MailGrid::keep_place() {
    const bool in_use = ImGui::GetTime() - used_at_ < in_use_for;
    const auto top = index_of(top_uid_);
    if (!top || (at_top_ && (!in_use || !order_->mailbox->complete))) {
        note_what_is_seen();
        return;
    }
    scroll_to_ = std::floor(static_cast<float>(*top) * row_px_ + top_part_);
    at_top_ = *scroll_to_ <= 0.F;
    new_above_ = 0;
    const auto& by_uid = order_->order.by_uid;
    for (auto row = by_uid.rbegin(); row != by_uid.rend() && row->first > seen_up_to_; ++row)
        new_above_ += row->second < *top && is_news(row->first, row->second) ? 1U : 0U;
}

/// What was put back has a new number, and is nothing new.
bool MailGrid::is_news(std::uint32_t uid, std::size_t index) const {
    const auto& put_back = order_->mailbox->put_back;
    return (put_back == nullptr || !put_back->contains(uid)) &&
           mailbox_->state_of(message(index)).status == mail::Status::new_;
}

void MailGrid::note_what_is_seen() {
    new_above_ = 0;
    if (!order_->order.by_uid.empty())
        seen_up_to_ = std::max(seen_up_to_, order_->order.by_uid.back().first);
}

/// In the line of the titles, where it lies over no message.
void MailGrid::draw_new_above(const Frame& frame, ImVec2 corner) {
    const std::string label = text::fill(text::new_above, frame.language,
                                         {{"n", text::number(new_above_, frame.language)}}) +
                              "###new_above";
    push_font(Weight::medium, 15);
    const float width = std::ceil(ImGui::CalcTextSize(label.c_str(), nullptr, true).x) + px(24);
    pop_font();
    ImGui::SetCursorScreenPos(
        {std::floor(std::max(corner.x, title_end_ - width)), corner.y + px(2)});
    ImGui::PushItemFlag(ImGuiItemFlags_NoTabStop, true);  // by keyboard, Home does it
    if (begin_region("##new_above", {width, px(24)}, with_alpha(frame.colours.surface, 0), {0, 0},
                     fixed_bar) &&
        chip(label.c_str(), "", true))
        scroll_to_ = 0.F;
    end_region();
    ImGui::PopItemFlag();
}

/// Whether keys or mouse are in use on the list just now.
void MailGrid::note_use() {
    const ImGuiIO& io = ImGui::GetIO();
    const bool mouse = ImGui::IsWindowHovered(ImGuiHoveredFlags_AllowWhenBlockedByActiveItem) &&
                       (io.MouseDelta.x != 0 || io.MouseDelta.y != 0 || io.MouseWheel != 0 ||
                        ImGui::IsAnyMouseDown());
    if (mouse || focused_ != used_row_)
        used_at_ = ImGui::GetTime();
    used_row_ = focused_;
}

void MailGrid::draw_rows(Frame& frame) {
    const float height = row_px_;
    const std::size_t count = order_->order.rows.size();
    const auto scroll_to = std::exchange(scroll_to_, std::nullopt);
    if (scroll_to)
        ImGui::SetScrollY(*scroll_to);
    note_use();
    // Where no row is there yet, the first one that comes gets it.
    if (focus_next_ == FocusNext::last && count > 0 && !lies_under_dialog()) {
        focus_next_ = FocusNext::none;
        jump_ = index_of(focused_).value_or(0);
    }

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
    top_uid_ = first < count ? message(first).uid : 0;
    top_part_ = scroll - static_cast<float>(first) * height;
    at_top_ = scroll <= 0 && scroll_to.value_or(0.F) <= 0;
    if (at_top_)
        note_what_is_seen();
}

void MailGrid::draw_row(const Frame& frame, std::size_t index, float height) {
    const mail::MessageRow& row = message(index);
    const mail::MessageState& state = mailbox_->state_of(row);
    const std::vector<Column>& columns = columns_.columns();
    ImGui::TableNextRow(0, height);
    ImGui::TableSetColumnIndex(columns_.index_of(Column::status));
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
        // What is in sight stays where it is.
        if (!ImGui::GetCurrentWindow()->InnerClipRect.Contains(g.LastItemData.Rect))
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
    if (hovered && ImGui::IsMouseReleased(ImGuiMouseButton_Right))
        menu_.open();
    if (focused_ == row.uid)
        focused_at_ = {g.LastItemData.Rect.Min.x + px(24), g.LastItemData.Rect.Max.y};
    if (hovered)
        show_tooltip(frame, row, state);
    ImGui::SetCursorPos(at);
    const mail::Error* kept = kept_(row.uid);
    for (std::size_t i = 0; i < columns.size(); ++i)
        if (ImGui::TableSetColumnIndex(static_cast<int>(i))) {
            if (columns[i] == Column::status)
                ImGui::SetCursorPos(at);
            draw_cell(frame, columns[i], {row, state, height, words_, kept, is_leaving(row.uid)});
        }
}

/// More than the cell shows, or the whole of what it cuts.
void MailGrid::show_tooltip(const Frame& frame, const mail::MessageRow& row,
                            const mail::MessageState& state) const {
    const int under = ImGui::TableGetHoveredColumn();
    if (under < 0 || under >= static_cast<int>(columns_.columns().size()))
        return;
    const Column column = columns_.columns()[static_cast<std::size_t>(under)];
    const mail::Error* kept = kept_(row.uid);
    const std::string words = column == Column::status && is_leaving(row.uid)
                                  ? std::string(text::status_waits_to_leave.in(frame.language))
                                  : tooltip_of(frame, column, row, state, kept);
    const float room = ImGui::GetCurrentTable()->Columns[under].WidthGiven - px(16);
    const float mark = column == Column::status ? px(23) : 0.F;
    const bool says_more = words != cell_text(frame, column, row, state, kept);
    // New messages are bold, and so a little wider than what is measured here.
    if (says_more || (ImGui::CalcTextSize(words.c_str()).x + mark) * 1.08F > room)
        tooltip(words);
}

MailGrid::Wish MailGrid::draw_menu(const Frame& frame, const ActFacts& facts) {
    const RowMenu::Choice choice = menu_.draw(frame, facts);
    if (choice.act)
        act_ = choice.act;
    switch (choice.deed) {
    case RowMenu::Deed::none:
        break;
    case RowMenu::Deed::copy_rows:
        copy_rows(frame);
        break;
    case RowMenu::Deed::select_all:
        select_all();
        break;
    case RowMenu::Deed::to_details:
        return Wish::to_details;
    }
    return Wish::none;
}

namespace {

/// Whether it is shown or not: what somebody has to know a message by.
bool always_copied(Column column) {
    return column != Column::gate && column != Column::names && column != Column::folder &&
           column != Column::taken_at && column != Column::taken_by;
}

}  // namespace

void MailGrid::copy_rows(const Frame& frame) const {
    const std::vector<Column>& columns = columns_.columns();
    std::string text;
    for (std::size_t i = 0; i < order_->order.rows.size(); ++i) {
        const mail::MessageRow& row = message(i);
        if (!selection_.contains(row.uid))
            continue;
        const mail::MessageState& state = mailbox_->state_of(row);
        bool first = true;
        for (const Column column : columns)
            if (always_copied(column) || columns_.is_shown(column))
                text += (std::exchange(first, false) ? "" : "\t") +
                        cell_text(frame, column, row, state, kept_(row.uid));
        text += '\n';
    }
    if (!text.empty())
        ImGui::SetClipboardText(text.c_str());
}

}  // namespace gui
