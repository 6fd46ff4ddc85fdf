#pragma once
// The rule for a new master password: whoever has the file that it seals can try as many as a
// computer can compute. The store of secrets holds to it; a window may say it before.

#include <cstddef>
#include <string_view>

namespace mail {

inline constexpr std::size_t least_master_password_letters = 12;

/// Letters of any script; how it is spelt is nobody's business.
[[nodiscard]] bool is_long_enough_master_password(std::string_view text);

}  // namespace mail
