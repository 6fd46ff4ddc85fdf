#pragma once
// The store of the system that we run on: store_{linux,windows,macos}.cpp. Private to
// mail/secrets.

#include <memory>

#include "mail/secrets/secret_store.h"

namespace mail {

/// Null where there is none, or none that answers. May take seconds.
[[nodiscard]] std::unique_ptr<SecretStore> system_secret_store();

}  // namespace mail
