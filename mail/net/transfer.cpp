#include "mail/net/transfer.h"

#include <algorithm>
#include <string_view>

#include "mail/net/poller.h"

namespace mail::net {

namespace {

// The longest that curl gives a connection on its own; the deadline is ours. It shares this among
// the addresses of a name, so it must not be without end.
constexpr int longest_connect_milliseconds = 5 * 60 * 1000;

// Resolvers wait 5 s for a name server before they ask again.
constexpr std::chrono::seconds slow_refusal{4};

std::size_t swallow(char*, std::size_t size, std::size_t count, void*) {
    return size * count;
}

int already_connected(void*, curl_socket_t, curlsocktype) {
    return CURL_SOCKOPT_ALREADY_CONNECTED;
}

SocketHandle handle_of(curl_socket_t socket) {
    return SocketHandle{static_cast<std::intptr_t>(socket)};
}

}  // namespace

Transfer::Transfer(bool tls) : tls_(tls) {
    // Only without memory: nothing to go on with.
    if (multi_ == nullptr || easy_ == nullptr)
        std::abort();
    set(CURLOPT_ERRORBUFFER, words_.data());
    set(CURLOPT_NOSIGNAL, 1L);
    // A look-up that hangs must not keep us when we give up.
    set(CURLOPT_QUICK_EXIT, 1L);
    set(CURLOPT_TCP_KEEPALIVE, 1L);
    set(CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
    set(CURLOPT_SSL_ENABLE_ALPN, 0L);
    // What a peer or proxy says would be printed otherwise.
    set(CURLOPT_WRITEFUNCTION, &swallow);
    set(CURLOPT_HEADERFUNCTION, &swallow);
    set(CURLOPT_OPENSOCKETFUNCTION, &Transfer::open_socket);
    set(CURLOPT_OPENSOCKETDATA, this);
    set(CURLOPT_CLOSESOCKETFUNCTION, &Transfer::close_socket);
    set(CURLOPT_CLOSESOCKETDATA, this);
}

Transfer::~Transfer() {
    curl_multi_remove_handle(multi_, easy_);
    curl_easy_cleanup(easy_);
    curl_multi_cleanup(multi_);
}

void Transfer::use(const ProxyChoice& proxy) {
    proxy_ = proxy.url;
    set(CURLOPT_PROXY, proxy_.c_str());
    // Otherwise curl would speak HTTP to the proxy in place of opening a tunnel for http:.
    set(CURLOPT_HTTPPROXYTUNNEL, 1L);
    set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
    if (proxy.origin == ProxyChoice::Origin::point)
        set(CURLOPT_NOPROXY, "");
}

void Transfer::use(Socket connected) {
    given_ = std::move(connected);
    open_.push_back(given_.handle());
    reached_ = true;
    set(CURLOPT_SOCKOPTFUNCTION, &already_connected);
    set(CURLOPT_PROXY, "");
}

void Transfer::verify_against(std::shared_ptr<const Trust> trust) {
    trust_ = std::move(trust);
    set(CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
    set(CURLOPT_CERTINFO, 1L);
    set(CURLOPT_DEBUGFUNCTION, &Transfer::note_protocol);
    set(CURLOPT_DEBUGDATA, this);
    set(CURLOPT_VERBOSE, 1L);
    if (!trust_) {
        set(CURLOPT_SSL_VERIFYPEER, 0L);
        set(CURLOPT_SSL_VERIFYHOST, 0L);
        return;
    }
    set(CURLOPT_SSL_VERIFYPEER, 1L);
    set(CURLOPT_SSL_VERIFYHOST, 2L);
    if (!trust_->pem.empty()) {
        // curl takes no pointer to const, but does not write; trust_ keeps it alive.
        curl_blob blob{const_cast<char*>(trust_->pem.data()), trust_->pem.size(), CURL_BLOB_NOCOPY};
        set(CURLOPT_CAINFO_BLOB, &blob);
        set(CURLOPT_PROXY_CAINFO_BLOB, &blob);
    } else if (!trust_->directory.empty()) {
        set(CURLOPT_CAPATH, trust_->directory.c_str());
        set(CURLOPT_PROXY_CAPATH, trust_->directory.c_str());
    }
}

std::optional<Failure> Transfer::run(const std::string& host, const Wait& wait,
                                     const std::function<void(Phase)>& phase_begins) {
    set(CURLOPT_CONNECTTIMEOUT_MS,
        static_cast<long>(std::clamp(poll_time(wait), 1, longest_connect_milliseconds)));
    if (curl_multi_add_handle(multi_, easy_) != CURLM_OK)
        std::abort();
    const Clock::time_point begin = Clock::now();
    auto failed = drive(wait, phase_begins);
    set(CURLOPT_VERBOSE, 0L);
    if (failed && failed->curl_code == CURLE_COULDNT_RESOLVE_HOST) {
        // A resolver that took long was not told no: it was told nothing, and would be again.
        const bool slow = Clock::now() - begin > slow_refusal;
        failed->name_fault = slow ? NameFault::unavailable : name_fault_of(host);
    }
    return failed;
}

std::optional<Failure> Transfer::drive(const Wait& wait,
                                       const std::function<void(Phase)>& phase_begins) {
    const StopCallback wake(wait.stop, [this] { curl_multi_wakeup(multi_); });
    Phase reached = Phase::name;
    for (;;) {
        if (wait.stopped())
            return failure(Failure::Kind::cancelled, 0);
        int running = 0;
        curl_multi_perform(multi_, &running);
        if (phase_begins && phase() != reached) {
            reached = phase();
            phase_begins(reached);
        }
        int left = 0;
        while (const CURLMsg* message = curl_multi_info_read(multi_, &left)) {
            if (message->msg != CURLMSG_DONE)
                continue;
            if (message->data.result == CURLE_OK)
                return std::nullopt;
            return failure(Failure::Kind::curl, message->data.result);
        }
        const int milliseconds = poll_time(wait);
        if (milliseconds == 0)
            return failure(Failure::Kind::deadline, 0);
        curl_multi_poll(multi_, nullptr, 0, milliseconds, nullptr);
    }
}

Phase Transfer::phase() const {
    if (open_.empty() && addresses_.empty())
        return Phase::name;
    note_peers();
    if (!reached_)
        return Phase::connect;
    if (get<curl_off_t>(CURLINFO_PRETRANSFER_TIME_T, 0) > 0)
        return Phase::transfer;
    const bool by_http = proxy_.rfind("socks", 0) != 0;
    constexpr long tunnel_open = 200;
    if (by_http && used_proxy() && get(CURLINFO_HTTP_CONNECTCODE, 0L) != tunnel_open)
        return Phase::proxy;
    return tls_ ? Phase::tls : Phase::connect;
}

bool Transfer::used_proxy() const {
    return get(CURLINFO_USED_PROXY, 0L) != 0;
}

std::string Transfer::words_of(int curl_code) const {
    return words_.front() != '\0' ? words_.data()
                                  : curl_easy_strerror(static_cast<CURLcode>(curl_code));
}

Failure Transfer::failure(Failure::Kind kind, int curl_code) const {
    Failure failed;
    failed.kind = kind;
    failed.phase = phase();
    failed.route = used_proxy() ? Failure::Route::proxy : Failure::Route::direct;
    failed.curl_code = curl_code;
    failed.text = words_of(curl_code);
    failed.verify_result = get(CURLINFO_SSL_VERIFYRESULT, 0L);
    failed.system_code = static_cast<int>(get(CURLINFO_OS_ERRNO, 0L));
    failed.proxy_reply = get(CURLINFO_HTTP_CONNECTCODE, 0L);
    failed.proxy_fault = static_cast<int>(get(CURLINFO_PROXY_ERROR, 0L));
    return failed;
}

// curl asks once per address, so this is also the record of what was tried.
curl_socket_t Transfer::open_socket(void* self, curlsocktype, curl_sockaddr* address) {
    auto& transfer = *static_cast<Transfer*>(self);
    if (transfer.given_.is_open())
        return static_cast<curl_socket_t>(transfer.given_.release());
    transfer.addresses_.push_back(numeric_address(&address->addr, address->addrlen));
    // Refused, curl goes on to the next address.
    if (transfer.only_names_)
        return CURL_SOCKET_BAD;
    Socket socket = make_socket(address->family, address->socktype, address->protocol);
    if (socket.is_open())
        transfer.open_.push_back(socket.handle());
    return static_cast<curl_socket_t>(socket.release());
}

int Transfer::close_socket(void* self, curl_socket_t socket) {
    auto& transfer = *static_cast<Transfer*>(self);
    transfer.note_peers();
    std::erase(transfer.open_, handle_of(socket));
    const Socket closed_here(handle_of(socket));
    return 0;
}

// The one place where curl tells protocol and cipher. What else it says is not looked at: it may
// hold logins and tokens.
int Transfer::note_protocol(CURL*, curl_infotype type, char* text, std::size_t octets, void* self) {
    constexpr std::string_view announced = "SSL connection using ";
    const std::string_view line(text, octets);
    if (type == CURLINFO_TEXT && line.starts_with(announced))
        static_cast<Transfer*>(self)->protocol_ =
            line.substr(announced.size(), line.find_first_of("\r\n") - announced.size());
    return 0;
}

// Called before curl closes a socket and when we give up: curl's own times stay empty then.
void Transfer::note_peers() const {
    reached_ = reached_ || std::any_of(open_.begin(), open_.end(), &has_peer);
}

}  // namespace mail::net
