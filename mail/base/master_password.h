#pragma once
// The rule for a new master password: whoever has the file that it seals can try as many as a
// computer can compute. The store of secrets holds to it; a window may say it before.

#include <cstddef>
#include <optional>
#include <string_view>

#include "mail/base/result.h"

namespace mail {

inline constexpr std::size_t least_master_password_letters = 12;

enum class MasterPasswordFault {
    too_short,
    only_blanks,  ///< of any kind, or what shows nothing at all
    not_utf8,     ///< on a terminal or system of another charset it could not be typed again
};
/// Letters of any script are counted; how it is spelt is nobody's business.
[[nodiscard]] std::optional<MasterPasswordFault> fault_of_master_password(std::string_view text);

/// Of master_password_needed: "new", and "limit" (letters) or "fault".
[[nodiscard]] Facts facts_of(MasterPasswordFault fault);

}  // namespace mail
