#pragma once
// The words of the window about the queue of an OCR point, and about what it does not accept.

#include "gui/text/text.h"

namespace gui::text {

// What can be done
inline constexpr Text ocr_run{"Run", "Uruchom"};
inline constexpr Text ocr_run_count{"Run ({n})", "Uruchom ({n})"};
inline constexpr Text ocr_stop{"Stop", "Zatrzymaj"};
inline constexpr Text ocr_run_or_stop{"Run, stop", "Uruchom, zatrzymaj"};
inline constexpr Text ocr_retry{"Try again", "Spróbuj ponownie"};
inline constexpr Text ocr_retry_count{"Try again ({n})", "Spróbuj ponownie ({n})"};
inline constexpr Text ocr_stop_file{"Stop this file", "Zatrzymaj ten plik"};
inline constexpr Text ocr_stop_file_count{"Stop these files ({n})", "Zatrzymaj te pliki ({n})"};
inline constexpr Text ocr_open_result{"Open result", "Otwórz wynik"};
inline constexpr Text ocr_open_file{"Open file", "Otwórz plik"};
inline constexpr Text ocr_show_command{"Show the command…", "Pokaż polecenie…"};

// Why not
inline constexpr Text off_ocr_no_command{
    "The point has no command: another program takes the files. A command is set in the point.",
    "Punkt nie ma polecenia: pliki zabiera inny program. Polecenie ustawia się w punkcie."};
inline constexpr Text off_ocr_none_failed{"None of the selected files has failed",
                                          "Żaden z zaznaczonych plików nie ma błędu"};
inline constexpr Text off_ocr_none_runs{"None of the selected files is being worked on here",
                                        "Nad żadnym z zaznaczonych plików nie trwa tu praca"};
inline constexpr Text off_ocr_one_file{"Select one file", "Zaznacz jeden plik"};
inline constexpr Text off_ocr_no_result{"There is no result", "Nie ma wyniku"};
inline constexpr Text off_ocr_file_gone{"The file is not there any more", "Pliku już nie ma"};
inline constexpr Text off_ocr_select{"Select files", "Zaznacz pliki"};

// The queue
inline constexpr Text ocr_filter_waiting{"Waiting", "Czekające"};
inline constexpr Text ocr_filter_done{"Done", "Gotowe"};
inline constexpr Text ocr_filter_failed{"Failed", "Błędy"};
inline constexpr Text ocr_taken_by_other{"Taken by another program", "Zabrany przez inny program"};
inline constexpr Text ocr_running_on{"on {host}", "na {host}"};
inline constexpr Text ocr_long{"long since", "od dawna"};
inline constexpr Text empty_ocr{"The queue is empty", "Kolejka jest pusta"};
inline constexpr Text empty_ocr_chip{"No such files", "Nie ma takich plików"};
inline constexpr Text ocr_queue_runs{"The queue is running. Waiting: {n}, in progress: {m}",
                                     "Kolejka działa. Czeka: {n}, w trakcie: {m}"};
inline constexpr Text ocr_queue_stopped{"The queue is stopped. Waiting: {n}",
                                        "Kolejka jest zatrzymana. Czeka: {n}"};
inline constexpr Text ocr_queue_not_allowed{
    "The command was not allowed on this computer yet. Waiting: {n}",
    "Polecenie nie ma jeszcze zgody na tym komputerze. Czeka: {n}"};
inline constexpr Text ocr_queue_of_others{"Another program takes the files. Waiting: {n}",
                                          "Pliki zabiera inny program. Czeka: {n}"};
inline constexpr Text ocr_queue_opening{"Reading the folder…", "Odczytywanie folderu…"};
inline constexpr Text ocr_lie_long{"Waiting for longer than {minutes} min: {files}",
                                   "Dłużej niż {minutes} min czeka: {files}"};
inline constexpr Text ocr_files_selected{"{files} · {n} selected", "{files} · zaznaczono {n}"};
inline constexpr Text ocr_bar_runs{"The queue is running", "Kolejka działa"};
inline constexpr Text ocr_bar_stopped{"The queue is stopped", "Kolejka zatrzymana"};
inline constexpr Text ocr_bar_watched{"The folder is watched", "Folder jest obserwowany"};
inline constexpr Text ocr_bar_fault{"The queue can't be reached", "Brak dostępu do kolejki"};

// The list of points
inline constexpr Text ocr_in_queue{"{files} in the queue", "{files} w kolejce"};
// What somebody has to see to comes first: the end is cut off where the list is narrow.
inline constexpr Text ocr_and_failed{"Failed: {n} · {what}", "Błędy: {n} · {what}"};
inline constexpr Text ocr_and_long{"Long since: {n} · {what}", "Od dawna: {n} · {what}"};
inline constexpr Text ocr_of_point_long{"OCR: waiting for long: {files}",
                                        "OCR: od dawna czeka: {files}"};

// Consent
inline constexpr Text ask_ocr_command{"May this command run on this computer?",
                                      "Czy to polecenie może działać na tym komputerze?"};
inline constexpr Text ocr_command_purpose{
    "The point “{name}” runs it for each file in its folder, with your rights: it may do all that "
    "you may. Allow it only if you know it.",
    "Punkt „{name}” uruchamia je dla każdego pliku w swoim folderze, z Twoimi uprawnieniami: może "
    "zrobić wszystko, co Ty. Zezwól tylko wtedy, gdy je znasz."};
inline constexpr Text ocr_command_from{"From: {path}", "Pochodzi z: {path}"};
inline constexpr Text ocr_command_words{"Program and its arguments", "Program i jego argumenty"};
inline constexpr Text ocr_command_in{"{in} becomes the file: {path}", "{in} to plik: {path}"};
inline constexpr Text ocr_command_out{
    "{out} becomes the result, in a folder that is deleted afterwards; from there it is copied to "
    "{path}",
    "{out} to wynik w folderze, który potem jest usuwany; stamtąd jest kopiowany do {path}"};
inline constexpr Text ocr_command_hidden{
    "Characters that can't be seen are shown by their numbers.",
    "Niewidoczne znaki są pokazane przez swoje numery."};
inline constexpr Text ocr_command_again{
    "You are asked again when the command changes. What is allowed is yours, and kept on this "
    "computer.",
    "Po zmianie polecenia pytanie pojawi się od nowa. Zgoda jest Twoja i zostaje na tym "
    "komputerze."};
inline constexpr Text ocr_command_changed{
    "The point was changed meanwhile. Close this, and look at its command again.",
    "Punkt został w międzyczasie zmieniony. Zamknij to okno i obejrzyj polecenie od nowa."};
inline constexpr Text ocr_allow{"Allow this command", "Zezwól na to polecenie"};
inline constexpr Text ocr_command_example{"invoice.pdf", "faktura.pdf"};

// What a document of a mail came to
inline constexpr Text ocr_of_file{"OCR: {state}", "OCR: {state}"};
inline constexpr Text ocr_not_accepted{"The OCR program won't accept it: {why}",
                                       "Program OCR tego nie przyjmie: {why}"};
inline constexpr Text ocr_not_accepted_count{"The OCR program won't accept: {files}",
                                             "Program OCR nie przyjmie: {files}"};

// Editor
inline constexpr Text ocr_types{"Accepted types", "Przyjmowane typy"};
inline constexpr Text ocr_types_hint{"Of these: {list}. Separated by commas.",
                                     "Spośród: {list}. Oddzielone przecinkami."};
inline constexpr Text ocr_max_size{"Largest file (MB)", "Największy plik (MB)"};
inline constexpr Text ocr_max_pages{"Most pages", "Najwięcej stron"};
inline constexpr Text ocr_max_pages_hint{"0: as many as there are.", "0: ile jest."};
inline constexpr Text ocr_command{"Command per file", "Polecenie dla pliku"};
inline constexpr Text ocr_command_hint{
    "{in} becomes the file, {out} the result. Empty: another program takes the files. Before it "
    "runs, each person is asked on each computer whether it may.",
    "{in} to plik, {out} to wynik. Puste: pliki zabiera inny program. Zanim polecenie zadziała, "
    "każda osoba jest na każdym komputerze pytana o zgodę."};
inline constexpr Text ocr_jobs{"Jobs at once", "Zadań naraz"};
inline constexpr Text ocr_limit{"Time limit (min)", "Limit czasu (min)"};
inline constexpr Text ocr_late{"Warn after (min)", "Ostrzegaj po (min)"};
inline constexpr Text ocr_late_hint{"When a file lies longer than that. 0: never.",
                                    "Gdy plik leży dłużej. 0: nigdy."};

// Keys
inline constexpr Text keys_ocr{"OCR queue", "Kolejka OCR"};
inline constexpr Text key_ocr_open{"Open the result, or the file", "Otwórz wynik albo plik"};

// Activity log
inline constexpr Text log_ocr{"OCR", "OCR"};

}  // namespace gui::text
