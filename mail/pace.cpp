#include "mail/pace.h"

#include <algorithm>
#include <charconv>

#include "mail/back_off.h"

namespace mail {

namespace {

using namespace std::chrono_literals;

constexpr Clock::duration longest = 5min;
constexpr int most_doublings = 12;
// A server may mean the password by it, and lock the login after a few of them.
constexpr Clock::duration after_bye_to_login = 10min;
constexpr Clock::duration after_limit = 1min;
constexpr std::chrono::seconds longest_suggested = 24h;

}  // namespace

Pace::Pace(Clock::duration first) : first_(first), random_(std::random_device{}()) {}

Clock::duration Pace::next() {
    const int doublings = std::min(failures_, most_doublings);
    ++failures_;
    const Clock::duration wait = std::min(longest, first_ * (1 << doublings));
    // Not all programs of an office at once.
    std::uniform_real_distribution<double> jitter(1.0, 1.5);
    return std::chrono::duration_cast<Clock::duration>(wait * jitter(random_));
}

Clock::duration least_pause_after(const Error& error) {
    const std::string_view digits = error.fact("try_again_after_seconds");
    long long count = 0;
    const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), count);
    if (!digits.empty() && read.ec == std::errc())
        return std::clamp<std::chrono::seconds>(std::chrono::seconds(count), 0s, longest_suggested);
    if (is_bye_to_login(error))
        return after_bye_to_login;
    return is_limit(error) ? after_limit : 0s;
}

}  // namespace mail
