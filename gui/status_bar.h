#pragma once
// The line at the bottom: how many messages, how many are new, what is selected, when the mailbox
// was last looked at.

#include "gui/screen.h"
#include "gui/screens/mail_grid.h"

namespace gui {

inline constexpr float status_bar_height = 28.F;

/// Fills the current window. `point` and `grid` are null where no point is shown.
void draw_status_bar(const Frame& frame, const mail::PointView* point, const MailGrid* grid);

struct OcrBar {
    std::size_t all = 0, shown = 0, selected = 0;  ///< files
    bool runs = false;
    const mail::Error* refused = nullptr;  ///< why it does not run
};
/// The same while an OCR point is shown.
void draw_ocr_status_bar(const Frame& frame, const mail::PointView& point, const OcrBar& bar);

}  // namespace gui
