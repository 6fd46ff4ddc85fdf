#pragma once
// The openssl program as a TLS server, for certificates and protocol versions that a mail server
// would not be set up with. It speaks HTTP after the handshake; the handshake is what is tested.

#include <cstdint>
#include <string>

#include "tests/servers/certificates.h"
#include "tests/servers/process.h"

namespace servers {

class TlsServer {
public:
    /// `options` of s_server, separated by blanks. Throws where it doesn't come up.
    explicit TlsServer(const ServerCertificate& certificate, const std::string& options = {});
    [[nodiscard]] std::uint16_t port() const { return port_; }

private:
    TemporaryFolder work_;
    std::uint16_t port_;
    Process process_;
};

}  // namespace servers
