// The Secret Service of the desktop session.

#include <cstdlib>
#include <filesystem>
#include <functional>
#include <utility>

#include "mail/base/worker.h"
#include "mail/secrets/libsecret.h"
#include "mail/secrets/system_store.h"

namespace mail {

namespace {

// Long enough for a service that the bus has to start first.
constexpr std::chrono::seconds answer_time{5};

bool has_session_bus() {
    if (std::getenv("DBUS_SESSION_BUS_ADDRESS") != nullptr)
        return true;
    // Without this look GLib would start a bus of its own where there is an X display.
    const char* runtime = std::getenv("XDG_RUNTIME_DIR");
    std::error_code ignored;
    return runtime != nullptr &&
           std::filesystem::exists(std::filesystem::path(runtime) / "bus", ignored);
}

class SecretService final : public SecretStore {
public:
    explicit SecretService(std::shared_ptr<const Libsecret> library)
        : library_(std::move(library)) {}

    Kind kind() const override { return Kind::system; }

    Result<std::optional<Secret>> get(const std::string& key, const Wait& wait) override {
        auto answer = ask(
            [key](const Libsecret& library, const Libsecret::Cancellable& cancellable) {
                return library.lookup(key, cancellable);
            },
            wait);
        if (!answer)
            return tl::unexpected(answer.error());
        return std::move(answer->secret);
    }

    Result<void> put(const std::string& key, const Secret& secret, const Wait& wait) override {
        // The library takes C strings: such a secret would come back cut.
        if (secret.reveal().find('\0') != std::string_view::npos)
            return fail(Cause::bad_credentials_text, Layer::auth, Reach::point);
        return done(ask(
            [key, secret](const Libsecret& library, const Libsecret::Cancellable& cancellable) {
                return library.store(key, secret, cancellable);
            },
            wait));
    }

    Result<void> remove(const std::string& key, const Wait& wait) override {
        return done(ask(
            [key](const Libsecret& library, const Libsecret::Cancellable& cancellable) {
                return library.clear(key, cancellable);
            },
            wait));
    }

private:
    using Question =
        std::function<Libsecret::Answer(const Libsecret&, const Libsecret::Cancellable&)>;

    Result<Libsecret::Answer> ask(Question question, const Wait& wait) {
        // Lives as long as the call does, which may be longer than we wait.
        struct Exchange {
            std::shared_ptr<const Libsecret> library;
            Question question;
            Libsecret::Cancellable cancellable;
            Libsecret::Answer answer;
        };
        const std::shared_ptr<Exchange> exchange(
            new Exchange{library_, std::move(question), Libsecret::Cancellable(*library_), {}});
        const auto ran = worker_.run({[exchange] {
                                          exchange->answer = exchange->question(
                                              *exchange->library, exchange->cancellable);
                                      },
                                      [exchange] { exchange->cancellable.cancel(); }},
                                     wait);
        if (!ran)
            return tl::unexpected(ran.error());
        if (!exchange->answer.error.empty())
            return fail(Cause::secret_store_unavailable, Layer::workspace, Reach::point,
                        {{"system", exchange->answer.error}});
        return std::move(exchange->answer);
    }

    static Result<void> done(const Result<Libsecret::Answer>& answer) {
        if (!answer)
            return tl::unexpected(answer.error());
        return {};
    }

    std::shared_ptr<const Libsecret> library_;
    Worker worker_;
};

}  // namespace

std::unique_ptr<SecretStore> system_secret_store() {
    if (!has_session_bus())
        return nullptr;
    auto library = Libsecret::load();
    if (!library)
        return nullptr;
    auto store = std::make_unique<SecretService>(std::move(library));
    // A key that nobody stores: answered without unlocking, so nobody is asked for anything.
    if (!store->get("probe", Wait::for_at_most(answer_time)))
        return nullptr;
    return store;
}

}  // namespace mail
