// What renewal_kill_test.cpp kills: gets a token for the account that is kept in a folder, as the
// program does before it opens a mailbox.
//
//   renewal_child FOLDER KILLED_AT      (the number of a call of the disk; 0: none)
//
// The token, or the name of what is wrong, goes to FOLDER/outcome. Exit codes as the program's.

#include <cstdlib>
#include <fstream>
#include <string>

#include "mail/oauth/keeper.h"
#include "tests/faults/killing_disk.h"
#include "tests/faults/renewal_store.h"

int main(int count, char** words) {
    if (count != 3)
        return 2;
    const std::string folder = words[1];
    mail::faults::KillingDisk disk(static_cast<unsigned>(std::stoul(words[2])));
    mail::FileStore store(mail::faults::store_in(folder, disk));
    mail::oauth::Keeper keeper({store, [&folder] { return folder; }});
    const auto token = keeper.access_token(mail::faults::connection(), nullptr,
                                           mail::Wait::for_at_most(std::chrono::seconds(60)));
    std::ofstream out(mail::join_path(folder, "outcome"));
    if (token) {
        out << token->reveal();
        return 0;
    }
    const std::string_view fault = token.error().fact("fault");
    out << (fault.empty() ? mail::name_of(token.error().cause) : fault);
    return mail::exit_class_of(token.error().cause) == mail::ExitClass::signin ? 3 : 1;
}
