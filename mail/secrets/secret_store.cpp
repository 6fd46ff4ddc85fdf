#include "mail/secrets/secret_store.h"

#include <map>
#include <mutex>
#include <utility>

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

private:
    std::mutex mutex_;
    std::map<std::string, Secret> secrets_;
};

/// The system's or one in memory: which, is found out at the first call. A bus may take seconds to
/// start the service, and most runs never ask for a secret.
class FirstUseStore final : public SecretStore {
public:
    Kind kind() const override { return store().kind(); }
    Result<std::optional<Secret>> get(const std::string& key, const Wait& wait) override {
        return store().get(key, wait);
    }
    Result<void> put(const std::string& key, const Secret& secret, const Wait& wait) override {
        return store().put(key, secret, wait);
    }
    Result<void> remove(const std::string& key, const Wait& wait) override {
        return store().remove(key, wait);
    }

private:
    SecretStore& store() const {
        std::call_once(opened_, [this] {
            store_ = system_secret_store();
            if (!store_)
                store_ = memory_secret_store();
        });
        return *store_;
    }
    mutable std::once_flag opened_;
    mutable std::unique_ptr<SecretStore> store_;
};

}  // namespace

std::unique_ptr<SecretStore> memory_secret_store() {
    return std::make_unique<MemoryStore>();
}

std::unique_ptr<SecretStore> open_secret_store() {
    return std::make_unique<FirstUseStore>();
}

std::string password_key(const std::string& point_id) {
    return "password/" + point_id;
}

}  // namespace mail
