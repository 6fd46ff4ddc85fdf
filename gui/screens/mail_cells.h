#pragma once
// The cells of the mail grid: what stands in a column of a message, as drawn and as copied.

#include <span>
#include <string>

#include <imgui.h>

#include "gui/screen.h"
#include "gui/screens/arrange.h"

namespace gui {

[[nodiscard]] const text::Text& title_of(Column column);

/// A message as one row of the grid, with what the whole row has in common.
struct CellRow {
    const mail::MessageRow& message;
    const mail::MessageState& state;
    float height_px;
    std::span<const std::string> words;  ///< of the filter: where they stand is marked
    const mail::Error* kept = nullptr;   ///< why it stayed in the mailbox last
    bool is_leaving = false;             ///< its removal waits for its turn
};
/// Draws into the current cell of the table.
void draw_cell(const Frame& frame, Column column, const CellRow& row);
/// Marks what the filter has found in a text drawn there with the current font.
void draw_hits(ImVec2 at, float width, std::string_view text, std::span<const std::string> words);
/// The whole content in words, for tooltips and for copying. `kept`: as in CellRow.
[[nodiscard]] std::string cell_text(const Frame& frame, Column column,
                                    const mail::MessageRow& message,
                                    const mail::MessageState& state,
                                    const mail::Error* kept = nullptr);
[[nodiscard]] std::string tooltip_of(const Frame& frame, Column column,
                                     const mail::MessageRow& message,
                                     const mail::MessageState& state,
                                     const mail::Error* kept = nullptr);

}  // namespace gui
