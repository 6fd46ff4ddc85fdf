#pragma once
// A connection made by libcurl (names, addresses, proxy, TLS) and used as a bare pipe:
// CONNECT_ONLY, our own protocol above it. STARTTLS takes a second handle on the same socket, so
// that every step has its own evidence (docs/architecture.md). TLS 1.2 or better, verified against
// the system's certificates, the point's ca_file, or a pinned leaf.

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "mail/net/endpoint.h"
#include "mail/net/stream.h"

namespace mail::net {

struct Certificate {
    std::string subject, issuer;  ///< as libcurl words them
    std::string valid_from, valid_until;
    std::vector<std::string> names;  ///< subject alternative names
    std::string sha256;              ///< of the DER form, 64 hex digits
};

/// What was seen while connecting, for the diagnosis and for errors. All may be empty.
struct Evidence {
    std::vector<std::string> addresses_tried;
    std::string address;             ///< the one that answered
    std::string proxy;               ///< the proxy used, without its password
    std::string trust_source;        ///< file or store that the chain was verified against
    std::string protocol;            ///< "TLSv1.3 / TLS_AES_256_GCM_SHA384"; OpenSSL tells it
    std::vector<Certificate> chain;  ///< the leaf first
    std::chrono::milliseconds name_time{0}, connect_time{0}, tls_time{0};
};

enum class FirstByte { tls, clear };

/// Told on the way that a step is over and went well, and what was seen of it; perhaps again when
/// more is known. Called on the thread that connects.
using StepObserver = std::function<void(Layer step, Facts seen)>;

/// Of the steps proxy, tcp and tls.
[[nodiscard]] Facts facts_of(Layer step, const Evidence& seen);

class Connection : public Stream {
public:
    /// Name, address, proxy and (for FirstByte::tls) the handshake. No octet of ours has gone when
    /// it fails. The encryption of `endpoint` is not looked at: that policy is imap::Session's.
    [[nodiscard]] static Result<std::unique_ptr<Connection>>
    open(const Endpoint& endpoint, FirstByte first, const Wait& wait);
    /// The same; tells the steps proxy (where there is one), tcp and tls.
    [[nodiscard]] static Result<std::unique_ptr<Connection>>
    open(const Endpoint& endpoint, FirstByte first, const StepObserver& steps, const Wait& wait);

    /// Starts TLS on a clear connection. bytes_before_tls if anything is waiting to be read.
    [[nodiscard]] virtual Result<void> start_tls(const Wait& wait) = 0;
    [[nodiscard]] virtual bool encrypted() const = 0;
    [[nodiscard]] virtual const Evidence& evidence() const = 0;
};

/// Once, before the first connection, from one thread.
void initialise();

}  // namespace mail::net
