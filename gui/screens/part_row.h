#pragma once
// One part of a mail in a list: icon, name and size, its verdict, what was repaired.

#include <span>
#include <string>

#include <imgui.h>

#include "gui/marks.h"
#include "gui/screen.h"

namespace gui {

/// Containers say nothing to somebody who looks for an attachment.
[[nodiscard]] bool is_listed(const mail::PartView& part);

struct PartVerdict {
    Mark mark;
    std::string words;
    /// A line of its own below: what the OCR program makes of it; without an icon none.
    Mark ocr_mark{};
    std::string ocr_words{};
    /// Of the verdict's line, at its right: left free for what is drawn over it. Physical pixels.
    float free_px = 0.F;
};
enum class PartLook { usual, chosen };
struct PartRow {
    bool pressed = false, focused = false;
    std::string name;
    ImVec2 free_at{};  ///< upper left corner of PartVerdict::free_px, on the screen
};
/// Whether that much is free beside these words in a row over the whole width.
[[nodiscard]] bool has_free_room(const std::string& verdict, float free_px);
/// An item over the whole width. `filter`: words to be marked in its name.
PartRow draw_part_row(const Frame& frame, const mail::PartView& part, const PartVerdict& verdict,
                      PartLook look, std::span<const std::string> filter);

/// The line between it, with what stands below it, and the next one.
void end_part_row();

}  // namespace gui
