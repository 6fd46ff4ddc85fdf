#pragma once
// The editor's tab Lista: the columns of the point's message list, and what it will look like.

#include "gui/screens/editor_rows.h"

namespace gui {

void draw_list_tab(Frame& frame, EditorForm& form, EditorRows& rows);

}  // namespace gui
