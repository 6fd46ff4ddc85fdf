// A stand-in for macOS' Security framework: the functions that the program takes from it, with
// passwords in memory. It holds to Apple's documentation, not to a Mac that somebody tried.

#include "tests/mail/secrets/keychain_stand_in.h"

#include <algorithm>
#include <cstddef>
#include <string_view>
#include <utility>

namespace {

constexpr std::int32_t item_not_found = -25300, duplicate_item = -25299;

KeychainStandIn& keychain() {
    static KeychainStandIn state;
    return state;
}

std::string name_of(std::uint32_t service_length, const char* service, std::uint32_t account_length,
                    const char* account) {
    return std::string(service, service_length) + "\n" + std::string(account, account_length);
}

/// The length is not told when it is given back.
struct Content {
    std::size_t size;
    char octets[1 << 16];
};

}  // namespace

extern "C" {

KeychainStandIn* keychain_stand_in() {
    return &keychain();
}

// NOLINTBEGIN(readability-identifier-naming): the names are Apple's
std::int32_t SecKeychainFindGenericPassword(const void* /*keychain*/, std::uint32_t service_length,
                                            const char* service, std::uint32_t account_length,
                                            const char* account, std::uint32_t* length,
                                            void** password, void** item) {
    KeychainStandIn& state = keychain();
    if (const auto gate = state.gate) {
        std::unique_lock lock(gate->mutex);
        ++gate->waiting;
        gate->changed.notify_all();
        gate->changed.wait(lock, [&] { return gate->is_open; });
        // The test may be over.
        return item_not_found;
    }
    if (state.find != 0)
        return state.find;
    std::string name = name_of(service_length, service, account_length, account);
    const auto found = state.passwords.find(name);
    if (found == state.passwords.end())
        return item_not_found;
    if (password != nullptr) {
        auto* content = new Content{found->second.size(), {}};
        std::copy(found->second.begin(), found->second.end(), content->octets);
        *length = static_cast<std::uint32_t>(content->size);
        *password = content->octets;
        ++state.open_contents;
    }
    if (item != nullptr) {
        *item = new std::string(std::move(name));
        ++state.open_items;
    }
    return 0;
}

std::int32_t SecKeychainAddGenericPassword(const void* /*keychain*/, std::uint32_t service_length,
                                           const char* service, std::uint32_t account_length,
                                           const char* account, std::uint32_t length,
                                           const void* password, void** /*item*/) {
    KeychainStandIn& state = keychain();
    if (state.add != 0)
        return state.add;
    const std::string name = name_of(service_length, service, account_length, account);
    if (std::exchange(state.add_finds_a_twin, false))
        state.passwords.emplace(name, "twin");
    const auto added =
        state.passwords.emplace(name, std::string(static_cast<const char*>(password), length));
    return added.second ? 0 : duplicate_item;
}

std::int32_t SecKeychainItemModifyAttributesAndData(void* item, const void* /*attributes*/,
                                                    std::uint32_t length, const void* password) {
    KeychainStandIn& state = keychain();
    if (state.modify != 0)
        return state.modify;
    state.passwords[*static_cast<std::string*>(item)] =
        std::string(static_cast<const char*>(password), length);
    return 0;
}

std::int32_t SecKeychainItemDelete(void* item) {
    KeychainStandIn& state = keychain();
    if (state.remove != 0)
        return state.remove;
    return state.passwords.erase(*static_cast<std::string*>(item)) == 1 ? 0 : item_not_found;
}

std::int32_t SecKeychainItemFreeContent(void* /*attributes*/, void* password) {
    auto* content =
        reinterpret_cast<Content*>(static_cast<char*>(password) - offsetof(Content, octets));
    const std::string_view octets(content->octets, content->size);
    if (octets.find_first_not_of('\0') != std::string_view::npos)
        keychain().freed_unwiped = true;
    --keychain().open_contents;
    delete content;
    return 0;
}

void CFRelease(const void* item) {
    --keychain().open_items;
    delete static_cast<const std::string*>(item);
}
// NOLINTEND(readability-identifier-naming)
}
