#pragma once
// Secrets in one file, sealed under a master password: for machines without a store of the system,
// for cron and servers. No key lies beside it. Any number of processes may work with one file.
// Private to mail/secrets.

#include <functional>
#include <mutex>
#include <optional>
#include <string>

#include "mail/base/disk.h"
#include "mail/secrets/sealed_file.h"
#include "mail/secrets/secret_store.h"

namespace mail {

/// Errors of all functions: master_password_needed (fact "new": there is no file yet; "limit": the
/// new one has less letters than mail/base/master_password.h wants, "given": and nobody typed it);
/// master_password_wrong; secrets_damaged, secrets_newer, secrets_other_system, with which the file
/// is never written; busy_elsewhere; those of the disk. A file whose checksum somebody has made
/// right again after changing it looks like a wrong password.
class FileStore final : public SecretStore {
public:
    struct Setup {
        Disk& disk;
        std::string path;
        std::optional<Secret> master_password = {};
        sealing::Cost cost = sealing::usual_cost();  ///< less in tests only
    };
    explicit FileStore(Setup setup);

    [[nodiscard]] Kind kind() const override { return Kind::file; }
    [[nodiscard]] Access access() const override;
    /// Where there is no file yet any long enough will do, and becomes the file's with the first
    /// put().
    [[nodiscard]] Result<void> unlock(const Secret& master_password, const Wait& wait) override;
    [[nodiscard]] Result<std::optional<Secret>> get(const std::string& key,
                                                    const Wait& wait) override;
    [[nodiscard]] Result<void> put(const std::string& key, const Secret& secret,
                                   const Wait& wait) override;
    [[nodiscard]] Result<void> remove(const std::string& key, const Wait& wait) override;
    /// Of an unlocked one. The file as it was opens nothing afterwards but copies of it.
    [[nodiscard]] Result<void> change_master_password(const Secret& now, const Wait& wait);

private:
    /// A key that was made of the password before: making it takes its time on purpose.
    struct MadeKey {
        std::string raw_salt;
        Secret key;
    };
    struct Opened {
        Secrets secrets;
        std::optional<SealedFile> file;  ///< nothing: there is none
    };

    [[nodiscard]] Result<void> change(const std::function<void(Secrets&)>& edit,
                                      const Secret* new_master_password, const Wait& wait);
    // Under the lock
    [[nodiscard]] Result<std::optional<SealedFile>> read() const;
    [[nodiscard]] Result<Opened> open(const Secret& master_password);
    [[nodiscard]] Result<Opened> open_unlocked();
    [[nodiscard]] Result<void> write(const Secrets& secrets, sealing::Cost cost,
                                     const Secret& master_password);

    Setup setup_;
    mutable std::mutex mutex_;
    std::optional<Secret> master_password_;
    bool refused_ = false;  ///< it was wrong, and there is no use in trying it again
    std::optional<MadeKey> made_key_;
};

}  // namespace mail
