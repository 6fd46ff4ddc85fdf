#pragma once
// The few functions of macOS' Security framework that keep a password in the user's Keychain,
// opened at run time with declarations of our own. So this file compiles on any Unix, and a test
// tries its logic on a stand-in for the framework; it has never run on a Mac. Private to
// mail/secrets.

#include <memory>
#include <optional>
#include <string>

#include "mail/base/result.h"
#include "mail/base/secret.h"

namespace mail {

/// Any thread. The functions may block: a locked Keychain asks the user.
class Keychain {
public:
    /// Nothing where the library is not there, or has not all of the functions. CFRelease comes
    /// with it: Security depends on CoreFoundation.
    [[nodiscard]] static std::shared_ptr<const Keychain> load(const char* library_path);
    static constexpr const char* security_framework =
        "/System/Library/Frameworks/Security.framework/Security";

    /// Nothing: none is stored. Errors of all: secret_store_unavailable, with the fact "system";
    /// cancelled, by the user who was asked to unlock it.
    [[nodiscard]] Result<std::optional<Secret>> lookup(const std::string& key) const;
    /// Replaces the one that is there.
    [[nodiscard]] Result<void> store(const std::string& key, const Secret& secret) const;
    /// None there is fine, too.
    [[nodiscard]] Result<void> clear(const std::string& key) const;

private:
    struct Functions;
    class Item;
    explicit Keychain(std::shared_ptr<const Functions> functions);

    std::shared_ptr<const Functions> functions_;
};

}  // namespace mail
