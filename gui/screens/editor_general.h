#pragma once
// The editor's tab Ogólne: name and folder, the five switches of the manual, file names with what
// they lead to. Of an OCR point only the first two.

#include "gui/screens/editor_rows.h"

namespace gui {

void draw_general_tab(Frame& frame, EditorForm& form, EditorRows& rows);

}  // namespace gui
