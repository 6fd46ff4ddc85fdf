#pragma once
// Words of looks at messages: previews, messages saved as files, mails in files.

#include "gui/text/text.h"
#include "mail/snapshot.h"

namespace gui::text {

inline constexpr Text preview_of{"Preview: {x}", "Podgląd: {x}"};
inline constexpr Text preview_of_text{"Message text", "Treść wiadomości"};
inline constexpr Text preview_loading{"Loading the preview…", "Wczytywanie podglądu…"};
inline constexpr Text preview_offline{"No preview while the mailbox cannot be reached.",
                                      "Brak podglądu, dopóki nie ma połączenia ze skrzynką."};
inline constexpr Text preview_waits{"The preview comes when the mailbox answers.",
                                    "Podgląd będzie, gdy skrzynka odpowie."};
inline constexpr Text preview_cut{"Only the beginning is shown.", "Pokazano tylko początek."};
inline constexpr Text preview_guessed{"The character set was guessed.",
                                      "Kodowanie znaków zostało odgadnięte."};
inline constexpr Text preview_damaged{"The picture is damaged; shown is what could be read.",
                                      "Obraz jest uszkodzony; widać to, co dało się odczytać."};
inline constexpr Text preview_pixels{"{w} × {h} pixels", "{w} × {h} pikseli"};
inline constexpr Text no_preview_empty{"There is no text to be shown here.",
                                       "Nie ma tu tekstu do pokazania."};
inline constexpr Text no_preview_encrypted{"Encrypted: cannot be shown.",
                                           "Zaszyfrowane: nie można pokazać."};
inline constexpr Text no_preview_too_large{"Too large for a preview.", "Za duże na podgląd."};
inline constexpr Text no_preview_broken{"Damaged: cannot be shown.",
                                        "Uszkodzone: nie można pokazać."};
inline constexpr Text no_preview_other_type{"No preview for this type of file.",
                                            "Brak podglądu dla tego typu pliku."};

inline constexpr Text save_message{"Save message (.eml)…", "Zapisz wiadomość (.eml)…"};
inline constexpr Text save_message_hint{
    "The whole message as it lies in the mailbox. A path with the name of the file.",
    "Cała wiadomość, tak jak leży w skrzynce. Ścieżka z nazwą pliku."};
inline constexpr Text message_saved{"Message saved as {path}", "Wiadomość zapisano jako {path}"};
inline constexpr Text message_saved_doubt{
    "Message saved as {path}, but it may not be all of it: {why}",
    "Wiadomość zapisano jako {path}, ale może nie być cała: {why}"};
inline constexpr Text save_files{"Save files…", "Zapisz pliki…"};
inline constexpr Text save_files_hint{
    "What is marked “to be taken” becomes files in this folder; it is made where there is none. No "
    "file that is there is written over.",
    "To, co ma być pobrane, stanie się plikami w tym folderze; jeśli go nie ma, powstanie. Żaden "
    "istniejący plik nie zostanie nadpisany."};
inline constexpr Text off_no_files{"No part of this mail becomes a file.",
                                   "Żadna część tej wiadomości nie staje się plikiem."};
inline constexpr Text files_saved{"{files} saved in {path}", "Zapisano {files} w {path}"};
inline constexpr Text files_not_saved{"{parts} could not be saved: {why}",
                                      "Nie udało się zapisać: {parts} – {why}"};
inline constexpr Text off_one_message{"Select one message.", "Zaznacz jedną wiadomość."};

inline constexpr Text drop_title{"Mail in a file", "Wiadomość z pliku"};
inline constexpr Text drop_next{"Next file ({n} more)", "Następny plik (jeszcze {n})"};
inline constexpr Text drop_waits{
    "Not opened: {files}. Close what stands over the window, and drop it once more.",
    "Nie otwarto: {files}. Zamknij to, co jest nad oknem, i upuść jeszcze raz."};
inline constexpr Text drop_reading{"Reading the file…", "Odczytywanie pliku…"};

[[nodiscard]] constexpr const Text& words_of(mail::NoPreview reason) {
    switch (reason) {
    case mail::NoPreview::empty:
        return no_preview_empty;
    case mail::NoPreview::encrypted:
        return no_preview_encrypted;
    case mail::NoPreview::too_large:
        return no_preview_too_large;
    case mail::NoPreview::broken:
        return no_preview_broken;
    case mail::NoPreview::other_type:
        break;
    }
    return no_preview_other_type;
}

}  // namespace gui::text
