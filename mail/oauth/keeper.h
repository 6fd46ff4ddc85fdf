#pragma once
// Gives out access tokens that work, and renews them so that nobody's sign-in is lost by it: one
// refresh at a time for each account among all threads and programs of the user, a new refresh
// token durable before anything uses what came with it (RFC 6749, 6; RFC 9700, 4.14.2).

#include <functional>
#include <string>

#include "mail/oauth/account.h"
#include "mail/secrets/secret_store.h"

namespace mail::oauth {

class Keeper {
public:
    struct Setup {
        SecretStore& secrets;
        /// The folder of the user, where the store is; made if it isn't there. May block as the
        /// store does.
        std::function<std::string()> lock_folder;
        std::function<SystemTime()> now = &std::chrono::system_clock::now;
    };
    explicit Keeper(Setup setup) : setup_(std::move(setup)) {}

    /// Nothing: nobody has signed in. Errors: those of the store, secrets_damaged, secrets_newer.
    [[nodiscard]] Result<std::optional<Account>> find(const std::string& key,
                                                      const Wait& wait) const;
    /// That of the office's client; nothing: it is a public one.
    [[nodiscard]] Result<std::optional<Secret>> client_secret(const point::Connection& connection,
                                                              const Wait& wait) const;
    /// After a sign-in; ends what was there. It is there to stay when this returns.
    [[nodiscard]] Result<void> keep(const std::string& key, const Account& account,
                                    const Wait& wait);
    /// Revokes it at the provider as well as that goes, and forgets it in any case.
    [[nodiscard]] Result<void> sign_out(const point::Connection& connection, const Wait& wait);

    /// A token to sign in with. `refused`: the mailbox has just refused that one; it is renewed
    /// once, whatever its age. Errors: signin_needed, nobody has signed in; sign_in_fault, somebody
    /// must act: what is kept stays; provider_busy and those of the network: later, with the fact
    /// "try_again_after_seconds" where the provider says when. Also those of
    /// find() and keep().
    [[nodiscard]] Result<Secret> access_token(const point::Connection& connection,
                                              const Secret* refused, const Wait& wait);

private:
    [[nodiscard]] Result<Secret> renewed(const std::string& key,
                                         const point::Connection& connection,
                                         std::uint64_t generation, const Wait& wait);
    [[nodiscard]] Result<Tokens> ask(const Account& account, const point::Connection& connection,
                                     const Wait& wait) const;
    void note_trouble(const std::string& key, Account account, const Error& error,
                      const Wait& wait);

    Setup setup_;
};

}  // namespace mail::oauth
