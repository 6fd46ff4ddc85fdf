#include "mail/secrets/keychain_store.h"

#include <functional>
#include <utility>

#include "mail/base/worker.h"

namespace mail {

namespace {

class KeychainStore final : public SecretStore {
public:
    explicit KeychainStore(std::shared_ptr<const Keychain> keychain)
        : keychain_(std::move(keychain)) {}

    Kind kind() const override { return Kind::system; }

    Result<std::optional<Secret>> get(const std::string& key, const Wait& wait) override {
        return ask<std::optional<Secret>>(
            [key](const Keychain& keychain) { return keychain.lookup(key); }, wait);
    }

    Result<void> put(const std::string& key, const Secret& secret, const Wait& wait) override {
        return ask<void>(
            [key, secret](const Keychain& keychain) { return keychain.store(key, secret); }, wait);
    }

    Result<void> remove(const std::string& key, const Wait& wait) override {
        return ask<void>([key](const Keychain& keychain) { return keychain.clear(key); }, wait);
    }

private:
    template <class Answer>
    Result<Answer> ask(std::function<Result<Answer>(const Keychain&)> question, const Wait& wait) {
        // Lives as long as the call does, which may be longer than we wait.
        struct Exchange {
            std::shared_ptr<const Keychain> keychain;
            std::function<Result<Answer>(const Keychain&)> question;
            Result<Answer> answer;
        };
        auto exchange =
            std::make_shared<Exchange>(Exchange{keychain_, std::move(question), Result<Answer>()});
        // The framework has no way to give a call up: only the user's answer ends it.
        const auto ran = worker_.run(
            {[exchange] { exchange->answer = exchange->question(*exchange->keychain); }, {}}, wait);
        if (!ran)
            return tl::unexpected(ran.error());
        return std::move(exchange->answer);
    }

    std::shared_ptr<const Keychain> keychain_;
    Worker worker_;
};

}  // namespace

std::unique_ptr<SecretStore> keychain_store(std::shared_ptr<const Keychain> keychain,
                                            Clock::duration answers_in) {
    if (!keychain)
        return nullptr;
    auto store = std::make_unique<KeychainStore>(std::move(keychain));
    // A key that nobody stores: nothing has to be unlocked for that.
    if (!store->get("probe", Wait::for_at_most(answers_in)))
        return nullptr;
    return store;
}

}  // namespace mail
