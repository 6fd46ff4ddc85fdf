#pragma once
// Asks at the terminal for the master password of the stored passwords, or for a new one. Apart, as
// every command may need it.

#include <functional>
#include <optional>

#include "gui/text/text.h"
#include "mail/base/secret.h"
#include "mail/snapshot.h"

namespace app {

/// Whether stored passwords can't be read before their master password is given. One that wants a
/// new master password is not locked.
[[nodiscard]] bool is_locked(const std::optional<mail::Error>& error);

/// Somebody has a few tries, and is told what was wrong with each but the last: that is the error.
/// Where nobody answers it is master_password_needed.
class MasterPrompt {
public:
    using Give = std::function<mail::JobView(mail::Secret)>;  ///< UnlockSecrets, to its end
    MasterPrompt(Give give, gui::text::Language language)
        : give_(std::move(give)), language_(language) {}

    /// Unlocks stored passwords.
    [[nodiscard]] mail::Result<void> unlock();
    /// Asks for what the store wants before it can be written to; for a new one twice.
    [[nodiscard]] mail::Result<void> open(const mail::SecretsView& secrets);

private:
    /// Nothing: nobody has answered.
    using Try = std::optional<mail::Result<void>>;
    [[nodiscard]] mail::Result<void> repeat(Try (MasterPrompt::*one)(), mail::Error unanswered);
    [[nodiscard]] Try ask_for_stored();
    [[nodiscard]] Try ask_for_new();
    [[nodiscard]] mail::Result<void> give(mail::Secret master_password);
    [[nodiscard]] std::optional<mail::Secret> ask(const gui::text::Text& question);

    Give give_;
    gui::text::Language language_;
    std::string before_;  ///< said before the next question
};

}  // namespace app
