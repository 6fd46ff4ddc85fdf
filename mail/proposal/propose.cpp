#include "mail/proposal/propose.h"

#include <algorithm>
#include <chrono>

#include "mail/net/dns.h"
#include "mail/net/http.h"
#include "mail/net/idn.h"
#include "mail/proposal/autoconfig.h"
#include "mail/proposal/services.h"

namespace mail::proposal {

namespace {

// Somebody waits for it with a form half filled in.
constexpr std::chrono::seconds dns_answers_in{5}, place_answers_in{5};
constexpr unsigned most_redirects = 3;
constexpr long http_ok = 200;

std::string filled(std::string text, std::string_view hole, const std::string& value) {
    if (const std::size_t at = text.find(hole); at != std::string::npos)
        text.replace(at, hole.size(), value);
    return text;
}

std::string host_of(const std::string& url) {
    const std::size_t first = url.find("://") + 3;
    return url.substr(first, url.find_first_of("/?", first) - first);
}

/// An address of a network is not a domain that DNS could know something of.
bool has_top_level_domain(const std::string& domain) {
    const std::string last = domain.substr(domain.rfind('.') + 1);
    return !std::ranges::all_of(last, [](char c) { return c >= '0' && c <= '9'; });
}

class Search {
public:
    Search(const point::AddressParts& address, std::string host, const Setup& setup,
           const Wait& wait)
        : address_(address), host_(std::move(host)), setup_(setup), wait_(wait) {}

    /// Nothing: nobody knows. Error: cancelled.
    Result<std::optional<Proposal>> run() {
        auto found = in_dns();
        for (const Place& place : setup_.places) {
            if (!found || *found)
                break;
            found = at(place);
        }
        return found;
    }
    [[nodiscard]] std::optional<Error> trouble() const { return trouble_; }

private:
    using Found = Result<std::optional<Proposal>>;

    Found in_dns() {
        const auto records =
            net::mail_records(host_, setup_.name_servers, wait_.within(dns_answers_in));
        if (!records)
            return no_answer(records.error());
        auto found = by_services(address_, *records);
        return found ? found : by_exchangers(address_, *records);
    }

    Found at(const Place& place) {
        net::HttpRequest request;
        request.url = filled(place.url, "{domain}", host_);
        request.url = filled(request.url, "{address}",
                             net::percent_encoded(address_.local + "@" + address_.domain));
        request.accept = "text/xml, application/xml";
        request.redirects = most_redirects;
        request.most_octets = longest_document;
        request.ca_file = setup_.ca_file;
        const auto answer = net::exchange(request, wait_.within(place_answers_in));
        if (!answer)
            return no_answer(answer.error());
        if (answer->status != http_ok)
            return std::nullopt;
        auto settings = settings_in(answer->body.reveal(), address_);
        if (!settings)
            return std::nullopt;
        Proposal proposal;
        proposal.address = address_.local + "@" + address_.domain;
        proposal.settings = *std::move(settings);
        proposal.source = place.source;
        proposal.asked = host_of(request.url);
        return proposal;
    }

    /// The next one is asked, unless nobody wants to know any more. Most domains publish nothing,
    /// so that only what DNS says about itself is worth telling.
    Found no_answer(const Error& error) {
        if (error.cause == Cause::cancelled)
            return tl::unexpected(error);
        if (error.layer == Layer::dns && error.cause == Cause::dns_unavailable && !trouble_)
            trouble_ = error;
        return std::nullopt;
    }

    const point::AddressParts& address_;
    const std::string host_;  ///< of the mail domain, in ASCII
    const Setup& setup_;
    const Wait& wait_;
    std::optional<Error> trouble_;
};

}  // namespace

std::string_view name_of(Source source) {
    switch (source) {
    case Source::table:
        return "table";
    case Source::srv:
        return "srv";
    case Source::mx:
        return "mx";
    case Source::autoconfig:
        return "autoconfig";
    case Source::ispdb:
        return "ispdb";
    case Source::guess:
        break;
    }
    return "guess";
}

std::vector<Place> usual_places() {
    return {
        {Source::autoconfig,
         "https://autoconfig.{domain}/mail/config-v1.1.xml?emailaddress={address}"},
        {Source::autoconfig, "https://{domain}/.well-known/autoconfig/mail/config-v1.1.xml"},
        // The third party: Mozilla. It learns the domain, never the address.
        {Source::ispdb, "https://autoconfig.thunderbird.net/v1.1/{domain}"},
    };
}

Result<Proposal> propose(std::string_view address, const Setup& setup, const Wait& wait) {
    const auto parts = point::split_address(address);
    const auto known = point::suggest(address);
    if (!parts || !known)
        return fail(Cause::point_invalid, Layer::point, Reach::point,
                    {{"field", "connection.login"}});
    Proposal proposal;
    proposal.address = parts->local + "@" + parts->domain;
    proposal.settings = *known;
    proposal.source = known->guessed ? Source::guess : Source::table;
    const auto host = net::ascii_host(parts->domain);
    if (!known->guessed || !host || !has_top_level_domain(*host))
        return proposal;
    Search search(*parts, *host, setup, wait);
    auto found = search.run();
    if (!found)
        return tl::unexpected(std::move(found.error()));
    if (*found)
        return **std::move(found);
    proposal.trouble = search.trouble();
    return proposal;
}

}  // namespace mail::proposal
