#pragma once
// A person signs in: in the system's browser (RFC 8252), or by a code on another device (RFC 8628).
// Says where it stands while it waits, and ends with an account that can be kept. Whether the
// mailbox opens with it is for the caller to try.

#include <functional>
#include <optional>
#include <string>

#include "mail/oauth/account.h"

namespace mail::oauth {

/// Where it stands. Holds no secret but the flow's state in `address`.
struct Progress {
    enum class Stage {
        preparing,
        browser,   ///< waiting for the person at `address`
        device,    ///< waiting for the person, who types `user_code` at `address`
        redeeming  ///< the answer is there
    } stage = Stage::preparing;
    std::string address;
    std::string complete_address;  ///< device: with the code in it; "" where there is none
    std::string user_code;
    SystemTime ends{};            ///< when waiting ends
    bool browser_opened = false;  ///< nobody said that it could not be
};

struct SignIn {
    point::Connection connection;
    std::optional<Secret> client_secret;
    std::string language;                ///< BCP 47, for the provider's page
    std::optional<std::string> ca_file;  ///< for the provider, PEM; nothing: the system's
    /// Opens the browser there, and doesn't wait for it. False: it surely did not open.
    std::function<bool(const std::string& address)> open_browser;
    /// The page that the browser ends on, as HTML: of success without an error.
    std::function<std::string(const Error* error)> page;
    std::function<void(const Progress&)> observer;
    std::function<SystemTime()> now = &std::chrono::system_clock::now;
    std::chrono::seconds longest{600};  ///< how long the person is waited for
};

/// Errors: those of discover() and TokenEndpoint; those of fault.h: client_id_missing,
/// redirect_unusable, timed_out, answer_malformed, issuer_mismatch, id_token_wrong, scope_smaller
/// (with the facts "asked", "granted" and "missing"), no_refresh_token, and what the provider
/// refused with; listen_failed; cancelled.
[[nodiscard]] Result<Account> sign_in_by_browser(const SignIn& request, const Wait& wait);
[[nodiscard]] Result<Account> sign_in_by_device(const SignIn& request, const Wait& wait);
/// The application itself, without a person (RFC 6749, 4.4).
[[nodiscard]] Result<Account> sign_in_as_application(const SignIn& request, const Wait& wait);

/// Gives the address on which a browser of another computer ended to the sign-in that waits for it
/// here, as that browser would have. Nothing of it goes to another computer. Error answer_not_ours:
/// nobody waits for it. What the sign-in makes of it is its own outcome.
[[nodiscard]] Result<void> hand_over_answer(std::string_view address, const Wait& wait);

/// The provider tells another address than the login. Where the mailbox opens all the same, one
/// account has two names; else the wrong person signed in.
[[nodiscard]] bool is_other_account(const Account& account);

}  // namespace mail::oauth
