#include "gui/text/sign_in_faults.h"

#include <algorithm>
#include <array>

namespace gui::text {

using mail::oauth::Fault;

Fault fault_in(const mail::Error& error) {
    constexpr auto names = std::to_array<std::string_view>({
#define FAULT(name, remedy) #name,
#include "mail/oauth/faults.def"
    });
    const auto found = std::ranges::find(names, error.fact("fault"));
    return found == names.end() ? Fault::unknown : static_cast<Fault>(found - names.begin());
}

// No default: a fault without words does not compile.
// NOLINTNEXTLINE(readability-function-size): one switch over all faults
SignInFaultWords words_of(Fault fault) {
    constexpr Text sign_in_again{"Sign in again with Authorize.",
                                 "Zaloguj się ponownie przyciskiem Autoryzacja."};
    constexpr Text mend_point{"Check the OAuth2 settings of the point.",
                              "Sprawdź ustawienia OAuth2 punktu."};
    constexpr Text ask_administrator{
        "Send the details to your administrator: the provider's sign-in log names the reason.",
        "Prześlij szczegóły administratorowi: dziennik logowań dostawcy podaje przyczynę."};
    constexpr Text program_waits{"The program tries again by itself; no sign-in is lost.",
                                 "Program sam spróbuje ponownie; autoryzacja nie przepada."};
    constexpr Text report{"Copy the details and send them to the authors.",
                          "Skopiuj szczegóły i wyślij je autorom."};
    switch (fault) {
    case Fault::answer_not_ours:
        return {{"The reply did not belong to this sign-in and was refused.",
                 "Odpowiedź nie pochodziła z tego logowania, odrzucono ją."},
                sign_in_again};
    case Fault::answer_malformed:
        return {{"What came back from the browser was no proper reply.",
                 "Z przeglądarki wróciła nieprawidłowa odpowiedź."},
                sign_in_again};
    case Fault::issuer_mismatch:
        return {{"Another provider than the point's has replied; it was refused.",
                 "Odpowiedział inny dostawca niż ten z punktu; odpowiedź odrzucono."},
                {"Check the provider and its address in the point, then sign in again.",
                 "Sprawdź dostawcę i jego adres w punkcie, potem zaloguj się ponownie."}};
    case Fault::issuer_unknown:
        return {{"At the provider's address there is no sign-in description (OpenID metadata).",
                 "Pod adresem dostawcy nie ma opisu logowania (metadanych OpenID)."},
                {"Check the provider's address (issuer).", "Sprawdź adres dostawcy (issuer)."}};
    case Fault::issuer_differs:
        return {{"The provider calls itself by another address than the point.",
                 "Dostawca podaje inny swój adres niż punkt."},
                {"Enter the address exactly as the provider names it; the details show both.",
                 "Wpisz adres dokładnie tak, jak podaje go dostawca; szczegóły pokazują oba."}};
    case Fault::issuer_insecure:
        return {{"The provider's addresses are not all encrypted (https).",
                 "Nie wszystkie adresy dostawcy są szyfrowane (https)."},
                {"Enter an address that begins with https, or ask the provider's administrator.",
                 "Wpisz adres zaczynający się od https albo zapytaj administratora dostawcy."}};
    case Fault::pkce_missing:
        return {{"The provider does not offer the protection that a sign-in needs (PKCE S256).",
                 "Dostawca nie oferuje zabezpieczenia potrzebnego do logowania (PKCE S256)."},
                {"Ask the provider's administrator to switch it on.",
                 "Poproś administratora dostawcy o jego włączenie."}};
    case Fault::client_id_missing:
        return {{"The point has no client id of your organisation's registration.",
                 "W punkcie brakuje identyfikatora klienta z rejestracji Twojej organizacji."},
                {"Enter the client id in the tab of the connection; the page for the administrator "
                 "says where it comes from.",
                 "Wpisz identyfikator klienta w zakładce połączenia; strona dla administratora "
                 "mówi, skąd go wziąć."}};
    case Fault::redirect_unusable:
        return {
            {"The redirect address of the point is not one of this computer.",
             "Adres powrotny w punkcie nie jest adresem tego komputera."},
            {"Use http://localhost or http://127.0.0.1, with a port where the provider wants it.",
             "Użyj http://localhost albo http://127.0.0.1, z portem, jeśli dostawca go wymaga."}};
    case Fault::scope_smaller:
        return {{"The sign-in went well, but the right to the mailbox was not granted.",
                 "Logowanie się udało, ale nie udzielono prawa do skrzynki."},
                {"Sign in again and leave all boxes on the provider's page ticked.",
                 "Zaloguj się ponownie i zostaw zaznaczone wszystkie pola na stronie dostawcy."}};
    case Fault::no_refresh_token:
        return {{"The provider lets nobody stay signed in: it gave no refresh token.",
                 "Dostawca nie pozwala pozostać zalogowanym: nie wydał tokenu odświeżania."},
                {"Its administrator allows offline access (offline_access) for this client.",
                 "Jego administrator zezwala temu klientowi na dostęp offline (offline_access)."}};
    case Fault::token_unusable:
        return {{"The provider gave a token that cannot be used.",
                 "Dostawca wydał token, którego nie da się użyć."},
                report};
    case Fault::id_token_wrong:
        return {{"The provider's statement of who signed in does not belong to this sign-in.",
                 "Poświadczenie dostawcy, kto się zalogował, nie należy do tego logowania."},
                {"Check the date and time of this computer, then sign in again.",
                 "Sprawdź datę i godzinę w komputerze, potem zaloguj się ponownie."}};
    case Fault::other_account:
        return {{"Another account has signed in than the point's Login.",
                 "Zalogowano inne konto niż Login punktu."},
                {"Sign in with the point's account, or correct the Login.",
                 "Zaloguj się na konto punktu albo popraw Login."}};
    case Fault::timed_out:
        return {{"The sign-in was not finished in time.", "Nie dokończono logowania w czasie."},
                {"Start again; if the browser shows a code such as AADSTS50011, copy it for your "
                 "administrator.",
                 "Zacznij ponownie; jeśli przeglądarka pokazuje kod, na przykład AADSTS50011, "
                 "skopiuj go administratorowi."}};
    case Fault::not_json:
        return {{"Something else than the sign-in server has answered (a proxy, a hotel's page?).",
                 "Odpowiedział ktoś inny niż serwer logowania (serwer proxy, strona hotelu?)."},
                {"Open the provider's page in the browser; the program tries again by itself.",
                 "Otwórz stronę dostawcy w przeglądarce; program sam spróbuje ponownie."}};
    case Fault::device_not_offered:
        return {{"This provider does not offer sign-in with a code.",
                 "Ten dostawca nie oferuje logowania kodem."},
                {"Sign in through the browser.", "Zaloguj się przez przeglądarkę."}};
    case Fault::browser_not_offered:
        return {{"This provider does not offer sign-in in the browser.",
                 "Ten dostawca nie oferuje logowania w przeglądarce."},
                {"Use a code, or check the provider's address (issuer).",
                 "Użyj kodu albo sprawdź adres dostawcy (issuer)."}};

    case Fault::denied:
        return {{"Consent was refused in the browser.", "Odmówiono zgody w przeglądarce."},
                {"Sign in again and choose Accept; a Google account must be on the list of testers "
                 "while the application is in testing.",
                 "Zaloguj się ponownie i wybierz Akceptuj; konto Google musi być na liście "
                 "testerów, dopóki aplikacja jest w testach."}};
    case Fault::grant_ended:
        return {{"The authorization has expired or was revoked.",
                 "Autoryzacja wygasła albo została cofnięta."},
                sign_in_again};
    case Fault::client_wrong:
        return {{"The provider does not accept the client id or its secret.",
                 "Dostawca nie przyjmuje identyfikatora klienta albo jego klucza tajnego."},
                mend_point};
    case Fault::client_not_allowed:
        return {{"The registration is not allowed to sign in this way.",
                 "Rejestracja aplikacji nie pozwala na ten sposób logowania."},
                {"The administrator allows the authorization code flow for public clients.",
                 "Administrator zezwala na przepływ kodu autoryzacji dla klientów publicznych."}};
    case Fault::scope_wrong:
        return {{"The permissions that were asked for (scopes) are wrong or of two services.",
                 "Żądane uprawnienia (zakresy) są błędne albo z dwóch usług."},
                mend_point};
    case Fault::request_wrong:
        return {{"The provider did not understand the request.", "Dostawca nie zrozumiał żądania."},
                report};
    case Fault::login_needed:
        return {{"The provider wants to see the person again.",
                 "Dostawca wymaga ponownego zalogowania osoby."},
                sign_in_again};
    case Fault::provider_busy:
        return {{"The sign-in server is not available at the moment.",
                 "Serwer logowania jest chwilowo niedostępny."},
                program_waits};
    case Fault::too_many_requests:
        return {{"The sign-in server has had too many requests.",
                 "Serwer logowania dostał zbyt wiele żądań."},
                program_waits};
    case Fault::device_code_expired:
        return {{"The code was mistyped or has expired.", "Kod był błędny albo wygasł."},
                {"Ask for a new code.", "Poproś o nowy kod."}};
    case Fault::unknown:
        return {
            {"The provider refused the sign-in.", "Dostawca odmówił zalogowania."},
            {"Copy the details for your administrator.", "Skopiuj szczegóły administratorowi."}};

    case Fault::redirect_not_registered:
        return {{"The redirect address is not registered with the provider.",
                 "Adres powrotny nie jest zarejestrowany u dostawcy."},
                {"The administrator registers http://localhost as “Mobile and desktop” (Google: a "
                 "client of the type Desktop app).",
                 "Administrator dodaje http://localhost jako „Aplikacje mobilne i klasyczne” "
                 "(Google: klient typu Desktop app)."}};
    case Fault::no_redirect_registered:
        return {{"The registration has no redirect address at all.",
                 "Rejestracja aplikacji nie ma żadnego adresu powrotnego."},
                {"The administrator registers http://localhost as “Mobile and desktop”.",
                 "Administrator dodaje http://localhost jako „Aplikacje mobilne i klasyczne”."}};
    case Fault::account_of_other_tenant:
        return {{"This account does not belong to the chosen organisation, or was mistyped.",
                 "To konto nie należy do wybranej organizacji albo jest literówka."},
                {"Sign in with another account, or change the tenant in the point.",
                 "Zaloguj się innym kontem albo zmień dzierżawę w punkcie."}};
    case Fault::single_tenant:
        return {{"The application is registered for one organisation only.",
                 "Aplikacja jest zarejestrowana tylko dla jednej organizacji."},
                {"Enter the organisation's tenant id in place of “common”.",
                 "Zamiast „common” wpisz identyfikator dzierżawy organizacji."}};
    case Fault::account_locked:
        return {{"The account is locked after wrong passwords, or signs in from a blocked address.",
                 "Konto zablokowano po błędnych hasłach albo loguje się z podejrzanego adresu."},
                {"Wait a while, then ask your IT.", "Odczekaj, potem zgłoś to do IT."}};
    case Fault::password_expired:
        return {{"The account's password has expired.", "Hasło konta wygasło."},
                {"Set a new password, then sign in again.",
                 "Ustaw nowe hasło, potem zaloguj się ponownie."}};
    case Fault::wrong_password:
        return {{"Wrong login or password.", "Błędny login lub hasło."}, sign_in_again};
    case Fault::account_disabled:
        return {{"The account is disabled.", "Konto jest wyłączone."},
                {"Your administrator decides.", "Decyduje administrator."}};
    case Fault::two_step_to_set_up:
        return {{"Two-step sign-in must be set up first.",
                 "Trzeba najpierw skonfigurować weryfikację dwuetapową."},
                {"Sign in in the browser and follow its steps, then press Authorize again.",
                 "Zaloguj się w przeglądarce i wykonaj kroki, potem ponownie Autoryzacja."}};
    case Fault::two_step_again:
        return {{"The organisation demands the two-step sign-in anew.",
                 "Organizacja wymaga ponownej weryfikacji dwuetapowej."},
                sign_in_again};
    case Fault::device_not_joined:
        return {{"Only devices joined to the company may sign in.",
                 "Logowanie tylko z urządzenia dołączonego do firmy."},
                ask_administrator};
    case Fault::device_not_compliant:
        return {{"The device does not meet the company's rules (Intune).",
                 "Urządzenie nie spełnia zasad firmy (Intune)."},
                ask_administrator};
    case Fault::access_rule:
        return {{"A company access rule (conditional access) blocks the sign-in.",
                 "Dostęp zablokowała zasada firmy (dostęp warunkowy)."},
                ask_administrator};
    case Fault::not_assigned:
        return {{"The person is not assigned to the application.",
                 "Użytkownik nie jest przypisany do aplikacji."},
                {"The administrator assigns the person.", "Użytkownika przypisuje administrator."}};
    case Fault::no_consent:
        return {{"Nobody has approved the program for this mailbox yet.",
                 "Nikt jeszcze nie wyraził zgody na dostęp programu do skrzynki."},
                {"Sign in again and accept; where that is not offered, an administrator consents.",
                 "Zaloguj się ponownie i zaakceptuj; jeśli to niemożliwe, zgodę wydaje "
                 "administrator."}};
    case Fault::administrator_consent:
        return {{"An administrator must consent.", "Zgodę musi wydać administrator."},
                {"Send the consent link to your administrator.",
                 "Wyślij odnośnik zgody administratorowi."}};
    case Fault::permission_missing:
        return {
            {"The registration lacks the IMAP permission (Exchange), or the organisation has no "
             "Exchange.",
             "W rejestracji brakuje uprawnienia IMAP (Exchange) albo organizacja nie ma tej "
             "usługi."},
            {"The administrator adds IMAP.AccessAsUser.All to the registration.",
             "Administrator dodaje do rejestracji IMAP.AccessAsUser.All."}};
    case Fault::code_refused:
        return {{"The code or token was not accepted.", "Kod lub token został odrzucony."},
                {"Start the sign-in again.", "Zacznij logowanie od nowa."}};
    case Fault::unused_too_long:
        return {{"The authorization has expired: it was not used for too long (mostly 90 days).",
                 "Autoryzacja wygasła: nie była używana zbyt długo (zwykle 90 dni)."},
                sign_in_again};
    case Fault::sign_in_frequency:
        return {{"The company demands a new sign-in every so often.",
                 "Firma wymaga ponownego logowania co określony czas."},
                sign_in_again};
    case Fault::registered_as_spa:
        return {{"The redirect address is registered as a single-page application: a sign-in lasts "
                 "just 24 hours.",
                 "Adres powrotny zarejestrowano jako aplikację jednostronicową: logowanie żyje "
                 "tylko 24 godziny."},
                {"The administrator changes it to “Mobile and desktop”.",
                 "Administrator zmienia typ na „Aplikacje mobilne i klasyczne”."}};
    case Fault::sessions_revoked:
        return {{"The password was changed or the sessions were revoked.",
                 "Zmieniono hasło albo unieważniono sesje."},
                sign_in_again};
    case Fault::application_unknown:
        return {{"The application or the tenant is unknown or switched off.",
                 "Nieznana albo wyłączona aplikacja lub dzierżawa."},
                {"Check the client id and the tenant in the point.",
                 "Sprawdź identyfikator klienta i dzierżawę w punkcie."}};
    case Fault::client_secret_wrong:
        return {{"The client secret is wrong; often its id was copied in place of its value.",
                 "Błędny klucz tajny; często skopiowano jego identyfikator zamiast wartości."},
                {"Enter the secret's value.", "Wpisz wartość klucza."}};
    case Fault::client_secret_expired:
        return {{"The client secret has expired.", "Klucz tajny wygasł."},
                {"The administrator makes a new one.", "Administrator tworzy nowy."}};
    case Fault::client_secret_wanted:
        return {{"The registration is of the type “Web”, or public flows are off.",
                 "Rejestracja jest typu „Web” albo przepływy publiczne są wyłączone."},
                {"The administrator adds the desktop platform and sets “Allow public client flows” "
                 "to yes.",
                 "Administrator dodaje platformę klasyczną i włącza „Allow public client flows”."}};
    case Fault::client_secret_unwanted:
        return {{"This is a public client, which must not have a secret.",
                 "To klient publiczny, który nie może mieć klucza tajnego."},
                {"Remove the client secret from the point.", "Usuń klucz tajny z punktu."}};
    case Fault::tenant_mixed_up:
        return {{"The code was redeemed at another tenant.", "Kod wymieniono w innej dzierżawie."},
                report};
    case Fault::tenant_id_wanted:
        return {{"Access without a person needs the tenant id, not “common”.",
                 "Dostęp bez osoby wymaga identyfikatora dzierżawy, nie „common”."},
                {"Enter the tenant id in the point.", "Wpisz identyfikator dzierżawy w punkcie."}};
    case Fault::pkce_mismatch:
        return {{"The reply did not belong to this sign-in and was refused.",
                 "Odpowiedź nie pochodziła z tego logowania, odrzucono ją."},
                sign_in_again};
    case Fault::blocked_by_workspace:
        return {{"The administrator of Google Workspace blocks the program.",
                 "Administrator Google Workspace blokuje program."},
                {"The administrator adds the client id to the trusted ones.",
                 "Administrator dodaje identyfikator klienta do zaufanych."}};
    case Fault::other_organisation:
        return {
            {"The account belongs to another organisation.", "Konto należy do innej organizacji."},
            {"Sign in with an account of the organisation that registered the application.",
             "Zaloguj się kontem organizacji, która zarejestrowała aplikację."}};
    case Fault::embedded_browser:
        return {{"The provider takes the browser for an embedded one.",
                 "Dostawca uznał przeglądarkę za wbudowaną."},
                {"Copy the link and open it in another browser.",
                 "Skopiuj odnośnik i otwórz go w innej przeglądarce."}};
    case Fault::client_deleted:
        return {{"The client was deleted at the provider.", "Klient został usunięty u dostawcy."},
                {"The administrator restores it within 30 days, or makes a new one.",
                 "Administrator przywraca go w ciągu 30 dni albo tworzy nowy."}};
    }
    return {{"The provider refused the sign-in.", "Dostawca odmówił zalogowania."}, mend_point};
}

}  // namespace gui::text
