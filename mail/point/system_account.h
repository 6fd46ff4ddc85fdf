#pragma once
// Who runs the program, as the operating system says it: what operators are known by.
// system_account_{posix,windows}.cpp.

#include <optional>
#include <string>

namespace mail::point {

struct SystemAccount {
    std::string account;           ///< the uid as a decimal number, or the SID
    std::string account_name;      ///< login name, UTF-8; the account where it has none
    bool name_case_counts = true;  ///< false on Windows
};

/// Any thread.
[[nodiscard]] SystemAccount system_account();
/// That of somebody else, by its login name; nothing where this computer knows none. May ask a
/// directory on the network.
[[nodiscard]] std::optional<SystemAccount> system_account_named(const std::string& account_name);

}  // namespace mail::point
