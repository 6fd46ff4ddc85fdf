#include "mail/secrets/libsecret.h"

#include "mail/base/shared_library_unix.h"

#include <array>
#include <utility>

namespace mail {

namespace {

// As in libsecret's and GLib's public headers: their binary interface, stable since 0.16 and 2.0.
struct GError {
    std::uint32_t domain;
    int code;
    char* message;
};
struct Attribute {
    const char* name;
    int type;
};
struct Schema {
    const char* name;
    int flags;
    std::array<Attribute, 32> attributes;
    int reserved;
    std::array<void*, 7> reserved_pointers;
};

const Schema schema{"pl.mailpoint.Secret", 0, {{{"key", 0}}}, 0, {}};

}  // namespace

struct Libsecret::Functions {
    int (*store)(const Schema*, const char* collection, const char* label, const char* password,
                 void* cancellable, GError**, ...);
    char* (*lookup)(const Schema*, void* cancellable, GError**, ...);
    int (*clear)(const Schema*, void* cancellable, GError**, ...);
    void (*free_password)(char*);
    void* (*cancellable_new)();
    void (*cancellable_cancel)(void*);
    void (*object_unref)(void*);
    void (*error_free)(GError*);

    // GLib's come with it. Never closed: GLib can't be unloaded.
    [[nodiscard]] bool all_from(void* library) {
        return find_function(library, "secret_password_store_sync", store) &&
               find_function(library, "secret_password_lookup_sync", lookup) &&
               find_function(library, "secret_password_clear_sync", clear) &&
               find_function(library, "secret_password_free", free_password) &&
               find_function(library, "g_cancellable_new", cancellable_new) &&
               find_function(library, "g_cancellable_cancel", cancellable_cancel) &&
               find_function(library, "g_object_unref", object_unref) &&
               find_function(library, "g_error_free", error_free);
    }
};

Libsecret::Libsecret(std::shared_ptr<const Functions> functions)
    : functions_(std::move(functions)) {}

std::shared_ptr<const Libsecret> Libsecret::load() {
    void* library = dlopen("libsecret-1.so.0", RTLD_NOW | RTLD_LOCAL);
    auto functions = std::make_shared<Functions>();
    if (!functions->all_from(library))
        return nullptr;
    return std::shared_ptr<const Libsecret>(new Libsecret(std::move(functions)));
}

Libsecret::Cancellable::Cancellable(const Libsecret& library)
    : library_(library), object_(library.functions_->cancellable_new()) {}

Libsecret::Cancellable::~Cancellable() {
    library_.functions_->object_unref(object_);
}

void Libsecret::Cancellable::cancel() const {
    library_.functions_->cancellable_cancel(object_);
}

std::string Libsecret::words_of(void* error) const {
    if (error == nullptr)
        return {};
    auto* told = static_cast<GError*>(error);
    std::string words = told->message == nullptr ? "unknown" : told->message;
    functions_->error_free(told);
    return words;
}

Libsecret::Answer Libsecret::lookup(const std::string& key, const Cancellable& cancellable) const {
    GError* error = nullptr;
    char* found = functions_->lookup(&schema, cancellable.get(), &error, "key", key.c_str(),
                                     static_cast<char*>(nullptr));
    Answer answer;
    answer.error = words_of(error);
    if (found != nullptr) {
        answer.secret.emplace(found);
        functions_->free_password(found);
    }
    return answer;
}

Libsecret::Answer Libsecret::store(const std::string& key, const Secret& secret,
                                   const Cancellable& cancellable) const {
    GError* error = nullptr;
    const std::string label = "Mailpoint: " + key;
    std::string text(secret.reveal());
    // No collection: the user's default one.
    const int stored =
        functions_->store(&schema, nullptr, label.c_str(), text.c_str(), cancellable.get(), &error,
                          "key", key.c_str(), static_cast<char*>(nullptr));
    wipe(text);
    Answer answer{std::nullopt, words_of(error)};
    if (stored == 0 && answer.error.empty())
        answer.error = "refused";
    return answer;
}

Libsecret::Answer Libsecret::clear(const std::string& key, const Cancellable& cancellable) const {
    GError* error = nullptr;
    // It gives false also where nothing was stored; only the error tells a failure.
    functions_->clear(&schema, cancellable.get(), &error, "key", key.c_str(),
                      static_cast<char*>(nullptr));
    return {std::nullopt, words_of(error)};
}

}  // namespace mail
