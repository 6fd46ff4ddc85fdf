#pragma once
// Which way leads out of this computer: for noticing that it is in another network now.

#include <string>

namespace mail::net {

/// Interface and gateway of each default route; "" where there is none, or the system is not asked.
/// Reads what the kernel has at hand: does not block.
[[nodiscard]] std::string default_routes();

}  // namespace mail::net
