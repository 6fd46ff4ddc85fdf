#include "gui/screens/editor_general.h"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include <imgui.h>

#include "gui/screens/editor_ocr.h"
#include "gui/screens/editor_samples.h"
#include "gui/text/plurals.h"
#include "gui/text/screens.h"
#include "mail/base/disk.h"
#include "mail/work/naming.h"

namespace gui {
namespace {

using mail::point::Field;
using mail::point::General;

constexpr float path_width = 440.F, choice_width = 260.F, days_width = 90.F;

Note help(std::string words) {
    return {NoteKind::help, std::move(words), ""};
}

void to_controls() {
    ImGui::SetCursorPosX(ImGui::GetCursorPosX() + label_room());
}

/// A switch with what it does, or what is wrong with it, under it.
bool draw_switch(EditorRows& rows, const char* id, const text::Text& label, bool& on,
                 const Note& note) {
    to_controls();
    const std::string words = std::string(rows.say(label)) + "###" + id;
    const bool changed = check_box(words.c_str(), on);
    if (changed)
        rows.check();
    field_note(note);
    return changed;
}

/// That somebody would have to be asked for the folder first.
Note note_of_taking(const General& general, EditorRows& rows) {
    if (general.take_by_itself && general.folder.empty() && !general.ocr_point)
        return {NoteKind::warning, std::string(rows.say(text::take_by_itself_nowhere)), ""};
    return help(std::string(rows.say(text::take_by_itself_hint)));
}

struct OcrPoints {
    std::vector<std::string> ids;
    std::vector<std::string_view> names;
};

/// Those of the workspace, and the chosen one wherever it is.
OcrPoints ocr_points(const Frame& frame, const std::optional<std::string>& chosen) {
    OcrPoints found;
    for (const auto& view : frame.snapshot.points)
        if (view->definition->type == mail::point::Type::ocr) {
            found.ids.push_back(view->definition->id);
            found.names.push_back(view->definition->name);
        }
    if (chosen && std::ranges::find(found.ids, *chosen) == found.ids.end()) {
        found.ids.push_back(*chosen);
        // Who defines sees all; to others it may only not be shown.
        found.names.push_back(
            (frame.snapshot.may_define ? text::missing_ocr_point : text::hidden_ocr_point)
                .in(frame.language));
    }
    return found;
}

/// Whoever defines sees all that there are.
bool is_gone(const Frame& frame, const std::optional<std::string>& ocr_point) {
    const auto is_it = [&](const auto& view) {
        return view->definition->id == *ocr_point &&
               view->definition->type == mail::point::Type::ocr;
    };
    return ocr_point && frame.snapshot.may_define &&
           std::ranges::none_of(frame.snapshot.points, is_it);
}

/// True: one is to be made.
bool draw_ocr_path(const Frame& frame, General& general, EditorRows& rows) {
    const OcrPoints points = ocr_points(frame, general.ocr_point);
    to_controls();
    bool on = general.ocr_point.has_value();
    const std::string label = std::string(rows.say(text::use_ocr_path)) + "###use_ocr_path";
    const std::string_view off = points.ids.empty() ? rows.say(text::no_ocr_point) : "";
    if (check_box(label.c_str(), on, off)) {
        general.ocr_point = on ? std::optional(points.ids.front()) : std::nullopt;
        rows.check();
    }
    if (general.ocr_point) {
        auto chosen = static_cast<int>(std::ranges::find(points.ids, *general.ocr_point) -
                                       points.ids.begin());
        same_line_if_it_fits(px(choice_width), 12);
        if (combo("##ocr_point", points.names, chosen, {.width = choice_width})) {
            general.ocr_point = points.ids.at(static_cast<std::size_t>(chosen));
            rows.check();
        }
    }
    if (off.empty()) {
        field_note(is_gone(frame, general.ocr_point)
                       ? Note{NoteKind::warning, std::string(rows.say(text::ocr_point_gone)), ""}
                       : help(std::string(rows.say(text::use_ocr_path_hint))));
        return false;
    }
    ImGui::PushID("no_ocr");
    const bool make =
        field_note({NoteKind::help, std::string(off), std::string(rows.say(text::mend_create))});
    ImGui::PopID();
    return make;
}

bool draw_switches(const Frame& frame, General& general, EditorRows& rows) {
    const auto explain = [&](const text::Text& words) {
        return help(std::string(rows.say(words)));
    };
    draw_switch(rows, "allow_delete", text::allow_delete, general.allow_delete_from_mailbox,
                explain(text::allow_delete_hint));
    const auto days = static_cast<std::uint64_t>(std::max(0, general.quarantine_days));
    const Note when =
        days == 0 ? explain(text::delete_after_no_quarantine)
                  : help(text::fill(text::delete_after_hint, frame.language,
                                    {{"days", text::counted(text::day, frame.language, days)}}));
    draw_switch(rows, "delete_after", text::delete_after, general.delete_after_document, when);
    const bool make_ocr = draw_ocr_path(frame, general, rows);
    draw_switch(rows, "set_path", text::set_path, general.set_folder_while_working,
                explain(text::set_path_hint));
    draw_switch(rows, "only_graphic", text::only_graphic, general.only_graphic_attachments,
                explain(text::only_graphic_hint));
    draw_switch(rows, "take_by_itself", text::take_by_itself, general.take_by_itself,
                note_of_taking(general, rows));
    return make_ocr;
}

void draw_preview_line(const EditorSample& sample, const EditorForm& form) {
    mail::work::NamingFields fields;
    fields.received = sample.received;
    fields.sender = sample.sender;
    fields.sender_address = sample.sender_address;
    fields.subject = sample.subject;
    fields.name = sample.file;
    fields.type = sample.type;
    fields.point = form.point.name;
    fields.number = 1;  // of its mail's files the first
    const std::string name = mail::work::file_name_for(form.point.general.naming, fields);
    ellipsis_text(name, ImGui::GetContentRegionAvail().x, colours().muted);
}

void draw_naming(EditorForm& form, EditorRows& rows) {
    std::string list;
    for (const std::string_view field : mail::point::naming_fields())
        list.append(list.empty() ? "{" : ", {").append(field).append("}");
    rows.text(Field::naming, text::naming, form.point.general.naming, {.width = path_width},
              help(text::fill(rows.say(text::naming_hint), {{"list", list}})));
    if (rows.faulty(Field::naming))
        return;
    field_label(rows.say(text::naming_preview));
    push_font(Weight::regular, 15);
    for (const EditorSample& sample : editor_samples) {
        if (&sample != editor_samples.data())
            to_controls();
        draw_preview_line(sample, form);
    }
    pop_font();
}

void draw_choices(EditorForm& form, EditorRows& rows) {
    General& general = form.point.general;
    const std::array repeated{rows.say(text::repeated_skip), rows.say(text::repeated_save),
                              rows.say(text::repeated_ask)};
    auto chosen = static_cast<int>(general.repeated_files);
    field_label(rows.say(text::repeated_files));
    if (combo("##repeated_files", repeated, chosen, {.width = choice_width})) {
        general.repeated_files = static_cast<mail::point::RepeatedFiles>(chosen);
        rows.check();
    }
    const std::array pictures{rows.say(text::inline_automatic), rows.say(text::inline_take),
                              rows.say(text::inline_skip)};
    chosen = static_cast<int>(general.inline_images);
    field_label(rows.say(text::inline_images));
    if (combo("##inline_images", pictures, chosen, {.width = choice_width})) {
        general.inline_images = static_cast<mail::point::InlineImages>(chosen);
        rows.check();
    }
    field_note(help(std::string(rows.say(text::inline_hint))));
    rows.text(Field::quarantine_days, text::quarantine_days, form.quarantine_days,
              {.width = days_width, .flags = ImGuiInputTextFlags_CharsNoBlank},
              help(std::string(rows.say(text::quarantine_hint))));
}

void draw_folder(Frame& frame, EditorForm& form, EditorRows& rows, FolderCheck& check) {
    const bool ocr = form.point.type == mail::point::Type::ocr;
    rows.begin(Field::target_folder, ocr ? text::ocr_folder : text::target_folder);
    const FieldEvents events =
        text_field(EditorRows::id_of(Field::target_folder), form.point.general.folder,
                   {.width = path_width, .faulty = rows.faulty(Field::target_folder)});
    rows.happened(Field::target_folder, events);
    if (rows.note(Field::target_folder, folder_note(frame, form.point, check)))
        check.make(frame);
    if (events.left || events.confirmed)
        check.left();
}

/// The shells' way to write a home folder, which a definition doesn't know.
bool names_home(std::string_view folder) {
    return folder == "~" || folder.starts_with("~/") || folder.starts_with("~\\");
}

}  // namespace

Note folder_note(const Frame& frame, const mail::point::Point& point, const FolderCheck& check) {
    const std::string& folder = point.general.folder;
    const text::Language language = frame.language;
    Note note = check.note(language);
    // To make a folder of that name would be what nobody means.
    if (names_home(folder))
        note = {NoteKind::warning, std::string(text::folder_not_home.in(language)), ""};
    if (note.kind == NoteKind::none)
        note = help(std::string((point.type == mail::point::Type::ocr ? text::ocr_folder_hint
                                                                      : text::target_folder_hint)
                                    .in(language)));
    if (!folder.empty() && !mail::is_absolute_path(folder) && !frame.snapshot.workspace.empty())
        note.text +=
            " " + text::fill(text::folder_in_full, language,
                             {{"path", mail::join_path(frame.snapshot.workspace, folder)}});
    return note;
}

bool draw_general_tab(Frame& frame, EditorForm& form, EditorRows& rows, FolderCheck& folder_check) {
    rows.text(Field::name, text::point_name, form.point.name);
    const bool ocr = form.point.type == mail::point::Type::ocr;
    draw_folder(frame, form, rows, folder_check);
    if (ocr) {
        draw_ocr_rows(form, rows);
        return false;
    }
    const bool make_ocr = draw_switches(frame, form.point.general, rows);
    draw_naming(form, rows);
    draw_choices(form, rows);
    return make_ocr;
}

}  // namespace gui
