#include "mail/secrets/system_store.h"

namespace mail {

// The Keychain is not asked yet: nothing of it could be tried on a machine of ours.
std::unique_ptr<SecretStore> system_secret_store() {
    return nullptr;
}

}  // namespace mail
