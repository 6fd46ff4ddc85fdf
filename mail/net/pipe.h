#pragma once
// One libcurl handle in CONNECT_ONLY mode: the attempt to connect, what was seen, and from then on
// a channel of bare octets. Two of them on one socket make STARTTLS. Private to mail/net.

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "mail/net/channel.h"
#include "mail/net/connect_error.h"
#include "mail/net/connection.h"
#include "mail/net/proxy.h"
#include "mail/net/trust.h"

namespace mail::net {

class Transfer;

struct PipePlan {
    enum class Verification { chain_and_name, none };

    FirstByte first = FirstByte::clear;
    std::string host;  ///< ASCII name or address, without brackets
    std::uint16_t port = 0;
    ProxyChoice proxy;
    Verification verification = Verification::chain_and_name;
    std::shared_ptr<const Trust> trust;  ///< for chain_and_name
    Socket connected;                    ///< in place of name, address and proxy: STARTTLS
    enum class Aim { connection, addresses };
    Aim aim = Aim::connection;  ///< addresses: they are found and not connected to, which fails
    std::function<void(Phase)> phase_begins;  ///< called on the thread of connect()
};

/// One thread at a time; a stop may come from any.
class Pipe final : public Channel {
public:
    explicit Pipe(PipePlan plan);
    ~Pipe() override;
    Pipe(const Pipe&) = delete;
    Pipe& operator=(const Pipe&) = delete;

    /// Once. Nothing: connected.
    [[nodiscard]] std::optional<Failure> connect(const Wait& wait);
    /// After connect(), also where it failed: what had been seen until then.
    [[nodiscard]] Evidence evidence() const;

    [[nodiscard]] Result<std::optional<std::size_t>> receive(char* to, std::size_t room) override;
    [[nodiscard]] Result<std::size_t> send(std::string_view raw) override;
    void abort() override;
    [[nodiscard]] SocketHandle socket() const override;

private:
    [[nodiscard]] std::vector<Certificate> chain() const;
    [[nodiscard]] tl::unexpected<Error> lost(int curl_code) const;

    PipePlan plan_;
    std::unique_ptr<Transfer> transfer_;
};

}  // namespace mail::net
