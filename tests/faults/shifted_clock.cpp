// Preloaded into a program: its clock of the day leaps. CLOCK_LEAP is "SECONDS CALLS": so far, once
// it has been asked so often. The monotonic clock goes on as it does when somebody sets the other.

#include <atomic>
#include <cstdlib>
#include <ctime>

#include <sys/syscall.h>
#include <sys/time.h>
#include <unistd.h>

namespace {

long leap() {
    static const char* const asked = std::getenv("CLOCK_LEAP");
    if (asked == nullptr)
        return 0;
    static std::atomic<long> calls = 0;
    char* rest = nullptr;
    const long seconds = std::strtol(asked, &rest, 10);
    return ++calls > std::strtol(rest, nullptr, 10) ? seconds : 0;
}

}  // namespace

extern "C" {

int clock_gettime(clockid_t clock, timespec* now) noexcept {
    const long failed = ::syscall(SYS_clock_gettime, clock, now);
    if (failed == 0 && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE))
        now->tv_sec += leap();
    return static_cast<int>(failed);
}

int gettimeofday(timeval* __restrict now, void* __restrict /*zone*/) noexcept {
    timespec precise{};
    clock_gettime(CLOCK_REALTIME, &precise);
    now->tv_sec = precise.tv_sec;
    now->tv_usec = precise.tv_nsec / 1000;
    return 0;
}

time_t time(time_t* there) noexcept {
    timespec precise{};
    clock_gettime(CLOCK_REALTIME, &precise);
    if (there != nullptr)
        *there = precise.tv_sec;
    return precise.tv_sec;
}
}
