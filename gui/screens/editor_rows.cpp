#include "gui/screens/editor_rows.h"

#include <imgui.h>

#include "gui/redraw.h"
#include "gui/text/faults.h"

namespace gui {

using mail::point::Field;
using mail::point::Finding;

std::vector<std::string> other_names(const mail::Snapshot& snapshot, const std::string& own_id) {
    std::vector<std::string> names;
    for (const auto& view : snapshot.points)
        if (!view->demo && (own_id.empty() || view->definition->id != own_id))
            names.push_back(view->definition->name);
    return names;
}

const char* EditorRows::id_of(Field field) {
    switch (field) {
    case Field::server:
        return "##server";
    case Field::port:
        return "##port";
    case Field::authentication:
        return "##authentication";
    case Field::encryption:
        return "##encryption";
    case Field::login:
        return "##login";
    case Field::password:
        return "##password";
    case Field::folder:
        return "##folder";
    case Field::proxy:
        return "##proxy";
    case Field::ca_file:
        return "##ca_file";
    case Field::shared_mailbox:
        return "##shared_mailbox";
    case Field::tenant:
        return "##tenant";
    case Field::issuer:
        return "##issuer";
    case Field::client_id:
        return "##client_id";
    case Field::pinned_certificate:
        return "##pinned_certificate";
    case Field::name:
        return "##name";
    case Field::target_folder:
        return "##target_folder";
    case Field::naming:
        return "##naming";
    case Field::quarantine_days:
        return "##quarantine_days";
    case Field::ocr_types:
        return "##ocr_types";
    case Field::ocr_size:
        return "##ocr_size";
    case Field::ocr_pages:
        return "##ocr_pages";
    case Field::ocr_command:
        return "##ocr_command";
    case Field::ocr_jobs:
        return "##ocr_jobs";
    case Field::ocr_limit:
        return "##ocr_limit";
    case Field::ocr_warning:
        return "##ocr_warning";
    case Field::columns:
        return "##columns";
    }
    return "##field";
}

void EditorRows::check() {
    form_.check(other_names(frame_.snapshot, form_.point.id));
}

void EditorRows::begin(Field field, const text::Text& label) {
    ImGui::PushID(static_cast<int>(field));
    field_label(say(label));
    take_focus(field);
}

void EditorRows::take_focus(Field field) {
    if (focus_ != field)
        return;
    focus_next_item();
    ImGui::SetScrollHereY();
    focus_.reset();
}

bool EditorRows::note(Field field, const Note& otherwise) {
    const Finding* finding = form_.shown(field, ImGui::GetTime());
    bool pressed = false;
    if (finding == nullptr) {
        pressed = field_note(otherwise);
    } else {
        const text::FaultWords words = text::words_of(*finding, form_.point, frame_.language);
        const bool error = finding->severity == mail::point::Severity::error;
        if (field_note({error ? NoteKind::error : NoteKind::warning, words.sentence,
                        std::string(words.mend)})) {
            form_.mend(Finding(*finding));
            check();
        }
    }
    ImGui::PopID();
    return pressed;
}

void EditorRows::happened(Field field, const FieldEvents& events) {
    if (events.changed) {
        form_.typed(field, ImGui::GetTime());
        redraw_within(EditorForm::pause);
    }
    if (events.left || events.confirmed)
        form_.left(field);
    if (events.changed || events.left)
        check();
}

bool EditorRows::faulty(Field field) const {
    const Finding* finding = form_.shown(field, ImGui::GetTime());
    return finding != nullptr && finding->severity == mail::point::Severity::error;
}

FieldEvents EditorRows::text(Field field, const text::Text& label, std::string& value,
                             FieldLook look, const Note& otherwise) {
    begin(field, label);
    look.faulty = faulty(field);
    const FieldEvents events = text_field(id_of(field), value, look);
    happened(field, events);
    note(field, otherwise);
    return events;
}

// NOLINTNEXTLINE(readability-function-size): a row has that many properties
bool EditorRows::choice(Field field, const text::Text& label,
                        std::span<const std::string_view> names, int& chosen, float width,
                        const Note& otherwise) {
    begin(field, label);
    const bool changed =
        combo(id_of(field), names, chosen, {.width = width, .faulty = faulty(field)});
    if (changed)
        check();
    note(field, otherwise);
    return changed;
}

}  // namespace gui
