#pragma once
// The words of removal, of the quarantine and of the activity log.

#include "gui/text/text.h"

namespace gui::text {

// What can be done
inline constexpr Text remove{"Remove", "Usuń"};
inline constexpr Text remove_list{"Remove from list", "Usuń z listy"};
inline constexpr Text remove_both{"Remove from list and mailbox",
                                  "Usuń z listy i ze skrzynki pocztowej"};
inline constexpr Text show_in_list{"Show in list", "Pokaż na liście"};
inline constexpr Text undo_removal{"Undo the last removal", "Cofnij ostatnie usunięcie"};
inline constexpr Text quarantine{"Quarantine", "Kwarantanna"};
inline constexpr Text activity_log{"Activity log", "Dziennik działań"};
inline constexpr Text filter_hidden{"Hidden", "Ukryte"};

// Why that is off
inline constexpr Text off_nothing_removed{"Nothing was removed", "Niczego nie usunięto"};
inline constexpr Text off_delete{"This point does not allow deleting from the mailbox",
                                 "Ten punkt nie pozwala usuwać ze skrzynki"};
inline constexpr Text off_held{"Another Mailpoint is working with it",
                               "Pracuje z nią inny Mailpoint"};
inline constexpr Text off_hidden_already{"It is off the list already", "Nie ma jej już na liście"};
inline constexpr Text off_gone{"It is not in the mailbox any more", "Nie ma jej już w skrzynce"};
inline constexpr Text off_none_hidden{"Nothing in the selection is hidden",
                                      "W zaznaczeniu nie ma ukrytych wiadomości"};

// What came of it
inline constexpr Text toast_removed_list{"{messages} removed from the list",
                                         "Usunięto z listy: {messages}"};
inline constexpr Text toast_removed_mailbox{"{messages} removed from the mailbox",
                                            "Usunięto ze skrzynki: {messages}"};
inline constexpr Text marked_only{"only marked", "tylko oznaczona"};
inline constexpr Text toast_marked{"{messages} only marked as deleted",
                                   "Tylko oznaczono do usunięcia: {messages}"};
inline constexpr Text toast_taken_along{"Marked by others and deleted as well: {messages}",
                                        "Usunięto też oznaczone przez innych: {messages}"};
inline constexpr Text toast_gone_before{"{messages} gone already",
                                        "Już wcześniej usunięto: {messages}"};
inline constexpr Text toast_nothing_to_remove{"There was nothing to remove",
                                              "Nie było nic do usunięcia"};
inline constexpr Text toast_kept_several{"{messages} kept. The first of them: {why}",
                                         "Pozostawiono: {messages}. Pierwsza z nich: {why}"};
inline constexpr Text toast_kept{"{messages} kept: {why}", "Pozostawiono: {messages}. {why}"};
inline constexpr Text toast_not_restored{"{messages} not put back: {why}",
                                         "Nie przywrócono: {messages}. {why}"};
inline constexpr Text toast_left_out_taken{"{messages} left out, being taken",
                                           "Pominięto: {messages} (trwa pobieranie)"};
inline constexpr Text toast_left_out_held{"{messages} left out, in use elsewhere",
                                          "Pominięto: {messages} (używa ich inny Mailpoint)"};
inline constexpr Text toast_restored{"{messages} restored", "Przywrócono: {messages}"};
inline constexpr Text toast_removal_stopped{"Stopped", "Przerwano"};
inline constexpr Text toast_nothing_removed{"Nothing was removed: {why}",
                                            "Niczego nie usunięto. {why}"};
inline constexpr Text kept_in_mailbox{"Not removed: {why}", "Nie usunięto: {why}"};

// Questions
inline constexpr Text ask_delete_unsaved{
    "{messages} whose attachments were not taken. Remove from the mailbox anyway? Undo works for "
    "{days}.",
    "{messages} bez pobranych załączników. Usunąć ze skrzynki mimo to? Przez {days} można cofnąć."};
inline constexpr Text ask_delete_unsaved_for_good{
    "{messages} whose attachments were not taken. Remove from the mailbox anyway?",
    "{messages} bez pobranych załączników. Usunąć ze skrzynki mimo to?"};
inline constexpr Text ask_delete_for_good{"Remove from the mailbox: {messages}?",
                                          "Usunąć ze skrzynki: {messages}?"};
inline constexpr Text no_copy_is_kept{
    "This point keeps no copies (0 days of quarantine): this cannot be undone.",
    "Ten punkt nie przechowuje kopii (0 dni kwarantanny): tego nie można cofnąć."};
inline constexpr Text whole_removal{"In all {messages} will be removed.",
                                    "Razem do usunięcia: {messages}."};
inline constexpr Text ask_expunge_others{"This server will also delete {others}.",
                                         "Ten serwer usunie też {others}."};
inline constexpr Text do_only_mark{"Only mark", "Tylko oznacz"};
inline constexpr Text do_delete_all{"Delete all", "Usuń wszystkie"};
inline constexpr Text ask_purge{"Empty the quarantine? This cannot be undone.",
                                "Opróżnić kwarantannę? Tego nie można cofnąć."};
inline constexpr Text do_purge{"Empty", "Opróżnij"};

// The delete gate
inline constexpr Text column_gate{"Delete gate", "Blokada usuwania"};
inline constexpr Text gate_open_word{"Open", "Otwarta"};
inline constexpr Text gate_locked_word{"Locked", "Zamknięta"};
inline constexpr Text gate_open{"All files are saved: it can be removed from the mailbox",
                                "Wszystkie pliki zapisane: można usunąć ze skrzynki"};
inline constexpr Text gate_locked{"Before it is removed from the mailbox you are asked: {why}",
                                  "Przed usunięciem ze skrzynki program zapyta: {why}"};
inline constexpr Text gate_open_tooltip{
    "Delete gate open: every wanted attachment is on the disk. The files are read back before the "
    "message leaves the mailbox.",
    "Blokada usuwania otwarta: każdy potrzebny załącznik jest na dysku. Zanim wiadomość zniknie ze "
    "skrzynki, pliki zostaną odczytane i porównane."};
inline constexpr Text gate_locked_tooltip{
    "Delete gate locked: without your word the message stays in the mailbox.",
    "Blokada usuwania zamknięta: bez Twojej zgody wiadomość zostaje w skrzynce."};
inline constexpr Text lock_count{"{n}: {why}", "{n}: {why}"};

// Work under way
inline constexpr Text job_removing{"Removing: {k} of {messages}", "Usuwanie: {k} z {messages}"};
inline constexpr Text job_restoring{"Restoring: {k} of {messages}",
                                    "Przywracanie: {k} z {messages}"};

inline constexpr Text waiting_removals{"Waiting to be removed: {messages}",
                                       "Czeka na usunięcie: {messages}"};
inline constexpr Text do_not_remove{"Don't remove", "Nie usuwaj"};
inline constexpr Text status_waits_to_leave{"To be removed", "Czeka na usunięcie"};
inline constexpr Text status_marked{
    "Marked for deletion in the mailbox: it leaves when somebody expunges what is marked there.",
    "Oznaczona w skrzynce jako usunięta: zniknie, gdy ktoś usunie tam oznaczone wiadomości."};

inline constexpr Text ask_quit_removing{"Removal is under way ({k} of {n}).",
                                        "Trwa usuwanie ({k} z {n})."};
inline constexpr Text ask_quit_restoring{"Messages are being put back ({k} of {n}).",
                                         "Trwa przywracanie ({k} z {n})."};

// Empty states
inline constexpr Text empty_hidden{"No hidden messages", "Nie ma ukrytych wiadomości"};
inline constexpr Text empty_all_hidden{"All messages were removed from the list",
                                       "Wszystkie wiadomości usunięto z listy"};
inline constexpr Text show_hidden{"Show the hidden ones", "Pokaż ukryte"};
inline constexpr Text empty_quarantine{"The quarantine is empty", "Kwarantanna jest pusta"};
inline constexpr Text empty_log{"Nothing has happened yet", "Jeszcze nic się nie działo"};
inline constexpr Text looking_up{"Reading…", "Wczytywanie…"};

// Quarantine
inline constexpr Text quarantine_title{"Quarantine: {point}", "Kwarantanna: {point}"};
inline constexpr Text quarantine_purpose{
    "Copies of messages that were removed from the mailbox. Restoring puts them back there.",
    "Kopie wiadomości usuniętych ze skrzynki. Przywrócenie odkłada je tam z powrotem."};
inline constexpr Text column_removed{"Removed", "Usunięto"};
inline constexpr Text column_removed_by{"By", "Kto"};
inline constexpr Text column_kept_until{"Kept until", "Do kiedy"};
inline constexpr Text restore{"Restore", "Przywróć"};
inline constexpr Text restore_count{"Restore ({n})", "Przywróć ({n})"};
inline constexpr Text restoring{"Restoring…", "Przywracanie…"};
inline constexpr Text empty_it{"Empty…", "Opróżnij…"};
inline constexpr Text emptying{"Emptying…", "Opróżnianie…"};

// Activity log
inline constexpr Text removal_stopped{"Stopped. What was done before stays done.",
                                      "Przerwano. To, co już zrobiono, pozostaje."};
inline constexpr Text log_when{"When", "Kiedy"};
inline constexpr Text log_who{"Who", "Kto"};
inline constexpr Text log_point{"Point", "Punkt"};
inline constexpr Text log_what{"What", "Co"};
inline constexpr Text log_result{"Result", "Wynik"};
inline constexpr Text log_filter{"Search the log", "Szukaj w dzienniku"};
inline constexpr Text log_all_points{"All points", "Wszystkie punkty"};
inline constexpr Text log_all_kinds{"Everything", "Wszystko"};
inline constexpr Text log_documents{"Documents", "Dokumenty"};
inline constexpr Text log_removals{"Removals", "Usunięcia"};
inline constexpr Text log_restored{"What was brought back", "Przywrócenia"};
inline constexpr Text log_purged{"Copies deleted for good", "Usunięcia kopii"};
inline constexpr Text log_points{"Points and operators", "Punkty i operatorzy"};
inline constexpr Text log_sign_ins{"Sign-ins and passwords", "Logowania i hasła"};
inline constexpr Text log_all_times{"At any time", "Kiedykolwiek"};
inline constexpr Text log_last_day{"Last 24 hours", "Ostatnia doba"};
inline constexpr Text log_last_week{"Last 7 days", "Ostatnie 7 dni"};
inline constexpr Text log_last_month{"Last 30 days", "Ostatnie 30 dni"};
inline constexpr Text no_such_entries{"No such entries", "Nie ma takich wpisów"};
inline constexpr Text log_older{"Show older", "Pokaż starsze"};
inline constexpr Text log_done{"Done", "Wykonano"};
inline constexpr Text log_files{"{k} of {files} saved", "Zapisano {k} z {files}"};
inline constexpr Text log_retention{"Log: {log}, lists: {lists}",
                                    "Dziennik: {log}, listy: {lists}"};
inline constexpr Text log_export{"Export…", "Eksportuj…"};
inline constexpr Text log_export_title{"Export the activity log", "Eksport dziennika działań"};
inline constexpr Text log_export_hint{
    "The whole log, not only what is shown: as CSV, or as JSON where the name ends in .json.",
    "Cały dziennik, nie tylko to, co widać: jako CSV albo jako JSON, gdy nazwa kończy się na "
    ".json."};
inline constexpr Text log_file_name{"activity-log-{date}.csv", "dziennik-{date}.csv"};
inline constexpr Text log_exported{"Log exported to {path}", "Dziennik zapisano w {path}"};
inline constexpr Text off_nothing_shown{"There is nothing in the list", "Na liście nic nie ma"};

}  // namespace gui::text
