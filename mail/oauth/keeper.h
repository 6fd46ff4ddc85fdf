#pragma once
// Gives out access tokens that work, and renews them so that nobody's sign-in is lost by it: one
// refresh at a time for each account among all threads and programs of the user, a new refresh
// token durable before anything uses what came with it (RFC 6749, 6; RFC 9700, 4.14.2).

#include <functional>
#include <string>

#include "mail/base/file_lock.h"
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
    /// After a sign-in; ends what was there, once a refresh of it that is under way has ended. It
    /// is there to stay when this returns.
    [[nodiscard]] Result<void> keep(const std::string& key, Account account, const Wait& wait);
    /// Revokes it at the provider as well as that goes, and forgets it in any case.
    [[nodiscard]] Result<void> sign_out(const point::Connection& connection, const Wait& wait);

    /// A token to sign in with. `refused`: the mailbox has just refused that one; it is renewed
    /// once, whatever its age. One that lives on is given out also where it could not be renewed.
    /// Errors: signin_needed, nobody has signed in; sign_in_fault, somebody must act: what is kept
    /// stays; provider_busy and those of the network: later. A provider that is busy is asked again
    /// when it said, else after 1, 2, 4 … 300 s, by nobody sooner: with the fact
    /// "try_again_after_seconds". Also the errors of find() and keep().
    [[nodiscard]] Result<Secret> access_token(const point::Connection& connection,
                                              const Secret* refused, const Wait& wait);

private:
    /// The account as it was when it was found too old.
    struct Seen {
        std::string key;
        std::uint64_t generation = 0;
        bool refused = false;  ///< by the mailbox
    };
    [[nodiscard]] Result<std::unique_ptr<FileLock>> lock(const std::string& key,
                                                         const Wait& wait) const;
    [[nodiscard]] Result<void> write(const std::string& key, const Account& account,
                                     const Wait& wait);
    [[nodiscard]] Result<Secret> renewed(const point::Connection& connection, const Seen& seen,
                                         const Wait& wait);
    [[nodiscard]] Result<Secret> what_is_left(const Account& account, const Seen& seen,
                                              Error error) const;
    [[nodiscard]] Result<Tokens> ask(const Account& account, const point::Connection& connection,
                                     const Wait& wait) const;
    [[nodiscard]] Error noted_trouble(const std::string& key, Account account, Error error,
                                      const Wait& wait);

    Setup setup_;
};

}  // namespace mail::oauth
