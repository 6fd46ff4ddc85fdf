#pragma once
// The few functions of libsecret (Secret Service: GNOME Keyring, KWallet), opened at run time, so
// that the program needs neither its headers nor its presence. Private to mail/secrets.

#include <memory>
#include <optional>
#include <string>

#include "mail/base/secret.h"

namespace mail {

/// Any thread. The functions may block: cancel() ends them from another thread.
class Libsecret {
public:
    /// Nothing where the library is not installed.
    [[nodiscard]] static std::shared_ptr<const Libsecret> load();

    /// GCancellable; one call each.
    class Cancellable {
    public:
        explicit Cancellable(const Libsecret& library);
        ~Cancellable();
        Cancellable(const Cancellable&) = delete;
        Cancellable& operator=(const Cancellable&) = delete;
        void cancel() const;
        [[nodiscard]] void* get() const { return object_; }

    private:
        const Libsecret& library_;
        void* object_;
    };

    struct Answer {
        std::optional<Secret> secret;  ///< of lookup
        std::string error;             ///< the library's words; empty: it worked
    };
    [[nodiscard]] Answer lookup(const std::string& key, const Cancellable& cancellable) const;
    [[nodiscard]] Answer store(const std::string& key, const Secret& secret,
                               const Cancellable& cancellable) const;
    [[nodiscard]] Answer clear(const std::string& key, const Cancellable& cancellable) const;

private:
    struct Functions;
    explicit Libsecret(std::shared_ptr<const Functions> functions);
    [[nodiscard]] std::string words_of(void* error) const;

    std::shared_ptr<const Functions> functions_;
};

}  // namespace mail
