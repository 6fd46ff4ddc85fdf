#include "gui/screens/editor_list.h"

#include <algorithm>
#include <array>
#include <string>

#include <imgui.h>

#include "gui/screens/arrange.h"
#include "gui/screens/editor_samples.h"
#include "gui/screens/mail_cells.h"
#include "gui/text/format.h"
#include "gui/text/reasons.h"
#include "gui/text/screens.h"

namespace gui {
namespace {

constexpr std::array basic{Column::subject, Column::sender, Column::received};
constexpr std::array further{Column::attachments, Column::size,     Column::names,
                             Column::folder,      Column::taken_at, Column::taken_by};

bool has(const std::vector<std::string>& columns, Column column) {
    return std::ranges::find(columns, name_of(column)) != columns.end();
}

/// On at the end, or off; columns that we don't know stay where they are.
void set(std::vector<std::string>& columns, Column column, bool on) {
    std::erase(columns, std::string(name_of(column)));
    if (on)
        columns.emplace_back(name_of(column));
}

void draw_column(EditorForm& form, EditorRows& rows, Column column, std::string_view off) {
    bool on = has(form.point.columns, column);
    const std::string label =
        std::string(rows.say(title_of(column))) + "###column_" + std::string(name_of(column));
    if (check_box(label.c_str(), on, off)) {
        set(form.point.columns, column, on);
        rows.check();
    }
}

std::string cell_of(const EditorSample& sample, Column column, const Frame& frame) {
    switch (column) {
    case Column::status:
        return std::string(text::words_of(mail::Status::new_, frame.language));
    case Column::subject:
        return std::string(sample.subject);
    case Column::sender:
        return std::string(sample.sender.empty() ? sample.sender_address : sample.sender);
    case Column::received:
        return text::moment(sample.received, frame.now, frame.language);
    case Column::attachments:
        return std::to_string(sample.attachments);
    case Column::size:
        return text::size(sample.size_octets, frame.language);
    case Column::names:
        return std::string(sample.file);
    case Column::folder:
    case Column::taken_at:
    case Column::taken_by:
    case Column::gate:
        break;  // of what is taken, or by what the point allows
    }
    return {};
}

std::vector<Column> shown_columns(const std::vector<std::string>& names) {
    std::vector<Column> shown{Column::status};
    for (const std::string& name : names)
        for (const Column column :
             {Column::subject, Column::sender, Column::received, Column::attachments, Column::size,
              Column::names, Column::folder, Column::taken_at, Column::taken_by})
            if (name == name_of(column))
                shown.push_back(column);
    return shown;
}

float share_of(Column column) {
    switch (column) {
    case Column::subject:
        return 2.6F;
    case Column::sender:
        return 2.2F;
    case Column::received:
        return 1.9F;
    case Column::status:
    case Column::attachments:
    case Column::size:
    case Column::gate:
    case Column::folder:
    case Column::taken_at:
    case Column::taken_by:
        break;
    case Column::names:
        return 1.9F;
    }
    return 1.1F;
}

void draw_preview(const Frame& frame, const EditorForm& form) {
    const std::vector<Column> shown = shown_columns(form.point.columns);
    ImGui::PushStyleVar(ImGuiStyleVar_CellPadding, ImVec2{px(8), px(6)});
    const ImGuiTableFlags flags = ImGuiTableFlags_BordersOuter | ImGuiTableFlags_BordersInnerH |
                                  ImGuiTableFlags_PadOuterX | ImGuiTableFlags_NoSavedSettings |
                                  ImGuiTableFlags_SizingStretchProp;
    if (ImGui::BeginTable("preview", static_cast<int>(shown.size()), flags)) {
        for (const Column column : shown)
            ImGui::TableSetupColumn("", ImGuiTableColumnFlags_WidthStretch, share_of(column));
        ImGui::TableNextRow(ImGuiTableRowFlags_Headers);
        push_font(Weight::medium, 14);
        for (const Column column : shown) {
            ImGui::TableNextColumn();
            ellipsis_text(title_of(column).in(frame.language), ImGui::GetContentRegionAvail().x,
                          frame.colours.muted);
        }
        pop_font();
        for (const EditorSample& sample : editor_samples) {
            ImGui::TableNextRow();
            for (const Column column : shown) {
                ImGui::TableNextColumn();
                ellipsis_text(cell_of(sample, column, frame), ImGui::GetContentRegionAvail().x,
                              frame.colours.text);
            }
        }
        ImGui::EndTable();
    }
    ImGui::PopStyleVar();
}

}  // namespace

void draw_list_tab(Frame& frame, EditorForm& form, EditorRows& rows) {
    const auto title = [&](const text::Text& words) { section_title(rows.say(words)); };
    title(text::list_columns);
    rows.take_focus(mail::point::Field::columns);
    const auto on = std::ranges::count_if(
        basic, [&](Column column) { return has(form.point.columns, column); });
    for (const Column column : basic) {
        const bool last = on == 1 && has(form.point.columns, column);
        draw_column(form, rows, column, last ? rows.say(text::fault_columns) : "");
    }
    if (on <= 1)
        note_line(on == 0 ? NoteKind::error : NoteKind::help, rows.say(text::fault_columns));
    title(text::list_more);
    for (const Column column : further)
        draw_column(form, rows, column, "");
    note_line(NoteKind::help, rows.say(text::list_status_stays));
    title(text::list_preview);
    draw_preview(frame, form);
}

}  // namespace gui
