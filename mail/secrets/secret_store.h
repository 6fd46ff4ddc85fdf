#pragma once
// Where passwords live: the system's store (Secret Service, Credential Manager, Keychain) where it
// is there, else memory only until the program ends, and said so. Calls may block (a locked keyring
// asks): worker threads only, with a deadline.

#include <memory>
#include <optional>
#include <string>

#include "mail/base/secret.h"
#include "mail/base/wait.h"

namespace mail {

class SecretStore {
public:
    enum class Kind { system, memory };
    virtual ~SecretStore() = default;
    [[nodiscard]] virtual Kind kind() const = 0;  ///< may block as the others do
    /// Nothing: none is stored. Error secret_store_unavailable: it could not be asked.
    [[nodiscard]] virtual Result<std::optional<Secret>> get(const std::string& key,
                                                            const Wait& wait) = 0;
    [[nodiscard]] virtual Result<void> put(const std::string& key, const Secret& secret,
                                           const Wait& wait) = 0;
    [[nodiscard]] virtual Result<void> remove(const std::string& key, const Wait& wait) = 0;
};

/// The system's where it answers, else one in memory; its first call finds out, which may take
/// seconds. Never null.
[[nodiscard]] std::unique_ptr<SecretStore> open_secret_store();
[[nodiscard]] std::unique_ptr<SecretStore> memory_secret_store();

/// The key of a point's password.
[[nodiscard]] std::string password_key(const std::string& point_id);

}  // namespace mail
