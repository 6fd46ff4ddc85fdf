#pragma once
// What the test asks of the stand-in for macOS' Security framework (keychain_stand_in.cpp).

#include <condition_variable>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>

/// Of a call that waits for a person: closed until the test opens it.
struct KeychainGate {
    std::mutex mutex;
    std::condition_variable changed;
    bool is_open = false;
    int waiting = 0;  ///< calls, since it was made
};

struct KeychainStandIn {
    std::map<std::string, std::string> passwords;            ///< by "service\naccount"
    std::int32_t find = 0, add = 0, modify = 0, remove = 0;  ///< answer this instead, if not 0
    bool add_finds_a_twin = false;  ///< as where another program added it in between
    int open_contents = 0, open_items = 0;
    bool freed_unwiped = false;
    std::shared_ptr<KeychainGate> gate;  ///< if there is one, find waits there and finds nothing
};

using KeychainStandInFunction = KeychainStandIn* (*)();
