#pragma once
// What the test asks of the stand-in for macOS' Security framework (keychain_stand_in.cpp).

#include <cstdint>
#include <map>
#include <string>

struct KeychainStandIn {
    std::map<std::string, std::string> passwords;            ///< by "service\naccount"
    std::int32_t find = 0, add = 0, modify = 0, remove = 0;  ///< answer this instead, if not 0
    bool add_finds_a_twin = false;  ///< as where another program added it in between
    int open_contents = 0, open_items = 0;
    bool freed_unwiped = false;
};

using KeychainStandInFunction = KeychainStandIn* (*)();
