#pragma once
// Everything that can be asked of the window, one row each: its words, icon and keys. Toolbar,
// menu, shortcuts and the help window are drawn from this table, so that they can't disagree.

#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include <imgui.h>

#include "gui/text/text.h"

namespace gui {

enum class Act : std::uint8_t {
    generate,
    set_folder,
    refresh,
    diagnose,
    search,
    open_folder,
    new_point,
    edit_point,
    duplicate_point,
    delete_point,
    import_point,
    export_point,
    operators,
    remove_list,
    remove_both,
    show_in_list,
    undo,
    quarantine,
    activity_log,
    day_report,
    save_message,
    dry_run,
    cancel_job,  ///< that its strip tells of
    ocr_run,     ///< or stop
    ocr_retry,
    ocr_stop_file,
    ocr_open_result,
    ocr_open_file,
    ocr_copy,
    columns,
    details,
    palette,
    settings,
    next_pane,
    previous_pane,
    larger,
    smaller,
    normal_size,
    menu,
    shortcuts,
    about,
    quit,
};

struct ActRow {
    Act act;
    const text::Text* name;
    const char* icon;     ///< or null
    ImGuiKeyChord keys;   ///< 0: none
    ImGuiKeyChord other;  ///< a second one, or 0
};
/// What only messages have, and what only the queue of an OCR point has.
enum class ActScope { everywhere, mail, ocr };
[[nodiscard]] ActScope scope_of(Act act);
[[nodiscard]] std::span<const ActRow> acts();
[[nodiscard]] const ActRow& row_of(Act act);
/// "Ctrl+Enter"; the same in every language.
[[nodiscard]] std::string name_of_keys(ImGuiKeyChord keys);

/// The same of an OCR point's queue. It is about the selected files, or all that are shown where
/// none is.
struct OcrFacts {
    std::size_t waiting = 0;                        ///< in the whole queue
    bool runs = false;                              ///< it can be stopped; else run
    std::size_t failed = 0, running = 0;            ///< of those that are meant
    std::string run_off, retry_off, stop_file_off;  ///< "": on
    std::string open_file_off, open_result_off, copy_off;
};

/// What can be done with the point that is shown, and why not.
struct ActFacts {
    std::size_t to_take = 0;                                ///< messages that Generate acts on
    std::size_t selected = 0;                               ///< of so many
    std::string left_out;                                   ///< why not on the others; "": on all
    std::string generate_off, set_folder_off, refresh_off;  ///< "": on
    std::string define_off;                                 ///< new points: only administrators
    std::string edit_off;                                   ///< to see this one
    std::string change_off;                                 ///< and to change or delete it
    std::string export_off, undo_off;
    std::string remove_off, remove_both_off, show_in_list_off;
    std::string quarantine_off;
    std::string diagnose_off;
    std::string save_message_off;
    std::string dry_run_off;
    std::string cancel_job_off;
    bool offers_both = true;   ///< else that way of removing is not there at all
    bool offers_show = false;  ///< hidden messages are meant
    std::string open_folder_off;
    std::optional<OcrFacts> ocr;  ///< of an OCR point; nothing of mails is offered then
};
/// Of each, from the facts: "", or why it can't be done.
[[nodiscard]] const std::string& why_off(Act act, const ActFacts& facts);
/// Nothing of the selection can be removed or brought back: "", or why.
[[nodiscard]] const std::string& removal_off(const ActFacts& facts);
/// "Edit point…", or "Show definition…" where it can only be seen.
[[nodiscard]] std::string edit_label(const ActFacts& facts, text::Language language);
/// "Generate document (3)", "Generate document (3 of 5)"
[[nodiscard]] std::string generate_label(const ActFacts& facts, text::Language language);

/// "Run (3)", or "Stop"; "Try again (2)"; "Stop this file"
[[nodiscard]] std::string ocr_run_label(const OcrFacts& facts, text::Language language);
[[nodiscard]] std::string ocr_retry_label(const OcrFacts& facts, text::Language language);
[[nodiscard]] std::string ocr_stop_file_label(const OcrFacts& facts, text::Language language);

/// A list of choices with its own room around each; end_menu_popup() only where it is open.
[[nodiscard]] bool begin_menu_popup(const char* name);
void end_menu_popup();
/// The same room, for lists that are opened by other means.
void push_menu_style();
void pop_menu_style();
/// One of them, from the table above; with a reason it is off.
[[nodiscard]] bool menu_row(Act act, text::Language language, const ActFacts& facts);
[[nodiscard]] bool menu_row(Act act, const std::string& label, const std::string& off);
/// Those of removal, the same in the toolbar and in the menu of the rows.
[[nodiscard]] std::optional<Act> removal_rows(const ActFacts& facts, text::Language language);

}  // namespace gui
