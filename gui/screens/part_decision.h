#pragma once
// What somebody can decide about a part of a message, as links below its row.

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
void draw_decision(Frame& frame, const DecisionPlace& place, const mail::PartView& part,
                   PartChoice choice);

}  // namespace gui
