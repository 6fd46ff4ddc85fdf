#pragma once
// What can be done now, and why not: read from the snapshot and the selection.

#include "gui/acts.h"
#include "gui/screen.h"
#include "gui/screens/mail_grid.h"

namespace gui {

/// Of the point that is shown, or of none.
[[nodiscard]] ActFacts facts_of(const Frame& frame, const mail::PointView* point,
                                const SelectionFacts& selection);
/// Only what concerns definitions: that point's, and new ones.
[[nodiscard]] ActFacts define_facts(const Frame& frame, const mail::PointView* point);

}  // namespace gui
