#include "mail/net/connection.h"

#include <mutex>
#include <utility>

#include <curl/curl.h>

#include "mail/net/connect_error.h"
#include "mail/net/idn.h"
#include "mail/net/pipe.h"
#include "mail/net/polled_stream.h"

namespace mail::net {

namespace {

// A server that has just shown its certificate shows it again; more would only delay the error.
constexpr std::chrono::seconds evidence_time{5};

std::string joined(const std::vector<std::string>& words) {
    std::string all;
    for (const std::string& word : words)
        all += (all.empty() ? "" : ", ") + word;
    return all;
}

void add_place(Error& error, const Endpoint& endpoint, const Evidence& seen) {
    error.facts.emplace_back("host", endpoint.host);
    error.facts.emplace_back("port", std::to_string(endpoint.port));
    const std::string address =
        seen.addresses_tried.empty() ? seen.address : joined(seen.addresses_tried);
    if (!address.empty())
        error.facts.emplace_back("address", address);
    if (!seen.proxy.empty())
        error.facts.emplace_back("proxy", seen.proxy);
}

void add_certificate(Facts& facts, const Certificate& leaf) {
    facts.emplace_back("subject", leaf.subject);
    facts.emplace_back("issuer", leaf.issuer);
    facts.emplace_back("names", joined(leaf.names));
    facts.emplace_back("valid_from", leaf.valid_from);
    facts.emplace_back("valid_until", leaf.valid_until);
    facts.emplace_back("sha256", leaf.sha256);
}

Result<PipePlan> plan_to(const Endpoint& endpoint, const std::string& host, FirstByte first) {
    PipePlan plan;
    plan.first = first;
    plan.host = host;
    plan.port = endpoint.port;
    if (endpoint.pinned_certificate) {
        plan.verification = PipePlan::Verification::none;
    } else if (first == FirstByte::tls) {
        auto trust = endpoint.ca_file ? trust_in_file(*endpoint.ca_file) : system_trust();
        if (!trust)
            return tl::unexpected(trust.error());
        plan.trust = *std::move(trust);
    }
    return plan;
}

bool same_fingerprint(std::string_view pinned, std::string_view seen) {
    std::string digits;
    for (const char digit : pinned)
        if (digit != ':' && digit != ' ')
            digits += digit >= 'A' && digit <= 'F' ? static_cast<char>(digit - 'A' + 'a') : digit;
    return !digits.empty() && digits == seen;
}

// Before the first octet of ours: the handshake of a pinned connection verified nothing.
Result<void> check_pin(const Endpoint& endpoint, const Evidence& seen) {
    if (!endpoint.pinned_certificate)
        return {};
    const Certificate leaf = seen.chain.empty() ? Certificate{} : seen.chain.front();
    if (same_fingerprint(*endpoint.pinned_certificate, leaf.sha256))
        return {};
    Error error{Cause::certificate_changed, Layer::tls, Reach::connection, {}};
    error.facts.emplace_back("expected", *endpoint.pinned_certificate);
    error.facts.emplace_back("seen", leaf.sha256);
    add_place(error, endpoint, seen);
    add_certificate(error.facts, leaf);
    return tl::unexpected(std::move(error));
}

// Where OpenSSL refuses a chain, curl tells nothing about it. A second handshake without
// verification, over which nothing is sent, names the certificate.
std::optional<Certificate> look_at_certificate(const Endpoint& endpoint, const std::string& host,
                                               const Wait& wait) {
    PipePlan plan;
    plan.first = FirstByte::tls;
    plan.host = host;
    plan.port = endpoint.port;
    plan.proxy = choose_proxy(endpoint);
    plan.verification = PipePlan::Verification::none;
    Pipe pipe(std::move(plan));
    if (pipe.connect(wait.within(evidence_time)))
        return std::nullopt;
    const Evidence seen = pipe.evidence();
    if (seen.chain.empty())
        return std::nullopt;
    return seen.chain.front();
}

Error failed_to_connect(const Failure& failure, const Endpoint& endpoint, const Evidence& seen) {
    Error error = error_of(failure);
    add_place(error, endpoint, seen);
    if (is_about_certificate(error.cause) && !seen.chain.empty())
        add_certificate(error.facts, seen.chain.front());
    return error;
}

void tell_reached(const StepObserver& steps, const Evidence& seen) {
    if (!seen.proxy.empty())
        steps(Layer::proxy, facts_of(Layer::proxy, seen));
    steps(Layer::tcp, facts_of(Layer::tcp, seen));
}

class CurlConnection final : public Connection {
public:
    CurlConnection(Endpoint endpoint, std::string host, std::unique_ptr<Pipe> pipe)
        : endpoint_(std::move(endpoint)), host_(std::move(host)), evidence_(pipe->evidence()),
          encrypted_(!evidence_.chain.empty()), stream_(std::move(pipe)) {}

    Result<std::size_t> read(char* to, std::size_t room, const Wait& wait) override {
        return with_place(stream_.read(to, room, wait));
    }
    Result<std::size_t> write_some(std::string_view raw) override {
        return stream_.write_some(raw);
    }
    Result<Ready> wait_ready(Interest interest, const Wait& wait) override {
        return with_place(stream_.wait_ready(interest, wait));
    }
    void abort() override { stream_.abort(); }

    Result<void> start_tls(const Wait& wait) override;
    bool encrypted() const override { return encrypted_; }
    const Evidence& evidence() const override { return evidence_; }

private:
    Result<void> refuse_early_octets();
    /// Who looks at several servers wants to know which one was too slow.
    template <class T>
    Result<T> with_place(Result<T> outcome) const {
        if (!outcome && outcome.error().cause == Cause::deadline)
            outcome.error().facts.insert(
                outcome.error().facts.end(),
                {{"host", endpoint_.host}, {"port", std::to_string(endpoint_.port)}});
        return outcome;
    }

    Endpoint endpoint_;
    std::string host_;
    Evidence evidence_;
    bool encrypted_;
    // The clear half after STARTTLS, closed after the TLS one (so it stands before stream_): on
    // closing curl reads what waits at the socket, which would be a piece of a TLS record.
    std::unique_ptr<Channel> clear_;
    PolledStream stream_;
};

Result<void> CurlConnection::refuse_early_octets() {
    char octet = 0;
    const Moved waiting =
        receive_now(stream_.channel().socket(), &octet, sizeof octet, Receive::peek);
    const bool early = waiting.kind == Moved::Kind::done && waiting.octets > 0;
    if (stream_.holds_octets() || early) {
        Error error{Cause::bytes_before_tls, Layer::starttls, Reach::connection, {}};
        add_place(error, endpoint_, evidence_);
        return tl::unexpected(std::move(error));
    }
    return {};
}

Result<void> CurlConnection::start_tls(const Wait& wait) {
    if (auto silent = refuse_early_octets(); !silent)
        return silent;
    auto plan = plan_to(endpoint_, host_, FirstByte::tls);
    if (!plan)
        return tl::unexpected(plan.error());
    plan->connected = duplicate(stream_.channel().socket());
    if (!plan->connected.is_open())
        return fail(Cause::internal, Layer::tls, Reach::connection,
                    {{"system", words_of_system_error(system_error())}});
    auto pipe = std::make_unique<Pipe>(*std::move(plan));
    const auto failed = pipe->connect(wait);
    const Evidence seen = pipe->evidence();
    evidence_.chain = seen.chain;
    evidence_.trust_source = seen.trust_source;
    evidence_.protocol = seen.protocol;
    evidence_.tls_time = seen.tls_time;
    clear_ = stream_.exchange(std::move(pipe));
    if (failed)
        return tl::unexpected(failed_to_connect(*failed, endpoint_, evidence_));
    encrypted_ = true;
    return check_pin(endpoint_, evidence_);
}

}  // namespace

Facts facts_of(Layer step, const Evidence& seen) {
    Facts facts;
    const auto add = [&](const char* key, const std::string& value) {
        if (!value.empty())
            facts.emplace_back(key, value);
    };
    if (step == Layer::proxy || step == Layer::tcp)
        add("proxy", seen.proxy);
    if (step == Layer::tcp) {
        const bool told = !seen.address.empty() || seen.addresses_tried.empty();
        add("address", told ? seen.address : seen.addresses_tried.back());
        add("tried", joined(seen.addresses_tried));
    }
    if (step == Layer::tls) {
        add("protocol", seen.protocol);
        add("verified_against", seen.trust_source);
        if (!seen.chain.empty())
            add_certificate(facts, seen.chain.front());
        std::vector<std::string> issuers;
        for (const Certificate& certificate : seen.chain)
            issuers.push_back(certificate.subject);
        add("chain", joined(issuers));
    }
    return facts;
}

Result<std::unique_ptr<Connection>> Connection::open(const Endpoint& endpoint, FirstByte first,
                                                     const Wait& wait) {
    return open(endpoint, first, StepObserver(), wait);
}

Result<std::unique_ptr<Connection>> Connection::open(const Endpoint& endpoint, FirstByte first,
                                                     const StepObserver& steps, const Wait& wait) {
    initialise();
    const auto host = ascii_host(endpoint.host);
    if (!host)
        return fail(Cause::bad_host_name, Layer::dns, Reach::point, {{"host", endpoint.host}});
    auto plan = plan_to(endpoint, *host, first);
    if (!plan)
        return tl::unexpected(plan.error());
    plan->proxy = choose_proxy(endpoint);
    std::unique_ptr<Pipe> pipe;
    if (steps)
        plan->phase_begins = [&](Phase phase) {
            if (phase == Phase::tls)
                tell_reached(steps, pipe->evidence());
        };
    pipe = std::make_unique<Pipe>(*std::move(plan));
    const auto failed = pipe->connect(wait);
    const Evidence seen = pipe->evidence();
    if (failed) {
        Error error = failed_to_connect(*failed, endpoint, seen);
        if (is_about_certificate(error.cause) && seen.chain.empty())
            if (const auto leaf = look_at_certificate(endpoint, *host, wait))
                add_certificate(error.facts, *leaf);
        return tl::unexpected(std::move(error));
    }
    if (first == FirstByte::tls) {
        if (auto same = check_pin(endpoint, seen); !same)
            return tl::unexpected(same.error());
    }
    if (steps) {
        tell_reached(steps, seen);
        if (first == FirstByte::tls)
            steps(Layer::tls, facts_of(Layer::tls, seen));
    }
    return std::make_unique<CurlConnection>(endpoint, *host, std::move(pipe));
}

void initialise() {
    static std::once_flag once;
    std::call_once(once, [] {
        start_sockets();
        curl_global_init(CURL_GLOBAL_DEFAULT);
    });
}

}  // namespace mail::net
