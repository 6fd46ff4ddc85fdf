#pragma once
// The editor's tab Ogólne: name and folder, the five switches of the manual, file names with what
// they lead to. Of an OCR point the first two, and its limits and command.

#include "gui/screens/editor_rows.h"
#include "gui/screens/folder_check.h"

namespace gui {

/// Under the target folder: what is wrong with it as far as is known, else what it is for; and what
/// a relative one means.
[[nodiscard]] Note folder_note(const Frame& frame, const mail::point::Point& point,
                               const FolderCheck& check);
/// True when an OCR point is to be made, because there is none to choose.
[[nodiscard]] bool draw_general_tab(Frame& frame, EditorForm& form, EditorRows& rows,
                                    FolderCheck& folder_check);

}  // namespace gui
