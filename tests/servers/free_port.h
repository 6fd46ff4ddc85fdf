#pragma once
// A loopback port that was free a moment ago, for servers that can't choose one themselves.

#include <cstdint>

namespace servers {

[[nodiscard]] std::uint16_t free_port();
/// Whether something accepts connections there.
[[nodiscard]] bool listens(std::uint16_t port);

}  // namespace servers
