#pragma once
// What somebody can decide about a part of a message, as links in its row where there is room,
// else below.

#include <imgui.h>

#include "gui/screen.h"

namespace gui {

/// Of which message.
struct DecisionPlace {
    const mail::PointView& point;
    const mail::MessageRow& message;
    const mail::MessageState& state;
};
/// chosen: also what hardly anybody wants, which would only fill the list.
enum class PartChoice { usual, chosen };
/// How wide the links of a part that waits for somebody are in one line; 0 for all others, whose
/// links stand below the row.
[[nodiscard]] float asking_width(const Frame& frame, const DecisionPlace& place,
                                 const mail::PartView& part);
/// Below the row, or at `at` on the screen.
void draw_decision(Frame& frame, const DecisionPlace& place, const mail::PartView& part,
                   PartChoice choice, const ImVec2* at = nullptr);

}  // namespace gui
