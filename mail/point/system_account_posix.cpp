#include "mail/point/system_account.h"

#include <vector>

#include <pwd.h>
#include <unistd.h>

namespace mail::point {

namespace {

constexpr std::size_t entry_room = 16384;

}  // namespace

SystemAccount system_account() {
    SystemAccount account;
    account.account = std::to_string(geteuid());
    account.account_name = account.account;
    std::vector<char> room(entry_room);
    passwd entry{};
    passwd* found = nullptr;
    if (getpwuid_r(geteuid(), &entry, room.data(), room.size(), &found) == 0 && found != nullptr &&
        found->pw_name != nullptr && *found->pw_name != '\0')
        account.account_name = found->pw_name;
    return account;
}

std::optional<SystemAccount> system_account_named(const std::string& account_name) {
    std::vector<char> room(entry_room);
    passwd entry{};
    passwd* found = nullptr;
    if (getpwnam_r(account_name.c_str(), &entry, room.data(), room.size(), &found) != 0 ||
        found == nullptr)
        return std::nullopt;
    return SystemAccount{std::to_string(found->pw_uid), account_name, true};
}

}  // namespace mail::point
