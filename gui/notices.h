#pragma once
// The lines over the list that stay until what they say is no more: it concerns the workspace, not
// one point.

#include "gui/screen.h"

namespace gui {

void draw_notices(const Frame& frame);

}  // namespace gui
