#pragma once
// What the General tab of the point editor has of an OCR point alone: what it accepts, and the
// command.

#include "gui/screens/editor_form.h"
#include "gui/screens/editor_rows.h"

namespace gui {

void draw_ocr_rows(EditorForm& form, EditorRows& rows);

}  // namespace gui
