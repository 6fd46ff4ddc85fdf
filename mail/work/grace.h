#pragma once
// What goes on after the operator's stop, for a while. Private to the removal.

#include <chrono>
#include <thread>

#include "mail/base/wait.h"

namespace mail::work {

/// Time to bring to an end what was begun, after the operator's stop: a command that is cut off
/// ends the session, and marks would stay.
class Grace {
public:
    explicit Grace(const Wait& wait)
        : wait_{Clock::time_point::max(), late_.get_token(), wait.time},
          on_stop_(wait.stop, [this] {
              waiter_ = std::jthread([this](const StopToken& ended) {
                  real_time().sleep_until(Clock::now() + length, ended);
                  late_.request_stop();
              });
          }) {}
    [[nodiscard]] const Wait& wait() const { return wait_; }

private:
    /// Who stops has the program ended within two seconds.
    static constexpr std::chrono::milliseconds length{1500};
    StopSource late_;
    Wait wait_;
    std::jthread waiter_;
    StopCallback on_stop_;
};

}  // namespace mail::work
