#include "mail/surroundings.h"

#include <utility>

namespace mail {

namespace {

// A clock that is put right is off by less, most of the time; and one line more does no harm.
constexpr std::chrono::seconds least_sleep{30};

}  // namespace

Surroundings::Change Surroundings::look(Seen now) {
    const bool is_first = !last_;
    const bool has_slept =
        last_ && (now.wall - last_->wall) - (now.steady - last_->steady) >= least_sleep;
    const bool has_network = !now.network.empty();
    const bool is_other = has_network && now.network != last_network_ && !is_first;
    const bool was_away = std::exchange(was_away_, !has_network);
    if (has_network)
        last_network_ = now.network;
    last_ = std::move(now);
    if (has_slept || is_other)
        return Change::other;
    return has_network && was_away && !is_first ? Change::back : Change::none;
}

}  // namespace mail
