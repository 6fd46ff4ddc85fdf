#include "gui/text/causes.h"

#include <algorithm>
#include <charconv>
#include <initializer_list>

#include "gui/text/cause_details.h"
#include "gui/text/faults.h"
#include "gui/text/format.h"
#include "gui/text/json_faults.h"
#include "gui/text/ladder.h"
#include "gui/text/sign_in_faults.h"
#include "mail/base/utf8.h"

namespace gui::text {

namespace {

using mail::Cause;
using mail::Error;

struct Words {
    Text cause, next_step;
};

bool has(const Error& error, std::initializer_list<std::string_view> keys) {
    return std::all_of(keys.begin(), keys.end(),
                       [&](std::string_view key) { return !error.fact(key).empty(); });
}

// Holes are facts of the error. Where a fact may be missing, a sentence that does without it stands
// beside the one that names it. No default: a cause without words does not compile.
// NOLINTNEXTLINE(readability-function-size): one switch over all causes
Words wording(const Error& e) {
    const bool host = has(e, {"host"});
    const bool host_port = has(e, {"host", "port"});
    const bool said = has(e, {"server_said"});
    const bool path = has(e, {"path"});
    const bool file = has(e, {"file"});
    const bool reason = has(e, {"reason"});
    const bool slowly = has(e, {"host", "octets_came", "seconds"});
    switch (e.cause) {
    case Cause::cancelled:
        if (e.fact("of") == "removal")
            return {{"The removal was stopped; the message stays in the mailbox.",
                     "Usuwanie przerwano; wiadomość zostaje w skrzynce."},
                    {"Remove it again whenever you like.",
                     "Można ją usunąć ponownie w dowolnej chwili."}};
        return {{"Stopped.", "Przerwano."},
                {"Files already saved stay; start again whenever you like.",
                 "Zapisane pliki zostają; można zacząć ponownie w dowolnej chwili."}};
    case Cause::deadline:
        return {slowly ? Text{"{host} answers too slowly: {octets_came} bytes in {seconds} s.",
                              "Serwer {host} odpowiada zbyt wolno: {octets_came} B w ciągu "
                              "{seconds} s."}
                : host ? Text{"{host} took too long to answer.",
                              "Serwer {host} zbyt długo nie odpowiadał."}
                       : Text{"It took too long and was given up.",
                              "Trwało to zbyt długo i zostało przerwane."},
                {"Try again in a moment; if it stays so, check the network.",
                 "Spróbuj ponownie za chwilę; jeśli to się powtarza, sprawdź sieć."}};
    case Cause::internal:
        return {reason ? Text{"A fault in the program: {reason}.", "Błąd w programie: {reason}."}
                       : Text{"A fault in the program.", "Błąd w programie."},
                {"Copy the details and send them to the authors.",
                 "Skopiuj szczegóły i wyślij je autorom."}};

    case Cause::name_not_found:
        return {host ? Text{"There is no server named {host}.", "Nie ma serwera o nazwie {host}."}
                     : Text{"There is no server of this name.", "Nie ma serwera o tej nazwie."},
                {"Check the spelling of the incoming mail server.",
                 "Sprawdź pisownię w polu Serwer poczty przychodzącej."}};
    case Cause::dns_unavailable:
        return {
            host ? Text{"This computer cannot look up any names: the network or DNS is down, "
                        "{host} may be fine.",
                        "Komputer nie może zamieniać nazw na adresy (DNS nie odpowiada). "
                        "Adres {host} może być poprawny."}
                 : Text{"This computer cannot look up any names: the network or DNS is down.",
                        "Komputer nie może zamieniać nazw na adresy (DNS nie odpowiada)."},
            {"Check the network, VPN and DNS settings.", "Sprawdź sieć, VPN i ustawienia DNS."}};
    case Cause::bad_host_name:
        return {host ? Text{"“{host}” is not a server name.", "„{host}” to nie jest nazwa serwera."}
                     : Text{"This is not a server name.", "To nie jest nazwa serwera."},
                {"Enter only the name, for example imap.company.example.",
                 "Podaj samą nazwę, na przykład imap.firma.example."}};
    case Cause::proxy_unreachable:
        return {has(e, {"proxy"}) ? Text{"The proxy {proxy} cannot be reached.",
                                         "Nie można połączyć się z serwerem proxy {proxy}."}
                                  : Text{"The proxy cannot be reached.",
                                         "Nie można połączyć się z serwerem proxy."},
                {"Check the proxy in the point under More, or in the system's settings.",
                 "Sprawdź proxy w punkcie (Dodatkowe) albo w ustawieniach systemu."}};
    case Cause::proxy_login_needed:
        return {
            {"The proxy wants its own login.", "Serwer proxy wymaga logowania."},
            {"Put the proxy's address with login and password into the system's variable "
             "https_proxy, and leave the proxy of the point empty.",
             "Wpisz adres proxy z loginem i hasłem w zmienną systemową https_proxy, a pole proxy "
             "w punkcie zostaw puste."}};
    case Cause::proxy_refused:
        return {host_port
                    ? Text{"The proxy refuses connections to {host}, port {port}.",
                           "Serwer proxy odmawia połączenia z {host}, port {port}."}
                    : Text{"The proxy refuses the connection.", "Serwer proxy odmawia połączenia."},
                {"Ask whoever looks after the proxy to allow the mail server.",
                 "Poproś administratora proxy o dopuszczenie serwera poczty."}};
    case Cause::connection_refused:
        return {host_port ? Text{"{host} is reachable, but nothing listens on port {port}.",
                                 "Serwer {host} działa, ale na porcie {port} nic nie nasłuchuje."}
                          : Text{"The server is reachable, but nothing listens on this port.",
                                 "Serwer działa, ale na tym porcie nic nie nasłuchuje."},
                {"Check the port: 993 with TLS or 143 with STARTTLS.",
                 "Sprawdź port: 993 z TLS albo 143 ze STARTTLS."}};
    case Cause::connect_timeout:
        return {host_port ? Text{"No answer from {host}, port {port}: a firewall may drop it.",
                                 "Brak odpowiedzi z {host}, port {port} – może blokować zapora."}
                          : Text{"No answer: a firewall here or there may drop the connection.",
                                 "Brak odpowiedzi – połączenie może blokować zapora."},
                {"Check server and port, and ask IT whether this port is open outwards.",
                 "Sprawdź serwer i port i zapytaj informatyków, czy ten port jest otwarty na "
                 "zewnątrz."}};
    case Cause::network_unreachable:
        return {{"This computer has no way to the server's network.",
                 "Ten komputer nie ma drogi do sieci serwera."},
                {"Check the network connection and VPN.", "Sprawdź połączenie z siecią i VPN."}};
    case Cause::connection_lost:
        return {has(e, {"octets_missing"})
                    ? Text{"The connection broke {octets_missing} bytes before the end; nothing of "
                           "it was saved.",
                           "Połączenie zerwano, gdy brakowało jeszcze bajtów: {octets_missing}; "
                           "nic z tego nie zapisano."}
                : host ? Text{"The connection to {host} broke.", "Połączenie z {host} zerwano."}
                       : Text{"The connection broke.", "Połączenie zostało zerwane."},
                {"Try again; nothing half-done was kept.",
                 "Spróbuj ponownie; nie zostało nic niedokończonego."}};
    case Cause::listen_failed:
        return {has(e, {"port"}) ? Text{"Port {port} of this computer cannot be used.",
                                        "Nie można użyć portu {port} tego komputera."}
                                 : Text{"No port of this computer could be opened.",
                                        "Nie udało się otworzyć portu na tym komputerze."},
                {"Close the program that holds it, and try again.",
                 "Zamknij program, który go zajmuje, i spróbuj ponownie."}};

    case Cause::tls_handshake:
        return {host ? Text{"{host} and this computer found no common way to encrypt (TLS).",
                            "Nie udało się uzgodnić szyfrowania (TLS) z serwerem {host}."}
                     : Text{"Server and computer found no common way to encrypt (TLS).",
                            "Nie udało się uzgodnić szyfrowania (TLS) z serwerem."},
                {"The server may know only an outdated TLS: ask its owner to update it.",
                 "Serwer może znać tylko przestarzały TLS: poproś właściciela o aktualizację."}};
    case Cause::tls_not_spoken:
        return {
            has(e, {"port"})
                ? Text{"Port {port} starts without encryption.",
                       "Port {port} zaczyna bez szyfrowania."}
                : Text{"This port starts without encryption.", "Ten port zaczyna bez szyfrowania."},
            {"Use STARTTLS here, or port 993 with TLS.", "Ustaw STARTTLS albo port 993 i TLS."}};
    case Cause::certificate_untrusted:
        return {has(e, {"issuer"})
                    ? Text{"The server's certificate is not trusted: it was issued by {issuer}.",
                           "Certyfikat serwera nie jest zaufany: wystawił go {issuer}."}
                    : Text{"The server's certificate is not trusted.",
                           "Certyfikat serwera nie jest zaufany."},
                has(e, {"sha256"})
                    ? Text{"If antivirus or a company filter reads along, add its CA file to the "
                           "point; else compare the SHA-256 fingerprint {sha256} with the server's "
                           "owner.",
                           "Jeśli połączenie sprawdza antywirus lub filtr firmowy, dodaj jego plik "
                           "CA do punktu; inaczej porównaj odcisk SHA-256 {sha256} z właścicielem "
                           "serwera."}
                    : Text{"If antivirus or a company filter reads along, add its CA file to the "
                           "point; else ask the server's owner.",
                           "Jeśli połączenie sprawdza antywirus lub filtr firmowy, dodaj jego plik "
                           "CA do punktu; inaczej zapytaj właściciela serwera."}};
    case Cause::certificate_expired:
        return {has(e, {"valid_from", "valid_until"})
                    ? Text{"The server's certificate has expired or is not valid yet: it holds "
                           "from {valid_from} to {valid_until}.",
                           "Certyfikat serwera wygasł albo jeszcze nie obowiązuje: jest ważny od "
                           "{valid_from} do {valid_until}."}
                    : Text{"The server's certificate has expired or is not valid yet.",
                           "Certyfikat serwera wygasł albo jeszcze nie obowiązuje."},
                {"Check this computer's clock; if it is right, the server's owner must renew.",
                 "Sprawdź zegar komputera; jeśli jest dobry, certyfikat musi odnowić właściciel "
                 "serwera."}};
    case Cause::certificate_name:
        return {has(e, {"names", "host"})
                    ? Text{"The certificate is for {names}, not for {host}.",
                           "Certyfikat jest wystawiony na {names}, a nie na {host}."}
                    : Text{"The certificate is for another server name.",
                           "Certyfikat jest wystawiony na inną nazwę serwera."},
                {"Enter the name that the certificate carries, if it is the same server.",
                 "Wpisz nazwę z certyfikatu, jeśli to ten sam serwer."}};
    case Cause::certificate_self_signed:
        return {{"The server vouches for itself: that is fine only for a server of your own.",
                 "Certyfikat podpisany przez sam serwer – w porządku tylko dla własnego serwera."},
                has(e, {"sha256"})
                    ? Text{"Compare the SHA-256 fingerprint {sha256} with the server's owner, then "
                           "enter it in the point as certificate exception.",
                           "Porównaj odcisk SHA-256 {sha256} z właścicielem serwera, a potem wpisz "
                           "go w punkcie jako wyjątek certyfikatu."}
                    : Text{"Compare the fingerprint with the server's owner, then enter it in the "
                           "point as "
                           "certificate exception.",
                           "Porównaj odcisk z właścicielem serwera, a potem wpisz go w punkcie "
                           "jako wyjątek "
                           "certyfikatu."}};
    case Cause::certificate_changed:
        return {{"The server's certificate is not the one that the point accepts.",
                 "Certyfikat serwera jest inny niż zaakceptowany w punkcie."},
                {"Ask the server's owner whether it was renewed, before you change the exception.",
                 "Zapytaj właściciela serwera, czy go odnowiono, zanim zmienisz wyjątek."}};
    case Cause::ca_file_unreadable:
        return {file ? Text{"The certificate file {file} cannot be read.",
                            "Nie można odczytać pliku z certyfikatami {file}."}
                     : Text{"The point's certificate file cannot be read.",
                            "Nie można odczytać pliku z certyfikatami podanego w punkcie."},
                {"Check the path; the file must hold certificates in PEM form.",
                 "Sprawdź ścieżkę; plik musi zawierać certyfikaty w postaci PEM."}};
    case Cause::no_system_certificates:
        return {{"This computer has no list of trusted certificates.",
                 "Na tym komputerze nie ma listy zaufanych certyfikatów."},
                {"Install the package ca-certificates, or give the point a CA file.",
                 "Zainstaluj pakiet ca-certificates albo podaj w punkcie plik CA."}};

    case Cause::no_greeting:
        return {host_port ? Text{"{host} took the connection on port {port}, but says nothing.",
                                 "Serwer {host} przyjął połączenie na porcie {port}, ale milczy."}
                          : Text{"The server took the connection, but says nothing.",
                                 "Serwer przyjął połączenie, ale milczy."},
                {"If encryption is off or STARTTLS, try TLS with port 993.",
                 "Jeśli wybrano STARTTLS albo Brak, spróbuj TLS z portem 993."}};
    case Cause::closed_before_greeting:
        return {{"The server hangs up before saying hello: too many connections, or your address "
                 "is blocked.",
                 "Serwer rozłącza się przed powitaniem – limit połączeń lub blokada adresu IP."},
                {"Close other mail programs, wait some minutes, or ask the provider.",
                 "Zamknij inne programy pocztowe, poczekaj kilka minut albo zapytaj dostawcę."}};
    case Cause::not_imap:
        return {
            has(e, {"port"})
                ? Text{"What answers on port {port} is not IMAP.",
                       "Na porcie {port} działa coś innego niż IMAP."}
                : Text{"What answers there is not IMAP.", "To, co odpowiada, to nie IMAP."},
            {"Use port 993 (TLS) or 143 (STARTTLS).", "Użyj portu 993 (TLS) albo 143 (STARTTLS)."}};
    case Cause::server_says_bye:
        return {said ? Text{"The server ends the connection: “{server_said}”",
                            "Serwer kończy połączenie: „{server_said}”"}
                     : Text{"The server ends the connection.", "Serwer kończy połączenie."},
                {"Close other mail programs, wait some minutes and try again.",
                 "Zamknij inne programy pocztowe, poczekaj kilka minut i spróbuj ponownie."}};
    case Cause::preauth_in_clear:
        return {{"The server skips the login without encryption: somebody may be in between.",
                 "Serwer pomija logowanie bez szyfrowania: ktoś może stać po drodze."},
                {"Use TLS with port 993; the password was not sent.",
                 "Użyj TLS z portem 993; hasła nie wysłano."}};
    case Cause::starttls_missing:
        return {{"The server offers no encryption on this port; the password was not sent.",
                 "Serwer nie oferuje szyfrowania na tym porcie; hasła nie wysłano."},
                {"Use port 993 with TLS.", "Użyj portu 993 z TLS."}};
    case Cause::starttls_refused:
        return {said ? Text{"The server refused to start encryption: “{server_said}”",
                            "Serwer odmówił rozpoczęcia szyfrowania: „{server_said}”"}
                     : Text{"The server refused to start encryption.",
                            "Serwer odmówił rozpoczęcia szyfrowania."},
                {"Use port 993 with TLS, or ask the server's owner.",
                 "Użyj portu 993 z TLS albo zapytaj właściciela serwera."}};
    case Cause::bytes_before_tls:
        return {{"Foreign data came before encryption began: somebody may be tampering. The "
                 "password was not sent.",
                 "Przed szyfrowaniem nadeszły obce dane: ktoś może ingerować w połączenie. Hasła "
                 "nie wysłano."},
                {"Use port 993 with TLS, and tell whoever looks after the network.",
                 "Użyj portu 993 z TLS i powiadom administratora sieci."}};
    case Cause::cleartext_not_allowed:
        return {{"Without encryption anyone on the way could read password and mail, so nothing "
                 "was sent.",
                 "Bez szyfrowania hasło i poczta byłyby czytelne dla każdego po drodze, więc nic "
                 "nie wysłano."},
                {"Choose another encryption method, or allow clear text for this point.",
                 "Wybierz inną metodę szyfrowania albo zezwól na jej brak w tym punkcie."}};

    case Cause::password_needed:
        return {has(e, {"login"}) ? Text{"There is no password for {login} yet.",
                                         "Nie ma jeszcze hasła dla {login}."}
                                  : Text{"There is no password for this point yet.",
                                         "Nie ma jeszcze hasła do tego punktu."},
                {"Enter the password.", "Podaj hasło."}};
    case Cause::login_refused:
        return {said ? Text{"Login or password is wrong; the server says: “{server_said}”",
                            "Błędny login lub hasło; serwer odpowiada: „{server_said}”"}
                     : Text{"Login or password is wrong.", "Błędny login lub hasło."},
                {"Try the same login and password on the provider's web page, then correct them "
                 "here.",
                 "Sprawdź ten sam login i hasło na stronie dostawcy poczty, a potem popraw je "
                 "tutaj."}};
    case Cause::login_disabled:
        return {{"The server takes passwords only after encryption.",
                 "Serwer przyjmuje hasło dopiero po szyfrowaniu."},
                {"Choose TLS or STARTTLS as encryption method.",
                 "Wybierz TLS albo STARTTLS jako metodę szyfrowania."}};
    case Cause::mechanism_missing:
        return {
            has(e, {"mechanisms"})
                ? Text{"The server does not know the chosen way of signing in; it offers "
                       "{mechanisms}.",
                       "Serwer nie zna wybranej metody logowania; oferuje {mechanisms}."}
                : Text{"The server does not know the chosen way of signing in.",
                       "Serwer nie zna wybranej metody logowania."},
            {"Choose the other authentication method.", "Wybierz inną metodę uwierzytelniania."}};
    case Cause::token_refused:
        if (e.fact("challenge").find("insufficient_scope") != std::string_view::npos)
            return {{"The mail server knows the sign-in, but it carries no right to the mailbox.",
                     "Serwer poczty zna to logowanie, ale nie daje ono prawa do skrzynki."},
                    words_of(mail::oauth::Fault::scope_smaller).next_step};
        return {said ? Text{"The server refused the OAuth2 sign-in: “{server_said}”",
                            "Serwer odrzucił logowanie OAuth2: „{server_said}”"}
                     : Text{"The server refused the OAuth2 sign-in.",
                            "Serwer odrzucił logowanie OAuth2."},
                has(e, {"fresh"})
                    ? Text{"The token was new: another sign-in will not help. Check that IMAP is "
                           "on for this mailbox, that Login is its account, and ask IT about "
                           "licence and access rules.",
                           "Token był świeży: ponowne logowanie nie pomoże. Sprawdź, czy skrzynka "
                           "ma włączony IMAP i czy Login to jej konto, i zapytaj IT o licencję "
                           "i zasady dostępu."}
                    : Text{"Sign in again.", "Zaloguj się ponownie."}};
    case Cause::token_too_long:
        return {{"The mail server hung up at the sign-in: its token is longer than the server "
                 "takes.",
                 "Serwer poczty rozłączył się przy logowaniu: token jest dłuższy, niż serwer "
                 "przyjmuje."},
                {"Ask the administrator to ask for fewer permissions or groups in the token, or to "
                 "raise the server's limit.",
                 "Poproś administratora, aby token zawierał mniej uprawnień lub grup albo aby "
                 "podniósł limit serwera."}};
    case Cause::token_in_clear:
        return {{"OAuth2 needs encryption; nothing was sent.",
                 "OAuth2 wymaga szyfrowania; nic nie wysłano."},
                {"Choose TLS or STARTTLS as encryption method.",
                 "Wybierz TLS albo STARTTLS jako metodę szyfrowania."}};
    case Cause::signin_needed:
        return {{"This point uses OAuth2, and nobody has signed in yet.",
                 "Ten punkt używa OAuth2, a nikt się jeszcze nie zalogował."},
                {"Press Authorize in the point, or run mailpoint authorize.",
                 "Naciśnij Autoryzacja w punkcie albo uruchom mailpoint authorize."}};
    case Cause::not_by_oauth:
        return {{"This point signs in with login and password, not with OAuth2.",
                 "Ten punkt loguje się loginem i hasłem, nie przez OAuth2."},
                {"Choose OAuth2 as its authentication method first.",
                 "Najpierw wybierz OAuth2 jako metodę uwierzytelniania."}};
    case Cause::sign_in_fault:
    case Cause::provider_busy: {
        const SignInFaultWords words = words_of(fault_in(e));
        // One that we have no words for is named as the provider names it.
        if (fault_in(e) == mail::oauth::Fault::unknown && has(e, {"error"}))
            return {{"The provider refused the sign-in: {error}.",
                     "Dostawca odmówił zalogowania: {error}."},
                    words.next_step};
        // Nobody tries a sign-in again but the person.
        if (has(e, {"signing_in"}))
            return {words.cause,
                    {"Wait a while, then press Authorize again.",
                     "Odczekaj chwilę i ponownie naciśnij Autoryzacja."}};
        return {words.cause, words.next_step};
    }
    case Cause::bad_credentials_text:
        return {{"Login or password holds a character that cannot be sent to a server.",
                 "Login lub hasło zawiera znak, którego nie można wysłać do serwera."},
                {"Remove line breaks and other invisible characters.",
                 "Usuń znaki końca wiersza i inne niewidoczne znaki."}};

    case Cause::mailbox_not_opened:
        return {said ? Text{"The sign-in was taken, but the server does not open the mailbox: "
                            "“{server_said}”",
                            "Logowanie przyjęto, ale serwer nie otwiera skrzynki: "
                            "„{server_said}”"}
                     : Text{"The sign-in was taken, but the server does not open the mailbox.",
                            "Logowanie przyjęto, ale serwer nie otwiera skrzynki."},
                {"Sign in with the account that Login names. For a shared mailbox that account "
                 "needs full access to it; a new mailbox or licence may need some hours.",
                 "Zaloguj się kontem z pola Login. Do skrzynki udostępnionej konto musi mieć pełny "
                 "dostęp; nowa skrzynka lub licencja może potrzebować kilku godzin."}};

    case Cause::folder_missing:
        return {has(e, {"folder", "nearest"})
                    ? Text{"There is no folder “{folder}” on the server; the nearest is "
                           "“{nearest}”.",
                           "Na serwerze nie ma folderu „{folder}”; najbliższy to „{nearest}”."}
                : has(e, {"folder"})
                    ? Text{"There is no folder “{folder}” on the server.",
                           "Na serwerze nie ma folderu „{folder}”."}
                    : Text{"The folder is not on the server.", "Na serwerze nie ma tego folderu."},
                {"Get the list of folders in the point and choose one.",
                 "Pobierz w punkcie listę folderów i wybierz jeden z nich."}};
    case Cause::folder_refused:
        return {said ? Text{"The server does not open the folder: “{server_said}”",
                            "Serwer nie otwiera folderu: „{server_said}”"}
                     : Text{"The server does not open the folder.", "Serwer nie otwiera folderu."},
                {"Another program may hold it: try again in a moment.",
                 "Może go blokować inny program: spróbuj ponownie za chwilę."}};
    case Cause::bad_folder_name:
        return {has(e, {"folder"}) ? Text{"“{folder}” cannot be the name of a folder.",
                                          "„{folder}” nie może być nazwą folderu."}
                                   : Text{"This cannot be the name of a folder.",
                                          "To nie może być nazwa folderu."},
                {"Choose a folder from the server's list.", "Wybierz folder z listy serwera."}};
    case Cause::server_refused:
        return {said
                    ? Text{"The server refused: “{server_said}”", "Serwer odmówił: „{server_said}”"}
                    : Text{"The server refused.", "Serwer odmówił."},
                {"Try again in a moment.", "Spróbuj ponownie za chwilę."}};
    case Cause::command_refused:
        return {
            said ? Text{"The server does not accept the command: “{server_said}”",
                        "Serwer nie przyjął polecenia: „{server_said}”"}
                 : Text{"The server does not accept the command.", "Serwer nie przyjął polecenia."},
            {"Show this answer to the server's administrator.",
             "Pokaż tę odpowiedź administratorowi serwera."}};
    case Cause::server_limit:
        return {said ? Text{"The server limits traffic: “{server_said}”",
                            "Serwer ogranicza ruch: „{server_said}”"}
                     : Text{"The server limits traffic.", "Serwer ogranicza ruch."},
                has(e, {"try_again_after_seconds"})
                    ? Text{"The server asks to be left alone for {try_again_after_seconds} s: try "
                           "again after that.",
                           "Serwer prosi o przerwę {try_again_after_seconds} s: spróbuj ponownie "
                           "po tym czasie."}
                    : Text{"Close other mail programs, or wait some minutes.",
                           "Zamknij inne programy pocztowe albo poczekaj kilka minut."}};
    case Cause::reply_malformed:
        return {{"The server sent a reply that makes no sense.",
                 "Serwer przysłał niezrozumiałą odpowiedź."},
                {"Copy the details and send them to the authors.",
                 "Skopiuj szczegóły i wyślij je autorom."}};
    case Cause::reply_too_long:
        return {{"The server sent an endless line; the connection was closed.",
                 "Serwer przysłał wiersz bez końca; połączenie zamknięto."},
                {"Try again; if it stays so, ask the server's owner.",
                 "Spróbuj ponownie; jeśli to się powtarza, zapytaj właściciela serwera."}};
    case Cause::literal_size:
        return {{"The server announced an impossible size; the connection was closed.",
                 "Serwer zapowiedział niemożliwy rozmiar; połączenie zamknięto."},
                {"Try again; if it stays so, ask the server's owner.",
                 "Spróbuj ponownie; jeśli to się powtarza, zapytaj właściciela serwera."}};
    case Cause::nesting_too_deep:
        return {{"The message is nested too deep.", "Wiadomość jest zbyt głęboko zagnieżdżona."},
                {"Ask the sender to send the files directly.",
                 "Poproś nadawcę o przysłanie plików bezpośrednio."}};
    case Cause::unexpected_tag:
        return {{"The server answered what was not asked; the connection was closed.",
                 "Serwer odpowiedział na pytanie, którego nie zadano; połączenie zamknięto."},
                {"Try again; if it stays so, somebody may be tampering with the connection.",
                 "Spróbuj ponownie; jeśli to się powtarza, ktoś może ingerować w połączenie."}};
    case Cause::wrong_message:
        return {{"The server sent a different message than asked; nothing of it was kept.",
                 "Serwer przysłał inną wiadomość, niż żądano; nic z niej nie zapisano."},
                {"Refresh the list and try again.", "Odśwież listę i spróbuj ponownie."}};
    case Cause::message_gone:
        return {{"The message is not in the mailbox any more.",
                 "Tej wiadomości nie ma już w skrzynce."},
                {"Refresh the list.", "Odśwież listę."}};
    case Cause::no_such_message:
        return {{"No message of this mailbox folder has that number.",
                 "Żadna wiadomość w tym folderze skrzynki nie ma tego numeru."},
                {"Take the numbers from mailpoint list.", "Numery podaje mailpoint list."}};
    case Cause::nothing_to_decide:
        return {has(e, {"part"}) ? Text{"About part {part} there is nothing to decide.",
                                        "Co do części {part} nie ma o czym decydować."}
                                 : Text{"About this part there is nothing to decide.",
                                        "Co do tej części nie ma o czym decydować."},
                {"It is not there, is no attachment, or has its file already. mailpoint decide "
                 "shows the parts of a message.",
                 "Nie ma jej, nie jest załącznikiem albo ma już swój plik. Części wiadomości "
                 "pokazuje mailpoint decide."}};
    case Cause::part_missing:
        return {{"The server did not deliver this part.", "Serwer nie oddał tej części."},
                {"Try again; the message may have been removed meanwhile.",
                 "Spróbuj ponownie; wiadomość mogła zostać w międzyczasie usunięta."}};
    case Cause::part_incomplete:
        return {{"It came incomplete; nothing of it was saved.",
                 "Dane nadeszły niepełne; nic z nich nie zapisano."},
                {"Try again.", "Spróbuj ponownie."}};
    case Cause::uidvalidity_changed:
        return {{"The server numbered the messages anew meanwhile.",
                 "Serwer w międzyczasie ponumerował wiadomości od nowa."},
                {"Refresh the list and try again.", "Odśwież listę i spróbuj ponownie."}};

    case Cause::folder_read_only:
        return {has(e, {"folder"})
                    ? Text{"This login may only read the folder {folder}: nothing can be removed "
                           "there.",
                           "Ten login może tylko czytać folder {folder}: niczego nie da się tam "
                           "usunąć."}
                    : Text{"This login may only read the folder: nothing can be removed there.",
                           "Ten login może tylko czytać ten folder: niczego nie da się tam "
                           "usunąć."},
                {"Ask the mailbox's administrator for the right to delete there, or remove the "
                 "messages from "
                 "the list only.",
                 "Poproś administratora skrzynki o prawo usuwania w tym folderze albo usuń "
                 "wiadomości tylko z listy."}};
    case Cause::gate_locked:
        if (e.fact("lock") == "part_wanted")
            return {
                {"The message stays in the mailbox: a part that somebody wants has no file.",
                 "Wiadomość zostaje w skrzynce: część, którą ktoś chciał pobrać, nie ma pliku."},
                {"Take that part, undo the decision about it, or confirm that the message may "
                 "go without.",
                 "Pobierz tę część, cofnij decyzję o niej albo potwierdź, że wiadomość może "
                 "zniknąć bez tego."}};
        return {
            {"The message stays in the mailbox: not all of its attachments are safe on the disk.",
             "Wiadomość zostaje w skrzynce: nie wszystkie jej załączniki są bezpiecznie na dysku."},
            {"Generate its document first, or confirm that it may go without.",
             "Najpierw wygeneruj dokument albo potwierdź, że może zniknąć bez tego."}};
    case Cause::removal_not_allowed:
        return {{"This point doesn't allow messages to be removed from the mailbox.",
                 "Ten punkt nie pozwala usuwać wiadomości ze skrzynki."},
                {"Remove them from the list only, or switch it on in the point, tab General.",
                 "Usuń je tylko z listy albo włącz tę możliwość w punkcie, na karcie Ogólne."}};
    case Cause::not_an_ocr_point:
        return {{"“{name}” is not an OCR point.", "„{name}” nie jest punktem OCR."},
                {"Name a point of the type “OCR program”.",
                 "Podaj punkt typu „Współpraca z programem OCR”."}};
    case Cause::command_not_allowed:
        return {{"The command of “{name}” has not been allowed on this computer: “{command}”",
                 "Polecenie punktu „{name}” nie zostało dozwolone na tym komputerze: „{command}”"},
                {"If you know this command, allow it: mailpoint ocr --point “{name}” "
                 "--allow-command.",
                 "Jeśli znasz to polecenie, zezwól na nie: mailpoint ocr --point „{name}” "
                 "--allow-command."}};
    case Cause::message_changed:
        return {{"The server has another message in this place by now; nothing was removed.",
                 "Serwer ma w tym miejscu już inną wiadomość; niczego nie usunięto."},
                {"Refresh the list and try again.", "Odśwież listę i spróbuj ponownie."}};
    case Cause::not_removed:
        return {{"The server was asked to remove the message and still has it.",
                 "Serwer miał usunąć tę wiadomość, ale nadal ją ma."},
                {"Refresh the list and try again; if it stays, remove it in another mail program.",
                 "Odśwież listę i spróbuj ponownie; jeśli zostanie, usuń ją w innym programie "
                 "pocztowym."}};
    case Cause::others_marked:
        return {{"This server would also delete other marked messages ({count}).",
                 "Serwer usunie też inne oznaczone wiadomości ({count})."},
                {"Choose: only mark these, or delete all that are marked.",
                 "Wybierz: tylko oznacz te wiadomości albo usuń wszystkie oznaczone."}};
    case Cause::copy_missing:
        if (has(e, {"put_back"}))
            return {{"This message was put back already, {put_back}.",
                     "Tę wiadomość już przywrócono: {put_back}."},
                    {"It has another number in the mailbox since; bring the list up to date.",
                     "Ma odtąd inny numer w skrzynce; odśwież listę."}};
        return {
            {"The copy of this message is not in the quarantine any more.",
             "Kopii tej wiadomości nie ma już w kwarantannie."},
            {"It can't be put back. Look for it in the mailbox's trash or its backup.",
             "Nie da się jej przywrócić. Poszukaj jej w koszu skrzynki albo w kopii zapasowej."}};
    case Cause::other_mailbox:
        return {has(e, {"folder", "account"})
                    ? Text{"This message is of another mailbox: folder {folder} of {account}.",
                           "Ta wiadomość jest z innej skrzynki: folder {folder} na koncie "
                           "{account}."}
                    : Text{"This message is of another mailbox.",
                           "Ta wiadomość jest z innej skrzynki."},
                {"It is not put into this one. Let the point name that mailbox, and try again.",
                 "Nie zostanie odłożona do tej. Wpisz tamtą skrzynkę w punkcie i spróbuj "
                 "ponownie."}};
    case Cause::removal_unknown:
        return {
            {"It is not known yet whether the server removed the message.",
             "Jeszcze nie wiadomo, czy serwer usunął tę wiadomość."},
            {"It is found out as soon as the server answers again. Until then its copy is kept.",
             "Wyjaśni się to, gdy serwer znów odpowie. Do tego czasu kopia zostaje."}};
    case Cause::append_refused:
        return {
            {"The server did not take the message back.",
             "Serwer nie przyjął wiadomości z powrotem."},
            {"Its copy stays in the quarantine. Look whether the mailbox is full, and try again.",
             "Kopia zostaje w kwarantannie. Sprawdź, czy skrzynka nie jest pełna, i spróbuj "
             "ponownie."}};

    case Cause::not_a_mail:
        return {path ? Text{"{path} is not a mail.", "{path} to nie jest wiadomość e-mail."}
                     : Text{"This is not a mail.", "To nie jest wiadomość e-mail."},
                {"Give a file in .eml form.", "Podaj plik w postaci .eml."}};
    case Cause::too_many_parts:
        return {has(e, {"limit"})
                    ? Text{"The message has more than {limit} parts.",
                           "Wiadomość ma więcej niż {limit} części."}
                    : Text{"The message has too many parts.", "Wiadomość ma zbyt wiele części."},
                {"Ask the sender to send the files in several messages.",
                 "Poproś nadawcę o przysłanie plików w kilku wiadomościach."}};
    case Cause::part_too_large:
        return {has(e, {"limit"})
                    ? Text{"The part is larger than {limit}.", "Część jest większa niż {limit}."}
                    : Text{"The part is too large.", "Część jest za duża."},
                {"Ask the sender to send the file in another way.",
                 "Poproś nadawcę o przysłanie pliku w inny sposób."}};

    case Cause::no_target_folder:
        return {{"No target folder is set.", "Nie ustawiono folderu docelowego."},
                {"Set the folder, in the point's field Target folder (general.folder) or with "
                 "--out.",
                 "Ustaw folder w polu Folder docelowy punktu (general.folder) albo przez --out."}};
    case Cause::folder_choice_not_allowed:
        if (has(e, {"given"}))
            return {{"The folder was given on the command line (--out) and holds until the program "
                     "ends.",
                     "Folder podano w wierszu poleceń (--out); obowiązuje do zamknięcia programu."},
                    {"Start the program without --out.", "Uruchom program bez --out."}};
        return {{"This point doesn't let its folder be chosen while it works.",
                 "Ten punkt nie pozwala wybierać folderu podczas pracy."},
                {"Switch on “Set the path while the point works” in the point, tab General.",
                 "Włącz w punkcie, na karcie Ogólne, „Zdefiniuj ścieżkę podczas pracy punktu”."}};
    case Cause::folder_not_found:
        return {path ? Text{"The folder {path} does not exist.", "Folder {path} nie istnieje."}
                     : Text{"The folder does not exist.", "Ten folder nie istnieje."},
                {"Create it, or choose another one.", "Utwórz go albo wybierz inny."}};
    case Cause::not_a_folder:
        return {path ? Text{"{path} is a file, not a folder.", "{path} to plik, a nie folder."}
                     : Text{"This is a file, not a folder.", "To jest plik, a nie folder."},
                {"Choose a folder, or rename the file.", "Wybierz folder albo zmień nazwę pliku."}};
    case Cause::not_a_file:
        return {path ? Text{"{path} is no file.", "{path} to nie plik."}
                     : Text{"This is no file.", "To nie jest plik."},
                {"Name a file: a folder or a device is none.",
                 "Podaj plik, a nie folder ani urządzenie."}};
    case Cause::folder_silent:
        if (has(e, {"path", "stands_empty"}))
            return {{"The folder {path} is empty, and has not changed since files lay in it.",
                     "Folder {path} jest pusty, a nie zmienił się, odkąd leżały w nim pliki."},
                    {"It is where a network share or a drive was, most likely: connect it. What "
                     "waits there is kept.",
                     "Najpewniej to miejsce po udziale sieciowym albo dysku: podłącz go. To, co "
                     "tam czeka, nie przepada."}};
        return {path ? Text{"The folder {path} does not answer.", "Folder {path} nie odpowiada."}
                     : Text{"The folder does not answer.", "Ten folder nie odpowiada."},
                {"It may be on a network share that cannot be reached now: connect it, or choose "
                 "another folder.",
                 "Może leżeć na udziale sieciowym, do którego teraz nie ma dostępu: podłącz go "
                 "albo wybierz inny folder."}};
    case Cause::file_not_found:
        return {path ? Text{"The file {path} does not exist.", "Plik {path} nie istnieje."}
                     : Text{"The file does not exist.", "Ten plik nie istnieje."},
                {"Check the path.", "Sprawdź ścieżkę."}};
    case Cause::no_permission_there:
        return {path ? Text{"No right to write or read at {path}.",
                            "Brak prawa zapisu lub odczytu: {path}."}
                     : Text{"No right to write or read there.",
                            "Brak prawa zapisu lub odczytu w tym miejscu."},
                file ? Text{"Ask the owner of the folder for the right, or give another workspace "
                            "with --workspace.",
                            "Poproś właściciela folderu o uprawnienie albo podaj inny obszar "
                            "roboczy przez --workspace."}
                     : Text{"Choose another folder, or ask the administrator for the right.",
                            "Wybierz inny folder albo poproś administratora o uprawnienie."}};
    case Cause::disk_full:
        if (file)
            return {{"The disk is full: {file} could not be saved.",
                     "Na dysku zabrakło miejsca: nie udało się zapisać {file}."},
                    {"Free some space, then save again.", "Zwolnij miejsce i zapisz ponownie."}};
        if (has(e, {"path", "needed_octets", "free_octets"}))
            return {{"There is too little room in {path}: about {needed_octets} bytes are needed, "
                     "{free_octets} are free.",
                     "W folderze {path} jest za mało miejsca: potrzeba około {needed_octets} B, "
                     "wolne jest {free_octets} B."},
                    {"Free some space or choose another folder, then try again. Or take fewer "
                     "messages at a time.",
                     "Zwolnij miejsce albo wybierz inny folder i spróbuj ponownie. Możesz też "
                     "pobrać mniej wiadomości naraz."}};
        return {{"The disk is full; nothing more is deleted from the mailbox.",
                 "Na dysku zabrakło miejsca; nic więcej nie zniknie ze skrzynki."},
                {"Free some space or choose another folder, then try again.",
                 "Zwolnij miejsce albo wybierz inny folder i spróbuj ponownie."}};
    case Cause::disk_error:
        return {path && reason ? Text{"The disk reports an error at {path}: {reason}.",
                                      "Dysk zgłasza błąd przy {path}: {reason}."}
                : path
                    ? Text{"The disk reports an error at {path}.", "Dysk zgłasza błąd przy {path}."}
                    : Text{"The disk reports an error.", "Dysk zgłasza błąd."},
                {"Check the disk or the network share, then try again.",
                 "Sprawdź dysk lub udział sieciowy i spróbuj ponownie."}};
    case Cause::file_exists:
        return {path ? Text{"There is a file {path} already; it was not replaced.",
                            "Plik {path} już istnieje; nie został zastąpiony."}
                     : Text{"There is a file of this name already; it was not replaced.",
                            "Plik o tej nazwie już istnieje; nie został zastąpiony."},
                {"Rename or move it, then try again.",
                 "Zmień jego nazwę albo przenieś go i spróbuj ponownie."}};
    case Cause::verify_failed:
        return {path ? Text{"What was read back from {path} is not what was written.",
                            "Plik {path} po zapisaniu ma inną zawartość, niż zapisano."}
                     : Text{"What was read back from the disk is not what was written.",
                            "Odczytany plik ma inną zawartość, niż zapisano."},
                {"Try again; if it stays so, check the disk.",
                 "Spróbuj ponownie; jeśli to się powtarza, sprawdź dysk."}};

    case Cause::point_not_found:
        if (has(e, {"name", "files"}))
            return {{"Several points are called “{name}”: {files}.",
                     "Kilka punktów ma nazwę „{name}”: {files}."},
                    {"Give the path of the one's file, or rename the others.",
                     "Podaj ścieżkę pliku tego punktu albo zmień nazwy pozostałych."}};
        return {has(e, {"name", "known"}) ? Text{"There is no point “{name}”; there are: {known}.",
                                                 "Nie ma punktu „{name}”; są: {known}."}
                : has(e, {"name"}) ? Text{"There is no point “{name}”.", "Nie ma punktu „{name}”."}
                                   : Text{"There is no such point.", "Nie ma takiego punktu."},
                {"Give the name of a point or the path of its file; mailpoint points lists them.",
                 "Podaj nazwę punktu albo ścieżkę jego pliku; listę daje mailpoint points."}};
    case Cause::point_damaged:
        return {has(e, {"file", "line", "reason"})
                    ? Text{"{file} is damaged (line {line}); it was not changed. "
                           "Reason: {reason}.",
                           "Plik {file} jest uszkodzony (wiersz {line}); nie zmieniono go. "
                           "Powód: {reason}."}
                : has(e, {"file", "line"})
                    ? Text{"{file} is damaged (line {line}); it was not changed.",
                           "Plik {file} jest uszkodzony (wiersz {line}); nie zmieniono go."}
                : file ? Text{"{file} is damaged; it was not changed.",
                              "Plik {file} jest uszkodzony; nie zmieniono go."}
                       : Text{"The point's file is damaged; it was not changed.",
                              "Plik punktu jest uszkodzony; nie zmieniono go."},
                {"Correct the file, or take the previous version from the .bak file beside it.",
                 "Popraw plik albo użyj poprzedniej wersji z pliku .bak obok."}};
    case Cause::point_newer:
        return {file ? Text{"{file} comes from a newer version; it was not changed.",
                            "Plik {file} pochodzi z nowszej wersji programu; nie zmieniono go."}
                     : Text{"The file comes from a newer version; it was not changed.",
                            "Plik pochodzi z nowszej wersji programu; nie zmieniono go."},
                {"Update the program.", "Zaktualizuj program."}};
    case Cause::point_invalid:
        if (has(e, {"limit"}))
            return {{"It would be larger than {limit}; nothing was saved.",
                     "Plik byłby większy niż {limit}; niczego nie zapisano."},
                    {"Remove from it what is not Mailpoint's.",
                     "Usuń z niego to, co nie należy do Mailpointa."}};
        if (has(e, {"field", "secret"}) && e.fact("field") != "connection.proxy")
            return {{"There seems to be a secret in {field}; nothing was saved.",
                     "W {field} jest coś, co wygląda na sekret; niczego nie zapisano."},
                    {"Take it out of the file: a definition holds no passwords and no tokens. The "
                     "mailbox's password is entered in the window, or with mailpoint password.",
                     "Usuń go z pliku: definicja nie zawiera haseł ani tokenów. Hasło do skrzynki "
                     "wpisuje się w oknie albo poleceniem mailpoint password."}};
        if (has(e, {"field", "secret"}))
            return {{"There is a password in the field {field}; nothing was saved.",
                     "W polu {field} jest hasło; niczego nie zapisano."},
                    {"Take it out: a definition holds no passwords. That of a proxy goes into the "
                     "system's variable https_proxy.",
                     "Usuń je: definicja nie zawiera haseł. Hasło do proxy wpisz w zmienną "
                     "systemową https_proxy."}};
        if (has(e, {"field", "reason"}))
            return {
                {"The field {field} is not right: {reason}", "W polu {field} jest błąd: {reason}"},
                file ? Text{"Correct the field in {file}, or in the editor of the window.",
                            "Popraw to pole w pliku {file} albo w edytorze w oknie."}
                     : Text{"Open the point and correct the field.",
                            "Otwórz punkt i popraw to pole."}};
        return {
            has(e, {"field"}) ? Text{"The point cannot work as it is: look at the field {field}.",
                                     "Punkt nie może tak działać: sprawdź pole {field}."}
                              : Text{"The point is not complete.", "Punkt nie jest kompletny."},
            file ? Text{"Correct the field in {file}, or in the editor of the window.",
                        "Popraw to pole w pliku {file} albo w edytorze w oknie."}
                 : Text{"Open the point and correct the field.", "Otwórz punkt i popraw to pole."}};
    case Cause::point_changed:
        return {has(e, {"name"})
                    ? Text{"The point {name} was changed or deleted meanwhile; nothing was saved.",
                           "Punkt {name} został w międzyczasie zmieniony lub usunięty; niczego nie "
                           "zapisano."}
                : file ? Text{"{file} was changed meanwhile; nothing was saved.",
                              "Plik {file} został w międzyczasie zmieniony; niczego nie zapisano."}
                       : Text{"The file was changed meanwhile; nothing was saved.",
                              "Plik został w międzyczasie zmieniony; niczego nie zapisano."},
                {"Look at what it is now, then save your changes again or drop them.",
                 "Sprawdź jego obecną treść, a potem zapisz zmiany ponownie albo je porzuć."}};
    case Cause::no_administrator:
        return {{"Nobody would be an administrator of the workspace; nothing was saved.",
                 "Nikt nie byłby administratorem obszaru roboczego; niczego nie zapisano."},
                {"Make somebody an administrator first.",
                 "Najpierw nadaj komuś uprawnienia administratora."}};
    case Cause::account_unknown:
        return {has(e, {"login"}) ? Text{"This computer knows no login “{login}”.",
                                         "Ten komputer nie zna loginu „{login}”."}
                                  : Text{"This computer does not know that login.",
                                         "Ten komputer nie zna tego loginu."},
                {"Enter the name with which the person signs in to this computer.",
                 "Podaj nazwę, którą ta osoba loguje się do tego komputera."}};
    case Cause::workspace_unusable:
        return {has(e, {"folder", "reason"})
                    ? Text{"The workspace {folder} cannot be used: {reason}.",
                           "Nie można użyć obszaru roboczego {folder}: {reason}."}
                : has(e, {"folder"})
                    ? Text{"The workspace {folder} cannot be used.",
                           "Nie można użyć obszaru roboczego {folder}."}
                    : Text{"The workspace cannot be used.", "Nie można użyć obszaru roboczego."},
                {"Check the rights of the folder, or give another one with --workspace.",
                 "Sprawdź uprawnienia folderu albo podaj inny przez --workspace."}};
    case Cause::ledger_damaged:
        return {file ? Text{"The record of what was taken, {file}, is damaged.",
                            "Rejestr pobrań {file} jest uszkodzony."}
                     : Text{"The record of what was taken is damaged.",
                            "Rejestr pobrań jest uszkodzony."},
                {"Nothing will be deleted; compare the target folder before you take again.",
                 "Nic nie zostanie usunięte; przed ponownym pobraniem porównaj folder docelowy."}};
    case Cause::ledger_busy:
        return {{"Another Mailpoint is writing to this workspace.",
                 "Inny Mailpoint zapisuje w tym obszarze roboczym."},
                {"Wait until it has finished, then try again.",
                 "Poczekaj, aż skończy, i spróbuj ponownie."}};
    case Cause::ledger_failed:
        return {file && reason
                    ? Text{"The record of what was taken, {file}, could not be opened or written: "
                           "{reason}.",
                           "Nie udało się otworzyć lub zapisać rejestru pobrań {file}: {reason}."}
                : reason ? Text{"The record of what was taken could not be written: {reason}.",
                                "Nie udało się zapisać rejestru pobrań: {reason}."}
                         : Text{"The record of what was taken could not be written.",
                                "Nie udało się zapisać rejestru pobrań."},
                {"Check the disk and the rights of the workspace, then start Mailpoint again.",
                 "Sprawdź dysk i uprawnienia obszaru roboczego, a potem uruchom Mailpoint "
                 "ponownie."}};
    case Cause::secret_store_unavailable:
        return {{"The system's password store does not answer.",
                 "Magazyn haseł systemu nie odpowiada."},
                {"Unlock it and try again, or give the password in MAILPOINT_PASSWORD.",
                 "Odblokuj go i spróbuj ponownie albo podaj hasło w MAILPOINT_PASSWORD."}};
    case Cause::master_password_needed:
        if (has(e, {"limit", "given"}))
            return {{"The master password in MAILPOINT_MASTER_PASSWORD is too short or blank: at "
                     "least {limit} characters.",
                     "Hasło główne w MAILPOINT_MASTER_PASSWORD jest za krótkie lub puste: potrzeba "
                     "co najmniej {limit} znaków."},
                    {"Set a longer one; several words are best.",
                     "Ustaw dłuższe; najlepiej kilka słów."}};
        if (has(e, {"differ"}))
            return {{"The new master password was not typed the same twice.",
                     "Nowe hasło główne wpisano za każdym razem inaczej."},
                    {"Type it twice again.", "Wpisz je dwa razy od nowa."}};
        if (has(e, {"limit"}))
            return {{"The new master password is too short: at least {limit} characters.",
                     "Nowe hasło główne jest za krótkie: potrzeba co najmniej {limit} znaków."},
                    {"Choose a longer one; several words are best.",
                     "Wybierz dłuższe; najlepiej kilka słów."}};
        if (e.fact("fault") == "only_blanks")
            return {{"The new master password consists of blanks only.",
                     "Nowe hasło główne składa się z samych spacji."},
                    {"Choose another one; several words are best.",
                     "Wybierz inne; najlepiej kilka słów."}};
        if (e.fact("fault") == "not_utf8")
            return {
                {"The new master password is no text in UTF-8: it could not be typed again.",
                 "Nowe hasło główne nie jest tekstem w UTF-8: nie dałoby się go wpisać ponownie."},
                {"Choose another one, or set the terminal to UTF-8.",
                 "Wybierz inne albo ustaw w terminalu UTF-8."}};
        if (has(e, {"new"}))
            return {{"This system has no password store, and there is no master password yet.",
                     "System nie ma magazynu haseł, a hasła głównego jeszcze nie ustawiono."},
                    {"Set MAILPOINT_MASTER_PASSWORD: passwords are then kept in an encrypted file "
                     "of the workspace.",
                     "Ustaw MAILPOINT_MASTER_PASSWORD: hasła będą wtedy zapisywane "
                     "w zaszyfrowanym pliku obszaru roboczego."}};
        return {{"The stored passwords are locked with a master password.",
                 "Zapisane hasła są chronione hasłem głównym."},
                {"Enter it, or give it in MAILPOINT_MASTER_PASSWORD.",
                 "Wpisz je albo podaj w MAILPOINT_MASTER_PASSWORD."}};
    case Cause::master_password_wrong:
        return {{"Wrong master password.", "Nieprawidłowe hasło główne."},
                {path ? Text{"Try again. A forgotten one cannot be recovered: remove {path} and "
                             "enter the mailbox passwords again.",
                             "Spróbuj ponownie. Zapomnianego nie da się odzyskać: usuń {path} "
                             "i wpisz hasła do skrzynek ponownie."}
                      : Text{"Try again. A forgotten one cannot be recovered: the mailbox "
                             "passwords must be entered again.",
                             "Spróbuj ponownie. Zapomnianego nie da się odzyskać: hasła do "
                             "skrzynek trzeba będzie wpisać ponownie."}}};
    case Cause::secrets_damaged:
        return {path ? Text{"The file of stored passwords, {path}, is damaged; it was not changed.",
                            "Plik zapisanych haseł {path} jest uszkodzony; nie zmieniono go."}
                     : Text{"The file of stored passwords is damaged; it was not changed.",
                            "Plik zapisanych haseł jest uszkodzony; nie zmieniono go."},
                {"Restore it from a backup; or remove it and enter the mailbox passwords again.",
                 "Przywróć go z kopii albo usuń i wpisz hasła do skrzynek ponownie."}};
    case Cause::secrets_newer:
        return {path ? Text{"The file of stored passwords, {path}, comes from a newer version; it "
                            "was not changed.",
                            "Plik zapisanych haseł {path} pochodzi z nowszej wersji programu; nie "
                            "zmieniono go."}
                     : Text{"The file of stored passwords comes from a newer version; it was not "
                            "changed.",
                            "Plik zapisanych haseł pochodzi z nowszej wersji programu; nie "
                            "zmieniono go."},
                {"Use the newer version of Mailpoint.", "Użyj nowszej wersji Mailpointa."}};
    case Cause::secrets_other_system:
        return {path ? Text{"The stored passwords in {path} were encrypted on another system, in a "
                            "way that this one does not have.",
                            "Hasła w pliku {path} zaszyfrowano w innym systemie, w sposób, którego "
                            "ten nie obsługuje."}
                     : Text{"The stored passwords were encrypted on another system, in a way that "
                            "this one does not have.",
                            "Zapisane hasła zaszyfrowano w innym systemie, w sposób, którego ten "
                            "nie obsługuje."},
                {"Enter the mailbox passwords here again, in a workspace of this system's own.",
                 "Wpisz tu hasła do skrzynek ponownie, w osobnym obszarze roboczym."}};
    case Cause::no_permission:
        return {has(e, {"point"})
                    ? Text{"You have no permission for {point}.",
                           "Nie masz uprawnień do punktu {point}."}
                    : Text{"You have no permission for this.", "Nie masz do tego uprawnień."},
                has(e, {"administrators"}) ? Text{"These people can give it: {administrators}.",
                                                  "Może je nadać: {administrators}."}
                                           : Text{"Ask an administrator of the workspace.",
                                                  "Poproś administratora obszaru roboczego."}};
    case Cause::busy_elsewhere:
        if (path)
            return {{"Another Mailpoint is changing {path} just now; nothing was saved.",
                     "Inny Mailpoint właśnie zmienia {path}; niczego nie zapisano."},
                    {"Try again in a moment. If it stays so, one of them hangs: end it.",
                     "Spróbuj ponownie za chwilę. Jeśli to nie minie, któryś z nich się zawiesił: "
                     "zakończ go."}};
        return {
            host ? Text{"Another Mailpoint is working with it, on {host}.",
                        "Pracuje z tym inny Mailpoint, na komputerze {host}."}
                 : Text{"Another Mailpoint is working with it.", "Pracuje z tym inny Mailpoint."},
            {"Wait until it has finished.", "Poczekaj, aż skończy."}};
    case Cause::taken_elsewhere:
        if (has(e, {"mark"}))
            return {{"The message is marked in the mailbox as taken by another Mailpoint, on "
                     "another computer or with another workspace, or by this one before its record "
                     "was lost.",
                     "Wiadomość jest oznaczona w skrzynce jako pobrana przez innego Mailpointa, na "
                     "innym komputerze albo z innym obszarem roboczym, albo przez tego, zanim "
                     "utracił swój rejestr."},
                    {"Nothing has to be done. If nobody has its document, take it by name: select "
                     "it and generate its document, or mailpoint run --uid {uid}.",
                     "Nic nie trzeba robić. Jeśli nikt nie ma jej dokumentu, pobierz ją wprost: "
                     "zaznacz ją i wygeneruj dokument albo użyj mailpoint run --uid {uid}."}};
        return {
            {"Another Mailpoint took the message meanwhile.",
             "Inny Mailpoint pobrał już tę wiadomość."},
            {"Bring the list up to date: it shows the files.", "Odśwież listę: pokaże jej pliki."}};
    }
    // Not a cause at all: a broken invariant of our own, said as what it is.
    return {{"A fault in the program.", "Błąd w programie."},
            {"Copy the details and send them to the authors.",
             "Skopiuj szczegóły i wyślij je autorom."}};
}

/// The sentence with the error's facts in its holes, each made safe for one line.
std::string filled(const Text& text, Language language, const Error& error) {
    std::string sentence(text.in(language));
    std::string result;
    std::size_t at = 0;
    for (std::size_t open = 0; (open = sentence.find('{', at)) != std::string::npos;) {
        const std::size_t close = sentence.find('}', open);
        result.append(sentence, at, open - at);
        result += mail::utf8::one_line(
            error.fact(std::string_view(sentence).substr(open + 1, close - open - 1)), 300);
        at = close + 1;
    }
    return result.append(sentence, at);
}

/// A provider's number that we have no words for leads on only by itself.
std::string unknown_number(const Error& error, Language language) {
    const std::string_view number = error.fact("number");
    if (number.empty() || mail::oauth::fault_of_code(number))
        return {};
    constexpr Text code{" The provider's code: {error}, {number}.",
                        " Kod dostawcy: {error}, {number}."};
    constexpr Text traced{" The provider's code: {error}, {number}; trace id {trace}.",
                          " Kod dostawcy: {error}, {number}; identyfikator śledzenia {trace}."};
    return filled(has(error, {"trace"}) ? traced : code, language, error);
}

}  // namespace

namespace {

Error with_time_in_words(Error error, Language language) {
    const std::string_view seconds = error.fact("put_back_at");
    std::int64_t at = 0;
    const auto read = std::from_chars(seconds.data(), seconds.data() + seconds.size(), at);
    if (read.ec == std::errc() && !seconds.empty())
        error.facts.emplace_back(
            "put_back",
            date_and_time(std::chrono::sys_seconds(std::chrono::seconds(at)), language));
    return error;
}

/// For the sentence: the details have them as the certificate does.
Error with_dates_in_words(Error error, Language language) {
    for (auto& [key, value] : error.facts)
        if (key == "valid_from" || key == "valid_until")
            value = date_in_certificate(value, language);
    return error;
}

}  // namespace

ErrorWords words_of(const mail::Error& given, Language language) {
    const mail::Error error =
        given.cause == Cause::point_damaged         ? with_reason_in_words(given, language)
        : given.cause == Cause::point_invalid       ? with_fault_in_words(given, language)
        : given.cause == Cause::copy_missing        ? with_time_in_words(given, language)
        : given.cause == Cause::certificate_expired ? with_dates_in_words(given, language)
                                                    : given;
    const Words words = wording(error);
    return {filled(words.cause, language, error) + unknown_number(error, language),
            filled(words.next_step, language, error),
            details_of(given.cause == Cause::certificate_expired ? given : error, language)};
}

std::string sentences_of(const mail::Error& error, Language language) {
    const ErrorWords words = words_of(error, language);
    return words.next_step.empty() ? words.cause : words.cause + " " + words.next_step;
}

std::string to_copy(const ErrorWords& words) {
    return words.cause + "\n" + words.next_step + "\n" + words.details;
}

}  // namespace gui::text
