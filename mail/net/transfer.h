#pragma once
// One libcurl transfer driven by a Wait: the options that every connection of ours has, how far it
// came, and what a failure means. Pipe makes a bare channel of one, http.cpp a request. Private to
// mail/net.

#include <array>
#include <cstdlib>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <curl/curl.h>

#include "mail/base/wait.h"
#include "mail/net/connect_error.h"
#include "mail/net/proxy.h"
#include "mail/net/trust.h"

namespace mail::net {

/// One thread at a time; a stop may come from any.
class Transfer {
public:
    /// `tls`: the peer behind any proxy speaks it from the first octet.
    explicit Transfer(bool tls);
    ~Transfer();
    Transfer(const Transfer&) = delete;
    Transfer& operator=(const Transfer&) = delete;

    template <class Value>
    void set(CURLoption option, Value value) {
        // Refused only where the build of curl lacks the option: a mistake of ours.
        if (curl_easy_setopt(easy_, option, value) != CURLE_OK)
            std::abort();
    }
    template <class Value>
    [[nodiscard]] Value get(CURLINFO info, Value otherwise) const {
        Value value = otherwise;
        return curl_easy_getinfo(easy_, info, &value) == CURLE_OK ? value : otherwise;
    }
    [[nodiscard]] CURL* easy() const { return easy_; }

    void use(const ProxyChoice& proxy);
    /// In place of name, address and proxy.
    void use(Socket connected);
    /// Chain and name against `trust`, TLS 1.2 or better; null: neither is verified. It is kept.
    void verify_against(std::shared_ptr<const Trust> trust);
    /// Addresses are found and not connected to, which fails.
    void find_addresses_only() { only_names_ = true; }

    /// Once. Nothing: it went well. `host` is the one of the URL, for what its name's fault is;
    /// `phase_begins` is called on this thread.
    [[nodiscard]] std::optional<Failure> run(const std::string& host, const Wait& wait,
                                             const std::function<void(Phase)>& phase_begins = {});
    [[nodiscard]] Phase phase() const;
    /// curl's words for it, better ones where it left any.
    [[nodiscard]] std::string words_of(int curl_code) const;
    [[nodiscard]] const std::vector<std::string>& addresses_tried() const { return addresses_; }
    /// "TLSv1.3 / TLS_AES_256_GCM_SHA384", "" where nobody told.
    [[nodiscard]] const std::string& protocol() const { return protocol_; }
    [[nodiscard]] bool used_proxy() const;

private:
    [[nodiscard]] std::optional<Failure> drive(const Wait& wait,
                                               const std::function<void(Phase)>& phase_begins);
    [[nodiscard]] Failure failure(Failure::Kind kind, int curl_code) const;
    static curl_socket_t open_socket(void* self, curlsocktype type, curl_sockaddr* address);
    static int close_socket(void* self, curl_socket_t socket);
    static int note_protocol(CURL* easy, curl_infotype type, char* text, std::size_t octets,
                             void* self);
    void note_peers() const;

    CURLM* multi_ = curl_multi_init();
    CURL* easy_ = curl_easy_init();
    bool tls_, only_names_ = false;
    std::string proxy_;
    Socket given_;
    std::shared_ptr<const Trust> trust_;
    std::array<char, CURL_ERROR_SIZE> words_{};
    std::vector<std::string> addresses_;
    std::vector<SocketHandle> open_;
    mutable bool reached_ = false;  ///< some address, or the proxy's, has answered
    std::string protocol_;
};

}  // namespace mail::net
