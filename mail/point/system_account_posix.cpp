#include "mail/point/system_account.h"

#include <vector>

#include <pwd.h>
#include <unistd.h>

namespace mail::point {

SystemAccount system_account() {
    SystemAccount account;
    account.account = std::to_string(geteuid());
    account.account_name = account.account;
    std::vector<char> room(16384);
    passwd entry{};
    passwd* found = nullptr;
    if (getpwuid_r(geteuid(), &entry, room.data(), room.size(), &found) == 0 && found != nullptr &&
        found->pw_name != nullptr && *found->pw_name != '\0')
        account.account_name = found->pw_name;
    return account;
}

}  // namespace mail::point
