#include "mail/net/pipe.h"

#include <algorithm>
#include <array>
#include <cstdlib>

#include <curl/curl.h>

#include "mail/net/certificate.h"
#include "mail/net/poller.h"

namespace mail::net {

namespace {

// One TLS record. Had curl more, it would report a blocked write after a part had gone.
constexpr std::size_t record_octets = 16 * 1024;

// The longest that curl gives a connection on its own; the deadline is ours. It shares this among
// the addresses of a name, so it must not be without end.
constexpr int longest_connect_milliseconds = 5 * 60 * 1000;

// Resolvers wait 5 s for a name server before they ask again.
constexpr std::chrono::seconds slow_refusal{4};

std::size_t swallow(char*, std::size_t size, std::size_t count, void*) {
    return size * count;
}

SocketHandle handle_of(curl_socket_t socket) {
    return SocketHandle{static_cast<std::intptr_t>(socket)};
}

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

struct Pipe::Curl {
    CURLM* multi = curl_multi_init();
    CURL* easy = curl_easy_init();
    std::array<char, CURL_ERROR_SIZE> words{};
    std::vector<std::string> addresses;
    std::vector<SocketHandle> open;
    bool reached = false;  // some address, or the proxy's, has answered
    bool only_names = false;
    std::string protocol;
    Socket given;

    Curl() {
        // Only without memory: nothing to go on with.
        if (multi == nullptr || easy == nullptr)
            std::abort();
    }
    ~Curl() {
        curl_multi_remove_handle(multi, easy);
        curl_easy_cleanup(easy);
        curl_multi_cleanup(multi);
    }
    Curl(const Curl&) = delete;
    Curl& operator=(const Curl&) = delete;

    template <class Value>
    void set(CURLoption option, Value value) {
        // Refused only where the build of curl lacks the option: a mistake of ours.
        if (curl_easy_setopt(easy, option, value) != CURLE_OK)
            std::abort();
    }

    template <class Value>
    [[nodiscard]] Value get(CURLINFO info, Value otherwise) const {
        Value value = otherwise;
        return curl_easy_getinfo(easy, info, &value) == CURLE_OK ? value : otherwise;
    }

    // curl asks once per address, so this is also the record of what was tried.
    static curl_socket_t open_socket(void* self, curlsocktype, curl_sockaddr* address) {
        auto& curl = *static_cast<Curl*>(self);
        if (curl.given.is_open())
            return static_cast<curl_socket_t>(curl.given.release());
        curl.addresses.push_back(numeric_address(&address->addr, address->addrlen));
        // Refused, curl goes on to the next address.
        if (curl.only_names)
            return CURL_SOCKET_BAD;
        Socket socket = make_socket(address->family, address->socktype, address->protocol);
        if (socket.is_open())
            curl.open.push_back(socket.handle());
        return static_cast<curl_socket_t>(socket.release());
    }

    static int close_socket(void* self, curl_socket_t socket) {
        auto& curl = *static_cast<Curl*>(self);
        curl.note_peers();
        std::erase(curl.open, handle_of(socket));
        const Socket closed_here(handle_of(socket));
        return 0;
    }

    static int already_connected(void*, curl_socket_t, curlsocktype) {
        return CURL_SOCKOPT_ALREADY_CONNECTED;
    }

    // The one place where curl tells protocol and cipher. What else it says is not looked at: it
    // may hold the login for a proxy.
    static int note_protocol(CURL*, curl_infotype type, char* text, std::size_t octets,
                             void* self) {
        constexpr std::string_view announced = "SSL connection using ";
        const std::string_view line(text, octets);
        if (type == CURLINFO_TEXT && line.starts_with(announced))
            static_cast<Curl*>(self)->protocol =
                line.substr(announced.size(), line.find_first_of("\r\n") - announced.size());
        return 0;
    }

    // Called before curl closes a socket and when we give up: curl's own times stay empty then.
    void note_peers() { reached = reached || std::any_of(open.begin(), open.end(), &has_peer); }
};

Pipe::Pipe(PipePlan plan) : plan_(std::move(plan)), curl_(std::make_unique<Curl>()) {}

Pipe::~Pipe() = default;

void Pipe::set_options(const Wait& wait) {
    Curl& curl = *curl_;
    curl.set(CURLOPT_URL, url_of(plan_).c_str());
    curl.set(CURLOPT_CONNECT_ONLY, 1L);
    curl.set(CURLOPT_ERRORBUFFER, curl.words.data());
    curl.set(CURLOPT_NOSIGNAL, 1L);
    // A look-up that hangs must not keep us when we give up.
    curl.set(CURLOPT_QUICK_EXIT, 1L);
    curl.set(CURLOPT_CONNECTTIMEOUT_MS,
             static_cast<long>(std::clamp(poll_time(wait), 1, longest_connect_milliseconds)));
    curl.set(CURLOPT_TCP_KEEPALIVE, 1L);
    curl.set(CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
    curl.set(CURLOPT_SSL_ENABLE_ALPN, 0L);
    // A proxy's answer would be printed otherwise.
    curl.set(CURLOPT_WRITEFUNCTION, &swallow);
    curl.set(CURLOPT_HEADERFUNCTION, &swallow);
    curl.set(CURLOPT_OPENSOCKETFUNCTION, &Curl::open_socket);
    curl.set(CURLOPT_OPENSOCKETDATA, &curl);
    curl.set(CURLOPT_CLOSESOCKETFUNCTION, &Curl::close_socket);
    curl.set(CURLOPT_CLOSESOCKETDATA, &curl);
    if (plan_.connected.is_open()) {
        curl.given = std::move(plan_.connected);
        curl.open.push_back(curl.given.handle());
        curl.reached = true;
        curl.set(CURLOPT_SOCKOPTFUNCTION, &Curl::already_connected);
        curl.set(CURLOPT_PROXY, "");
        return;
    }
    curl.set(CURLOPT_PROXY, plan_.proxy.url.c_str());
    // Otherwise curl would speak HTTP to the proxy in place of opening a tunnel for http:.
    curl.set(CURLOPT_HTTPPROXYTUNNEL, 1L);
    curl.set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
    if (plan_.proxy.origin == ProxyChoice::Origin::point)
        curl.set(CURLOPT_NOPROXY, "");
}

void Pipe::set_verification() {
    Curl& curl = *curl_;
    curl.set(CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
    curl.set(CURLOPT_CERTINFO, 1L);
    curl.set(CURLOPT_DEBUGFUNCTION, &Curl::note_protocol);
    curl.set(CURLOPT_DEBUGDATA, &curl);
    curl.set(CURLOPT_VERBOSE, 1L);
    if (plan_.verification == PipePlan::Verification::none) {
        curl.set(CURLOPT_SSL_VERIFYPEER, 0L);
        curl.set(CURLOPT_SSL_VERIFYHOST, 0L);
        return;
    }
    curl.set(CURLOPT_SSL_VERIFYPEER, 1L);
    curl.set(CURLOPT_SSL_VERIFYHOST, 2L);
    const Trust& trust = *plan_.trust;
    if (!trust.pem.empty()) {
        // curl takes no pointer to const, but does not write; plan_ keeps it alive.
        curl_blob blob{const_cast<char*>(trust.pem.data()), trust.pem.size(), CURL_BLOB_NOCOPY};
        curl.set(CURLOPT_CAINFO_BLOB, &blob);
        curl.set(CURLOPT_PROXY_CAINFO_BLOB, &blob);
    } else if (!trust.directory.empty()) {
        curl.set(CURLOPT_CAPATH, trust.directory.c_str());
        curl.set(CURLOPT_PROXY_CAPATH, trust.directory.c_str());
    }
}

std::optional<Failure> Pipe::connect(const Wait& wait) {
    set_options(wait);
    curl_->only_names = plan_.aim == PipePlan::Aim::addresses;
    if (plan_.first == FirstByte::tls)
        set_verification();
    if (curl_multi_add_handle(curl_->multi, curl_->easy) != CURLM_OK)
        std::abort();
    const Clock::time_point begin = Clock::now();
    auto failed = run(wait);
    curl_->set(CURLOPT_VERBOSE, 0L);
    if (failed && failed->curl_code == CURLE_COULDNT_RESOLVE_HOST) {
        // A resolver that took long was not told no: it was told nothing, and would be again.
        const bool slow = Clock::now() - begin > slow_refusal;
        failed->name_fault = slow ? NameFault::unavailable : name_fault_of(plan_.host);
    }
    return failed;
}

std::optional<Failure> Pipe::run(const Wait& wait) {
    const StopCallback wake(wait.stop, [this] { curl_multi_wakeup(curl_->multi); });
    Phase reached = Phase::name;
    for (;;) {
        if (wait.stopped())
            return failure(Failure::Kind::cancelled, 0);
        int running = 0;
        curl_multi_perform(curl_->multi, &running);
        if (plan_.phase_begins && phase() != reached) {
            reached = phase();
            plan_.phase_begins(reached);
        }
        int left = 0;
        while (const CURLMsg* message = curl_multi_info_read(curl_->multi, &left)) {
            if (message->msg != CURLMSG_DONE)
                continue;
            if (message->data.result == CURLE_OK)
                return std::nullopt;
            return failure(Failure::Kind::curl, message->data.result);
        }
        const int milliseconds = poll_time(wait);
        if (milliseconds == 0)
            return failure(Failure::Kind::deadline, 0);
        curl_multi_poll(curl_->multi, nullptr, 0, milliseconds, nullptr);
    }
}

Phase Pipe::phase() const {
    if (curl_->open.empty() && curl_->addresses.empty())
        return Phase::name;
    curl_->note_peers();
    if (!curl_->reached)
        return Phase::connect;
    const bool by_http = plan_.proxy.url.rfind("socks", 0) != 0;
    const bool tunnel_asked = by_http && curl_->get(CURLINFO_USED_PROXY, 0L) != 0;
    constexpr long tunnel_open = 200;
    if (tunnel_asked && curl_->get(CURLINFO_HTTP_CONNECTCODE, 0L) != tunnel_open)
        return Phase::proxy;
    return plan_.first == FirstByte::tls ? Phase::tls : Phase::connect;
}

Failure Pipe::failure(Failure::Kind kind, int curl_code) const {
    Failure failed;
    failed.kind = kind;
    failed.phase = phase();
    failed.route =
        curl_->get(CURLINFO_USED_PROXY, 0L) != 0 ? Failure::Route::proxy : Failure::Route::direct;
    failed.curl_code = curl_code;
    failed.text = curl_->words.front() != '\0'
                      ? curl_->words.data()
                      : curl_easy_strerror(static_cast<CURLcode>(curl_code));
    failed.verify_result = curl_->get(CURLINFO_SSL_VERIFYRESULT, 0L);
    failed.system_code = static_cast<int>(curl_->get(CURLINFO_OS_ERRNO, 0L));
    failed.proxy_reply = curl_->get(CURLINFO_HTTP_CONNECTCODE, 0L);
    failed.proxy_fault = static_cast<int>(curl_->get(CURLINFO_PROXY_ERROR, 0L));
    return failed;
}

std::vector<Certificate> Pipe::chain() const {
    std::vector<Certificate> chain;
    const auto* all = curl_->get<curl_certinfo*>(CURLINFO_CERTINFO, nullptr);
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
        const std::chrono::microseconds time(curl_->get<curl_off_t>(info, 0));
        return std::chrono::duration_cast<std::chrono::milliseconds>(time);
    };
    Evidence seen;
    seen.addresses_tried = curl_->addresses;
    if (const char* address = curl_->get<char*>(CURLINFO_PRIMARY_IP, nullptr))
        seen.address = address;
    if (curl_->get(CURLINFO_USED_PROXY, 0L) != 0)
        seen.proxy = without_login(plan_.proxy.url);
    if (plan_.first == FirstByte::tls && plan_.trust)
        seen.trust_source = plan_.trust->source;
    seen.protocol = curl_->protocol;
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
    const char* words = curl_->words.front() != '\0'
                            ? curl_->words.data()
                            : curl_easy_strerror(static_cast<CURLcode>(curl_code));
    return fail(Cause::connection_lost, plan_.first == FirstByte::tls ? Layer::tls : Layer::tcp,
                Reach::connection, {{"curl", words}});
}

Result<std::optional<std::size_t>> Pipe::receive(char* to, std::size_t room) {
    std::size_t octets = 0;
    const CURLcode code = curl_easy_recv(curl_->easy, to, room, &octets);
    if (code == CURLE_AGAIN)
        return std::optional<std::size_t>{};
    if (code != CURLE_OK)
        return lost(code);
    return std::optional{octets};
}

Result<std::size_t> Pipe::send(std::string_view raw) {
    std::size_t octets = 0;
    const CURLcode code =
        curl_easy_send(curl_->easy, raw.data(), std::min(raw.size(), record_octets), &octets);
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
    return handle_of(curl_->get<curl_socket_t>(CURLINFO_ACTIVESOCKET, CURL_SOCKET_BAD));
}

}  // namespace mail::net
