#include "tests/servers/tls_server.h"

#include <sstream>
#include <stdexcept>
#include <vector>

#include "tests/servers/free_port.h"

namespace servers {

namespace {

std::vector<std::string> command_of(const ServerCertificate& certificate, std::uint16_t port,
                                    const std::string& options) {
    std::vector<std::string> command{"openssl",
                                     "s_server",
                                     "-www",
                                     "-accept",
                                     "127.0.0.1:" + std::to_string(port),
                                     "-cert",
                                     certificate.chain.string(),
                                     "-cert_chain",
                                     certificate.chain.string(),
                                     "-key",
                                     certificate.key.string()};
    std::istringstream words(options);
    for (std::string word; words >> word;)
        command.push_back(word);
    return command;
}

}  // namespace

TlsServer::TlsServer(const ServerCertificate& certificate, const std::string& options)
    : port_(free_port()),
      process_(command_of(certificate, port_, options), work_.path() / "output.log") {
    while (process_.still_runs())
        if (listens(port_))
            return;
    throw std::runtime_error("openssl s_server: " + text_of(work_.path() / "output.log"));
}

}  // namespace servers
