#pragma once
// The nouns that go with a number. The genitive follows "z" ("1 z 3 wiadomości"); English has one
// form for both.

#include "gui/text/text.h"

namespace gui::text {

inline constexpr Plural message{"message", "messages", "wiadomość", "wiadomości", "wiadomości"};
inline constexpr Plural message_genitive{"message", "messages", "wiadomości", "wiadomości",
                                         "wiadomości"};
inline constexpr Plural attachment{"attachment", "attachments", "załącznik", "załączniki",
                                   "załączników"};
inline constexpr Plural file{"file", "files", "plik", "pliki", "plików"};
inline constexpr Plural file_genitive{"file", "files", "pliku", "plików", "plików"};
inline constexpr Plural file_there{"file was saved already", "files were saved already",
                                   "plik był już zapisany", "pliki były już zapisane",
                                   "plików było już zapisanych"};
inline constexpr Plural document{"document", "documents", "dokument", "dokumenty", "dokumentów"};
inline constexpr Plural part{"part", "parts", "część", "części", "części"};
inline constexpr Plural point{"point", "points", "punkt", "punkty", "punktów"};
inline constexpr Plural folder{"folder", "folders", "folder", "foldery", "folderów"};
inline constexpr Plural field{"field", "fields", "pole", "pola", "pól"};
inline constexpr Plural day{"day", "days", "dzień", "dni", "dni"};
inline constexpr Plural hidden_by_filter{"hidden by the filter", "hidden by the filter",
                                         "ukryta filtrem", "ukryte filtrem", "ukrytych filtrem"};
inline constexpr Plural other_marked{"other marked message", "other marked messages",
                                     "inną oznaczoną wiadomość", "inne oznaczone wiadomości",
                                     "innych oznaczonych wiadomości"};
inline constexpr Plural log_entry{"entry", "entries", "wpis", "wpisy", "wpisów"};
inline constexpr Plural new_message{"new", "new", "nowa", "nowe", "nowych"};

}  // namespace gui::text
