#include "mail/oauth/keeper.h"

#include <algorithm>
#include <random>

#include "mail/base/disk.h"
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

/// An answer came that says "not now", or none came: the provider is busy, not the network away.
bool is_busy(const Error& error) {
    return error.cause == Cause::provider_busy || error.cause == Cause::deadline;
}

/// 1, 2, 4 … 300 s, and not all programs of an office at once.
std::chrono::seconds usual_pause(int failures) {
    constexpr int longest_pause = 300, most_doublings = 9;
    const int pause = std::min(longest_pause, 1 << std::clamp(failures - 1, 0, most_doublings));
    static thread_local std::mt19937 random{std::random_device{}()};
    return std::chrono::seconds(std::uniform_int_distribution(pause, pause + pause / 4)(random));
}

/// How long the provider has still to be left alone.
std::chrono::seconds pause_left(const Account& account, SystemTime now) {
    using std::chrono::seconds;
    constexpr seconds longest{3600};  // no longer than one may be told: the clock was set back
    const auto left = std::chrono::ceil<seconds>(account.not_before - now);
    return account.trouble && left <= longest ? std::max(left, seconds(0)) : seconds(0);
}

Error to_be_tried_after(Error error, std::chrono::seconds pause) {
    std::erase_if(error.facts,
                  [](const auto& fact) { return fact.first == "try_again_after_seconds"; });
    error.facts.emplace_back("try_again_after_seconds", std::to_string(pause.count()));
    return error;
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

Result<std::unique_ptr<FileLock>> Keeper::lock(const std::string& key, const Wait& wait) const {
    return FileLock::take(join_path(setup_.lock_folder(), sha256_hex(key).substr(0, 16) + ".lock"),
                          wait.within(lock_within));
}

Result<void> Keeper::write(const std::string& key, const Account& account, const Wait& wait) {
    return setup_.secrets.put(key, to_text(account), wait.within(store_answers_in));
}

Result<void> Keeper::keep(const std::string& key, Account account, const Wait& wait) {
    // A refresh that is under way would put the old one back. Without the lock it is kept all the
    // same: somebody has signed in for it.
    const auto held = lock(key, wait);
    const Wait keeping = Wait::for_at_most(store_answers_in);
    if (const auto old = find(key, keeping); old && *old)
        account.generation = std::max(account.generation, (*old)->generation + 1);
    return write(key, account, keeping);
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
    return renewed(connection, {key, (*account)->generation, was_refused}, wait);
}

Result<Secret> Keeper::renewed(const point::Connection& connection, const Seen& seen,
                               const Wait& wait) {
    const auto held = lock(seen.key, wait);
    if (!held)
        return tl::unexpected(held.error());
    auto account = find(seen.key, wait);
    if (!account)
        return tl::unexpected(std::move(account.error()));
    if (!*account)
        return nobody(connection);
    // Somebody else has done it meanwhile.
    if ((*account)->generation != seen.generation)
        return (*account)->access_token;
    if (const auto pause = pause_left(**account, setup_.now()); pause.count() > 0)
        return what_is_left(**account, seen, to_be_tried_after(*(*account)->trouble, pause));
    // A rotated token that could not be kept would be lost: the store is tried before it is asked
    // for.
    if (auto kept = write(seen.key, **account, wait); !kept)
        return tl::unexpected(std::move(kept.error()));
    // Not to be stopped: a refresh that is given up may have been carried out, and its answer is
    // the only token that still works then.
    auto tokens = ask(**account, connection, Wait::for_at_most(longest_refresh));
    if (!tokens) {
        // A program that knows nothing of our lock may have been quicker.
        auto now = find(seen.key, wait);
        if (now && *now && (*now)->generation != seen.generation)
            return (*now)->access_token;
        return what_is_left(**account, seen,
                            noted_trouble(seen.key, **account, std::move(tokens.error()), wait));
    }
    renew(**account, *std::move(tokens), setup_.now());
    // Nothing uses what came with it before.
    if (auto kept = write(seen.key, **account, Wait::for_at_most(store_answers_in)); !kept)
        return tl::unexpected(std::move(kept.error()));
    return (*account)->access_token;
}

/// Renewed before its end, a token lives on for a while: a provider that is away is no trouble yet.
Result<Secret> Keeper::what_is_left(const Account& account, const Seen& seen, Error error) const {
    const bool lives = !seen.refused && setup_.now() < account.expires_at;
    if (lives && error.cause != Cause::sign_in_fault)
        return account.access_token;
    return tl::unexpected(std::move(error));
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

Error Keeper::noted_trouble(const std::string& key, Account account, Error error,
                            const Wait& wait) {
    if (error.cause == Cause::cancelled)
        return error;
    const SystemTime now = setup_.now();
    if (is_busy(error)) {
        ++account.failures;
        const auto told = retry_after(error, now);
        account.not_before = now + told.value_or(usual_pause(account.failures));
        if (told)
            error = to_be_tried_after(std::move(error), *told);
    }
    if (!account.trouble)
        account.trouble_since = now;
    account.trouble = error;
    // Only told to people: that it can't be kept changes nothing.
    (void)write(key, account, wait);
    return error;
}

Result<void> Keeper::sign_out(const point::Connection& connection, const Wait& wait) {
    const std::string key = account_key(connection);
    // A refresh that is under way would bring it back.
    const auto held = lock(key, wait);
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
    return setup_.secrets.remove(key, Wait::for_at_most(store_answers_in));
}

}  // namespace mail::oauth
