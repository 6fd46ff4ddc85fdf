#include "gui/text/proposals.h"

#include "gui/text/screens.h"

namespace gui::text {

namespace {

using mail::proposal::Source;

constexpr Text from_srv{"Settings from the DNS of {domain} (SRV).",
                        "Ustawienia z DNS domeny {domain} (SRV)."};
constexpr Text from_mx{
    "Settings of {provider}: the mail of {domain} goes there (DNS, MX: {asked}).",
    "Ustawienia: {provider}, bo tam trafia poczta domeny {domain} "
    "(DNS, MX: {asked})."};
constexpr Text from_autoconfig{"Settings that {domain} publishes ({asked}).",
                               "Ustawienia, które ogłasza domena {domain} ({asked})."};
constexpr Text from_ispdb{"Settings from a third party: Mozilla's data base ({asked}).",
                          "Ustawienia od strony trzeciej: z bazy Mozilli ({asked})."};
constexpr Text only_a_guess{
    "{server} is only a guess: {domain} says nothing about its mail servers. Ask its "
    "administrator.",
    "{server} to tylko przypuszczenie: domena {domain} nie ogłasza serwera poczty. Zapytaj jej "
    "administratora."};
constexpr Text guess_unasked{"{server} is only a guess: DNS could not be asked about {domain}.",
                             "{server} to tylko przypuszczenie: nie udało się zapytać DNS o domenę "
                             "{domain}."};
constexpr Text outside{
    " The server {server} is outside {domain}, and this DNS answer is not signed: before you give "
    "it a password make sure that it is your provider's.",
    " Serwer {server} jest poza domeną {domain}, a ta odpowiedź DNS nie jest podpisana: zanim "
    "podasz hasło, upewnij się, że to serwer Twojego dostawcy."};

const Text& words_of(const mail::Proposal& proposal) {
    switch (proposal.source) {
    case Source::table:
        return filled_from_table;
    case Source::srv:
        return from_srv;
    case Source::mx:
        return from_mx;
    case Source::autoconfig:
        return from_autoconfig;
    case Source::ispdb:
        return from_ispdb;
    case Source::guess:
        break;
    }
    return proposal.trouble ? guess_unasked : only_a_guess;
}

}  // namespace

std::string origin_of(const mail::Proposal& proposal, Language language) {
    std::string words(words_of(proposal).in(language));
    if (proposal.outside_domain)
        words += outside.in(language);
    const std::string domain = proposal.address.substr(proposal.address.rfind('@') + 1);
    return fill(words, {{"domain", domain},
                        {"server", proposal.settings.server},
                        {"provider", proposal.settings.provider},
                        {"asked", proposal.asked}});
}

}  // namespace gui::text
