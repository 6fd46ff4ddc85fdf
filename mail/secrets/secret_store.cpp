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

}  // namespace

std::unique_ptr<SecretStore> memory_secret_store() {
    return std::make_unique<MemoryStore>();
}

std::unique_ptr<SecretStore> open_secret_store() {
    if (auto store = system_secret_store())
        return store;
    return memory_secret_store();
}

std::string password_key(const std::string& point_id) {
    return "password/" + point_id;
}

}  // namespace mail
