#pragma once
// Where passwords live: the system's store (Secret Service, Credential Manager, Keychain), a file
// of the workspace that is sealed under a master password, or memory only until the program ends,
// and said so. Calls may block (a locked keyring asks): worker threads only, with a deadline.

#include <memory>
#include <optional>
#include <string>

#include "mail/base/disk.h"
#include "mail/base/secret.h"
#include "mail/base/wait.h"

namespace mail {

class SecretStore {
public:
    enum class Kind { system, file, memory };
    /// What it wants of whoever uses it, before it can read or keep anything.
    /// longer: there is nothing that the given one opens, and it is too short for anything new.
    enum class Access { open, master_password, new_master_password, longer_master_password };
    virtual ~SecretStore() = default;
    [[nodiscard]] virtual Kind kind() const = 0;  ///< may block as the others do
    [[nodiscard]] virtual Access access() const { return Access::open; }  ///< may block, too
    /// Errors: master_password_wrong, and those of a file that can't be read. Where nothing is
    /// locked, nothing happens.
    [[nodiscard]] virtual Result<void> unlock(const Secret&, const Wait&) { return {}; }
    /// Nothing: none is stored. Errors: secret_store_unavailable, it could not be asked;
    /// master_password_needed, it is locked; those of file_store.h.
    [[nodiscard]] virtual Result<std::optional<Secret>> get(const std::string& key,
                                                            const Wait& wait) = 0;
    [[nodiscard]] virtual Result<void> put(const std::string& key, const Secret& secret,
                                           const Wait& wait) = 0;
    [[nodiscard]] virtual Result<void> remove(const std::string& key, const Wait& wait) = 0;
};

struct SecretPlaces {
    Disk& disk;
    std::string folder;                          ///< of the workspace, for the file
    std::optional<Secret> master_password = {};  ///< MAILPOINT_MASTER_PASSWORD
};
/// The first of these, found out at the first call, which may take seconds. Never null.
/// 1. the file, if it is there and its master password is given;
/// 2. the system's store, if it answers: a file without a password does not stand in its way;
/// 3. the file, if it is there (then it wants its password) or a master password is given;
/// 4. memory. unlock() makes it the file, with all that is in memory by then.
[[nodiscard]] std::unique_ptr<SecretStore> open_secret_store(SecretPlaces places);
[[nodiscard]] std::unique_ptr<SecretStore> memory_secret_store();

/// The key of a point's password.
[[nodiscard]] std::string password_key(const std::string& point_id);

}  // namespace mail
