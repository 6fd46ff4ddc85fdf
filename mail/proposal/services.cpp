#include "mail/proposal/services.h"

#include <tuple>

#include "mail/net/idn.h"

namespace mail::proposal {

namespace {

struct Choice {
    net::Service service;
    net::Encryption encryption = net::Encryption::tls;
};

bool goes_before(const Choice& one, const Choice& other) {
    const auto rank = [](const Choice& choice) {
        return std::tuple(choice.service.priority, choice.encryption != net::Encryption::tls,
                          65535 - choice.service.weight);
    };
    return rank(one) < rank(other);
}

void consider(std::optional<Choice>& best, const Choice& choice) {
    // No target: the domain says that it does not offer this (RFC 6186, 3.4).
    if (choice.service.target.empty() || choice.service.port == 0)
        return;
    if (!best || goes_before(choice, *best))
        best = choice;
}

bool is_within(const std::string& host, const std::string& domain) {
    return host == domain || host.ends_with("." + domain);
}

}  // namespace

std::optional<Proposal> by_services(const point::AddressParts& address,
                                    const net::MailRecords& records) {
    std::optional<Choice> best;
    for (const net::Service& service : records.imaps)
        consider(best, {service, net::Encryption::tls});
    for (const net::Service& service : records.imap)
        consider(best, {service, net::Encryption::starttls});
    if (!best)
        return std::nullopt;
    Proposal proposal;
    proposal.address = proposal.settings.login = address.local + "@" + address.domain;
    proposal.settings.server = best->service.target;
    proposal.settings.port = best->service.port;
    proposal.settings.encryption = best->encryption;
    proposal.source = Source::srv;
    const bool tls = best->encryption == net::Encryption::tls;
    proposal.asked = (tls ? "_imaps._tcp." : "_imap._tcp.") + address.domain;
    proposal.outside_domain =
        !is_within(best->service.target, net::ascii_host(address.domain).value_or(""));
    return proposal;
}

std::optional<Proposal> by_exchangers(const point::AddressParts& address,
                                      const net::MailRecords& records) {
    for (const std::string& host : records.exchangers)
        if (auto settings = point::suggest_by_exchanger(address, host)) {
            Proposal proposal;
            proposal.address = address.local + "@" + address.domain;
            proposal.settings = std::move(*settings);
            proposal.source = Source::mx;
            proposal.asked = host;
            return proposal;
        }
    return std::nullopt;
}

}  // namespace mail::proposal
