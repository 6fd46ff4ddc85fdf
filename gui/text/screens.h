#pragma once
// The words of the window, grouped by screen. Labels and buttons have no full stop, sentences have
// one. Where a hole is a counted noun, fill it with counted(…) of plurals.h.

#include "gui/text/text.h"

namespace gui::text {

// Every screen
inline constexpr Text product_name{"Mailpoint", "Mailpoint"};
inline constexpr Text cancel{"Cancel", "Anuluj"};
inline constexpr Text try_again{"Try again", "Spróbuj ponownie"};
inline constexpr Text close{"Close", "Zamknij"};
inline constexpr Text save{"Save", "Zapisz"};
inline constexpr Text open_folder{"Open folder", "Otwórz folder"};
inline constexpr Text copy_details{"Copy details", "Kopiuj szczegóły"};
inline constexpr Text copied{"Copied", "Skopiowano"};
inline constexpr Text details{"Details", "Szczegóły"};

// Points, on the left
inline constexpr Text points{"Points", "Punkty"};
inline constexpr Text new_point{"New point…", "Nowy punkt…"};
inline constexpr Text edit_point{"Edit point…", "Edytuj punkt…"};
inline constexpr Text view_point{"Show definition…", "Pokaż definicję…"};
inline constexpr Text duplicate_point{"Duplicate point", "Powiel punkt"};
inline constexpr Text delete_point{"Delete point…", "Usuń punkt…"};
inline constexpr Text import_point{"Import point…", "Importuj punkt…"};
inline constexpr Text export_point{"Export point…", "Eksportuj punkt…"};
inline constexpr Text ocr_points{"OCR points", "Punkty OCR"};
inline constexpr Text search_points{"Search the points", "Szukaj punktu"};
inline constexpr Text copy_of{"{x} (copy)", "{x} (kopia)"};
inline constexpr Text demo_chip{"DEMO", "DEMO"};
inline constexpr Text point_ok{"Up to date · {time}", "Na bieżąco · {time}"};
inline constexpr Text point_checking{"Checking…", "Sprawdzanie…"};
inline constexpr Text point_password_needed{"Enter the password", "Podaj hasło"};
inline constexpr Text point_master_password{"Enter the master password", "Podaj hasło główne"};
inline constexpr Text point_sign_in_again{"Sign in again", "Zaloguj ponownie"};
inline constexpr Text point_down{"No connection since {time}", "Brak połączenia od {time}"};
inline constexpr Text point_down_always{"No connection", "Brak połączenia"};
inline constexpr Text point_never{"Not checked yet", "Jeszcze nie sprawdzono"};
inline constexpr Text point_file_error{"The file cannot be read", "Nie można odczytać pliku"};

// Toolbar and menu
inline constexpr Text generate{"Generate document", "Generuj dokument"};
inline constexpr Text generate_count{"Generate document ({n})", "Generuj dokument ({n})"};
inline constexpr Text generate_count_of{"Generate document ({n} of {all})",
                                        "Generuj dokument ({n} z {all})"};
inline constexpr Text generate_left_out{"Left out: {why}", "Pominięte: {why}"};
inline constexpr Text set_folder{"Set folder", "Ustaw folder"};
inline constexpr Text refresh{"Refresh", "Odśwież"};
inline constexpr Text search_list{"Search the list (Ctrl+F)", "Szukaj na liście (Ctrl+F)"};
inline constexpr Text key_search{"Search the list", "Szukaj na liście"};
inline constexpr Text menu{"Menu", "Menu"};
inline constexpr Text columns_and_sort{"Columns and sorting…", "Kolumny i sortowanie…"};
inline constexpr Text sort_by{"Sort by", "Sortuj według"};
inline constexpr Text reset_columns{"Reset columns", "Przywróć domyślne kolumny"};
inline constexpr Text operators{"Operators…", "Operatorzy…"};
inline constexpr Text details_pane{"Details pane", "Panel szczegółów"};
inline constexpr Text keyboard_shortcuts{"Keyboard shortcuts", "Skróty klawiszowe"};
inline constexpr Text quit{"Quit", "Zakończ"};
inline constexpr Text select_all{"Select all shown", "Zaznacz wszystkie widoczne"};
inline constexpr Text copy_rows{"Copy rows", "Kopiuj wiersze"};

// Settings
inline constexpr Text settings{"Settings…", "Ustawienia…"};
inline constexpr Text settings_title{"Settings", "Ustawienia"};
inline constexpr Text language_setting{"Language", "Język"};
inline constexpr Text english{"English", "English"};
inline constexpr Text polish{"Polski", "Polski"};
inline constexpr Text theme_setting{"Theme", "Motyw"};
inline constexpr Text theme_system{"Follow the system", "Jak w systemie"};
inline constexpr Text theme_light{"Light", "Jasny"};
inline constexpr Text theme_dark{"Dark", "Ciemny"};
inline constexpr Text theme_contrast{"High contrast", "Wysoki kontrast"};
inline constexpr Text scale_setting{"Size", "Wielkość"};
inline constexpr Text density_setting{"Row density", "Gęstość wierszy"};
inline constexpr Text density_normal{"Normal", "Zwykła"};
inline constexpr Text density_dense{"Dense", "Gęsta"};

// Mail grid
inline constexpr Text column_status{"Status", "Stan"};
inline constexpr Text column_names{"File names", "Nazwy plików"};
inline constexpr Text column_folder{"Target folder", "Folder docelowy"};
inline constexpr Text column_taken_at{"Taken on", "Pobrano dnia"};
inline constexpr Text column_taken_by{"Taken by", "Pobrał(a)"};
inline constexpr Text column_subject{"Subject", "Temat"};
inline constexpr Text column_sender{"Sender", "Nadawca"};
inline constexpr Text column_received{"Received", "Data otrzymania"};
inline constexpr Text column_attachments{"Attachments", "Załączniki"};
inline constexpr Text column_size{"Size", "Rozmiar"};
inline constexpr Text filter_all{"All", "Wszystkie"};
inline constexpr Text filter_new{"New", "Nowe"};
inline constexpr Text filter_check{"To check", "Do sprawdzenia"};
inline constexpr Text filter_taken{"Taken", "Pobrane"};
inline constexpr Text filter_elsewhere{"Elsewhere", "Gdzie indziej"};
inline constexpr Text no_subject{"(no subject)", "(bez tematu)"};
inline constexpr Text no_sender{"(no sender)", "(bez nadawcy)"};
inline constexpr Text no_target_folder{"Target folder not set", "Nie ustawiono folderu docelowego"};
inline constexpr Text folder_chosen_chip{"CHOSEN", "WYBRANY"};
inline constexpr Text folder_chosen{"Chosen with Set folder.", "Wybrany przyciskiem Ustaw folder."};
inline constexpr Text new_above{"New: {n} ↑", "Nowe: {n} ↑"};
inline constexpr Text row_progress{"{done} of {total}", "{done} z {total}"};

// Status bar
inline constexpr Text selected_count{"{n} selected ({attachments}, {size})",
                                     "zaznaczono {n} ({attachments}, {size})"};
inline constexpr Text selected_some_filtered{"{n} selected, of these {filtered}",
                                             "zaznaczono {n}, z tego {filtered}"};
inline constexpr Text last_checked{"Last checked {time}", "Ostatnio sprawdzono {time}"};
inline constexpr Text shown_of{"{k} of {n} shown", "pokazano {k} z {n}"};
inline constexpr Text listing_progress{"Listing: {k} of {messages}",
                                       "Wczytywanie: {k} z {messages}"};
inline constexpr Text secrets_in_memory_only{
    "No password store on this system: passwords are kept until the program ends",
    "Brak magazynu haseł w systemie: hasła są pamiętane do zamknięcia programu"};
inline constexpr Text master_password{"Master password", "Hasło główne"};
inline constexpr Text master_password_ask{"Enter the master password to read the stored passwords",
                                          "Podaj hasło główne, aby odczytać zapisane hasła"};
inline constexpr Text master_password_new{"New master password", "Nowe hasło główne"};
inline constexpr Text master_password_repeat{"Repeat the master password", "Powtórz hasło główne"};
inline constexpr Text master_password_wrong{"Wrong master password.",
                                            "Nieprawidłowe hasło główne."};
inline constexpr Text master_password_lost{
    "A forgotten master password cannot be recovered; the mailbox passwords must be entered again.",
    "Zapomnianego hasła głównego nie da się odzyskać; hasła do skrzynek trzeba będzie wpisać "
    "ponownie."};
inline constexpr Text master_passwords_differ{"The two are not the same.",
                                              "Wpisane hasła się różnią."};
inline constexpr Text master_password_purpose{
    "It protects the mailbox passwords, which are then kept in an encrypted file in the workspace. "
    "After each start the program asks for it once, when a stored password is needed.",
    "Chroni hasła do skrzynek, zapisywane wtedy w zaszyfrowanym pliku w obszarze roboczym. Po "
    "każdym uruchomieniu program zapyta o nie raz, gdy zapisane hasło będzie potrzebne."};
inline constexpr Text master_password_short{"At least {n} characters; several words are best.",
                                            "Co najmniej {n} znaków; najlepiej kilka słów."};
inline constexpr Text master_password_blank{"It consists of blanks only.",
                                            "Składa się z samych spacji."};
inline constexpr Text master_password_given_short{
    "Master password too short or blank, at least {n} characters (MAILPOINT_MASTER_PASSWORD)",
    "Hasło główne za krótkie lub puste, co najmniej {n} znaków (MAILPOINT_MASTER_PASSWORD)"};
inline constexpr Text master_password_working{"Computing the encryption key…",
                                              "Obliczanie klucza szyfrowania…"};
inline constexpr Text master_password_set{"Set password", "Ustaw hasło"};
inline constexpr Text master_password_unlock{"Unlock", "Odblokuj"};
inline constexpr Text set_master_password{"Set a master password…", "Ustaw hasło główne…"};
inline constexpr Text enter_master_password{"Enter the master password…", "Podaj hasło główne…"};
inline constexpr Text passwords_locked{"The stored passwords are locked with a master password",
                                       "Zapisane hasła są zablokowane hasłem głównym"};
inline constexpr Text damaged_ledger_notice{
    "The record of what was taken was damaged; it was set aside as {path}. Compare the target "
    "folder before you take again.",
    "Rejestr pobrań był uszkodzony; odłożono go jako {path}. Przed ponownym pobraniem porównaj "
    "folder docelowy."};

// Job strip
inline constexpr Text job_title{"Taking: {k} of {messages}", "Pobieranie: {k} z {messages}"};
inline constexpr Text job_rate{"{done} of {total} · {left}", "{done} z {total} · {left}"};
inline constexpr Text job_bytes{"{done} of {total}", "{done} z {total}"};
inline constexpr Text job_held_up{"{cause} Trying again soon.", "{cause} Wkrótce ponowna próba."};
inline constexpr Text job_stopping{"Stopping…", "Przerywanie…"};

// Details of the selected message
inline constexpr Text parts_title{"Message parts ({n})", "Części wiadomości ({n})"};
inline constexpr Text select_message{"Select a message to see what is in it",
                                     "Zaznacz wiadomość, aby zobaczyć jej zawartość"};
inline constexpr Text take_anyway{"Take anyway", "Pobierz mimo to"};
inline constexpr Text skip_part{"Skip", "Pomiń"};
inline constexpr Text decision_undo{"Undo the decision", "Cofnij decyzję"};
inline constexpr Text many_selected{"{messages} selected", "Zaznaczono {messages}"};
inline constexpr Text repaired{"Repaired: {what}", "Naprawiono: {what}"};
inline constexpr Text saved_as{"Saved as {file}", "Zapisano jako {file}"};
inline constexpr Text part_without_name{"(no name)", "(bez nazwy)"};
inline constexpr Text about_size{"about {size}", "ok. {size}"};
inline constexpr Text taken_to{"Taken {time} to {folder}", "Pobrano {time} do {folder}"};

// Toasts
inline constexpr Text toast_generated{"{documents} generated ({files})",
                                      "Wygenerowano {documents} ({files})"};
inline constexpr Text toast_nothing_new{"Nothing new", "Nic nowego"};
inline constexpr Text toast_nothing_to_save{"{messages}: nothing to save",
                                            "Nic do zapisania: {messages}"};
inline constexpr Text toast_partial{"{k} of {messages} taken; to check: {c}",
                                    "Pobrano {k} z {messages}; do sprawdzenia: {c}"};
inline constexpr Text toast_failed{"{k} of {messages} taken; failed: {f}",
                                   "Pobrano {k} z {messages}; błędy: {f}"};
inline constexpr Text toast_taken_so_far{"{k} of {messages} taken.", "Pobrano {k} z {messages}."};
inline constexpr Text toast_folder_set{"The folder is set.", "Ustawiono folder."};
inline constexpr Text toast_saved{"Point {x} saved", "Zapisano punkt {x}"};
inline constexpr Text toast_password_not_stored{"The point is saved without its password. {x}",
                                                "Punkt zapisano bez hasła. {x}"};
inline constexpr Text toast_password_not_deleted{
    "The point is deleted, its stored password is not. {x}",
    "Punkt usunięto, ale jego hasło pozostało zapisane. {x}"};
inline constexpr Text toast_point_deleted{"Point {x} deleted", "Usunięto punkt {x}"};
inline constexpr Text toast_point_restored{"Point {x} restored", "Przywrócono punkt {x}"};
inline constexpr Text toast_point_imported{"Point {x} imported", "Zaimportowano punkt {x}"};
inline constexpr Text toast_point_exported{"Point {x} exported", "Wyeksportowano punkt {x}"};
inline constexpr Text undo{"Undo", "Cofnij"};
inline constexpr Text toast_cancelled{"Stopped. Files already saved stay.",
                                      "Przerwano. Zapisane pliki zostają."};
inline constexpr Text toast_cancelled_at{
    "Stopped: {k} of {messages} taken. Files already saved stay.",
    "Przerwano: pobrano {k} z {messages}. Zapisane pliki zostają."};
inline constexpr Text show{"Show", "Pokaż"};

// Questions
inline constexpr Text ask_discard{"Point {x} has unsaved changes.",
                                  "Punkt {x} ma niezapisane zmiany."};
inline constexpr Text ask_discard_new{"The new point has unsaved changes.",
                                      "Nowy punkt ma niezapisane zmiany."};
inline constexpr Text discard_changes{"Discard changes", "Odrzuć zmiany"};
inline constexpr Text keep_editing{"Keep editing", "Wróć do edycji"};
inline constexpr Text ask_delete_point{
    "Delete point {x}? Files and messages stay; the stored password goes.",
    "Usunąć punkt {x}? Pliki i wiadomości zostają; z magazynu zniknie hasło."};
inline constexpr Text ask_delete_ocr_point{
    "These points put their attachments into its folder: {points}. From then on they go to the "
    "target folders of these points.",
    "Do jego folderu trafiają załączniki punktów: {points}. Potem będą trafiać do folderów "
    "docelowych tych punktów."};
inline constexpr Text ask_delete_signed_in{
    "The OAuth2 sign-in stays stored, as other points may use it. Sign out, in the point, removes "
    "it.",
    "Logowanie OAuth2 pozostaje zapisane, bo mogą go używać inne punkty. Usuwa je „Wyloguj” w "
    "punkcie."};
inline constexpr Text do_delete_point{"Delete point", "Usuń punkt"};
inline constexpr Text file_path{"Path of the file", "Ścieżka pliku"};
inline constexpr Text import_hint{"The definition is copied into the workspace.",
                                  "Definicja zostanie skopiowana do obszaru roboczego."};
inline constexpr Text do_import{"Import", "Importuj"};
inline constexpr Text export_hint{"The definition as JSON, without any password.",
                                  "Definicja w pliku JSON, bez żadnego hasła."};
inline constexpr Text do_export{"Export", "Eksportuj"};
inline constexpr Text export_exists{
    "There is a file {path} already. “Replace” puts the new one in its place; or give another "
    "name.",
    "Plik {path} już istnieje. „Zastąp” wstawi nowy w jego miejsce; możesz też podać inną nazwę."};
inline constexpr Text do_replace{"Replace", "Zastąp"};
inline constexpr Text ask_quit{"Taking is under way ({k} of {n}).", "Trwa pobieranie ({k} z {n})."};
inline constexpr Text stop_and_quit{"Stop and quit", "Przerwij i zamknij"};
inline constexpr Text keep_working{"Keep working", "Pracuj dalej"};
inline constexpr Text folder_path{"Path of the folder", "Ścieżka folderu"};
inline constexpr Text folder_for_this_run{
    "Attachments of this point go there until the program ends.",
    "Załączniki tego punktu trafią tam do zamknięcia programu."};
inline constexpr Text folder_until_changed{
    "What you take at this point goes there until you change it, also after a restart. Commands "
    "(mailpoint run) keep to the point's folder.",
    "To, co pobierasz w tym punkcie, trafi tam, dopóki tego nie zmienisz, także po ponownym "
    "uruchomieniu. Polecenia (mailpoint run) trzymają się folderu punktu."};
inline constexpr Text folder_of_point{"The point's folder: {path}", "Folder punktu: {path}"};
inline constexpr Text point_has_no_folder{"The point has no folder of its own.",
                                          "Punkt nie ma własnego folderu."};
inline constexpr Text back_to_point_folder{"Back to the point's folder", "Wróć do folderu punktu"};
inline constexpr Text password_for{"Password for {login}", "Hasło dla {login}"};
inline constexpr Text password_remember_sealed{"Keep it in the encrypted file",
                                               "Zapamiętaj w zaszyfrowanym pliku"};
inline constexpr Text password_remember{"Keep in the system's password store",
                                        "Zapamiętaj w magazynie haseł systemu"};
inline constexpr Text sign_in{"Sign in", "Zaloguj"};

// Empty and loading states
inline constexpr Text add_point{"Add point", "Dodaj punkt"};
inline constexpr Text empty_mailbox{"The mailbox is empty; new messages appear by themselves",
                                    "Skrzynka jest pusta, nowe wiadomości pojawią się same"};
inline constexpr Text empty_filter{"Nothing matches “{x}”", "Nic nie pasuje do „{x}”"};
inline constexpr Text empty_chip{"No messages here", "Nie ma tu wiadomości"};
inline constexpr Text clear_filter{"Clear filter", "Wyczyść filtr"};
inline constexpr Text opening_demo{"Opening the demo mailbox…", "Otwieranie skrzynki demo…"};
inline constexpr Text choose_point{"Choose a point on the left", "Wybierz punkt z lewej strony"};

// Why a control is off
inline constexpr Text off_select{"Select a message", "Zaznacz wiadomość"};
inline constexpr Text off_nothing_new{"Nothing in the selection can be taken",
                                      "W zaznaczeniu nie ma nic do pobrania"};
inline constexpr Text off_offline{"No connection to the mailbox", "Brak połączenia ze skrzynką"};
inline constexpr Text off_folder{"Set the folder first", "Najpierw ustaw folder"};
inline constexpr Text off_folder_of_point{
    "The point has no target folder; it is set in the point, tab General",
    "Punkt nie ma folderu docelowego; podaje się go w punkcie, na karcie Ogólne"};
inline constexpr Text off_set_folder{
    "This point doesn't let its folder be chosen while it works (tab General)",
    "Ten punkt nie pozwala wybierać folderu podczas pracy (karta Ogólne)"};
inline constexpr Text off_folder_given{"The folder was given on the command line (--out)",
                                       "Folder podano w wierszu poleceń (--out)"};
inline constexpr Text off_busy{"Wait until taking has finished",
                               "Poczekaj, aż skończy się pobieranie"};
inline constexpr Text off_not_administrator{"Administrators only", "Tylko dla administratora"};
inline constexpr Text off_read_only{"This point is read-only here",
                                    "Ten punkt jest tu tylko do odczytu"};

// First run
inline constexpr Text welcome_title{"Take attachments from your mail",
                                    "Pobieraj załączniki z poczty"};
inline constexpr Text new_point_title{"New point", "Nowy punkt"};
inline constexpr Text welcome_text{
    "Enter the mailbox address. We find server, port and encryption.",
    "Podaj adres skrzynki. Serwer, port i szyfrowanie znajdziemy sami."};
inline constexpr Text email_address{"E-mail address", "Adres e-mail"};
inline constexpr Text go_on{"Continue", "Dalej"};
inline constexpr Text password_comes_next{
    "You enter the password next; it goes only to the system's password store.",
    "Hasło podasz w następnym kroku; trafi tylko do magazynu haseł systemu."};
inline constexpr Text password_comes_next_file{
    "You enter the password next; it goes only to the workspace, encrypted under the master "
    "password.",
    "Hasło podasz w następnym kroku; trafi tylko do obszaru roboczego, zaszyfrowane hasłem "
    "głównym."};
inline constexpr Text password_comes_next_memory{
    "You enter the password next; there is no password store here, so it is kept until the "
    "program ends.",
    "Hasło podasz w następnym kroku; nie ma tu magazynu haseł, więc program zapamięta je do "
    "zamknięcia."};
inline constexpr Text password_comes_next_unknown{"You enter the password next.",
                                                  "Hasło podasz w następnym kroku."};
inline constexpr Text demo_question{"Want to see how it works first?",
                                    "Chcesz najpierw zobaczyć, jak to działa?"};
inline constexpr Text open_demo{"Open the demo mailbox", "Otwórz skrzynkę demo"};
inline constexpr Text demo_text{"24 sample messages, odd ones too. No internet.",
                                "24 przykładowe wiadomości, także nietypowe. Bez internetu."};
inline constexpr Text not_an_address{"This is not an e-mail address (name@company.example).",
                                     "To nie jest adres e-mail (nazwa@firma.example)."};

// Point editor: frame
inline constexpr Text editor_title{"Configuration point", "Punkt konfiguracyjny"};
inline constexpr Text tab_connection{"Connection", "Tryb współpracy"};
inline constexpr Text tab_general{"General", "Ogólne"};
inline constexpr Text tab_list{"List", "Lista"};
inline constexpr Text tab_permissions{"Permissions", "Uprawnienia"};
inline constexpr Text correct_to_save{"Correct {fields} to save", "Popraw {fields}, aby zapisać"};
inline constexpr Text view_only{"Read-only: administrators define points",
                                "Tylko do odczytu: punkty definiują administratorzy"};
inline constexpr Text view_only_ask{
    "Read-only: administrators define points ({admins})",
    "Tylko do odczytu: punkty definiują administratorzy ({admins})"};
inline constexpr Text view_only_file{
    "Read-only: this point was opened from a file given by its path",
    "Tylko do odczytu: ten punkt otwarto z pliku podanego ścieżką"};
inline constexpr Text saving{"Saving…", "Zapisywanie…"};

// Point editor: connection
inline constexpr Text mode{"Mode", "Tryb współpracy"};
inline constexpr Text ocr_point_instead{"OCR point", "Punkt OCR"};
inline constexpr Text import_from_file{"Import a point from a file…", "Importuj punkt z pliku…"};
inline constexpr Text mode_ocr{"OCR program", "Współpraca z programem OCR"};
inline constexpr Text mode_ocr_hint{
    "A folder from which an OCR program takes the files. Mailbox points can use it as their "
    "target.",
    "Folder, z którego program OCR zabiera pliki. Punkty skrzynek mogą do niego zapisywać."};
inline constexpr Text ocr_folder{"Folder", "Folder"};
inline constexpr Text ocr_folder_hint{
    "The OCR program watches it. A relative path starts at the workspace.",
    "Obserwuje go program OCR. Ścieżka względna liczy się od obszaru roboczego."};
inline constexpr Text mode_mailbox{"Mailbox (downloading attachments)",
                                   "Współpraca ze skrzynką pocztową (pobieranie załączników)"};
inline constexpr Text account_type{"Account type", "Typ konta"};
inline constexpr Text account_imap{"IMAP", "IMAP"};
inline constexpr Text server{"Incoming mail server", "Serwer poczty przychodzącej"};
inline constexpr Text port{"Port", "Port"};
inline constexpr Text authentication{"Authentication method", "Metoda uwierzytelniania"};
inline constexpr Text authentication_password{"Login and password", "Login i hasło"};
inline constexpr Text authentication_oauth2{"OAuth2", "OAuth2"};
inline constexpr Text encryption{"Encryption method", "Metoda szyfrowania"};
inline constexpr Text encryption_automatic{"Automatic", "Automatyczne"};
inline constexpr Text encryption_tls{"TLS (from the first byte)", "TLS (od początku połączenia)"};
inline constexpr Text encryption_starttls{"STARTTLS", "STARTTLS"};
inline constexpr Text encryption_none{"None", "Brak"};
inline constexpr Text login{"Login", "Login"};
inline constexpr Text password{"Password", "Hasło"};
inline constexpr Text show_password{"Show password", "Pokaż hasło"};
inline constexpr Text password_hint{
    "Kept in the system's password store, never in the point's file.",
    "Zapisywane w magazynie haseł systemu, nigdy w pliku punktu."};
inline constexpr Text password_memory_hint{
    "No password store on this system: kept until the program ends.",
    "Brak magazynu haseł w systemie: pamiętane do zamknięcia programu."};
inline constexpr Text password_file_hint{
    "Kept encrypted in the workspace, under the master password.",
    "Zapisywane w obszarze roboczym, zaszyfrowane hasłem głównym."};
inline constexpr Text password_stored_hint{"Leave empty to keep the stored password.",
                                           "Puste pole nie zmienia zapisanego hasła."};
inline constexpr Text file_changed_meanwhile{
    "The point's file was changed or deleted meanwhile: what is here cannot be saved. Close the "
    "editor and open the point again.",
    "Plik punktu w międzyczasie zmieniono lub usunięto: tego, co tu widać, nie da się zapisać. "
    "Zamknij edytor i otwórz punkt ponownie."};
inline constexpr Text provider{"Provider", "Dostawca"};
inline constexpr Text provider_microsoft{"Microsoft 365", "Microsoft 365"};
inline constexpr Text provider_google{"Google", "Google"};
inline constexpr Text provider_yahoo{"Yahoo", "Yahoo"};
inline constexpr Text provider_other{"Other (OpenID Connect)", "Inny (OpenID Connect)"};
inline constexpr Text oauth_tenant{"Tenant", "Dzierżawa (tenant)"};
inline constexpr Text oauth_client{"Application (client) ID", "Identyfikator aplikacji"};
inline constexpr Text oauth_client_hint{
    "Of the office's own application, as it is registered with the provider.",
    "Własnej aplikacji firmy, zarejestrowanej u dostawcy."};
inline constexpr Text oauth_issuer{"Issuer address", "Adres wystawcy"};
inline constexpr Text authorize{"Authorize", "Autoryzacja"};
inline constexpr Text shared_mailbox{"Shared mailbox", "Skrzynka współdzielona"};
inline constexpr Text shared_mailbox_hint{
    "Address of a mailbox that the person in Login may open; empty: that person's own.",
    "Adres skrzynki, do której osoba z pola Login ma dostęp; puste: jej własna."};
inline constexpr Text mailbox_folder{"Mailbox folder", "Folder skrzynki"};
inline constexpr Text inbox{"INBOX (received)", "INBOX (Odebrane)"};
inline constexpr Text get_list{"Get list", "Pobierz listę"};
inline constexpr Text off_server{"Fill in the server first", "Najpierw podaj serwer"};
inline constexpr Text getting_folders{"Getting the list of folders…", "Pobieranie listy folderów…"};
inline constexpr Text folders_found{"The server has {folders}.", "Na serwerze: {folders}."};
inline constexpr Text folders_none{"The server names no folders.",
                                   "Serwer nie podaje żadnych folderów."};
inline constexpr Text folder_not_listed{"There is no folder “{x}” on the server.",
                                        "Na serwerze nie ma folderu „{x}”."};
inline constexpr Text folder_nearest{"There is no folder “{x}” on the server. Nearest: {y}.",
                                     "Na serwerze nie ma folderu „{x}”. Najbliższy: {y}."};
inline constexpr Text more{"More: proxy, certificates", "Dodatkowe: proxy, certyfikaty"};
inline constexpr Text ca_file{"CA file (PEM)", "Plik CA (PEM)"};
inline constexpr Text ca_file_hint{"In place of the system's certificates; empty: the system's.",
                                   "Zamiast certyfikatów systemu; puste: certyfikaty systemu."};
inline constexpr Text proxy{"Proxy server", "Serwer proxy"};
inline constexpr Text proxy_hint{"Empty: as the system is set.",
                                 "Puste: jak w ustawieniach systemu."};
inline constexpr Text certificate_exception{"Certificate exception", "Wyjątek certyfikatu"};
inline constexpr Text certificate_hint{
    "SHA-256 fingerprint of the server's certificate, 64 hex digits.",
    "Odcisk SHA-256 certyfikatu serwera, 64 cyfry szesnastkowe."};
inline constexpr Text enter_exception{"They are the same: enter it as exception",
                                      "Zgadza się: wpisz jako wyjątek"};
inline constexpr Text filled_from_table{
    "Server, port and encryption filled in from the address (source: provider table).",
    "Serwer, port i szyfrowanie uzupełniono z adresu (źródło: tabela dostawców)."};
inline constexpr Text filled_from_domain{
    "Server, port and encryption guessed from the address (source: its domain); check them.",
    "Serwer, port i szyfrowanie odgadnięto z adresu (źródło: domena); sprawdź je."};

// Point editor: general
inline constexpr Text point_name{"Name of the point", "Nazwa punktu"};
inline constexpr Text target_folder{"Target folder", "Folder docelowy"};
inline constexpr Text target_folder_hint{
    "Attachments go there. A relative path starts at the workspace.",
    "Tam trafiają załączniki. Ścieżka względna liczy się od obszaru roboczego."};
inline constexpr Text allow_delete{"Allow removing from the list and the mailbox",
                                   "Pozwalaj na usunięcie z listy i ze skrzynki pocztowej"};
inline constexpr Text allow_delete_hint{
    "Otherwise whoever works with the point may only remove messages from the list.",
    "Bez tego pracujący z punktem może usuwać wiadomości tylko z listy."};
inline constexpr Text delete_after{"After generating the document, delete from the mailbox",
                                   "Po wygenerowaniu dokumentu usuń ze skrzynki pocztowej"};
inline constexpr Text delete_after_hint{
    "The message goes only when all files are saved and verified; it stays in quarantine for "
    "{days}.",
    "Wiadomość zniknie dopiero, gdy wszystkie pliki są zapisane i sprawdzone; przez {days} leży w "
    "kwarantannie."};
inline constexpr Text delete_after_no_quarantine{
    "The message goes only when all files are saved and verified. With 0 days of quarantine it "
    "cannot be brought back.",
    "Wiadomość zniknie dopiero, gdy wszystkie pliki są zapisane i sprawdzone. Przy 0 dniach "
    "kwarantanny nie da się jej przywrócić."};
inline constexpr Text take_by_itself{"Take new messages without asking",
                                     "Pobieraj nowe wiadomości bez pytania"};
inline constexpr Text take_by_itself_hint{
    "Those that are there, then each as it comes, while the window or mailpoint watch runs.",
    "Te, które już są, potem każda po nadejściu, dopóki działa okno albo mailpoint watch."};
inline constexpr Text take_by_itself_nowhere{
    "Without a target folder nothing is taken by itself: somebody has to choose one first.",
    "Bez folderu docelowego nic nie zostanie pobrane samo: najpierw ktoś musi go wskazać."};
inline constexpr Text point_silent{"No message since {time}, which is unusual",
                                   "Od {time} nie przyszła żadna wiadomość, to nietypowe"};
inline constexpr Text not_taken_by_itself{"New messages are not being taken by themselves: {cause}",
                                          "Nowe wiadomości nie są teraz pobierane same: {cause}"};
inline constexpr Text use_ocr_path{"Use the path of an OCR point", "Zastosuj ścieżkę z punktu OCR"};
inline constexpr Text use_ocr_path_hint{
    "Attachments go to the folder of that point, in place of the target folder.",
    "Załączniki trafiają do folderu tego punktu zamiast do folderu docelowego."};
inline constexpr Text no_ocr_point{"There is no OCR point yet.", "Nie ma jeszcze punktu OCR."};
inline constexpr Text ocr_point_gone{
    "The OCR point that was chosen is not there: attachments go to the target folder. Choose "
    "another one.",
    "Wybranego punktu OCR nie ma: załączniki trafiają do folderu docelowego. Wybierz inny."};
inline constexpr Text hidden_ocr_point{"(a point that you may not see)",
                                       "(punkt, którego nie możesz zobaczyć)"};
inline constexpr Text missing_ocr_point{"(a point that is not there)", "(punkt, którego nie ma)"};
inline constexpr Text set_path{"Set the path while the point works",
                               "Zdefiniuj ścieżkę podczas pracy punktu"};
inline constexpr Text set_path_hint{
    "Whoever works with the point chooses the folder with Set folder; until then the folder from "
    "above counts.",
    "Pracujący z punktem wskazuje folder przyciskiem „Ustaw folder”; do tego czasu obowiązuje "
    "folder podany wyżej."};
inline constexpr Text only_graphic{"Copy only graphic attachments",
                                   "Kopiuj tylko załączniki graficzne"};
inline constexpr Text only_graphic_hint{
    "By content, not by name alone: pdf, jpg, tif, png, bmp, gif, webp, heic.",
    "Według zawartości, nie samej nazwy: pdf, jpg, tif, png, bmp, gif, webp, heic."};
inline constexpr Text naming{"File name", "Nazwa pliku"};
inline constexpr Text naming_hint{"Fields: {list}. The extension is always kept.",
                                  "Pola: {list}. Rozszerzenie zawsze zostaje."};
inline constexpr Text naming_preview{"Preview", "Podgląd"};
inline constexpr Text repeated_files{"Repeated files", "Powtórzone pliki"};
inline constexpr Text repeated_skip{"Skip", "Pomiń"};
inline constexpr Text repeated_save{"Save anyway", "Zapisz mimo to"};
inline constexpr Text repeated_ask{"Ask", "Pytaj"};
inline constexpr Text inline_images{"Pictures in the text", "Obrazki w treści"};
inline constexpr Text inline_automatic{"Automatic", "Automatycznie"};
inline constexpr Text inline_take{"Take", "Pobierz"};
inline constexpr Text inline_skip{"Skip", "Pomiń"};
inline constexpr Text inline_hint{
    "Automatic: small pictures such as logos are skipped, scans and photos are taken.",
    "Automatycznie: małe obrazki, na przykład logo, są pomijane, skany i zdjęcia pobierane."};
inline constexpr Text quarantine_days{"Days of quarantine", "Dni kwarantanny"};
inline constexpr Text quarantine_hint{
    "So long a copy of a message that was deleted from the mailbox is kept; 0: none.",
    "Tyle dni zostaje kopia wiadomości usuniętej ze skrzynki; 0: wcale."};

// Editor: Uprawnienia
inline constexpr Text permitted_people{"People who may work with this point",
                                       "Osoby uprawnione do pracy z punktem"};
inline constexpr Text permissions_by_name{
    "People are named one by one; there are no departments or posts. Adding a person also gives "
    "access to the Points area.",
    "Osoby wskazuje się imiennie, bez działów i stanowisk. Dodanie osoby daje jej też dostęp do "
    "zakładki Punkty."};
inline constexpr Text permitted_nobody{"Without people only administrators see the point.",
                                       "Bez osób punkt widzi tylko administrator."};
inline constexpr Text permissions_no_rules{
    "Nobody has been named in this workspace yet. Whoever saves first becomes its administrator.",
    "W tym obszarze roboczym nikogo jeszcze nie wskazano. Kto pierwszy zapisze, zostaje "
    "administratorem."};
inline constexpr Text permissions_not_a_wall{
    "A rule of this program: whoever can write to the workspace's folder can change it.",
    "To reguła programu: kto może pisać w folderze obszaru roboczego, może ją zmienić."};
inline constexpr Text add_person{"Add person", "Dodaj osobę"};
inline constexpr Text withdraw{"Withdraw permission", "Odbierz uprawnienie"};
inline constexpr Text that_is_you{"(you)", "(to Ty)"};
inline constexpr Text an_administrator{"administrator", "administrator"};
inline constexpr Text unknown_person{"{x} (not among the people of this workspace)",
                                     "{x} (nie ma takiej osoby w tym obszarze roboczym)"};
inline constexpr Text person_choice{"Person", "Osoba"};
inline constexpr Text person_other{"Somebody else…", "Ktoś inny…"};
inline constexpr Text person_login{"Login on this computer", "Login na tym komputerze"};
inline constexpr Text person_name{"Shown name", "Imię i nazwisko"};

// Operators of the workspace
inline constexpr Text operators_title{"Operators", "Operatorzy"};
inline constexpr Text operators_hint{
    "Administrators define points and see all of them. Others work with the points in which they "
    "are named; they are added there, on the tab Permissions.",
    "Administratorzy definiują punkty i widzą wszystkie. Pozostali pracują z punktami, w których "
    "ich wskazano; dodaje się ich tam, na zakładce Uprawnienia."};
inline constexpr Text account_column{"Account", "Konto"};
inline constexpr Text points_area{"Points area", "Zakładka Punkty"};
inline constexpr Text sees_all_points{"An administrator sees all points",
                                      "Administrator widzi wszystkie punkty"};
inline constexpr Text last_administrator{"At least one administrator must stay.",
                                         "Musi zostać przynajmniej jeden administrator."};
inline constexpr Text nothing_changed{"Nothing has been changed", "Niczego nie zmieniono"};

// Editor: the test of a connection
inline constexpr Text diagnosis{"Diagnosis", "Diagnostyka"};
inline constexpr Text show_diagnosis{"Show diagnosis", "Pokaż diagnostykę"};
inline constexpr Text test_connection{"Test connection", "Testuj połączenie"};
inline constexpr Text test_again{"Run again", "Uruchom ponownie"};
inline constexpr Text certificate_subject{"Certificate of", "Certyfikat dla"};
inline constexpr Text certificate_issuer{"Issued by", "Wystawca"};
inline constexpr Text certificate_names{"Names", "Nazwy"};
inline constexpr Text certificate_validity{"Valid", "Ważność"};
inline constexpr Text certificate_fingerprint{"SHA-256", "SHA-256"};
inline constexpr Text certificate_accepted_before{"Accepted", "Zaakceptowany"};
inline constexpr Text certificate_now{"Now", "Obecny"};
inline constexpr Text trust_certificate{"Trust for this point only", "Zaufaj tylko w tym punkcie"};
inline constexpr Text certificate_trust_hint{
    "Only for a server that you know: compare the fingerprint with the one that its administrator "
    "gives. The point then accepts this certificate alone, whatever its name, issuer and dates.",
    "Tylko dla znanego Ci serwera: porównaj odcisk z podanym przez jego administratora. Punkt "
    "przyjmie wtedy wyłącznie ten certyfikat, bez względu na nazwę, wystawcę i daty."};
inline constexpr Text certificate_trusted{
    "Entered as this point's certificate exception. Run the test again, then save.",
    "Wpisano jako wyjątek certyfikatu tego punktu. Uruchom test ponownie, potem zapisz."};
inline constexpr Text certificate_another{
    "This is not the certificate that was accepted for this point: somebody may be reading along. "
    "Ask the server's administrator. If it was renewed, enter the fingerprint that you are given "
    "under Certificate exception yourself.",
    "To nie jest certyfikat zaakceptowany w tym punkcie: ktoś może podsłuchiwać połączenie. "
    "Zapytaj administratora serwera. Jeśli go odnowiono, wpisz podany odcisk samodzielnie w polu "
    "Wyjątek certyfikatu."};
inline constexpr Text back_to_editing{"Back to editing", "Wróć do edycji"};

// Editor: Lista
inline constexpr Text list_columns{"Columns of the message list", "Kolumny na liście wiadomości"};
inline constexpr Text list_more{"Further columns", "Dodatkowe kolumny"};
inline constexpr Text list_status_stays{"The status is always shown.",
                                        "Stan jest zawsze widoczny."};
inline constexpr Text list_preview{"Preview of the list", "Podgląd listy"};

// Messages under the fields, and the buttons that mend them
inline constexpr Text fault_required{"Fill in this field.", "Uzupełnij to pole."};
inline constexpr Text fault_server{"This is not a server name.", "To nie jest nazwa serwera."};
inline constexpr Text fault_server_prefix{"Only the name, without “{prefix}”.",
                                          "Podaj samą nazwę, bez „{prefix}”."};
inline constexpr Text fault_port{"The port must be a number from 1 to 65535.",
                                 "Port musi być liczbą od 1 do 65535."};
inline constexpr Text fault_port_sending{
    "This port is for sending mail. {port} is for receiving.",
    "To port do wysyłania poczty. Do odbierania służy {port}."};
inline constexpr Text fault_port_unusual{"Port {port} usually goes with {method}.",
                                         "Port {port} zwykle działa z metodą {method}."};
inline constexpr Text fault_login_blanks{"Space before or after the login.",
                                         "Spacja na początku lub końcu loginu."};
inline constexpr Text fault_password_blanks{"The password starts or ends with a space.",
                                            "Hasło zaczyna się lub kończy spacją."};
inline constexpr Text fault_caps_lock{"Caps Lock is on.", "Włączony Caps Lock."};
inline constexpr Text fault_no_password{"No password yet: the point will ask for it.",
                                        "Nie ma jeszcze hasła: punkt o nie zapyta."};
inline constexpr Text fault_cleartext{
    "Without encryption anyone on the way can read password and mail. Without your consent only "
    "to a server on this computer.",
    "Bez szyfrowania hasło i poczta są czytelne dla każdego po drodze. Bez zgody tylko do serwera "
    "na tym komputerze."};
inline constexpr Text fault_oauth_encryption{"OAuth2 needs encryption.",
                                             "OAuth2 wymaga szyfrowania."};
inline constexpr Text fault_shared_mailbox{"A shared mailbox needs OAuth2.",
                                           "Skrzynka współdzielona wymaga OAuth2."};
inline constexpr Text fault_fingerprint{"A SHA-256 fingerprint has 64 hex digits.",
                                        "Odcisk SHA-256 ma 64 cyfry szesnastkowe."};
inline constexpr Text fault_name{"Give the point a name.", "Nadaj punktowi nazwę."};
inline constexpr Text fault_name_exists{"This name exists already.", "Taka nazwa już istnieje."};
inline constexpr Text fault_name_long{"At most 80 characters.", "Najwyżej 80 znaków."};
inline constexpr Text fault_template_field{"Unknown field {x}. Available: {list}.",
                                           "Nieznane pole {x}. Dostępne: {list}."};
inline constexpr Text fault_hidden{"There are characters here that cannot be seen.",
                                   "Są tu znaki, których nie widać."};
inline constexpr Text fault_name_blanks{"Space before or after the name.",
                                        "Spacja na początku lub końcu nazwy."};
inline constexpr Text fault_blanks_within{"There are no spaces in an application's ID.",
                                          "Identyfikator aplikacji nie zawiera spacji."};
inline constexpr Text fault_template_char{
    "“{x}” is not allowed in file names; it becomes “_”.",
    "Znak „{x}” jest niedozwolony w nazwie pliku; będzie „_”."};
inline constexpr Text fault_password_in_address{
    "A password must not stand in a definition. Give the address without it.",
    "Hasło nie może stać w definicji. Podaj adres bez niego."};
inline constexpr Text fault_issuer{"An issuer's address begins with https:// and a server's name.",
                                   "Adres wystawcy zaczyna się od https:// i nazwy serwera."};
inline constexpr Text fault_tenant{
    "A tenant is common, organizations, consumers, a domain, or an id.",
    "Dzierżawa to common, organizations, consumers, domena albo identyfikator."};
inline constexpr Text fault_server_hint{"Did you mean {x}?", "Czy chodziło o {x}?"};
inline constexpr Text fault_login_at{"This provider wants the whole e-mail address.",
                                     "Ten dostawca wymaga całego adresu e-mail."};
inline constexpr Text fault_microsoft_password{"Microsoft 365 takes no passwords.",
                                               "Microsoft 365 nie przyjmuje haseł."};
inline constexpr Text fault_days{"0 to 365 days.", "Od 0 do 365 dni."};
inline constexpr Text fault_columns{"At least one of the three columns must be shown.",
                                    "Przynajmniej jedna z trzech kolumn musi być widoczna."};
inline constexpr Text mend_fix{"Fix", "Popraw"};
inline constexpr Text mend_change{"Change", "Zmień"};
inline constexpr Text mend_remove{"Remove", "Usuń"};
inline constexpr Text fault_folder_missing{"This folder does not exist.",
                                           "Taki folder nie istnieje."};
inline constexpr Text folder_not_made{"The folder could not be created.",
                                      "Nie udało się utworzyć folderu."};
inline constexpr Text folder_not_makeable{"The system allows none there; check the path.",
                                          "System nie pozwala na to w tym miejscu; sprawdź "
                                          "ścieżkę."};
inline constexpr Text folder_not_home{"“~” does not mean your home folder here. Enter a full path.",
                                      "Znak „~” nie oznacza tu folderu domowego. Podaj pełną "
                                      "ścieżkę."};
inline constexpr Text folder_in_full{"Now it means {path}", "Teraz oznacza to {path}"};
inline constexpr Text fault_not_a_folder{"This is a file, not a folder.",
                                         "To jest plik, a nie folder."};
inline constexpr Text fault_folder_rights{"No right to write there.",
                                          "Brak prawa zapisu w tym folderze."};
inline constexpr Text secret_in_file{
    "There seems to be a secret in the point's file, in “{field}”. With it the point can't be "
    "saved: take it out of the file.",
    "W pliku punktu, w „{field}”, jest coś, co wygląda na sekret. Z nim punktu nie da się zapisać: "
    "usuń go z pliku."};
inline constexpr Text fault_folder_space{"Only {size} left.", "Zostało tylko {size} miejsca."};
inline constexpr Text fault_folder_same{"Point {x} uses this folder already.",
                                        "Tego folderu używa już punkt {x}."};
inline constexpr Text mend_create{"Create", "Utwórz"};
inline constexpr Text mend_use{"Use", "Użyj"};
inline constexpr Text mend_choose_automatic{"Choose Automatic", "Wybierz Automatyczne"};
inline constexpr Text mend_choose_oauth2{"Choose OAuth2", "Wybierz OAuth2"};
inline constexpr Text mend_allow_cleartext{"I understand, allow for this point",
                                           "Rozumiem, zezwól w tym punkcie"};

// Keys of the help window (F1)
inline constexpr Text keys_everywhere{"Everywhere", "Wszędzie"};
inline constexpr Text keys_grid{"Message list", "Lista wiadomości"};
inline constexpr Text keys_editor{"Point editor", "Edytor punktu"};
inline constexpr Text keys_dialogs{"Questions and dialogs", "Pytania i okna"};
inline constexpr Text key_next_tab{"Next, previous tab", "Następna, poprzednia zakładka"};
inline constexpr Text key_next_field{"Next, previous field", "Następne, poprzednie pole"};
inline constexpr Text key_close_editor{"Close, or back from the test", "Zamknij, wróć z testu"};
inline constexpr Text key_confirm{"Press what has the focus", "Naciśnij zaznaczony przycisk"};
inline constexpr Text key_leave_dialog{"Close without doing anything", "Zamknij, nic nie robiąc"};
inline constexpr Text key_next_pane{"Next pane", "Następny panel"};
inline constexpr Text key_scale{"Larger, smaller, normal size", "Większe, mniejsze, zwykłe"};
inline constexpr Text key_extend{"Extend the selection", "Rozszerz zaznaczenie"};
inline constexpr Text key_move{"Move", "Przejdź"};
inline constexpr Text key_next_new{"Previous, next new", "Poprzednia, następna nowa"};
inline constexpr Text key_row_menu{"Menu of the row", "Menu wiersza"};
inline constexpr Text key_to_details{"Go to the details", "Przejdź do szczegółów"};

}  // namespace gui::text
