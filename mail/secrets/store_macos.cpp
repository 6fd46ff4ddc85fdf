// The user's Keychain. Written to Apple's documentation; its logic is tested on a stand-in for the
// framework (tests/mail/secrets), and it has never run on a Mac.

#include "mail/secrets/keychain_store.h"
#include "mail/secrets/system_store.h"

namespace mail {

std::unique_ptr<SecretStore> system_secret_store() {
    return keychain_store(Keychain::load(Keychain::security_framework));
}

}  // namespace mail
