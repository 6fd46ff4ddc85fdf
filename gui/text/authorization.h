#pragma once
// The words around a sign-in at a provider: what is waited for, who is signed in, the page on which
// it ends. Its faults are worded by causes.h and sign_in_faults.h.

#include <string>
#include <string_view>

#include "gui/text/text.h"
#include "mail/snapshot.h"

namespace gui::text {

inline constexpr Text auth_first{"Press Authorize first.", "Najpierw naciśnij Autoryzacja."};
inline constexpr Text auth_needs_login{"Type the Login first.", "Najpierw wpisz Login."};
inline constexpr Text auth_needs_client{"Type the application ID first.",
                                        "Najpierw wpisz identyfikator aplikacji."};
inline constexpr Text auth_preparing{"Asking the provider …", "Pytanie do dostawcy …"};
inline constexpr Text auth_waiting{"Waiting for the sign-in in the browser …",
                                   "Czekam na logowanie w przeglądarce …"};
inline constexpr Text auth_no_browser{
    "The browser could not be opened. Copy the link or use a code.",
    "Nie udało się otworzyć przeglądarki. Skopiuj odnośnik albo użyj kodu."};
inline constexpr Text auth_copy_link{"Copy link", "Kopiuj odnośnik"};
inline constexpr Text auth_copied{"Copied", "Skopiowano"};
inline constexpr Text auth_by_code{"Use a code", "Użyj kodu"};
inline constexpr Text auth_left{"{time} left", "Pozostało {time}"};
inline constexpr Text auth_device{"Open {url} and enter the code {code}",
                                  "Wejdź na {url} i wpisz kod {code}"};
inline constexpr Text auth_device_warning{
    "Enter it only because you have just started this sign-in yourself.",
    "Wpisz go tylko dlatego, że właśnie sam rozpoczynasz to logowanie."};
inline constexpr Text auth_copy_code{"Copy code", "Kopiuj kod"};
inline constexpr Text auth_redeeming{"The provider has answered; getting the token …",
                                     "Dostawca odpowiedział; pobieranie tokenu …"};
inline constexpr Text auth_mailbox{"Opening the mailbox …", "Otwieranie skrzynki …"};
inline constexpr Text auth_ok{"Signed in as {login}", "Zalogowano użytkownika {login}"};
inline constexpr Text auth_failed{"Could not sign in to the account of {login}",
                                  "Nie udało się zalogować do konta użytkownika {login}"};
inline constexpr Text auth_other_name{
    "{account} signed in, but the point's Login is {login}. The mailbox opens with it.",
    "Zalogowano konto {account}, a Login punktu to {login}. Skrzynka się z nim otwiera."};
inline constexpr Text auth_nobody{"Nobody is signed in.", "Nikt nie jest zalogowany."};
inline constexpr Text auth_who{"Signed in as", "Zalogowany"};
inline constexpr Text auth_issuer{"Provider", "Dostawca"};
inline constexpr Text auth_scopes{"Permissions", "Uprawnienia"};
inline constexpr Text auth_until{"Valid until", "Ważne do"};
inline constexpr Text auth_renews{"{time}, then renewed by itself", "{time}, potem odnawiane samo"};
inline constexpr Text auth_renewed{"Renewed", "Odnowiono"};
inline constexpr Text auth_last_error{"Last error", "Ostatni błąd"};
inline constexpr Text auth_sign_out{"Sign out", "Wyloguj"};
inline constexpr Text signed_out{"{login} is signed out.", "Wylogowano użytkownika {login}."};

inline constexpr Text auth_link{"If no browser opens, go to this address on this computer:",
                                "Jeśli przeglądarka się nie otworzy, wejdź na tym komputerze na:"};

inline constexpr Text auth_paste_why{
    "The browser runs on another computer, and ends on a page that can't be opened? Paste the "
    "address of that page here. The provider's page shows an error? Paste that.",
    "Przeglądarka działa na innym komputerze i kończy na stronie, której nie da się otworzyć? "
    "Wklej tu adres tej strony. Strona dostawcy pokazuje błąd? Wklej ten błąd."};
inline constexpr Text auth_paste{"Paste an address or error", "Wklej adres lub błąd"};
inline constexpr Text auth_paste_hint{"http://localhost:…/?code=…&state=…",
                                      "http://localhost:…/?code=…&state=…"};
inline constexpr Text auth_paste_go{"Hand over", "Przekaż"};
inline constexpr Text auth_paste_ask{"Address on which the browser ended",
                                     "Adres, na którym skończyła przeglądarka"};
inline constexpr Text auth_paste_here{
    "If the browser runs on another computer, paste the address of its last page here and press "
    "Enter (it is not shown). An error code that it shows is explained here, too.",
    "Jeśli przeglądarka działa na innym komputerze, wklej tu adres jej ostatniej strony i naciśnij "
    "Enter (nie będzie widoczny). Tu można też wpisać kod błędu, który pokazuje przeglądarka."};
inline constexpr Text auth_pasted{"The sign-in that waits has been given it.",
                                  "Przekazano logowaniu, które na to czeka."};
inline constexpr Text auth_at_browser_error{
    "Does the browser show an error such as AADSTS50011 or redirect_uri_mismatch? Paste it below "
    "to "
    "read what it means.",
    "Przeglądarka pokazuje błąd, np. AADSTS50011 albo redirect_uri_mismatch? Wklej go poniżej, aby "
    "przeczytać, co oznacza."};
inline constexpr Text auth_expired{"{login}: somebody has to sign in at the provider",
                                   "{login}: trzeba zalogować się u dostawcy"};

inline constexpr Text client_secret{"Application secret", "Klucz tajny aplikacji"};
inline constexpr Text client_secret_show{"Show secret", "Pokaż klucz"};
inline constexpr Text client_secret_hint{"only if the provider has given one",
                                         "tylko jeśli dostawca go nadał"};
inline constexpr Text client_secret_stored{
    "One is stored for this application; leave the field empty to keep it.",
    "Klucz tej aplikacji jest zapisany; puste pole go nie zmienia."};
inline constexpr Text client_secret_remove{"Remove it", "Usuń go"};
inline constexpr Text office_client_used{"Empty: the office's application {id} is used.",
                                         "Puste: używana jest aplikacja firmy {id}."};
inline constexpr Text office_client_forget{"Forget it for all points",
                                           "Usuń dla wszystkich punktów"};
inline constexpr Text office_client_same{
    "This is the office's application: in other points of this provider the field may stay empty.",
    "To aplikacja firmy: w innych punktach tego dostawcy pole może zostać puste."};
inline constexpr Text office_client_offer{"Needed only once for all points of this provider:",
                                          "Wystarczy raz dla wszystkich punktów tego dostawcy:"};
inline constexpr Text office_client_keep{"Keep it as the office's application",
                                         "Zapisz jako aplikację firmy"};
inline constexpr Text admin_page_copy{"Copy instructions for the administrator",
                                      "Kopiuj instrukcję dla administratora"};

inline constexpr Text page_title{"Congratulations! You are signed in",
                                 "Gratulacje! Zostałeś zalogowany"};
inline constexpr Text page_text{"Close this tab and return to the application",
                                "Zamknij kartę i wróć do aplikacji"};
inline constexpr Text page_failed{"The sign-in failed", "Logowanie nie powiodło się"};

inline constexpr Text authorize_help{
    R"(mailpoint authorize: signs in to the mailbox of a point that uses OAuth2

Usage:
  mailpoint authorize --point P [--device] [--json]
  mailpoint authorize --point P --status [--json]
  mailpoint authorize --point P --sign-out
  mailpoint authorize --point P --answer
  mailpoint authorize --point P --admin-page

Options:
  --point P    name of a point, or path of its definition (a JSON file)
  --device     with a code that is typed in a browser on any device
  --status     who is signed in, until when, and whether it can be used
  --sign-out   takes the right back at the provider and forgets it
  --answer     while another `authorize` waits here: reads the address on
               which a browser of another computer ended, and hands it over
  --admin-page what the administrator has to set up at the provider
  --json       the outcome as one JSON document

The browser opens on the provider's page; where none can, the address is
printed, to be opened on this computer. On a terminal the address on which a
browser of another computer ended can be pasted while it waits, and so can the
error that the provider's page shows. What the provider gives is kept where
passwords are kept, and renewed by itself. It is kept only after the mailbox
itself has opened.
MAILPOINT_CLIENT_SECRET: the secret of the office's application, for those
that have one; it is kept with it.

Examples:
  mailpoint authorize --point "Invoices"
  mailpoint authorize --point "Invoices" --device

Exit codes: 0 done, 1 it was stopped, 2 wrong usage, 3 sign-in refused, or
nobody is signed in, 4 no connection, 6 no permission.
)",
    R"(mailpoint authorize: loguje do skrzynki punktu, który używa OAuth2

Użycie:
  mailpoint authorize --point P [--device] [--json]
  mailpoint authorize --point P --status [--json]
  mailpoint authorize --point P --sign-out
  mailpoint authorize --point P --answer
  mailpoint authorize --point P --admin-page

Opcje:
  --point P    nazwa punktu albo ścieżka jego definicji (pliku JSON)
  --device     kodem wpisywanym w przeglądarce na dowolnym urządzeniu
  --status     kto jest zalogowany, do kiedy, i czy to działa
  --sign-out   cofa dostęp u dostawcy i zapomina go
  --answer     gdy czeka tu inne `authorize`: czyta adres, na którym skończyła
               przeglądarka innego komputera, i przekazuje go
  --admin-page co administrator ma ustawić u dostawcy
  --json       wynik jako jeden dokument JSON

Przeglądarka otwiera się na stronie dostawcy; gdy żadnej nie można otworzyć,
drukowany jest adres, na który trzeba wejść na tym komputerze. To, co da
dostawca, jest trzymane tam, gdzie hasła, i odnawiane samo. Zachowywane jest
dopiero, gdy otworzy się sama skrzynka.
MAILPOINT_CLIENT_SECRET: klucz tajny aplikacji biura, jeśli go ma; jest
przechowywany razem z tym.

Przykłady:
  mailpoint authorize --point "Faktury kosztowe"
  mailpoint authorize --point "Faktury kosztowe" --device

Kody wyjścia: 0 zrobione, 1 przerwano, 2 błędne użycie, 3 odmowa logowania
albo nikt nie jest zalogowany, 4 brak połączenia, 6 brak uprawnień.
)"};

/// What the person is to do or wait for now, for a terminal; "" while there is nothing to say.
[[nodiscard]] std::string authorization_line(const mail::JobView& job, Language language);
[[nodiscard]] std::string signed_in_line(const mail::AccountView& account, Language language);
/// A line a fact; null: nobody is signed in.
[[nodiscard]] std::string account_lines(const mail::AccountView* account, Language language);
/// What a provider's own page shows in place of an answer ("AADSTS50011: …", "Error 400:
/// redirect_uri_mismatch"), in words; "" where there is no such code in it.
[[nodiscard]] std::string words_of_browser_error(std::string_view shown, Language language);
/// BCP 47.
[[nodiscard]] std::string_view code_of(Language language);
/// The page on which the browser ends, as HTML that needs nothing from outside: of success without
/// an error.
[[nodiscard]] std::string sign_in_page(const mail::Error* error, Language language);

}  // namespace gui::text
