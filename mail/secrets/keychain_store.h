#pragma once
// The Keychain as a store of secrets, with the caller's deadline. Private to mail/secrets.

#include <memory>

#include "mail/secrets/keychain.h"
#include "mail/secrets/secret_store.h"

namespace mail {

/// Null where `keychain` is null, or does not answer within five seconds; but a call that never
/// comes back is waited for, as it can't be cancelled.
[[nodiscard]] std::unique_ptr<SecretStore> keychain_store(std::shared_ptr<const Keychain> keychain);

}  // namespace mail
