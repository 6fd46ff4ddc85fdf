#include "gui/text/cause_details.h"

#include <array>

#include "mail/base/utf8.h"

namespace gui::text {

namespace {

struct Label {
    std::string_view key;
    Text words;
};
constexpr std::array labels{
    Label{"host", {"server", "serwer"}},
    Label{"port", {"port", "port"}},
    Label{"address", {"address", "adres"}},
    Label{"login", {"login", "login"}},
    Label{"folder", {"folder", "folder"}},
    Label{"nearest", {"nearest", "najbliższy"}},
    Label{"path", {"path", "ścieżka"}},
    Label{"file", {"file", "plik"}},
    Label{"line", {"line", "wiersz"}},
    Label{"field", {"field", "pole"}},
    Label{"reason", {"reason", "powód"}},
    Label{"server_said", {"the server said", "serwer powiedział"}},
    Label{"issuer", {"issuer", "wystawca"}},
    Label{"names", {"names in the certificate", "nazwy w certyfikacie"}},
    Label{"sha256", {"SHA-256 of the certificate", "odcisk SHA-256 certyfikatu"}},
    Label{"expected", {"expected", "oczekiwano"}},
    Label{"seen", {"seen", "jest"}},
    Label{"subject", {"certificate of", "certyfikat dla"}},
    Label{"valid_from", {"valid from", "ważny od"}},
    Label{"valid_until", {"valid until", "ważny do"}},
    Label{"proxy", {"proxy", "proxy"}},
    Label{"system", {"the system says", "system podaje"}},
    Label{"mechanisms", {"ways to sign in", "metody logowania"}},
    Label{"octets_missing", {"bytes missing", "brakujące bajty"}},
    Label{"octets_said", {"bytes announced", "bajty zapowiedziane"}},
    Label{"octets_came", {"bytes received", "bajty odebrane"}},
    Label{"seconds", {"seconds", "sekundy"}},
    Label{"try_again", {"tried again", "ponowione próby"}},
    Label{"try_again_after_seconds",
          {"the server asks to wait (seconds)", "serwer prosi o odczekanie (sekundy)"}},
    Label{"message_id", {"Message-ID", "Message-ID"}},
    Label{"version", {"version", "wersja"}},
    Label{"addresses", {"addresses", "adresy"}},
    Label{"tried", {"tried in this order", "wypróbowano kolejno"}},
    Label{"looked_up_by", {"looked up by", "nazwę zamienia"}},
    Label{"protocol", {"protocol", "protokół"}},
    Label{"verified_against", {"verified against", "sprawdzono według"}},
    Label{"chain", {"chain", "łańcuch"}},
    Label{"capabilities", {"capabilities", "możliwości"}},
    Label{"mechanism", {"way to sign in", "metoda logowania"}},
    Label{"greeting", {"greeting", "powitanie"}},
    Label{"count", {"count", "liczba"}},
    Label{"messages", {"messages", "wiadomości"}},
    Label{"uid_validity", {"UIDVALIDITY", "UIDVALIDITY"}},
    Label{"uid_next", {"next UID", "następny UID"}},
    Label{"own_flags", {"takes flags of ours", "przyjmuje nasze znaczniki"}},
    Label{"sampled", {"read as a sample", "odczytane na próbę"}},
    Label{"unreadable", {"not readable", "nieczytelne"}},
    Label{"part", {"part", "część"}},
    Label{"octets", {"bytes", "bajty"}},
    Label{"free_octets", {"bytes free", "wolne bajty"}},
    Label{"will_be_made", {"will be made when needed", "zostanie utworzony w razie potrzeby"}},
    Label{"point", {"point", "punkt"}},
    Label{"administrators", {"administrators", "administratorzy"}},
    Label{"name", {"name", "nazwa"}},
    Label{"known", {"points that are there", "istniejące punkty"}},
    Label{"damaged", {"files that cannot be read", "pliki, których nie można odczytać"}},
    Label{"files", {"their files", "ich pliki"}},
    Label{"limit", {"limit", "granica"}},
    Label{"uid", {"message (UID)", "wiadomość (UID)"}},
    Label{"error", {"error", "błąd"}},
    Label{"suberror", {"more precisely", "dokładniej"}},
    Label{"number", {"the provider's number", "numer u dostawcy"}},
    Label{"trace", {"trace id", "identyfikator śledzenia"}},
    Label{"correlation", {"correlation id", "identyfikator korelacji"}},
    Label{"status", {"HTTP status", "status HTTP"}},
    Label{"url", {"address", "adres"}},
    Label{"asked", {"asked for", "żądano"}},
    Label{"granted", {"granted", "przyznano"}},
    Label{"missing", {"missing", "brakuje"}},
    Label{"fault", {"fault", "usterka"}},
    Label{"claim", {"claim", "pole poświadczenia"}},
    Label{"parameter", {"parameter", "parametr"}},
    Label{"account", {"account", "konto"}},
    Label{"redirect", {"redirect address", "adres powrotny"}},
    Label{"tenant", {"tenant", "dzierżawa"}},
    Label{"challenge", {"the server's reason", "powód serwera"}},
    Label{"signing_in", {"while signing in", "podczas logowania"}},
    Label{"fresh", {"token just obtained", "token świeżo uzyskany"}},
    Label{"content_type", {"content type", "typ treści"}},
    Label{"retry_after", {"the provider asks to wait", "dostawca prosi o odczekanie"}},
};
constexpr Text yes{"yes", "tak"};
constexpr Text no{"no", "nie"};
constexpr Text code_line{"code: {cause} ({layer})", "kod: {cause} ({layer})"};
constexpr Text quoted{"“{words}”", "„{words}”"};

std::string_view label_of(std::string_view key, Language language) {
    for (const Label& label : labels)
        if (label.key == key)
            return label.words.in(language);
    return key;
}

}  // namespace

std::string lines_of(const mail::Facts& facts, Language language) {
    std::string lines;
    for (const auto& [key, value] : facts) {
        const std::string safe = value == "yes"  ? std::string(yes.in(language))
                                 : value == "no" ? std::string(no.in(language))
                                                 : mail::utf8::one_line(value);
        lines += (lines.empty() ? "" : "\n") + std::string(label_of(key, language)) + ": ";
        lines += key == "server_said" ? fill(quoted, language, {{"words", safe}}) : safe;
    }
    return lines;
}

std::string details_of(const mail::Error& error, Language language) {
    const std::string facts = lines_of(error.facts, language);
    return fill(code_line, language,
                {{"cause", name_of(error.cause)}, {"layer", name_of(error.layer)}}) +
           (facts.empty() ? "" : "\n" + facts);
}

}  // namespace gui::text
