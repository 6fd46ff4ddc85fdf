#pragma once
// The Keychain as a store of secrets, with the caller's deadline. Private to mail/secrets.

#include <memory>

#include "mail/secrets/keychain.h"
#include "mail/secrets/secret_store.h"

namespace mail {

/// Null where `keychain` is null, or does not answer within five seconds.
[[nodiscard]] std::unique_ptr<SecretStore> keychain_store(std::shared_ptr<const Keychain> keychain);

}  // namespace mail
