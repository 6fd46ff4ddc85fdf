#pragma once
// The editor's tab Ogólne: name, target folder, only graphic attachments.

#include "gui/screens/editor_rows.h"

namespace gui {

void draw_general_tab(Frame& frame, EditorForm& form, EditorRows& rows);

}  // namespace gui
