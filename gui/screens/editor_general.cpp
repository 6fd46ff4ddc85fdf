#include "gui/screens/editor_general.h"

#include <imgui.h>

#include "gui/text/screens.h"

namespace gui {

using mail::point::Field;

void draw_general_tab(Frame& frame, EditorForm& form, EditorRows& rows) {
    const text::Language language = frame.language;
    rows.text(Field::name, text::point_name, form.point.name);
    rows.text(Field::target_folder, text::target_folder, form.point.general.folder,
              {.width = 440.F},
              {NoteKind::help, std::string(text::target_folder_hint.in(language)), ""});
    ImGui::SetCursorPosX(ImGui::GetCursorPosX() + label_room());
    const std::string label = std::string(text::only_graphic.in(language)) + "###only_graphic";
    if (check_box(label.c_str(), form.point.general.only_graphic_attachments))
        rows.check();
    field_note({NoteKind::help, std::string(text::only_graphic_hint.in(language)), ""});
}

}  // namespace gui
