#include "gui/text/admin_page.h"

#include <array>

#include "mail/base/utf8.h"
#include "mail/oauth/provider.h"

namespace gui::text {

namespace {

// Sources of what the steps say: those of mail/oauth/providers.json.

constexpr Text title{"Mailpoint: what the administrator sets up at {provider}",
                     "Mailpoint: co administrator ustawia u dostawcy {provider}"};
constexpr Text intro{
    "For the mailbox {login}. Mailpoint signs in with an application (client) that belongs to "
    "your\n"
    "organisation: it is registered once, and all points use it.",
    "Dla skrzynki {login}. Mailpoint loguje się aplikacją (klientem), która należy do firmy:\n"
    "rejestruje się ją raz, a korzystają z niej wszystkie punkty."};
constexpr Text values{"VALUES", "WARTOŚCI"};
constexpr Text steps{"STEPS", "KROKI"};
constexpr Text check{"CHECK", "SPRAWDZENIE"};
constexpr Text redirect_label{"Redirect address:  {x}", "Adres przekierowania:       {x}"};
constexpr Text scopes_label{"Scopes:            {x}", "Zakresy uprawnień (scopes): {x}"};
constexpr Text client_label{"Application ID:    {x}", "Identyfikator aplikacji:    {x}"};
constexpr Text tenant_label{"Tenant:            {x}", "Dzierżawa (tenant):         {x}"};
constexpr Text issuer_label{"Issuer:            {x}", "Wystawca (issuer):          {x}"};
constexpr Text grants_label{"Grants:            {x}", "Sposoby (grant types):      {x}"};
constexpr Text not_yet{"<not entered in the point yet>", "<jeszcze niewpisane w punkcie>"};
constexpr Text application_id{"<application ID>", "<identyfikator aplikacji>"};
constexpr Text any_port{"{x} with any port", "{x} z dowolnym portem"};
constexpr Text none_to_register{
    "{x} with any port; Google wants nothing registered for a desktop app",
    "{x} z dowolnym portem; dla aplikacji na komputer Google nic nie "
    "rejestruje"};

constexpr std::array microsoft_steps{
    Text{"entra.microsoft.com > Applications > App registrations > New registration. Account "
         "types:\n"
         "\"this organizational directory only\", or those that you need.",
         "entra.microsoft.com > Aplikacje > Rejestracje aplikacji > Nowa rejestracja. Typy kont:\n"
         "„tylko ten katalog organizacyjny” albo te, których trzeba."},
    Text{"Authentication > Add a platform > \"Mobile and desktop applications\" > the redirect\n"
         "address {redirect}, exactly so: without port, without slash. Not \"Web\", not\n"
         "\"Single-page application\" (its sign-ins end after 24 hours).",
         "Uwierzytelnianie > Dodaj platformę > „Aplikacje mobilne i klasyczne” > adres\n"
         "przekierowania {redirect}, dokładnie tak: bez portu i ukośnika. Nie „Sieć Web”\n"
         "i nie „Aplikacja jednostronicowa” (jej logowania wygasają po 24 godzinach)."},
    Text{"Authentication > \"Allow public client flows\": Yes, if people sign in by a code on "
         "another\n"
         "device.",
         "Uwierzytelnianie > „Zezwalaj na przepływy klienta publicznego”: Tak, jeśli ktoś loguje "
         "się\n"
         "kodem na innym urządzeniu."},
    Text{"API permissions > Add > \"APIs my organization uses\" > Office 365 Exchange Online (or\n"
         "Microsoft Graph) > Delegated > IMAP.AccessAsUser.All; from Microsoft Graph also\n"
         "offline_access, openid, profile, email.",
         "Uprawnienia interfejsu API > Dodaj > „Interfejsy API używane przez moją organizację” >\n"
         "Office 365 Exchange Online (albo Microsoft Graph) > Delegowane > IMAP.AccessAsUser.All;\n"
         "z Microsoft Graph także offline_access, openid, profile, email."},
    Text{"Give consent for everybody: open this address as an administrator. Afterwards the "
         "browser\n"
         "shows a page that can't be opened, with admin_consent=True in its address: that is "
         "right.\n"
         "{consent}",
         "Udziel zgody za wszystkich: otwórz ten adres jako administrator. Na końcu przeglądarka\n"
         "pokaże stronę, której nie da się otworzyć, z admin_consent=True w adresie: tak ma być.\n"
         "{consent}"},
    Text{"IMAP must be on for the mailbox (Exchange Online PowerShell):\n"
         "Set-CASMailbox -Identity {mailbox} -ImapEnabled $true",
         "Skrzynka musi mieć włączony IMAP (Exchange Online PowerShell):\n"
         "Set-CASMailbox -Identity {mailbox} -ImapEnabled $true"},
    Text{
        "Conditional access must allow the application. Where a rule blocks the device code flow,\n"
        "sign-in by a code is refused with 53003; in the browser it still works.",
        "Dostęp warunkowy musi przepuszczać aplikację. Jeśli reguła blokuje przepływ kodu "
        "urządzenia,\n"
        "logowanie kodem kończy się 53003; w przeglądarce działa nadal."},
    Text{"Enter the application ID in the point, and the tenant's ID or domain in place of "
         "\"common\"\n"
         "where the application is for one organisation only.",
         "Wpisz identyfikator aplikacji w punkcie, a zamiast „common” identyfikator lub domenę\n"
         "dzierżawy, jeśli aplikacja jest tylko dla jednej organizacji."},
};
constexpr Text microsoft_shared{
    "Whoever signs in needs Full Access to the shared mailbox:\n"
    "Add-MailboxPermission -Identity {mailbox} -User {login} -AccessRights FullAccess",
    "Osoba, która się loguje, musi mieć pełny dostęp do skrzynki udostępnionej:\n"
    "Add-MailboxPermission -Identity {mailbox} -User {login} -AccessRights FullAccess"};

constexpr std::array microsoft_app_steps{
    Text{"entra.microsoft.com > Applications > App registrations > New registration.",
         "entra.microsoft.com > Aplikacje > Rejestracje aplikacji > Nowa rejestracja."},
    Text{"API permissions > Add > Office 365 Exchange Online > Application permissions >\n"
         "IMAP.AccessAsApp; then \"Grant admin consent\".",
         "Uprawnienia interfejsu API > Dodaj > Office 365 Exchange Online > Uprawnienia aplikacji "
         ">\n"
         "IMAP.AccessAsApp; potem „Udziel zgody administratora”."},
    Text{"Certificates & secrets > New client secret. Copy its Value, not its ID, into the point; "
         "note\n"
         "the day on which it ends.",
         "Certyfikaty i klucze tajne > Nowy klucz tajny. Do punktu skopiuj Wartość, nie "
         "Identyfikator;\n"
         "zapisz dzień, w którym wygasa."},
    Text{"Exchange Online PowerShell; the object ID is that of the ENTERPRISE APPLICATION, not of "
         "the\n"
         "registration:\n"
         "New-ServicePrincipal -AppId {client} -ObjectId <object ID>\n"
         "Add-MailboxPermission -Identity {mailbox} -User <object ID> -AccessRights FullAccess",
         "Exchange Online PowerShell; identyfikator obiektu bierze się z APLIKACJI DLA "
         "PRZEDSIĘBIORSTW,\n"
         "nie z rejestracji:\n"
         "New-ServicePrincipal -AppId {client} -ObjectId <identyfikator obiektu>\n"
         "Add-MailboxPermission -Identity {mailbox} -User <identyfikator obiektu> -AccessRights "
         "FullAccess"},
    Text{"Enter the application ID and the tenant's ID in the point; \"common\" is refused here.\n"
         "New rights may take some hours.",
         "Wpisz w punkcie identyfikator aplikacji i identyfikator dzierżawy; „common” tu nie "
         "działa.\n"
         "Nowe prawa mogą zadziałać dopiero po kilku godzinach."},
};

constexpr std::array google_steps{
    Text{"console.cloud.google.com > a project of the organisation > Google Auth Platform > "
         "Audience:\n"
         "Internal (Workspace), else External and published \"In production\". In \"Testing\" "
         "every\n"
         "sign-in ends after 7 days.",
         "console.cloud.google.com > projekt firmy > Google Auth Platform > Odbiorcy: Wewnętrzni\n"
         "(Workspace), a bez Workspace Zewnętrzni i publikacja „W środowisku produkcyjnym”.\n"
         "W stanie „Testowanie” każde logowanie wygasa po 7 dniach."},
    Text{"Clients > Create client > type \"Desktop app\". Not \"Web application\": its redirect\n"
         "addresses are refused.",
         "Klienty > Utwórz klienta > typ „Aplikacja na komputer”. Nie „Aplikacja internetowa”:\n"
         "jej adresy przekierowania są odrzucane."},
    Text{"Data Access > Add scope https://mail.google.com/",
         "Dostęp do danych > dodaj zakres https://mail.google.com/"},
    Text{"admin.google.com > Security > Access and data control > API controls > Manage "
         "third-party app\n"
         "access > trust the client ID {client}",
         "admin.google.com > Bezpieczeństwo > Dostęp do danych i kontrola nad nimi > Dostęp do\n"
         "interfejsów API > Zarządzaj dostępem aplikacji > zaufaj identyfikatorowi klienta "
         "{client}"},
    Text{"admin.google.com > Apps > Google Workspace > Gmail > End User Access: IMAP on for the "
         "unit.",
         "admin.google.com > Aplikacje > Google Workspace > Gmail > Dostęp użytkowników: IMAP "
         "włączony\n"
         "dla jednostki."},
    Text{
        "Enter client ID and client secret in the point. Whoever signs in leaves every box ticked.",
        "Wpisz w punkcie identyfikator i klucz tajny klienta. Kto się loguje, zostawia zaznaczone\n"
        "wszystkie pola zgody."},
};

constexpr std::array yahoo_steps{
    Text{
        "Yahoo gives new clients the right to mail only after an application form and a contract:\n"
        "https://senders.yahooinc.com/developer/developer-access/",
        "Yahoo daje nowym klientom prawo do poczty dopiero po wniosku i umowie:\n"
        "https://senders.yahooinc.com/developer/developer-access/"},
    Text{"Without that: authentication method \"Login and password\" with an app password, made "
         "under\n"
         "Account security at Yahoo or AOL.",
         "Bez tego: metoda „Login i hasło” z hasłem aplikacji, tworzonym w Yahoo lub AOL\n"
         "w „Zabezpieczeniach konta”."},
    Text{"With an approved client: register the redirect address, enter client ID and client "
         "secret in\n"
         "the point.",
         "Z zatwierdzonym klientem: zarejestruj adres przekierowania, wpisz w punkcie "
         "identyfikator\n"
         "i klucz tajny klienta."},
};

constexpr std::array openid_steps{
    Text{"Register a client: public (native), authorization code with PKCE, method S256. With a "
         "secret\n"
         "only if your server has no public clients; enter that in the point, too.",
         "Zarejestruj klienta: publicznego (natywnego), kod autoryzacji z PKCE, metoda S256. Z "
         "kluczem\n"
         "tajnym tylko, gdy serwer nie ma klientów publicznych; wtedy wpisz go też w punkcie."},
    Text{"Register the redirect address. By RFC 8252 (7.3) any port is allowed there; a server "
         "that\n"
         "compares ports needs a fixed one, which the definition of the point then names:\n"
         "\"redirect\": \"http://127.0.0.1:8400/callback\"",
         "Zarejestruj adres przekierowania. Według RFC 8252 (7.3) port jest tam dowolny; serwer, "
         "który\n"
         "porównuje porty, potrzebuje stałego, wpisanego też w definicji punktu:\n"
         "\"redirect\": \"http://127.0.0.1:8400/callback\""},
    Text{"Allow refresh tokens (offline_access); they may rotate. Device code is needed only for "
         "sign-in\n"
         "on another device.",
         "Zezwól na tokeny odświeżania (offline_access); mogą się zmieniać przy użyciu. Kod "
         "urządzenia\n"
         "jest potrzebny tylko do logowania na innym urządzeniu."},
    Text{"The server's description has to be reachable:\n{issuer}/.well-known/openid-configuration",
         "Opis serwera musi być dostępny:\n{issuer}/.well-known/openid-configuration"},
    Text{"The IMAP server has to take the access tokens: OAUTHBEARER or XOAUTH2, over TLS, for the "
         "login\n"
         "{login}.",
         "Serwer IMAP musi przyjmować te tokeny: OAUTHBEARER albo XOAUTH2, przez TLS, dla loginu\n"
         "{login}."},
};

constexpr Text check_steps{
    "mailpoint authorize --point \"…\"    opens the browser, ends with \"Signed in as …\"\n"
    "mailpoint diagnose --point \"…\"     goes from the server's name to the mailbox, step by "
    "step\n"
    "A consent that has just been given may take some minutes: try again, nothing is lost.",
    "mailpoint authorize --point \"…\"    otwiera przeglądarkę, kończy się „Zalogowano użytkownika "
    "…”\n"
    "mailpoint diagnose --point \"…\"     idzie krok po kroku od nazwy serwera do skrzynki\n"
    "Świeżo udzielona zgoda może zadziałać po kilku minutach: spróbuj ponownie, nic nie przepada."};

std::string provider_name(const std::string& id, Language language) {
    constexpr Text microsoft{"Microsoft 365", "Microsoft 365"}, google{"Google", "Google"},
        yahoo{"Yahoo / AOL", "Yahoo / AOL"}, other{"your OpenID provider", "OpenID firmy"};
    return std::string((id == "microsoft" ? microsoft
                        : id == "google"  ? google
                        : id == "yahoo"   ? yahoo
                                          : other)
                           .in(language));
}

std::string escaped(std::string_view text) {
    std::string all;
    for (const char c : text)
        all += c == ' ' ? std::string("%20") : std::string(1, c);
    return all;
}

class Page {
public:
    Page(const mail::point::Connection& connection, Language language)
        : connection_(connection), oauth_(connection.oauth), language_(language),
          known_(mail::oauth::known_provider(oauth_).value_or(mail::oauth::Provider{})),
          login_(shown(connection.login)) {}

    std::string whole() {
        add(fill(title, language_, {{"provider", provider_name(oauth_.provider, language_)}}));
        add(fill(intro, language_, {{"login", login_}}));
        add("");
        add_values();
        add("");
        add(std::string(steps.in(language_)));
        add_steps();
        add("");
        add(std::string(check.in(language_)));
        add(std::string(check_steps.in(language_)));
        return text_;
    }

private:
    [[nodiscard]] bool is(const char* provider) const { return oauth_.provider == provider; }
    [[nodiscard]] bool by_application() const { return oauth_.flow == "app"; }
    [[nodiscard]] std::string shown(const std::string& value) const {
        return value.empty() ? std::string(not_yet.in(language_)) : mail::utf8::one_line(value);
    }
    void add(const std::string& line) { text_ += line + "\n"; }

    /// As it has to be registered: without the port, which is another one each time.
    [[nodiscard]] std::string redirect() const {
        if (oauth_.redirect)
            return mail::utf8::one_line(*oauth_.redirect);
        const std::string path = known_.redirect_path == "/" ? "" : known_.redirect_path;
        return "http://" + known_.redirect_host + path;
    }
    [[nodiscard]] std::string scopes() const {
        return oauth_.scopes.value_or(known_.scopes.empty() ? "openid email offline_access"
                                                            : known_.scopes);
    }
    [[nodiscard]] std::string client() const {
        return oauth_.client_id.empty() ? std::string(application_id.in(language_))
                                        : mail::utf8::one_line(oauth_.client_id);
    }
    [[nodiscard]] std::string mailbox() const {
        return shown(connection_.shared_mailbox.value_or(connection_.login));
    }
    /// learn.microsoft.com/entra/identity-platform/v2-admin-consent: a tenant's, or that of whoever
    /// opens it; "common" is refused there.
    [[nodiscard]] std::string consent() const {
        const bool of_nobody =
            oauth_.tenant.empty() || oauth_.tenant == "common" || oauth_.tenant == "consumers";
        return "https://login.microsoftonline.com/" +
               (of_nobody ? "organizations" : mail::utf8::one_line(oauth_.tenant)) +
               "/v2.0/adminconsent?client_id=" + escaped(client()) +
               "&scope=https://outlook.office.com/IMAP.AccessAsUser.All&redirect_uri=" +
               escaped(redirect()) + "&state=mailpoint";
    }

    void add_values() {
        const auto value = [&](const Text& label, const std::string& x) {
            add("  " + fill(label, language_, {{"x", x}}));
        };
        add(std::string(values.in(language_)));
        value(client_label, shown(oauth_.client_id));
        if (is("microsoft"))
            value(tenant_label, shown(oauth_.tenant));
        if (is("oidc"))
            value(issuer_label, shown(oauth_.issuer.value_or("")));
        if (!by_application()) {
            const Text& how = is("google") ? none_to_register : any_port;
            value(redirect_label,
                  oauth_.redirect ? redirect() : fill(how, language_, {{"x", redirect()}}));
        }
        value(scopes_label, mail::utf8::one_line(scopes()));
        value(grants_label, by_application() ? "client_credentials"
                            : is("google") || is("yahoo")
                                ? "authorization_code (PKCE S256), refresh_token"
                                : "authorization_code (PKCE S256), refresh_token, device_code");
    }

    void add_step(const Text& step) {
        const std::string number = std::to_string(++steps_) + ". ";
        std::string words = fill(step, language_,
                                 {{"redirect", redirect()},
                                  {"consent", consent()},
                                  {"client", client()},
                                  {"mailbox", mailbox()},
                                  {"login", login_},
                                  {"issuer", shown(oauth_.issuer.value_or(""))}});
        for (std::size_t at = 0; (at = words.find('\n', at)) != std::string::npos; ++at)
            words.insert(at + 1, number.size() + 2, ' ');
        add("  " + number + words);
    }
    template <class Steps>
    void add_all(const Steps& all) {
        for (const Text& step : all)
            add_step(step);
    }
    void add_steps() {
        if (is("microsoft") && by_application())
            add_all(microsoft_app_steps);
        else if (is("microsoft"))
            add_all(microsoft_steps);
        else if (is("google"))
            add_all(google_steps);
        else if (is("yahoo"))
            add_all(yahoo_steps);
        else
            add_all(openid_steps);
        if (is("microsoft") && !by_application() && connection_.shared_mailbox)
            add_step(microsoft_shared);
    }

    const mail::point::Connection& connection_;
    const mail::point::OAuth& oauth_;
    const Language language_;
    const mail::oauth::Provider known_;
    const std::string login_;
    std::string text_;
    int steps_ = 0;
};

}  // namespace

std::string admin_page(const mail::point::Connection& connection, Language language) {
    return Page(connection, language).whole();
}

}  // namespace gui::text
