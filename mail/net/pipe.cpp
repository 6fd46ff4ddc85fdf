#include "mail/net/pipe.h"

#include <algorithm>

#include <curl/curl.h>

#include "mail/net/certificate.h"
#include "mail/net/transfer.h"

namespace mail::net {

namespace {

// One TLS record. Had curl more, it would report a blocked write after a part had gone.
constexpr std::size_t record_octets = 16 * 1024;

std::string url_of(const PipePlan& plan) {
    std::string host = plan.host;
    if (host.find(':') != std::string::npos) {
        // The zone of a link-local address: its sign must be escaped in a URL (RFC 6874).
        if (const std::size_t zone = host.find('%'); zone != std::string::npos)
            host.replace(zone, 1, "%25");
        host = "[" + host + "]";
    }
    // With these schemes curl says nothing itself; "imap:" would talk (docs/architecture.md).
    return (plan.first == FirstByte::tls ? "https://" : "http://") + host + ":" +
           std::to_string(plan.port) + "/";
}

}  // namespace

Pipe::Pipe(PipePlan plan)
    : plan_(std::move(plan)), transfer_(std::make_unique<Transfer>(plan_.first == FirstByte::tls)) {
}

Pipe::~Pipe() = default;

std::optional<Failure> Pipe::connect(const Wait& wait) {
    transfer_->set(CURLOPT_URL, url_of(plan_).c_str());
    transfer_->set(CURLOPT_CONNECT_ONLY, 1L);
    if (plan_.connected.is_open())
        transfer_->use(std::move(plan_.connected));
    else
        transfer_->use(plan_.proxy);
    if (plan_.aim == PipePlan::Aim::addresses)
        transfer_->find_addresses_only();
    if (plan_.first == FirstByte::tls)
        transfer_->verify_against(
            plan_.verification == PipePlan::Verification::chain_and_name ? plan_.trust : nullptr);
    return transfer_->run(plan_.host, wait, plan_.phase_begins);
}

std::vector<Certificate> Pipe::chain() const {
    std::vector<Certificate> chain;
    const auto* all = transfer_->get<curl_certinfo*>(CURLINFO_CERTINFO, nullptr);
    for (int i = 0; all != nullptr && i < all->num_of_certs; ++i) {
        std::vector<std::string> lines;
        for (const curl_slist* line = all->certinfo[i]; line != nullptr; line = line->next)
            lines.emplace_back(line->data);
        chain.push_back(certificate_of(lines));
    }
    return chain;
}

Evidence Pipe::evidence() const {
    const auto milliseconds = [this](CURLINFO info) {
        const std::chrono::microseconds time(transfer_->get<curl_off_t>(info, 0));
        return std::chrono::duration_cast<std::chrono::milliseconds>(time);
    };
    Evidence seen;
    seen.addresses_tried = transfer_->addresses_tried();
    if (const char* address = transfer_->get<char*>(CURLINFO_PRIMARY_IP, nullptr))
        seen.address = address;
    if (transfer_->used_proxy())
        seen.proxy = without_login(plan_.proxy.url);
    if (plan_.first == FirstByte::tls && plan_.trust)
        seen.trust_source = plan_.trust->source;
    seen.protocol = transfer_->protocol();
    seen.chain = chain();
    const auto named = milliseconds(CURLINFO_NAMELOOKUP_TIME_T);
    const auto connected = milliseconds(CURLINFO_CONNECT_TIME_T);
    const auto secured = milliseconds(CURLINFO_APPCONNECT_TIME_T);
    const std::chrono::milliseconds none{0};
    seen.name_time = named;
    seen.connect_time = std::max(connected - named, none);
    seen.tls_time = std::max(secured - connected, none);
    return seen;
}

tl::unexpected<Error> Pipe::lost(int curl_code) const {
    return fail(Cause::connection_lost, plan_.first == FirstByte::tls ? Layer::tls : Layer::tcp,
                Reach::connection, {{"curl", transfer_->words_of(curl_code)}});
}

Result<std::optional<std::size_t>> Pipe::receive(char* to, std::size_t room) {
    std::size_t octets = 0;
    const CURLcode code = curl_easy_recv(transfer_->easy(), to, room, &octets);
    if (code == CURLE_AGAIN)
        return std::optional<std::size_t>{};
    if (code != CURLE_OK)
        return lost(code);
    return std::optional{octets};
}

Result<std::size_t> Pipe::send(std::string_view raw) {
    std::size_t octets = 0;
    const CURLcode code =
        curl_easy_send(transfer_->easy(), raw.data(), std::min(raw.size(), record_octets), &octets);
    if (code == CURLE_AGAIN)
        return std::size_t{0};
    if (code != CURLE_OK)
        return lost(code);
    return octets;
}

void Pipe::abort() {
    reset_when_closed(socket());
}

SocketHandle Pipe::socket() const {
    const auto active = transfer_->get<curl_socket_t>(CURLINFO_ACTIVESOCKET, CURL_SOCKET_BAD);
    return SocketHandle{static_cast<std::intptr_t>(active)};
}

}  // namespace mail::net
