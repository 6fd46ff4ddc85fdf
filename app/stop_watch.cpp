#include "app/stop_watch.h"

#include "app/terminal.h"

namespace app {

namespace {

constexpr auto look_for_signal = std::chrono::milliseconds(50);

}  // namespace

StopWatch::StopWatch() : thread_([this] { watch(); }) {}

StopWatch::~StopWatch() {
    {
        const std::scoped_lock lock(mutex_);
        ending_ = true;
        ending_changed_.notify_one();
    }
    thread_.join();
}

mail::Wait StopWatch::wait() const {
    return mail::Wait{mail::Clock::time_point::max(), stop_.get_token()};
}

void StopWatch::watch() {
    std::unique_lock lock(mutex_);
    while (!ending_changed_.wait_for(lock, look_for_signal, [this] { return ending_; }))
        if (stop_signalled())
            stop_.request_stop();
}

}  // namespace app
