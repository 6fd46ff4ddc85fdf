#pragma once
// The line at the bottom: how many messages, how many are new, what is selected, when the mailbox
// was last looked at.

#include "gui/screen.h"
#include "gui/screens/mail_grid.h"

namespace gui {

inline constexpr float status_bar_height = 28.F;

/// Fills the current window. `point` and `grid` are null where no point is shown.
void draw_status_bar(const Frame& frame, const mail::PointView* point, const MailGrid* grid);

}  // namespace gui
