#include "mail/secrets/secret_store.h"

#include <map>
#include <mutex>
#include <utility>

#include "mail/secrets/file_store.h"
#include "mail/secrets/system_store.h"

namespace mail {

namespace {

class MemoryStore final : public SecretStore {
public:
    Kind kind() const override { return Kind::memory; }

    Result<std::optional<Secret>> get(const std::string& key, const Wait&) override {
        const std::lock_guard lock(mutex_);
        const auto found = secrets_.find(key);
        return found == secrets_.end() ? std::nullopt : std::optional(found->second);
    }

    Result<void> put(const std::string& key, const Secret& secret, const Wait&) override {
        const std::lock_guard lock(mutex_);
        secrets_.insert_or_assign(key, secret);
        return {};
    }

    Result<void> remove(const std::string& key, const Wait&) override {
        const std::lock_guard lock(mutex_);
        secrets_.erase(key);
        return {};
    }

    [[nodiscard]] std::map<std::string, Secret> all() const {
        const std::lock_guard lock(mutex_);
        return secrets_;
    }

private:
    mutable std::mutex mutex_;
    std::map<std::string, Secret> secrets_;
};

/// Finds out at the first call which store it is: a bus may take seconds to start the service, and
/// most runs never ask for a secret.
class FirstUseStore final : public SecretStore {
public:
    explicit FirstUseStore(SecretPlaces places) : places_(std::move(places)) {}

    Kind kind() const override { return store()->kind(); }
    Access access() const override { return store()->access(); }
    Result<std::optional<Secret>> get(const std::string& key, const Wait& wait) override {
        return store()->get(key, wait);
    }
    Result<void> put(const std::string& key, const Secret& secret, const Wait& wait) override {
        return store()->put(key, secret, wait);
    }
    Result<void> remove(const std::string& key, const Wait& wait) override {
        return store()->remove(key, wait);
    }
    Result<void> unlock(const Secret& master_password, const Wait& wait) override {
        const auto current = store();
        if (current->kind() != Kind::memory)
            return current->unlock(master_password, wait);
        auto file = file_store();
        if (auto unlocked = file->unlock(master_password, wait); !unlocked)
            return unlocked;
        const std::lock_guard lock(mutex_);
        for (const auto& [key, secret] : memory_->all())
            if (auto moved = file->put(key, secret, wait); !moved)
                return moved;
        store_ = std::move(file);
        return {};
    }

private:
    [[nodiscard]] std::shared_ptr<SecretStore> store() const {
        const std::lock_guard lock(mutex_);
        if (!store_)
            store_ = choose();
        return store_;
    }

    [[nodiscard]] std::shared_ptr<SecretStore> choose() const {
        const bool there = places_.disk.look(path()).has_value();
        const bool given = places_.master_password.has_value();
        if (there && given)
            return file_store();
        if (std::shared_ptr<SecretStore> system = system_secret_store())
            return system;
        if (there || given)
            return file_store();
        memory_ = std::make_shared<MemoryStore>();
        return memory_;
    }

    [[nodiscard]] std::string path() const { return join_path(places_.folder, "secrets.sealed"); }
    [[nodiscard]] std::shared_ptr<SecretStore> file_store() const {
        return std::make_shared<FileStore>(
            FileStore::Setup{places_.disk, path(), places_.master_password});
    }

    const SecretPlaces places_;
    mutable std::mutex mutex_;
    mutable std::shared_ptr<SecretStore> store_;
    mutable std::shared_ptr<MemoryStore> memory_;  ///< while that is the one
};

}  // namespace

std::unique_ptr<SecretStore> memory_secret_store() {
    return std::make_unique<MemoryStore>();
}

std::unique_ptr<SecretStore> open_secret_store(SecretPlaces places) {
    return std::make_unique<FirstUseStore>(std::move(places));
}

std::string password_key(const std::string& point_id) {
    return "password/" + point_id;
}

}  // namespace mail
