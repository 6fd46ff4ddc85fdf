#include "mail/back_off.h"

#include <algorithm>
#include <charconv>
#include <utility>

namespace mail {

namespace {

using std::chrono::seconds;

// Before the first session somebody waits for an answer; later much may be at stake.
constexpr int most_tries_to_sign_in = 3;
constexpr int most_tries_in_vain = 6;
// A server may mean the password by it, and lock the login after a few of them.
constexpr int most_tries_after_bye_to_login = 1;
// Each time has taken a minute or two.
constexpr int most_tries_after_silence = 1;
// A server that hangs up after each message gets no login for each.
constexpr int most_tries = 20;
constexpr int tries_a_level = 4;
constexpr seconds longest_wait{60};
// A server may ask for hours: that is told, and somebody comes back then.
constexpr seconds longest_suggested_wait{300};

// 5, 10, 20 … after a limit; a lost connection is made again at once, then after 1, 2, 4 …
seconds usual_wait(const Error& error, int level) {
    if (!is_limit(error) && level == 0)
        return seconds(0);
    const int first = is_limit(error) ? 5 : 1;
    const int doubled = std::min(is_limit(error) ? level : level - 1, 8);
    return std::min(longest_wait, seconds(first << doubled));
}

std::optional<seconds> suggested_wait(const Error& error) {
    const std::string_view digits = error.fact("try_again_after_seconds");
    long long count = 0;
    const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), count);
    if (digits.empty() || read.ec != std::errc())
        return std::nullopt;
    return seconds(std::max(count, 0LL));
}

}  // namespace

bool is_bye_to_login(const Error& error) {
    return error.cause == Cause::server_says_bye && error.layer == Layer::auth;
}

bool is_limit(const Error& error) {
    return error.cause == Cause::server_limit || error.fact("try_again") == "later" ||
           (error.cause == Cause::server_says_bye && error.layer <= Layer::select) ||
           (error.cause == Cause::provider_busy && !error.fact("try_again_after_seconds").empty());
}

bool is_slow(const Error& error) {
    return error.cause == Cause::deadline && error.layer >= Layer::select &&
           error.layer <= Layer::fetch;
}

void BackOff::did_without_one(const Error& error) {
    if (!is_slow(error))
        progressed();
    else if (!std::exchange(was_forgiven_, true))
        slow_ = 0;
}

bool BackOff::may_heal(const Error& error) const {
    if (error.layer >= Layer::target || error.cause == Cause::cancelled)
        return false;
    // Framing that broke while a message was fetched is perhaps only that message's.
    const bool acted_on = retry_of(error.cause) == Retry::never && error.layer != Layer::fetch;
    const bool was_lost = was_signed_in_ && error.reach >= Reach::connection && !acted_on;
    return is_limit(error) || was_lost;
}

std::optional<Clock::duration> BackOff::after(const Error& error, Next next) {
    if (is_slow(error) && ++slow_ > most_tries_after_silence)
        return std::nullopt;
    if (is_bye_to_login(error) && ++byes_to_login_ > most_tries_after_bye_to_login)
        return std::nullopt;
    const seconds suggested = suggested_wait(error).value_or(seconds(0));
    if (suggested > longest_suggested_wait)
        return std::nullopt;
    const int most = was_signed_in_ ? most_tries_in_vain : most_tries_to_sign_in;
    if (!(may_heal(error) || next == Next::otherwise) || in_vain_ >= most || tries_ >= most_tries)
        return std::nullopt;
    const seconds usual = usual_wait(error, in_vain_ + tries_ / tries_a_level);
    const seconds wait = std::max(usual, suggested);
    ++in_vain_;
    ++tries_;
    // Never sooner than the server has said, and not all programs of an office at once.
    std::uniform_real_distribution<double> jitter(1.0, 1.5);
    return std::chrono::duration_cast<Clock::duration>(wait * jitter(random_));
}

}  // namespace mail
