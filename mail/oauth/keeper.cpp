#include "mail/oauth/keeper.h"

#include "mail/base/disk.h"
#include "mail/base/file_lock.h"
#include "mail/base/hash.h"
#include "mail/oauth/fault.h"

namespace mail::oauth {

namespace {

constexpr std::chrono::seconds store_answers_in{60};
// Two refreshes of another program, each as long as one may take.
constexpr std::chrono::seconds lock_within{150};
constexpr std::chrono::seconds longest_refresh{120};
constexpr std::chrono::seconds revoked_within{20};

bool may_have_been_carried_out(const Error& error) {
    return error.cause == Cause::connection_lost || error.cause == Cause::deadline;
}

tl::unexpected<Error> nobody(const point::Connection& connection) {
    return fail(Cause::signin_needed, Layer::oauth, Reach::point, {{"login", connection.login}});
}

}  // namespace

Result<std::optional<Account>> Keeper::find(const std::string& key, const Wait& wait) const {
    auto text = setup_.secrets.get(key, wait.within(store_answers_in));
    if (!text)
        return tl::unexpected(std::move(text.error()));
    if (!*text)
        return std::optional<Account>();
    return account_in(**text).map(
        [](Account account) { return std::optional(std::move(account)); });
}

Result<void> Keeper::keep(const std::string& key, const Account& account, const Wait& wait) {
    return setup_.secrets.put(key, to_text(account), wait.within(store_answers_in));
}

Result<std::optional<Secret>> Keeper::client_secret(const point::Connection& connection,
                                                    const Wait& wait) const {
    return setup_.secrets.get(client_secret_key(connection), wait.within(store_answers_in));
}

Result<Secret> Keeper::access_token(const point::Connection& connection, const Secret* refused,
                                    const Wait& wait) {
    const std::string key = account_key(connection);
    auto account = find(key, wait);
    if (!account)
        return tl::unexpected(std::move(account.error()));
    if (!*account)
        return nobody(connection);
    const bool was_refused =
        refused != nullptr && refused->reveal() == (*account)->access_token.reveal();
    if (is_fresh(**account, setup_.now()) && !was_refused)
        return (*account)->access_token;
    return renewed(key, connection, (*account)->generation, wait);
}

Result<Secret> Keeper::renewed(const std::string& key, const point::Connection& connection,
                               std::uint64_t generation, const Wait& wait) {
    const auto lock =
        FileLock::take(join_path(setup_.lock_folder(), sha256_hex(key).substr(0, 16) + ".lock"),
                       wait.within(lock_within));
    if (!lock)
        return tl::unexpected(lock.error());
    auto account = find(key, wait);
    if (!account)
        return tl::unexpected(std::move(account.error()));
    if (!*account)
        return nobody(connection);
    // Somebody else has done it meanwhile.
    if ((*account)->generation != generation)
        return (*account)->access_token;
    // A rotated token that could not be kept would be lost: the store is tried before it is asked
    // for.
    if (auto kept = keep(key, **account, wait); !kept)
        return tl::unexpected(std::move(kept.error()));
    // Not to be stopped: a refresh that is given up may have been carried out, and its answer is
    // the only token that still works then.
    auto tokens = ask(**account, connection, Wait::for_at_most(longest_refresh));
    if (!tokens) {
        // A program that knows nothing of our lock may have been quicker.
        auto now = find(key, wait);
        if (now && *now && (*now)->generation != generation)
            return (*now)->access_token;
        Error error = std::move(tokens.error());
        if (const auto later = retry_after(error, setup_.now()))
            error.facts.emplace_back("try_again_after_seconds", std::to_string(later->count()));
        note_trouble(key, **account, error, wait);
        return tl::unexpected(std::move(error));
    }
    renew(**account, *std::move(tokens), setup_.now());
    // Nothing uses what came with it before.
    if (auto kept = keep(key, **account, Wait::for_at_most(store_answers_in)); !kept)
        return tl::unexpected(std::move(kept.error()));
    return (*account)->access_token;
}

Result<Tokens> Keeper::ask(const Account& account, const point::Connection& connection,
                           const Wait& wait) const {
    auto secret = client_secret(connection, wait);
    if (!secret)
        return tl::unexpected(std::move(secret.error()));
    const TokenEndpoint endpoint(account.provider, Client{account.client_id, *std::move(secret)},
                                 Way{connection.proxy, {}});
    if (connection.oauth.flow == "app")
        return endpoint.client_credentials(account.provider.scopes, wait);
    if (account.refresh_token.empty())
        return tl::unexpected(error_of(Fault::grant_ended, {{"login", connection.login}}));
    auto tokens = endpoint.refresh(account.refresh_token, wait);
    // Its answer may have been lost on the way; then the next one tells.
    if (!tokens && may_have_been_carried_out(tokens.error()) && !wait.stopped())
        tokens = endpoint.refresh(account.refresh_token, wait);
    return tokens;
}

void Keeper::note_trouble(const std::string& key, Account account, const Error& error,
                          const Wait& wait) {
    if (error.cause == Cause::cancelled)
        return;
    if (!account.trouble)
        account.trouble_since = setup_.now();
    account.trouble = error;
    // Only told to people: that it can't be kept changes nothing.
    (void)keep(key, account, wait);
}

Result<void> Keeper::sign_out(const point::Connection& connection, const Wait& wait) {
    const std::string key = account_key(connection);
    const auto account = find(key, wait);
    if (account && *account) {
        const TokenEndpoint endpoint(
            (*account)->provider,
            Client{(*account)->client_id, client_secret(connection, wait).value_or(std::nullopt)},
            Way{connection.proxy, {}});
        const Secret& token = (*account)->refresh_token.empty() ? (*account)->access_token
                                                                : (*account)->refresh_token;
        (void)endpoint.revoke(token, wait.within(revoked_within));
    }
    return setup_.secrets.remove(key, wait.within(store_answers_in));
}

}  // namespace mail::oauth
