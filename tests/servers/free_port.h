#pragma once
// A loopback port that was free a moment ago, for servers that can't choose one themselves.

#include <cstdint>

#include <netinet/in.h>

namespace servers {

/// 127.0.0.1 with that port.
[[nodiscard]] sockaddr_in loopback(std::uint16_t port);
[[nodiscard]] std::uint16_t free_port();
/// Whether something accepts connections there.
[[nodiscard]] bool listens(std::uint16_t port);

}  // namespace servers
