#pragma once
// The Keychain as a store of secrets, with the caller's deadline. Private to mail/secrets.

#include <memory>

#include "mail/secrets/keychain.h"
#include "mail/secrets/secret_store.h"

namespace mail {

/// Null where `keychain` is null, or does not answer in time. A call can't be cancelled: one that
/// was given up stays with its thread until the system answers, with the secret that it stores; the
/// calls after it wait for it as long as they may, and nobody waits for it at the end.
[[nodiscard]] std::unique_ptr<SecretStore>
keychain_store(std::shared_ptr<const Keychain> keychain,
               Clock::duration answers_in = std::chrono::seconds(5));

}  // namespace mail
