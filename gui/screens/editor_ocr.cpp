#include "gui/screens/editor_ocr.h"

#include <string>

#include "gui/text/ocr_queue.h"
#include "mail/point/command.h"

namespace gui {
namespace {

using mail::point::Field;

constexpr float path_width = 440.F, types_width = 260.F, number_width = 90.F;

}  // namespace

void draw_ocr_rows(EditorForm& form, EditorRows& rows) {
    const auto help = [&](const text::Text& words) {
        return Note{NoteKind::help, std::string(rows.say(words)), ""};
    };
    const FieldLook number{.width = number_width, .flags = ImGuiInputTextFlags_CharsNoBlank};
    rows.text(Field::ocr_command, text::ocr_command, form.point.ocr.command, {.width = path_width},
              help(text::ocr_command_hint));
    std::string list;
    for (const std::string_view type : mail::point::ocr_type_names)
        list.append(list.empty() ? "" : ", ").append(type);
    rows.text(Field::ocr_types, text::ocr_types, form.ocr.types, {.width = types_width},
              {NoteKind::help, text::fill(rows.say(text::ocr_types_hint), {{"list", list}}), ""});
    rows.text(Field::ocr_size, text::ocr_max_size, form.ocr.size, number);
    rows.text(Field::ocr_pages, text::ocr_max_pages, form.ocr.pages, number,
              help(text::ocr_max_pages_hint));
    rows.text(Field::ocr_jobs, text::ocr_jobs, form.ocr.jobs, number);
    rows.text(Field::ocr_limit, text::ocr_limit, form.ocr.limit, number);
    rows.text(Field::ocr_warning, text::ocr_late, form.ocr.warning, number,
              help(text::ocr_late_hint));
}

}  // namespace gui
